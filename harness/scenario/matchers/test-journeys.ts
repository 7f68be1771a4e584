/** Journeys for the tests of matchers, as the control plane tells of them. */
import type { JourneyView, LegView } from '../../emulator/journey-view.ts';
import { Bridge } from '../actors/bridge.ts';
import { aView, JOURNEY, type TestControl, testControl } from '../test-control.ts';
import { registerMatchers } from './register.ts';

registerMatchers();

export const leg = (kind: LegView['kind'], state: LegView['state'], changes: Partial<LegView> = {}): LegView => ({
  id: `leg-${kind}`,
  kind,
  party: kind === 'agent' ? 'Grace Hopper' : kind === 'trunk' ? 'sip:127.0.0.1:5080' : '+14155550100',
  state,
  startedAt: 0,
  answeredAt: state === 'answered' ? 1 : null,
  endedAt: null,
  endedBy: null,
  cause: null,
  ...changes,
});

export const ON_TRUNK = {
  callId: 'call-1',
  from: '<sip:+14155550100@acme.pstn.twilio.com>',
  pAssertedIdentity: null,
  privacy: null,
  diversion: null,
  originationUri: 'sip:127.0.0.1:5080',
  state: 'answered',
  status: 200,
};
export const ON_SIP_IN = {
  callId: 'call-2',
  from: '<sip:+14155550100@127.0.0.1>',
  number: '+14155550100',
  ticketHeader: '35',
  headers: {},
  status: 200,
};

/** A call with its ticket at the bridge. */
export const forwarded = (changes: Partial<JourneyView> = {}): JourneyView =>
  aView({
    ticket: 35,
    tickets: [35],
    requester: 7,
    presentation: { dialled: null, onTrunk: ON_TRUNK, onSipIn: null },
    legs: [leg('caller', 'answered'), leg('trunk', 'answered')],
    ...changes,
  });

/** What the expectation says when it fails. */
export async function complaint(expectation: Promise<void>): Promise<string> {
  const error = await expectation.then(
    () => undefined,
    (reason: unknown) => reason as Error,
  );
  if (!error) throw new Error('it passed');
  return error.message;
}

export async function worldWith(
  view: JourneyView,
  options: Parameters<typeof testControl>[0] = {},
): Promise<TestControl & { bridge: Bridge }> {
  const world = await testControl({ expectMs: 40, settleMs: 20, ...options });
  world.view = view;
  world.stage.dialled.push(JOURNEY);
  return Object.assign(world, { bridge: new Bridge(world.stage) });
}

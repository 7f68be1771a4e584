import { expect, test } from 'vitest';
import { needsPrograms } from './programs.ts';
import { startSipp } from './sipp.ts';
import { voiceTicket } from './voice-ticket.ts';
import { type PeerWorld, startWorld } from './world.ts';

needsPrograms('sipp');

const ours = { scenario: 'call-sip-in.xml', service: 'support' } as const;
const keys = { domain: 'acme.zendesk.sip.twilio.com', from: '+14155550100' };

test('a call with the caller in From and a ticket header is bound, rings an agent and is hung up by SIPp', async () => {
  await using world = await startWorld();
  await world.control.addAgent({ name: 'Grace Hopper' });
  const ticket = await voiceTicket(world);
  await using sipp = await startSipp({ ...ours, target: world.up.sip.udp, pauseMs: 300, keys: { ...keys, ticket: String(ticket) } });
  const joined = await world.entry('a call bound to the ticket', 'call.bound', () => true);
  const journey = joined.journey ?? '';
  await expect(sipp.done()).resolves.toEqual({ successful: 1, failed: 0, retransmissions: 0 });
  const view = await world.until(journey, 'finished', ({ state }) => state === 'finished');
  expect(view.binding).toEqual({ result: 'bound', ticketId: ticket, diagnostics: [] });
  expect(view.presentation.onSipIn).toMatchObject({ number: keys.from, ticketHeader: String(ticket), status: 200 });
  expect(view.legs.map(({ kind, answeredAt, endedBy }) => [kind, answeredAt !== null, endedBy])).toEqual([
    ['sip-in', true, 'caller'],
    ['agent', true, 'caller'],
  ]);
  expect(world.sip(({ retransmission }) => retransmission === true)).toEqual([]);
});

const lossy = { calls: 40, rate: 40, pauseMs: 200, lost: 10 } as const;

/** Without agents a line would hang up; with voicemail it keeps every caller. */
async function startVoicemail(): Promise<PeerWorld> {
  const world = await startWorld();
  await world.control.changeSettings({ sipIn: [{ voicemail: true }] });
  return world;
}

test('the stock uac calls the alias of the line', async () => {
  await using world = await startVoicemail();
  await using sipp = await startSipp({ scenario: 'uac', service: 'support', target: world.up.sip.udp, calls: 20, rate: 40, pauseMs: 50 });
  await expect(sipp.done()).resolves.toEqual({ successful: 20, failed: 0, retransmissions: 0 });
  const journeys = await world.control.journeys();
  expect(journeys).toHaveLength(20);
  // SIPp's From has a name where the number belongs: an unknown caller, a ticket of its own.
  expect(journeys.map((view) => [view.origin, view.correlation.rule])).toEqual(journeys.map(() => ['sip-in', 'new-journey']));
});

test('where messages get lost, our retransmissions carry the calls', { timeout: 60_000 }, async () => {
  await using world = await startVoicemail();
  await using sipp = await startSipp({ ...ours, ...lossy, target: world.up.sip.udp, keys: { ...keys, ticket: '' } });
  expect(await sipp.done()).toMatchObject({ successful: 40, failed: 0 });
  expect(sentAgain(world)).toContain(200);
  for (const { id } of await world.control.journeys()) await world.until(id, 'finished', ({ state }) => state === 'finished');
  expect(await world.control.journeys('finished')).toHaveLength(40);
});

test('where messages get lost, the stock uac gets its answers', { timeout: 60_000 }, async () => {
  await using world = await startVoicemail();
  await using sipp = await startSipp({ scenario: 'uac', service: 'support', ...lossy, target: world.up.sip.udp });
  // That is all to ask for: the stock uac takes a repeated 200 to its INVITE for the answer to a BYE that was lost, and goes.
  expect(await sipp.done()).toMatchObject({ successful: 40, failed: 0 });
  expect(sentAgain(world)).toContain(200);
});

/** Statuses and methods of what we sent more than once. */
function sentAgain(world: PeerWorld): (string | number | undefined)[] {
  return world
    .sip(({ retransmission, direction }) => retransmission === true && direction === 'out')
    .map(({ status, method }) => status ?? method);
}

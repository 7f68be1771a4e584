import { once } from 'node:events';
import { expect, test } from 'vitest';
import type { JourneyView } from '../../harness/emulator/journey-view.ts';
import { needsPrograms } from './programs.ts';
import { RtpRelay } from './rtp-relay.ts';
import { startSipp } from './sipp.ts';
import { startWorld } from './world.ts';

needsPrograms('sipp');

const hears = (view: JourneyView, listener: string, speaker: string): boolean =>
  view.hearing.some((each) => each.listener === listener && each.speaker === speaker && each.hears);

/**
 * The bridge's legs and media are foreign: two SIPp and a relay. Its correlation is not: SIPp cannot read webhooks or REST, so the test
 * takes the ticket from the emulator's journal and hands it to the second SIPp.
 */
test('the headline journey, its legs and media carried by two SIPp and a relay that are told the ticket', async () => {
  await using world = await startWorld();
  await using relay = await RtpRelay.open();
  const [callerPort, agentPort] = relay.ports;
  await using answering = await startSipp({ scenario: 'answer.xml', keys: { audio_port: callerPort } });
  await world.control.changeSettings({ trunk: { originationUri: `sip:${answering.address}` } });
  const agent = await world.control.addAgent({ name: 'Grace Hopper', answers: 'when-told' });

  // The caller dials, overflows, and reaches SIPp.
  const from = '+14155550100';
  const { journey } = await world.control.dial({ from });
  await world.until(journey, 'SIPp answers', ({ legs }) => legs.some(({ kind, state }) => kind === 'trunk' && state === 'answered'));
  const ticket = await world.entry('a ticket', 'ticket.created', () => true, { journey });
  const { id } = ticket.data['ticket'] as { id: number };

  // They ask for a human, and SIPp hands them over with the ticket that the test knows from the journal.
  const asked = once(relay, 'digit');
  await world.control.press(journey, '0');
  expect(await asked).toEqual(['0']);
  const keys = { domain: world.up.sipIn?.host ?? '', from, ticket: String(id), audio_port: agentPort };
  await using transferring = await startSipp({ scenario: 'transfer.xml', service: 'support', target: world.up.sip.udp, keys });
  await world.entry('the agent rings', 'leg.ringing', ({ data }) => JSON.stringify(data).includes('Grace Hopper'), { journey });
  await world.control.tellAgent(agent.id, 'answer');
  const talking = await world.until(
    journey,
    'both hear each other',
    (view) => hears(view, 'caller', 'Grace Hopper') && hears(view, 'Grace Hopper', 'caller'),
  );
  expect(talking.binding).toEqual({ result: 'bound', ticketId: id, diagnostics: [] });
  expect(talking.correlation).toMatchObject({ rule: 'ticket-header', ticketHeader: String(id) });
  expect(talking.presentation.onSipIn).toMatchObject({ number: from });
  expect(talking.tickets).toEqual([id]);

  // The agent hangs up, then the caller does; both SIPp are told.
  await world.control.hangUp(journey, 'agent');
  await expect(transferring.done()).resolves.toEqual({ successful: 1, failed: 0, retransmissions: 0 });
  await world.control.hangUp(journey);
  await expect(answering.done()).resolves.toEqual({ successful: 1, failed: 0, retransmissions: 0 });
  const over = await world.until(journey, 'finished', ({ state }) => state === 'finished');
  expect(over.legs.map(({ kind, state }) => [kind, state])).toEqual(
    ['caller', 'overflow', 'trunk', 'sip-in', 'agent'].map((kind) => [kind, 'ended']),
  );
  expect(over.tickets).toEqual([id]);
  expect(world.sip(({ retransmission }) => retransmission === true)).toEqual([]);
});

import { once } from 'node:events';
import { afterEach, expect, it, vi } from 'vitest';
import type { JournalEntry } from '../../../core/journal.ts';
import type { SipMessageData } from '../../../telephony/sip/index.ts';
import { SipWorld, supportLine } from '../testing/sip-world.ts';

let world: SipWorld;

afterEach(() => world.close());

const CALLS = 24;
/** So many of them, at least, are read before anything is done about the first: the two ends share this process, and take turns. */
const READ = 8;

/** What stands in the journal before the first entry that matches. */
function before(matches: (entry: JournalEntry) => boolean): JournalEntry[] {
  const entries = world.core.journal.read();
  return entries.slice(0, entries.findIndex(matches));
}

function message(entry: JournalEntry): SipMessageData | undefined {
  return entry.kind === 'sip.message' ? (entry.data as SipMessageData) : undefined;
}

const isInvite = (entry: JournalEntry): boolean => message(entry)?.method === 'INVITE';
const isTrying = (entry: JournalEntry): boolean => message(entry)?.status === 100;
const isByeAnswered = (entry: JournalEntry): boolean => message(entry)?.status === 200 && message(entry)?.cseqMethod === 'BYE';

it('tells all who have called 100 before it deals with the first one, and answers the BYEs that have come before it ends the first call', async () => {
  world = await SipWorld.open(supportLine({}, { greetings: { voicemailMs: 0, voicemailOffMs: 60_000 } }));
  const endpoint = await world.bridge.media.open();
  // All in one turn, so that they wait together.
  const calls = Array.from({ length: CALLS }, (_, each) =>
    world.bridge.sip.call({
      uri: world.sipInUri,
      target: world.sip.addresses.udp,
      headers: [['From', `<sip:+1415555${1000 + each}@bridge.example>`]],
      body: endpoint.offer(),
    }),
  );
  await Promise.all(calls.map((call) => once(call, 'answered')));
  const arrived = before(({ kind }) => kind === 'call.arrived');
  expect(arrived.filter(isInvite).length).toBeGreaterThanOrEqual(READ);
  expect(arrived.filter(isTrying)).toHaveLength(arrived.filter(isInvite).length);
  for (const call of calls) call.hangup();
  await world.core.journal.waitFor('the last call to end', () => world.core.journal.read({ kind: 'call.ended' }).length === CALLS);
  expect(before(({ kind }) => kind === 'call.ended').filter(isByeAnswered).length).toBeGreaterThanOrEqual(READ);
});

it('does nothing more for a call that was cancelled while it waited', async () => {
  world = await SipWorld.open(supportLine());
  const open = vi.spyOn(world.media, 'open');
  const { udp } = world.bridge.sip.addresses;
  const raw = (method: string): Uint8Array =>
    Buffer.from(
      [
        `${method} ${world.sipInUri} SIP/2.0`,
        `Via: SIP/2.0/UDP ${udp.host}:${udp.port};branch=z9hG4bKhasty`,
        'From: <sip:+14155550100@bridge.example>;tag=1',
        `To: <${world.sipInUri}>`,
        'Call-ID: hasty',
        `CSeq: 1 ${method}`,
        `Contact: <sip:${udp.host}:${udp.port}>`,
        'Max-Forwards: 70',
        'Content-Length: 0',
        '\r\n',
      ].join('\r\n'),
    );
  for (const method of ['INVITE', 'CANCEL']) world.bridge.sip.sendRaw(raw(method), world.sip.addresses.udp);
  await world.entry('leg.ended');
  expect(open).not.toHaveBeenCalled();
  expect(await world.sipInFacts()).toMatchObject({ status: 487 });
});

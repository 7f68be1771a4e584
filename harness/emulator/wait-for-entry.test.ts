import { expect, test } from 'vitest';
import { anEntry, JOURNEY } from '../scenario/test-control.ts';
import { JournalLog } from './journal-log.ts';
import { waitForEntry, type Wanted } from './wait-for-entry.ts';

const INVITE_ANSWERED: Wanted['conditions'] = {
  'it is a SIP message': ({ kind }) => kind === 'sip.message',
  'it answers an INVITE': ({ data }) => data['cseqMethod'] === 'INVITE',
  'its status is 200': ({ data }) => data['status'] === 200,
};

test('finds what is there already, and what comes', async () => {
  const log = new JournalLog();
  const there = anEntry({ kind: 'call.dialled' });
  log.add(there);
  const wanted = { what: 'dialling', conditions: { dialled: ({ kind }: { kind: string }) => kind === 'call.dialled' } };
  expect(await waitForEntry(log, wanted)).toBe(there);
  const later = waitForEntry(log, { ...wanted, since: there.seq });
  const again = anEntry({ kind: 'call.dialled' });
  log.add(again);
  expect(await later).toBe(again);
});

test('a miss names the entry that came nearest and what it lacked', async () => {
  const log = new JournalLog();
  log.add(anEntry({ label: 'noise' }));
  const near = anEntry({ kind: 'sip.message', label: '486 Busy Here (INVITE)', data: { status: 486, cseqMethod: 'INVITE' } });
  log.add(near);
  log.add(anEntry({ kind: 'sip.message', journey: 'j-0000000002', data: { status: 200, cseqMethod: 'INVITE' } }));
  await expect(
    waitForEntry(log, { what: "the bridge's answer", conditions: INVITE_ANSWERED, journey: JOURNEY, withinMs: 20 }),
  ).rejects.toThrow(
    `waited 20 ms in vain for the bridge's answer; nearest was "486 Busy Here (INVITE)" (sip.message, entry ${near.seq}), but not: its status is 200`,
  );
});

test('says when nothing happened at all', async () => {
  await expect(waitForEntry(new JournalLog(), { what: 'a miracle', conditions: INVITE_ANSWERED, withinMs: 1 })).rejects.toThrow(
    'waited 1 ms in vain for a miracle; nothing happened at all',
  );
});

import { expect, test } from 'vitest';
import { anEntry, JOURNEY } from '../scenario/test-control.ts';
import { JournalLog } from './journal-log.ts';

test('entries stand in order, each in its newest form', () => {
  const log = new JournalLog();
  const [first, second, third] = [anEntry(), anEntry({ journey: null }), anEntry()];
  for (const entry of [first, third, second]) log.add(entry);
  log.add({ ...second, journey: JOURNEY, label: 'joined' });
  expect(log.read().map(({ seq, label }) => [seq, label])).toEqual([
    [first.seq, 'a note'],
    [second.seq, 'joined'],
    [third.seq, 'a note'],
  ]);
  expect(log.read({ since: first.seq, journey: JOURNEY })).toHaveLength(2);
  log.forget(second.seq);
  expect(log.read()).toEqual([third]);
});

test('whoever waits is told of the next entry, of none, and of the end', async () => {
  const log = new JournalLog();
  const next = log.next(5_000);
  log.add(anEntry());
  expect(await next).toBe(true);
  expect(await log.next(1)).toBe(false);
  const waiting = log.next(5_000);
  log.breakOff(new Error('over'));
  await expect(waiting).rejects.toThrow('over');
  await expect(log.next(5_000)).rejects.toThrow('over');
});

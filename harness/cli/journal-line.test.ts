import { expect, test } from 'vitest';
import { journalLine } from './journal-line.ts';

test('an entry is one line: time, who to whom, what', () => {
  const at = new Date(2026, 0, 2, 3, 4, 5, 6).getTime();
  expect(journalLine({ at, from: 'trunk', to: 'bridge', label: 'INVITE sip:b' })).toBe('03:04:05.006  trunk → bridge    INVITE sip:b');
  expect(journalLine({ at, from: 'talk', to: 'talk', label: 'two\r\nlines\u001b[2J' })).toBe(
    '03:04:05.006  talk              two lines [2J',
  );
});

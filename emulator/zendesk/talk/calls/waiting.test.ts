import { expect, test } from 'vitest';
import type { LiveCall } from './live-call.ts';
import { WaitingCalls } from './waiting.ts';

const call = (account: string, line: number, priority: 0 | 1 = 0): LiveCall =>
  ({ account, line: { id: line, priority } }) as unknown as LiveCall;

test('calls wait in order, priority lines first, counted by line; an account that goes away leaves nothing', () => {
  const waiting = new WaitingCalls();
  const [first, urgent, other] = [call('acme', 1), call('acme', 2, 1), call('globex', 3)];
  for (const each of [first, urgent, other]) waiting.add(each);
  expect(waiting.inOrder('acme')).toEqual([urgent, first]);
  expect([waiting.count('acme', 1), waiting.count('acme', 2), waiting.count('acme', 3)]).toEqual([1, 1, 0]);
  waiting.forget('acme');
  expect([waiting.inOrder('acme'), waiting.count('acme', 1), waiting.inOrder('globex')]).toEqual([[], 0, [other]]);
});

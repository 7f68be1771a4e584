import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Core, createCore } from './core.ts';
import { matchesEntry } from './faults.ts';

let core: Core;
beforeEach(() => {
  core = createCore({ seed: 1 });
});
afterEach(() => {
  core.close();
});

const about = { journey: null, thread: null, label: 'ticket.created' };
const strike = (subject: object, account = 'acme'): string[] =>
  core.faults.strike(account, 'webhook', subject as Record<string, unknown>, about).map((rule) => rule.action);

test('strikes what matches, as often as asked, and journals it', () => {
  core.faults.add({
    account: 'acme',
    target: 'webhook',
    action: 'drop',
    match: { type: ['ticket.created', 'user.created'] },
    remaining: 1,
  });
  expect(strike({ type: 'ticket.updated' })).toEqual([]);
  expect(strike({ type: 'ticket.created' }, 'other')).toEqual([]);
  expect(strike({ type: 'ticket.created' })).toEqual(['drop']);
  expect(strike({ type: 'ticket.created' })).toEqual([]);
  expect(core.journal.read({ kind: 'fault.applied' }).map((entry) => entry.label)).toEqual(['drop: ticket.created']);
});

test('probability is drawn from the seed', () => {
  core.faults.add({ account: 'acme', target: 'webhook', action: 'drop', probability: 0.5 });
  const struck = Array.from({ length: 200 }, () => strike({}).length).reduce((sum, count) => sum + count, 0);
  expect(struck).toBeGreaterThan(60);
  expect(struck).toBeLessThan(140);
});

test('a hold ends with its entry, by hand, or with its rule', async () => {
  const hold = core.faults.add({
    account: 'acme',
    target: 'webhook',
    action: 'hold',
    until: { kind: 'sip.message', 'data.method': 'INVITE' },
  });
  let released = 0;
  const waits = [core.faults.released(hold).then(() => released++)];
  core.journal.append({ kind: 'sip.message', label: 'BYE', from: 'bridge', data: { method: 'BYE' } });
  await Promise.resolve();
  expect(released).toBe(0);
  core.journal.append({ kind: 'sip.message', label: 'INVITE', from: 'trunk', data: { method: 'INVITE' } });
  await Promise.all(waits);
  expect(released).toBe(1);
  const byHand = core.faults.released(hold);
  core.faults.release(hold.id);
  await byHand;
  const byRemoval = core.faults.released(hold);
  core.faults.clear('acme');
  await byRemoval;
  expect(core.faults.list('acme')).toEqual([]);
});

test('an entry is known by its properties and by those of its data, at any depth', () => {
  const data = { ticket: { id: 7, tags: ['a'] }, via: null };
  const entry = core.journal.append({ kind: 'ticket.updated', label: 'x', from: 'zendesk', data });
  expect(matchesEntry({ kind: 'ticket.updated', from: 'zendesk', 'data.ticket.id': 7 }, entry)).toBe(true);
  for (const kind of ['ticket.*', 'ticket.', '*']) expect(matchesEntry({ kind }, entry)).toBe(true);
  for (const other of [
    { kind: 'user.*' },
    { kind: 'ticket' },
    { 'data.ticket.id': 8 },
    { 'data.ticket.id.of': 7 },
    { 'data.via.channel': 'web' },
    { 'data.ticket.constructor': 7 },
  ])
    expect(matchesEntry(other, entry)).toBe(false);
});

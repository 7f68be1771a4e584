import { expect, it } from 'vitest';
import { testSupport } from '../testing/test-support.ts';

const DAY = 86_400_000;

function world(): { solve: () => number; status: (id: number) => string | undefined } & ReturnType<typeof testSupport> {
  const test = testSupport();
  const { support, api, ownerId } = test;
  return {
    ...test,
    solve: () => support.tickets.create('acme', { comment: 'x', status: 'solved', assignee_id: ownerId }, api).ticket.id,
    status: (id) => support.tickets.get('acme', id)?.status,
  };
}

it('closes a ticket 28 days after it was solved, not before', () => {
  const { solve, status, advance, core } = world();
  const first = solve();
  advance(DAY);
  const second = solve();
  advance(27 * DAY - 1_000);
  expect([status(first), status(second)]).toEqual(['solved', 'solved']);
  advance(1_000);
  expect([status(first), status(second)]).toEqual(['closed', 'solved']);
  advance(DAY);
  expect(status(second)).toBe('closed');
  const told = core.journal.read({ kind: 'ticket.updated' }).map(({ data }) => data);
  expect(told).toMatchObject([first, second].map((id) => ({ ticket: { id }, changes: [{ field: 'status', current: 'closed' }] })));
});

it('counts from the last time that it was solved, and forgets one that was reopened', () => {
  const { solve, status, advance, support, api } = world();
  const [again, open] = [solve(), solve()];
  advance(20 * DAY);
  for (const id of [again, open]) support.tickets.update('acme', id, { status: 'open' }, api);
  support.tickets.update('acme', again, { status: 'solved' }, api);
  advance(20 * DAY);
  expect([status(again), status(open)]).toEqual(['solved', 'open']);
  advance(8 * DAY);
  expect([status(again), status(open)]).toEqual(['closed', 'open']);
});

it('leaves what is deleted alone, and goes on after a restore', () => {
  const { solve, status, advance, support, api, core } = world();
  const [kept, deleted] = [solve(), solve()];
  support.tickets.delete('acme', deleted, api);
  const state = core.store.snapshot('acme', 'before');
  advance(29 * DAY);
  expect([status(kept), status(deleted)]).toEqual(['closed', undefined]);
  core.store.restore(state);
  support.resume('acme');
  expect(status(kept)).toBe('solved');
  advance(1);
  expect(status(kept)).toBe('closed');
});

it('closes an import that was solved before the others first', () => {
  const { solve, status, advance, support, core, ownerId, api } = world();
  const recent = solve();
  const updated_at = new Date(core.businessClock('acme').now() - 27 * DAY).toISOString();
  const old = support.ticketImport.create('acme', { comment: 'x', status: 'solved', assignee_id: ownerId, updated_at }, api).id;
  advance(DAY);
  expect([status(old), status(recent)]).toEqual(['closed', 'solved']);
});

it('closes a ticket that was deleted on its day, and restored', () => {
  const { solve, status, advance, support, api } = world();
  const id = solve();
  support.tickets.delete('acme', id, api);
  advance(29 * DAY);
  support.ticketBin.restore('acme', id, api);
  expect(status(id)).toBe('solved');
  advance(28 * DAY);
  expect(status(id)).toBe('closed');
});

it('tells of a ticket that could not be closed, tries it no more, and closes the others', () => {
  const { solve, status, advance, support, core } = world();
  const [broken, fine] = [solve(), solve()];
  const update = support.tickets.update.bind(support.tickets);
  support.tickets.update = (account, id, patch, actor) => {
    if (id === broken) throw new Error('no');
    return update(account, id, patch, actor);
  };
  advance(29 * DAY);
  expect([status(broken), status(fine)]).toEqual(['solved', 'closed']);
  expect(core.journal.read({ kind: 'rule.problem' })).toMatchObject([{ account: 'acme', data: { ticket: broken } }]);
});

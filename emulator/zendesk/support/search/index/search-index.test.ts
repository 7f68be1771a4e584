import { describe, expect, it, vi } from 'vitest';
import type { SteerableClock } from '../../../../core/steerable-clock.ts';
import { testSupport } from '../../testing/test-support.ts';

function world(settings: Record<string, unknown> = {}) {
  const made = testSupport({ settings });
  const { support, api, ownerId, core } = made;
  const ticket = (subject: string): number => support.tickets.create('acme', { subject, comment: 'c' }, api).ticket.id;
  const found = (query: string): number[] =>
    support.search.find('acme', { query, me: ownerId, only: 'ticket' }).slice().map(({ record }) => record.id); // prettier-ignore
  return { ...made, ticket, found, clock: core.clock as SteerableClock, store: core.store };
}

describe('the index of search', () => {
  it('follows each write, the first one and those after a search', () => {
    const { support, api, ticket, found } = world();
    const one = ticket('Printer');
    expect(found('printer')).toEqual([one]);
    const two = ticket('Printer');
    support.tickets.update('acme', one, { subject: 'Fridge', comment: { body: 'hums', public: false } }, api);
    expect([found('printer'), found('fridge'), found('hums')]).toEqual([[two], [one], [one]]);
    support.tickets.delete('acme', two, api);
    expect(found('printer')).toEqual([]);
  });

  it('forgets what a transaction undid, also when it was searched in between', () => {
    const { store, ticket, found } = world();
    const kept = ticket('Printer');
    expect(found('printer')).toEqual([kept]);
    const undone = (): void =>
      store.transaction(() => {
        ticket('Printer');
        expect(found('printer')).toHaveLength(2);
        throw new Error('no');
      });
    expect(undone).toThrow('no');
    expect(found('printer')).toEqual([kept]);
  });

  it('follows a restore', () => {
    const { store, ticket, found } = world();
    const kept = ticket('Printer');
    const before = store.snapshot('acme', 'before');
    ticket('Printer');
    expect(found('printer')).toHaveLength(2);
    store.restore(before);
    expect(found('printer')).toEqual([kept]);
  });

  it('follows a restore of comments alone', () => {
    const { support, store, api, ticket, found } = world();
    const id = ticket('Printer');
    support.tickets.update('acme', id, { comment: { body: 'hums', public: false } }, api);
    const { audits } = support.context.collections;
    const before = store.snapshot('acme', 'before');
    const audit = audits.find('acme', { where: { ticket_id: id } })[1];
    audits.put('acme', JSON.parse(JSON.stringify(audit).replaceAll('hums', 'rattles')) as NonNullable<typeof audit>);
    expect([found('hums'), found('rattles')]).toEqual([[], [id]]);
    store.restore(before);
    expect([found('hums'), found('rattles')]).toEqual([[id], []]);
  });

  it('reads a bulk of writes in pieces, between which others have their turn, for whoever waits for it', async () => {
    const { support, ticket, found, clock } = world();
    for (let at = 0; at < 1_000; at += 1) ticket(`Printer n${at}`);
    // Time passes while it works.
    let now = 0;
    clock.monotonic = () => (now += 3);
    let turns = 0;
    let waits = true;
    const others = (): void => {
      turns += 1;
      if (waits) setImmediate(others);
    };
    setImmediate(others);
    await support.search.ready('acme');
    waits = false;
    expect(turns).toBeGreaterThan(1);
    const read = vi.spyOn(support.context.collections.tickets, 'find');
    expect(found('n999')).toHaveLength(1);
    expect(read).not.toHaveBeenCalled();
    ticket('late');
    expect(support.search.ready('acme'), 'a few writes are read by whoever asks').toBeUndefined();
    expect(found('late')).toHaveLength(1);
  });

  it('reads what becomes known all at once in pieces too', async () => {
    const { support, ticket, found, clock, advance } = world({ searchIndexDelayMs: 60_000 });
    for (let at = 0; at < 1_000; at += 1) ticket(`Printer n${at}`);
    expect(found('printer')).toEqual([]);
    advance(60_000);
    let now = 0;
    clock.monotonic = () => (now += 3);
    const ready = support.search.ready('acme');
    expect(ready).toBeDefined();
    await ready;
    expect(found('printer')).toHaveLength(1_000);
  });

  it('reads many tickets by itself once nobody writes any more, also those that were restored', () => {
    const { support, store, ticket, found, clock } = world();
    for (let at = 0; at < 2_000; at += 1) ticket(`Printer n${at}`);
    let reads = 0;
    const { audits } = support.context.collections;
    const find = audits.find.bind(audits);
    audits.find = (...query) => {
      reads += 1;
      return find(...query);
    };
    const readByItself = (): void => {
      reads = 0;
      clock.advance(5_000);
      expect(reads).toBeGreaterThan(4);
      reads = 0;
      expect(found('n1199')).toHaveLength(1);
      expect(reads).toBe(0);
    };
    readByItself();
    ticket('late');
    expect(found('late')).toHaveLength(1);
    const before = store.snapshot('acme', 'before');
    ticket('later');
    store.restore(before);
    readByItself();
    expect([found('late').length, found('later').length]).toEqual([1, 0]);
  });
});

import { describe, expect, it } from 'vitest';
import { testSupport } from '../testing/test-support.ts';
import { IndexLag } from './index-lag.ts';

const DELAY = 60_000;

describe('what the index has late', () => {
  it('is not kept once it is known, though nobody searches', () => {
    const { support, api, advance } = testSupport({ settings: { searchIndexDelayMs: DELAY } });
    const lag = new IndexLag(support.context);
    const made: number[] = [];
    for (let batch = 0; batch < 3; batch += 1) {
      for (let at = 0; at < 1_000; at += 1) made.push(support.tickets.create('acme', { comment: 'x' }, api).ticket.id);
      advance(DELAY);
    }
    expect(lag.behind('acme', 'ticket').length).toBeLessThanOrEqual(1_000);
    expect(lag.moved('acme', 'ticket').toSorted((a, b) => a - b)).toEqual(made);
    expect(lag.moved('acme', 'ticket')).toEqual([]);
  });

  it('is of one record what is not yet known of it', () => {
    const { support, api, advance } = testSupport({ settings: { searchIndexDelayMs: DELAY } });
    const { id } = support.tickets.create('acme', { comment: 'x', subject: 'one' }, api).ticket;
    advance(DELAY);
    const lag = new IndexLag(support.context);
    const subject = (): string | null | undefined => {
      const ticket = support.tickets.get('acme', id);
      return ticket && lag.indexed('acme', 'ticket', ticket)?.subject;
    };
    support.tickets.update('acme', id, { subject: 'two' }, api);
    advance(DELAY);
    support.tickets.update('acme', id, { subject: 'three' }, api);
    expect(subject()).toBe('two');
    support.tickets.update('acme', id, { subject: 'four' }, api);
    expect(subject()).toBe('two');
    expect(lag.moved('acme', 'ticket')).toEqual([id]);
    advance(DELAY);
    expect(lag.moved('acme', 'ticket')).toEqual([id]);
    expect([subject(), lag.behind('acme', 'ticket')]).toEqual(['four', []]);
  });
});

import { beforeEach, describe, expect, test } from 'vitest';
import { byLastTenDigits, type Correlatable, Correlator, exactly, type VoiceTicket } from './correlator.ts';

const A = '+14155550100';
let now = 0;
let correlator: Correlator<Correlatable>;
beforeEach(() => {
  now = 1_000_000;
  correlator = new Correlator(exactly);
});

const call = (caller: string | undefined = A): Correlatable => ({ caller, startedAt: now, endedAt: undefined, ticketId: undefined });
const ticket = (id: number, phone = A): VoiceTicket => ({ id, phone, seenAt: now });

test('the call first, then its ticket', () => {
  const session = call();
  expect(correlator.callArrived(session, now)).toBeUndefined();
  expect(correlator.ticketArrived(ticket(35))).toBe(session);
  expect(session.ticketId).toBe(35);
});

test('the ticket first, then its call', () => {
  expect(correlator.ticketArrived(ticket(35))).toBeUndefined();
  const session = call();
  expect(correlator.callArrived(session, now)?.id).toBe(35);
  expect(session.ticketId).toBe(35);
});

test('the same ticket twice links once and waits for nobody else', () => {
  correlator.callArrived(call(), now);
  correlator.ticketArrived(ticket(35));
  expect(correlator.ticketArrived(ticket(35))).toBeUndefined();
  const other = call('+14155550101');
  expect(correlator.callArrived(other, now)).toBeUndefined();
});

test('two live calls of one number stay unlinked, whatever the order', () => {
  const [one, two] = [call(), call()];
  correlator.callArrived(one, now);
  correlator.callArrived(two, now);
  correlator.ticketArrived(ticket(35));
  correlator.ticketArrived(ticket(36));
  expect([one.ticketId, two.ticketId]).toEqual([undefined, undefined]);
});

test('two tickets that wait for one call are not guessed between', () => {
  correlator.ticketArrived(ticket(35));
  correlator.ticketArrived(ticket(36));
  expect(correlator.callArrived(call(), now)).toBeUndefined();
});

describe('a ticket that comes after its call ended', () => {
  test('is recorded on that call and not given to the next', () => {
    const first = call();
    correlator.callArrived(first, now);
    first.endedAt = now + 1000;
    now += 2000;
    expect(correlator.ticketArrived(ticket(35))).toBeUndefined();
    expect(first.ticketId).toBe(35);
    expect(correlator.callArrived(call(), now)).toBeUndefined();
  });

  test('links nothing when the caller has called again meanwhile', () => {
    const [first, second] = [call(), call()];
    correlator.callArrived(first, now);
    first.endedAt = now + 1000;
    correlator.callArrived(second, now + 1500);
    now += 2000;
    expect(correlator.ticketArrived(ticket(35))).toBeUndefined();
    expect([first.ticketId, second.ticketId]).toEqual([undefined, undefined]);
  });
});

test('a ticket waits a minute for its call, not longer', () => {
  correlator.ticketArrived(ticket(35));
  now += 61_000;
  expect(correlator.callArrived(call(), now)).toBeUndefined();
});

test('a withheld caller is never linked', () => {
  const session: Correlatable = { ...call(), caller: undefined };
  correlator.callArrived(session, now);
  expect(correlator.ticketArrived(ticket(35))).toBeUndefined();
});

test('numbers that share their last ten digits are told apart, except by the seeded defect', () => {
  expect(exactly('+442079460018', '+12079460018')).toBe(false);
  expect(byLastTenDigits('+442079460018', '+12079460018')).toBe(true);
});

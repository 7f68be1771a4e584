import { beforeEach, describe, expect, test } from 'vitest';
import { byLastTenDigits, type Correlatable, Correlator, exactly, type VoiceTicket } from './correlator.ts';

const A = '+14155550100';
type Call = { -readonly [Property in keyof Correlatable]: Correlatable[Property] };
let now = 0;
let correlator: Correlator<Call>;
beforeEach(() => {
  now = 1_000_000;
  correlator = new Correlator(exactly);
});

const call = (caller: string | undefined = A): Call => ({
  caller,
  startedAt: now,
  endedAt: undefined,
  transferSent: false,
  ticketId: undefined,
});
const arrives = (caller?: string): Call => {
  const session = call(caller);
  correlator.callArrived(session, now);
  return session;
};
const ticket = (id: number, more: Partial<VoiceTicket> = {}): VoiceTicket => ({
  id,
  phone: A,
  requesterId: 7,
  createdAt: now,
  seenAt: now,
  ...more,
});

test('the call first, then its ticket', () => {
  const session = call();
  expect(correlator.callArrived(session, now)).toBeUndefined();
  expect(correlator.ticketArrived(ticket(35))).toBe(session);
  expect(session.ticketId).toBe(35);
});

test('the ticket first, then its call', () => {
  expect(correlator.ticketArrived(ticket(35))).toBeUndefined();
  now += 4_000;
  const session = call();
  expect(correlator.callArrived(session, now)?.id).toBe(35);
  expect(session.ticketId).toBe(35);
});

test('the same ticket twice links once and waits for nobody else', () => {
  arrives();
  correlator.ticketArrived(ticket(35));
  expect(correlator.ticketArrived(ticket(35))).toBeUndefined();
  expect(arrives('+14155550101').ticketId).toBeUndefined();
});

describe('two live calls of one number', () => {
  test('stay unlinked, whatever the order', () => {
    const [one, two] = [arrives(), arrives()];
    correlator.ticketArrived(ticket(35));
    correlator.ticketArrived(ticket(36));
    expect([one.ticketId, two.ticketId]).toEqual([undefined, undefined]);
  });

  test('the first keeps the ticket that it had, the second gets none', () => {
    const one = arrives();
    correlator.ticketArrived(ticket(35));
    now += 10_000;
    correlator.ticketArrived(ticket(36));
    const two = arrives();
    expect([one.ticketId, two.ticketId]).toEqual([35, undefined]);
  });

  test('the ticket of the second never goes to the first, whose own is late', () => {
    const one = arrives();
    now += 10_000;
    expect(correlator.ticketArrived(ticket(36))).toBeUndefined();
    const two = arrives();
    correlator.ticketArrived(ticket(35, { createdAt: one.startedAt }));
    expect([one.ticketId, two.ticketId]).toEqual([undefined, undefined]);
  });
});

test('two tickets that wait for one call are not guessed between', () => {
  correlator.ticketArrived(ticket(35));
  correlator.ticketArrived(ticket(36));
  expect(arrives().ticketId).toBeUndefined();
});

describe('a ticket that comes after its call ended', () => {
  test('is recorded on that call and not given to the next', () => {
    const first = arrives();
    first.endedAt = now + 10_000;
    now += 11_000;
    expect(correlator.ticketArrived(ticket(35))).toBeUndefined();
    expect(first.ticketId).toBe(35);
    expect(arrives().ticketId).toBeUndefined();
  });

  test('links nothing when the caller has called again meanwhile', () => {
    const first = arrives();
    first.endedAt = now + 1_000;
    now += 1_500;
    const second = arrives();
    expect(correlator.ticketArrived(ticket(35))).toBeUndefined();
    expect([first.ticketId, second.ticketId]).toEqual([undefined, undefined]);
  });

  test('a ticket opened long after the end is that of the next call', () => {
    const first = arrives();
    first.endedAt = now + 1_000;
    now += 10_000;
    const second = arrives();
    expect(correlator.ticketArrived(ticket(36))).toBe(second);
    expect(first.ticketId).toBeUndefined();
  });
});

test('a ticket that comes once the call was transferred may be the transfer leg’s own', () => {
  const session = arrives();
  session.transferSent = true;
  expect(correlator.ticketArrived(ticket(36))).toBeUndefined();
  expect(session.ticketId).toBeUndefined();
});

test('a ticket waits for its call for a while only', () => {
  correlator.ticketArrived(ticket(35));
  now += 21_000;
  expect(arrives().ticketId).toBeUndefined();
});

test('a withheld caller is never linked', () => {
  const session: Call = { ...call(), caller: undefined };
  correlator.callArrived(session, now);
  expect(correlator.ticketArrived(ticket(35))).toBeUndefined();
});

test('numbers that share their last ten digits are told apart, except by the seeded defect', () => {
  expect(exactly('+442079460018', '+12079460018')).toBe(false);
  expect(byLastTenDigits('+442079460018', '+12079460018')).toBe(true);
});

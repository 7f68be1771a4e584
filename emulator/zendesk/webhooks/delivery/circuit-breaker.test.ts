import { describe, expect, it } from 'vitest';
import { CircuitBreaker } from './circuit-breaker.ts';

function requests(breaker: CircuitBreaker, count: number, failed: (index: number) => boolean, now = 0): void {
  for (let index = 0; index < count; index++) {
    const admission = breaker.admit(now);
    if (admission) breaker.record(admission, failed(index), now);
  }
}

describe('circuit breaker', () => {
  it('opens at 70 % of failures, but only above 100 requests', () => {
    const breaker = new CircuitBreaker();
    requests(breaker, 100, () => true);
    expect(breaker.state).toBe('closed');
    requests(breaker, 1, () => true);
    expect(breaker.state).toBe('open');
  });

  it('stays closed below 70 %', () => {
    const breaker = new CircuitBreaker();
    requests(breaker, 1_000, (index) => index % 10 >= 4);
    expect(breaker.state).toBe('closed');
  });

  it('opens above 1,000 errors whatever the share', () => {
    const breaker = new CircuitBreaker();
    requests(breaker, 3_000, (index) => index % 3 === 0);
    expect(breaker.state).toBe('closed');
    requests(breaker, 3, (index) => index % 3 === 0);
    expect(breaker.state).toBe('open');
  });

  it('forgets what is older than five minutes', () => {
    const breaker = new CircuitBreaker();
    requests(breaker, 100, () => true);
    requests(breaker, 1, () => true, 300_000);
    expect(breaker.state).toBe('closed');
  });

  it('pauses five seconds, probes with one request, closes on a success and starts counting anew', () => {
    const states: string[] = [];
    const breaker = new CircuitBreaker((state) => states.push(state));
    requests(breaker, 101, () => true);
    expect(breaker.admit(4_999)).toBeUndefined();
    expect([breaker.admit(5_000), breaker.admit(5_000)]).toEqual(['probe', undefined]);
    breaker.record('probe', true, 5_100);
    expect([breaker.state, breaker.admit(10_099), breaker.admit(10_100)]).toEqual(['open', undefined, 'probe']);
    breaker.record('probe', false, 10_200);
    requests(breaker, 100, () => true, 10_300);
    expect(breaker.state).toBe('closed');
    expect(states).toEqual(['open', 'half-open', 'open', 'half-open', 'closed']);
  });

  it('listens to the probe alone, not to what went out before the pause and fails late', () => {
    const breaker = new CircuitBreaker();
    const early = breaker.admit(0);
    requests(breaker, 101, () => true);
    expect([early, breaker.admit(5_000)]).toEqual(['ordinary', 'probe']);
    breaker.record('ordinary', true, 5_050);
    expect([breaker.state, breaker.admit(5_060)]).toEqual(['half-open', undefined]);
    breaker.record('probe', false, 5_100);
    expect(breaker.state).toBe('closed');
  });

  it('closes on a success of what went out before the pause too', () => {
    const breaker = new CircuitBreaker();
    requests(breaker, 101, () => true);
    breaker.admit(5_000);
    breaker.record('ordinary', false, 5_050);
    expect([breaker.state, breaker.admit(5_060)]).toEqual(['closed', 'ordinary']);
  });
});

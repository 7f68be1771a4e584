import { describe, expect, it } from 'vitest';
import { cidrProblem, isAllowed } from './access.ts';

describe('the allow list of a SIP-IN line', () => {
  it.each([
    [['192.0.2.0/24'], '192.0.2.77', true],
    [['192.0.2.0/24'], '192.0.3.1', false],
    [['192.0.2.7'], '192.0.2.7', true],
    [['192.0.2.0/24'], '::ffff:192.0.2.77', true],
    [['0.0.0.0/0', '::/0'], '2001:db8::1', true],
    [['2001:db8::/32'], '2001:db8:1::9', true],
    [['2001:db8::/32'], '192.0.2.1', false],
    [[], '127.0.0.1', false],
  ])('%j lets %s in: %s', (cidrs, address, allowed) => {
    expect(isAllowed(cidrs, address)).toBe(allowed);
  });

  it.each(['300.1.1.1', '192.0.2.0/33', '192.0.2.0/x', 'bridge.example', '1.2.3.4/8/8', ''])('"%s" is no range', (text) => {
    expect(cidrProblem(text)).toBe(true);
  });
});

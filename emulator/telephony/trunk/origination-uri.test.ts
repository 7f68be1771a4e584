import { describe, expect, test } from 'vitest';
import { createCore } from '../../core/core.ts';
import { Random } from '../../core/random.ts';
import { attemptOrder, destinationOf, originationUri } from './origination-uri.ts';

const { ids } = createCore({ seed: 1 });
const uri = (sipUrl: string, priority?: number, weight?: number, enabled?: boolean) =>
  originationUri(ids, {
    sipUrl,
    ...(priority === undefined ? {} : { priority }),
    ...(weight === undefined ? {} : { weight }),
    ...(enabled === undefined ? {} : { enabled }),
  });

describe('origination URIs', () => {
  test('have the documented defaults', () => {
    expect(uri('sip:bridge.test')).toMatchObject({ priority: 10, weight: 10, enabled: true });
    expect(uri('sip:bridge.test').sid).toMatch(/^OU[0-9a-f]{32}$/);
  });

  test.each([
    ['bridge.test', 'is no SIP URI; expected sip:HOST:PORT'],
    ['tel:+14155550100', 'is no SIP URI'],
    ['sip:bridge.test;x\r\nX-Evil: 1', 'is no SIP URI'],
    ['<sip:bridge.test>', 'is no SIP URI'],
    ['sips:bridge.test', 'write sip:HOST;transport=tls instead'],
    ['sip:bridge.test;transport=tls', 'asks for tls, but this emulator’s trunk speaks UDP only'.replace('’', "'")],
  ])('%s is refused', (sipUrl, message) => {
    expect(() => uri(sipUrl)).toThrow(message);
  });

  test.each([
    [-1, 10, 'has the priority -1; expected 0 to 65535'],
    [65_536, 10, 'has the priority 65536'],
    [0, 0, 'has the weight 0; expected 1 to 65535'],
    [0, 1.5, 'has the weight 1.5'],
  ])('priority %d with weight %d is refused', (priority, weight, message) => {
    expect(() => uri('sip:h', priority, weight)).toThrow(message);
  });

  test('are tried by priority, the disabled ones never', () => {
    const uris = [uri('sip:c', 20), uri('sip:off', 0, 10, false), uri('sip:a', 0), uri('sip:b', 10)];
    expect(attemptOrder(new Random(1), uris).map((one) => one.sipUrl)).toEqual(['sip:a', 'sip:b', 'sip:c']);
  });

  test('share the calls of one priority by weight', () => {
    const uris = [uri('sip:heavy', 10, 90), uri('sip:light', 10, 10)];
    const random = new Random(7);
    let heavy = 0;
    for (let call = 0; call < 2000; call++) {
      const order = attemptOrder(random, uris).map((one) => one.sipUrl);
      expect(order.toSorted()).toEqual(['sip:heavy', 'sip:light']);
      if (order[0] === 'sip:heavy') heavy++;
    }
    expect(heavy / 2000).toBeGreaterThan(0.87);
    expect(heavy / 2000).toBeLessThan(0.93);
  });

  test.each([
    ['sip:127.0.0.1:5070', '127.0.0.1:5070'],
    ['SIP:agent@bridge.test;transport=udp', 'bridge.test;transport=udp'],
    ['sip:[::1]:5070;x=a@b?H=v', '[::1]:5070;x=a@b'],
  ])('%s leads to %s', (sipUrl, destination) => {
    expect(destinationOf(sipUrl)).toBe(destination);
  });
});

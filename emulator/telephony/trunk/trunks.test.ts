import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DID, next, testWorld, type TestWorld } from './testing/test-world.ts';

describe('trunks', () => {
  let world: TestWorld;

  beforeEach(async () => {
    world = await testWorld();
  });
  afterEach(() => world.close());

  test('have Twilio’s shape and defaults', () => {
    const trunk = world.trunks.add('acme', { number: DID, originationUris: [{ sipUrl: 'sip:127.0.0.1:5070' }] });
    expect(trunk).toMatchObject({
      number: DID,
      domainName: 'acme.pstn.twilio.com',
      transferMode: 'disable-all',
      originationUris: [{ sipUrl: 'sip:127.0.0.1:5070', priority: 10, weight: 10, enabled: true }],
    });
    expect(trunk.sid).toMatch(/^TK[0-9a-f]{32}$/);
    expect(trunk.accountSid).toMatch(/^AC[0-9a-f]{32}$/);
    expect(world.trunks.get('acme')).toEqual(trunk);
    expect(world.trunks.get('other')).toBeUndefined();
  });

  test('share the account’s Twilio account, and no number', () => {
    const first = world.trunks.add('acme', { number: DID });
    expect(world.trunks.add('acme', { number: '+14155550198' }).accountSid).toBe(first.accountSid);
    expect(() => world.trunks.add('other', { number: DID })).toThrow(`number ${DID} belongs to somebody already`);
    expect(world.trunks.list('other')).toEqual([]);
  });

  test('refuse bad numbers, bad URIs, and changes to what does not exist', () => {
    expect(() => world.trunks.add('acme', { number: '4155550199' })).toThrow('the trunk\'s number is "4155550199", expected E.164');
    expect(() => world.trunks.add('acme', { number: DID, originationUris: [{ sipUrl: 'bridge.test' }] })).toThrow('is no SIP URI');
    expect(world.pstn.attached(DID)).toBe(false);
    expect(() => world.trunks.setOrigination('acme', 'sip:h')).toThrow('account "acme" has no trunk');
    world.trunks.add('acme', { number: DID });
    expect(() => world.trunks.update('acme', {}, '+14155550111')).toThrow(`account "acme" has no trunk +14155550111; it has ${DID}`);
  });

  test('a new origination URI counts from the next call on', async () => {
    const [first, second] = [await world.bridge(), await world.bridge()];
    world.trunk([first]);
    const one = world.dial();
    await next(one.call, 'answered');
    world.trunks.setOrigination('acme', second.uri);
    const two = world.dial();
    await next(two.call, 'answered');
    expect([first.calls.length, second.calls.length]).toEqual([1, 1]);
    expect(world.trunks.endAll('acme')).toBe(2);
    expect(one.call.end).toEqual({ by: 'network', cause: 'normal' });
    expect(world.trunks.setOrigination('acme', null).originationUris).toEqual([]);
  });

  test('removing ends the calls and gives the number back', async () => {
    const bridge = await world.bridge();
    world.trunk([bridge]);
    const { call } = world.dial();
    await next(call, 'answered');
    world.trunks.remove('acme');
    expect(call.state).toBe('ended');
    expect(world.pstn.attached(DID)).toBe(false);
    expect(world.trunks.get('acme')).toBeUndefined();
  });

  test('numbers follow the store: a restore takes them away and brings them back', () => {
    const empty = world.core.store.snapshot('acme', 'empty');
    world.trunks.add('acme', { number: DID });
    const full = world.core.store.snapshot('acme', 'full');
    world.trunks.add('other', { number: '+14155550198' });
    world.core.store.restore(empty);
    world.trunks.release('acme');
    world.trunks.resume('acme');
    expect([world.pstn.attached(DID), world.pstn.attached('+14155550198')]).toEqual([false, true]);
    world.core.store.restore(full);
    world.trunks.resume();
    expect([world.pstn.attached(DID), world.pstn.attached('+14155550198')]).toEqual([true, true]);
  });
});

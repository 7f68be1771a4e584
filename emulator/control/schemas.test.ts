import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { VERSION } from './version.ts';
import { fitting, misfit, readSchema, SCHEMA_NAMES, schemaCheck } from './schemas.ts';
import { demoSeed } from './seed/demo-seed.ts';

describe('schemas', () => {
  test.for(SCHEMA_NAMES)('%s is draft 2020-12, compiles, and says what it is', async (name) => {
    expect(readSchema(name)).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: `ringback:${name}`,
      title: expect.any(String),
      description: expect.any(String),
    });
    await expect(schemaCheck(name)).resolves.toBeTypeOf('function');
  });

  test.for([
    ['call', { from: '+14155550100' }],
    ['call', { from: { number: null, withheld: true, asserted: '+14155550100' }, to: '+14155550150', carrier: 'clean', script: [] }],
    ['script', [{ await: 'answered' }, { await: { hears: 'agent' }, withinMs: 5 }, { pause: 0 }, { press: '0#' }, { hangUp: true }]],
    ['seed', {}],
    ['seed', demoSeed],
    ['agent', { name: 'Grace Hopper', answers: 'ignores' }],
    ['fault', { target: 'webhook', action: 'hold', until: { kind: 'sip.message', 'data.method': 'INVITE' } }],
    ['snapshot', { account: 'acme', file: 'states/acme.ringback' }],
    ['settings', { webhookDelayMs: [150, 1500], talk: { ticketTiming: 'call_end' }, trunk: { originationUri: 'sip:127.0.0.1:5070' } }],
  ] as const)('%s takes %j', async ([name, body]) => {
    await expect(fitting(name, body)).resolves.toBe(body);
  });

  test.for([
    ['call', {}, "it must have required property 'from'"],
    ['call', { from: '0415' }, 'from must match pattern'],
    ['call', { from: '+14155550100', script: [{ await: 'x' }] }, 'script.0.await must be one of "ringing", "answered", "ended"'],
    ['script', [{ jump: 1 }], '0 must have one of the properties pause, await, press, hangUp'],
    ['script', [{ press: 'x' }], '0.press must match pattern'],
    ['seed', { users: [{ name: 'A', role: 'x' }] }, 'users.0.role must be one of "end-user", "agent", "admin"'],
    ['agent', { name: 'x', foo: 1 }, 'it has a property "foo" that it does not know'],
    ['fault', { target: 'webhook', action: 'drop', times: 0 }, 'times must be >= 1'],
    ['settings', { trunk: { originationUri: 'tel:1' } }, 'trunk.originationUri must match pattern'],
  ] as const)('%s refuses %j: %s', async ([name, body, message]) => {
    await expect(fitting(name, body)).rejects.toMatchObject({
      status: 400,
      code: 'invalid_body',
      message: expect.stringContaining(message),
    });
  });

  test.each([
    ['a string', 'press 0'],
    ['nothing', undefined],
    ['a number as a step', [{ pause: 1 }, 5]],
    ['two steps in one', [{ press: '0', hangUp: true }]],
    ['a negative pause', [{ pause: -1 }]],
    ['a broken pause', [{ pause: 0.5 }]],
    ['a limit of nothing', [{ await: 'ended', withinMs: 0 }]],
    ['no keys', [{ press: '' }]],
    ['hangUp: false', [{ hangUp: false }]],
    ['hearing nobody', [{ await: { hears: '' } }]],
    ['too much', Array.from({ length: 1001 }, () => ({ pause: 0 }))],
  ])('a script refuses %s', async (_what, script) => {
    expect(await misfit('script', script)).toBeTypeOf('string');
  });

  test('the seed in docs/control-api.md fits', async () => {
    const text = readFileSync(new URL('../../docs/control-api.md', import.meta.url), 'utf8');
    const examples = [...text.matchAll(/```json\n([\s\S]*?)```/g)].map(
      (match) => JSON.parse(match[1] as string) as Record<string, unknown>,
    );
    const seed = examples.find((example) => 'subdomain' in example);
    await expect(fitting('seed', seed)).resolves.toBe(seed);
    const up = examples.find((example) => 'controlUrl' in example);
    await expect(fitting('up', up)).resolves.toBe(up);
  });

  test('the version is that of package.json', () => {
    const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
    expect(JSON.parse(text)).toMatchObject({ version: VERSION });
  });
});

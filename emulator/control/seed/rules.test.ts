import { expect, test } from 'vitest';
import { testEmulator } from '../test-emulator.ts';

test('a seed’s trigger cannot name a webhook, of which a new account has none', async () => {
  await using world = await testEmulator();
  const seed = (actions: object[]): object => ({
    subdomain: 'globex',
    triggers: [{ title: 'T', all: [{ field: 'update_type', value: 'Create' }], actions }],
  });
  const { status, body } = await world.send<{ message: string }>(
    'POST',
    '/accounts',
    seed([{ field: 'notification_webhook', value: ['01HOOK', ''] }]),
  );
  expect([status, body.message]).toEqual([422, expect.stringContaining('Webhook 01HOOK was deleted and cannot be used')]);
  expect((await world.send('POST', '/accounts', seed([{ field: 'priority', value: 'low' }]))).status).toBe(201);
});

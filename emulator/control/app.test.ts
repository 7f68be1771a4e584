import { expect, test } from 'vitest';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { controlApp } from './app.ts';
import { testEmulator } from './test-emulator.ts';
import type { World } from './world.ts';

test('a defect is a 500 in the shape of every error, and is journaled with its stack', async () => {
  const notes: object[] = [];
  const core = { journal: { append: (note: object) => notes.push(note) } };
  const world = {
    rooms: { core, workspace: {}, support: {} },
    describe() {
      throw new TypeError('cannot read nothing');
    },
  } as unknown as World;
  const server = controlApp(world).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  expect({ status: response.status, body: await response.json() }).toEqual({
    status: 500,
    body: { error: 'internal', message: 'cannot read nothing', hint: expect.stringContaining('defect of Ringback') },
  });
  expect(notes).toEqual([
    expect.objectContaining({
      kind: 'note',
      label: 'internal error: cannot read nothing',
      data: { stack: expect.stringContaining('app.test.ts') },
    }),
  ]);
  server.close();
});

test('a body that its own headers contradict is no defect of ours', async () => {
  await using world = await testEmulator();
  const response = await fetch(`${world.url}/calls`, { method: 'POST', body: 'no gzip', headers: { 'Content-Encoding': 'gzip' } });
  expect({ status: response.status, body: await response.json() }).toMatchObject({ status: 400, body: { error: 'invalid_json' } });
});

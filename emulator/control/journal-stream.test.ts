import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { JournalEntry } from '../core/journal.ts';
import { testEmulator, type TestEmulator } from './test-emulator.ts';

/** A reader of the stream that remembers what it got. */
function follow(world: TestEmulator, query = '') {
  const socket = new WebSocket(`${world.url.replace('http', 'ws')}/journal${query}`);
  const entries: JournalEntry[] = [];
  socket.on('message', (data) => entries.push(JSON.parse((data as Buffer).toString('utf8')) as JournalEntry));
  return {
    socket,
    entries,
    opened: once(socket, 'open'),
    closed: once(socket, 'close').then(([code, reason]) => ({ code: code as number, reason: String(reason) })),
    async until(matches: (entry: JournalEntry) => boolean): Promise<void> {
      while (!entries.some(matches)) await once(socket, 'message');
    },
  };
}

const note = (world: TestEmulator, label: string, data: unknown = {}): Promise<unknown> => world.send('POST', '/journal', { label, data });

describe('the journal as a WebSocket', () => {
  test('sends what happens from now on, filtered', async () => {
    await using world = await testEmulator();
    await note(world, 'before');
    const everything = follow(world);
    const calls = follow(world, '?kind=call.*');
    await Promise.all([everything.opened, calls.opened]);
    await note(world, 'after');
    const { body } = await world.send<{ journey: string }>('POST', '/calls', { from: '+14155550100', to: '+12025550100' });
    await everything.until((entry) => entry.kind === 'journey.finished' && entry.journey === body.journey);
    await calls.until((entry) => entry.kind === 'call.dialled');
    expect(everything.entries.map((entry) => entry.label)).toContain('after');
    expect(everything.entries.map((entry) => entry.label)).not.toContain('before');
    expect(new Set(calls.entries.map((entry) => entry.kind.split('.')[0]))).toEqual(new Set(['call']));
  });

  test.each(['//', '/elsewhere'])('an upgrade of %s gets 404, and a reset in the middle of one does no harm', async (path) => {
    await using world = await testEmulator();
    const { port } = new URL(world.url);
    const ask = (wanted: string) => {
      const socket = connect(Number(port), '127.0.0.1');
      const key = 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';
      socket.write(`GET ${wanted} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n${key}\r\n\r\n`);
      return socket;
    };
    const [answer] = (await once(ask(path), 'data')) as [Buffer];
    expect(answer.toString()).toContain('404 Not Found');
    const hasty = ask('/control/journal');
    await once(hasty, 'connect');
    hasty.resetAndDestroy();
    expect((await fetch(world.url)).status).toBe(200);
  });

  test('sends the past after `since` first, then goes on without a gap', async () => {
    await using world = await testEmulator();
    for (let index = 0; index < 300; index++) await note(world, `note ${index}`, { filling: 'x'.repeat(20_000) });
    const reader = follow(world, '?since=0&kind=note');
    await reader.opened;
    for (let index = 300; index < 320; index++) await note(world, `note ${index}`);
    await reader.until((entry) => entry.label === 'note 319');
    expect(reader.entries.map((entry) => entry.label)).toEqual(Array.from({ length: 320 }, (_, index) => `note ${index}`));
  });

  test('drops a reader that does not read, and keeps nothing for it', async () => {
    await using world = await testEmulator({ journalBytes: 2 ** 20 });
    const slow = follow(world);
    const quick = follow(world);
    await Promise.all([slow.opened, quick.opened]);
    slow.socket.pause();
    const filling = 'x'.repeat(900_000);
    for (let index = 0; index < 24; index++) await note(world, `note ${index}`, { filling });
    await quick.until((entry) => entry.label === 'note 23');
    slow.socket.resume();
    expect(await slow.closed).toEqual({
      code: 4008,
      reason: expect.stringMatching(/^slow reader: more than 8 MB behind; connect again with since=\d+$/),
    });
    expect(slow.entries.filter((entry) => entry.kind === 'note').length).toBeLessThan(24);
    expect(quick.entries.filter((entry) => entry.kind === 'note')).toHaveLength(24);
  });

  test.for([
    ['?since=soon', '?since=soon cannot be read: expected a whole number from 0 on'],
    ['?account=acne', 'there is no account "acne"'],
  ] as const)('closes with the reason when the query cannot be read: %s', async ([query, reason]) => {
    await using world = await testEmulator();
    expect(await follow(world, query).closed).toEqual({ code: 4000, reason });
  });

  test('elsewhere there are no WebSockets', async () => {
    await using world = await testEmulator();
    const socket = new WebSocket(world.url.replace('http', 'ws'));
    const [error] = (await once(socket, 'error')) as [Error];
    expect(error.message).toContain('404');
  });

  test('says goodbye when the emulator stops', async () => {
    const world = await testEmulator();
    const reader = follow(world);
    await reader.opened;
    await world.emulator.stop();
    expect(await reader.closed).toEqual({ code: 1001, reason: 'the emulator stops' });
  });

  test('does not wait for a reader that does not answer', async () => {
    const world = await testEmulator();
    const reader = follow(world);
    await reader.opened;
    reader.socket.pause();
    // Left to itself, ws gives up after half a minute.
    await expect(world.emulator.stop()).resolves.toBeUndefined();
    reader.socket.resume();
    await reader.closed;
  });
});

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { anEntry } from '../scenario/test-control.ts';
import { openJournalStream } from './journal-stream.ts';

async function streamServer(): Promise<{ url: string; connections: { socket: WebSocket; path: string }[]; server: WebSocketServer }> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const connections: { socket: WebSocket; path: string }[] = [];
  server.on('connection', (socket, request) => connections.push({ socket, path: request.url ?? '' }));
  onTestFinished(() => {
    for (const { socket } of connections) socket.terminate();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/control`, connections, server };
}

test('a reader that fell behind connects again from where it was', async () => {
  const { url, connections, server } = await streamServer();
  const stream = await openJournalStream(url);
  const entry = anEntry();
  connections[0]?.socket.send(JSON.stringify(entry));
  await once(stream.log, 'entry');
  const again = once(server, 'connection');
  connections[0]?.socket.close(4008, 'too slow');
  await again;
  expect(connections.map(({ path }) => path)).toEqual(['/control/journal', `/control/journal?since=${entry.seq}`]);
  expect(stream.log.broken).toBeUndefined();
  stream.close();
});

test('it connects again from the newest entry that came, whether it was kept and whether it is still known', async () => {
  const { url, connections, server } = await streamServer();
  const stream = await openJournalStream(url, { since: 0, keep: ({ label }) => label === 'mine' });
  const [mine, theirs] = [anEntry({ label: 'mine' }), anEntry({ label: 'theirs' })];
  for (const entry of [mine, theirs]) connections[0]?.socket.send(JSON.stringify(entry));
  await once(stream.log, 'entry');
  stream.log.forget(mine.seq);
  const again = once(server, 'connection');
  connections[0]?.socket.close(4008, 'too slow');
  await again;
  expect(connections.at(-1)?.path).toBe(`/control/journal?since=${theirs.seq}`);
  stream.close();
});

test('it connects again from where the emulator stands when nothing came so far, not from the beginning', async () => {
  const { url, connections, server } = await streamServer();
  const stream = await openJournalStream(url);
  for (const [reason, path] of [
    ['slow reader: more than 8 MB behind; connect again with since=812', '/control/journal?since=812'],
    ['too slow', '/control/journal'],
  ] as const) {
    const again = once(server, 'connection');
    connections.at(-1)?.socket.close(4008, reason);
    await again;
    expect(connections.at(-1)?.path).toBe(path);
  }
  stream.close();
});

test('only entries that are wanted are kept', async () => {
  const { url, connections } = await streamServer();
  const stream = await openJournalStream(url, { since: 0, keep: ({ label }) => label !== 'mine' });
  connections[0]?.socket.send(JSON.stringify(anEntry({ label: 'mine' })));
  const theirs = anEntry({ label: 'theirs' });
  connections[0]?.socket.send(JSON.stringify(theirs));
  await once(stream.log, 'entry');
  expect(stream.log.read()).toEqual([theirs]);
  stream.close();
});

test('the end of the emulator breaks the log off, with the reason', async () => {
  const { url, connections } = await streamServer();
  const stream = await openJournalStream(url);
  const broken = once(stream.log, 'broken');
  connections[0]?.socket.close(1001, 'stopping');
  await broken;
  expect(stream.log.broken?.message).toContain('the journal stream ended (1001, stopping): the emulator has stopped');
});

test('a stream that cannot be opened says so', async () => {
  await expect(openJournalStream('http://127.0.0.1:1/control')).rejects.toMatchObject({ code: 'unreachable' });
});

import { expect, test } from 'vitest';
import { openUdp } from './udp-transport.ts';

const LOOPBACK = { host: '127.0.0.1', port: 0 };
const ignore = (): void => undefined;

test('what is sent in one turn arrives in its order, what waits when it is closed too', async () => {
  const peer = await openUdp(LOOPBACK);
  const transport = await openUdp(LOOPBACK);
  const arrived: string[] = [];
  const all = new Promise<void>((done) => {
    peer.start((bytes) => {
      arrived.push(Buffer.from(bytes).toString());
      if (arrived.length === 3) done();
    }, ignore);
  });
  for (const text of ['100', '180', '200']) transport.send(Buffer.from(text), peer.local, ignore);
  await Promise.all([transport.close(), all]);
  expect(arrived).toEqual(['100', '180', '200']);
  transport.send(Buffer.from('486'), peer.local, ignore);
  await peer.close();
});

test('whoever sent what cannot be sent is told, and the others of the turn go out', async () => {
  const peer = await openUdp(LOOPBACK);
  const transport = await openUdp(LOOPBACK);
  const arrived = new Promise<string>((done) => {
    peer.start((bytes) => done(Buffer.from(bytes).toString()), ignore);
  });
  const failed = new Promise<Error>((done) => {
    transport.send(Buffer.alloc(70_000), peer.local, done);
  });
  transport.send(Buffer.from('200'), peer.local, ignore);
  expect(await arrived).toBe('200');
  expect((await failed).message).toContain('EMSGSIZE');
  await Promise.all([transport.close(), peer.close()]);
});

import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { SteerableClock } from '../../../core/steerable-clock.ts';
import { NoPortLeft, SocketPool } from './socket-pool.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

function poolFor(ports?: { from: number; to: number }, host = '127.0.0.1') {
  const clock = new SteerableClock();
  const pool = new SocketPool({ clock, host, ...(ports ? { ports } : {}) });
  closing.push(() => pool.close());
  return { clock, pool };
}

/** A small range that is free right now: the ports around one that the system chose. */
async function freeRange(evenPorts: number): Promise<{ from: number; to: number }> {
  const { pool } = poolFor();
  const socket = await pool.acquire();
  await pool.close();
  return { from: socket.port, to: socket.port + 2 * (evenPorts - 1) };
}

describe('SocketPool', () => {
  it('gives even ports, each to one at a time', async () => {
    const { pool } = poolFor();
    const ports = await Promise.all(Array.from({ length: 30 }, async () => (await pool.acquire()).port));
    expect(ports.filter((port) => port % 2 === 1)).toEqual([]);
    expect(new Set(ports).size).toBe(30);
  });

  it('uses a socket again once it has rested, the one that rests longest first', async () => {
    const { clock, pool } = poolFor();
    const [first, second] = [await pool.acquire(), await pool.acquire()];
    pool.release(first);
    clock.advance(200);
    pool.release(second);
    expect([first, second]).not.toContain(await pool.acquire());
    clock.advance(100);
    expect(await pool.acquire()).toBe(first);
    expect(await pool.acquire()).not.toBe(second);
    clock.advance(200);
    expect(await pool.acquire()).toBe(second);
  });

  it('drops what arrives for a former tenant', async () => {
    const { pool } = poolFor();
    const [from, to, third] = [await pool.acquire(), await pool.acquire(), await pool.acquire()];
    const heard: string[] = [];
    const arrived = new Promise<void>((resolve) => {
      const tenant = (name: string) => ({ onDatagram: () => resolve(void heard.push(name)), onSendError: () => undefined });
      to.tenant = tenant('former');
      third.tenant = tenant('third');
    });
    pool.release(to);
    from.send(Buffer.from('old'), { host: '127.0.0.1', port: to.port });
    // When this one is there, the first must have been too.
    from.send(Buffer.from('last'), { host: '127.0.0.1', port: third.port });
    await arrived;
    expect(heard).toEqual(['third']);
  });

  it('stays within its range, and says when it is used up', async () => {
    const { pool } = poolFor(await freeRange(3));
    const sockets = [await pool.acquire(), await pool.acquire(), await pool.acquire()];
    expect(new Set(sockets.map((socket) => socket.port)).size).toBe(3);
    await expect(pool.acquire()).rejects.toThrow(NoPortLeft);
    await expect(pool.acquire()).rejects.toThrow(
      /even RTP ports \d+-\d+ of 127\.0\.0\.1 are all in use \(3 by this process\): widen the range/,
    );
    const [spare] = sockets;
    if (spare) pool.release(spare);
    // Not rested, but better than none.
    expect(await pool.acquire()).toBe(spare);
  });

  it('steps over ports that others have', async () => {
    const ports = await freeRange(2);
    const other = createSocket('udp4');
    closing.push(() => new Promise<void>((resolve) => other.close(resolve)));
    other.bind(ports.from, '127.0.0.1');
    await once(other, 'listening');
    const { pool } = poolFor(ports);
    expect((await pool.acquire()).port).toBe(ports.to);
  });

  it.each([
    { from: 0, to: 10 },
    { from: 10, to: 8 },
    { from: 11, to: 11 },
    { from: 65_000, to: 70_000 },
  ])('refuses the range $from-$to', (ports) => {
    expect(() => poolFor(ports)).toThrow(/expected a range from 1 to 65535/);
  });

  it('says what is wrong with a host that is not ours', async () => {
    await expect(poolFor(undefined, '192.0.2.1').pool.acquire()).rejects.toThrow(
      /cannot bind an RTP socket to 192\.0\.2\.1: .*address of this machine/,
    );
  });

  it('opens nothing after it is closed', async () => {
    const { pool } = poolFor();
    const pending = pool.acquire();
    await pool.close();
    await expect(pending).rejects.toThrow(/media is closed/);
  });
});

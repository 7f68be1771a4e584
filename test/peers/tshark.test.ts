import { createSocket } from 'node:dgram';
import { expect, test } from 'vitest';
import { Capture } from './capture.ts';
import { needsPrograms, skipWithoutCapture } from './programs.ts';
import { headline, startEmulatorProcess, startReferenceBridge } from './reference-world.ts';

needsPrograms('tcpdump', 'tshark');

/** Outside the range from which systems give out ports, so that no other program's packets are captured. */
const FIRST_PORT = 20_000 + (process.pid % 1_000) * 10;
const RTP_PORTS = `${FIRST_PORT}-${FIRST_PORT + 9}`;

/** Malformed, or remarked on by tshark (errors and warnings), or neither SIP nor RTP. */
const WRONG = '_ws.malformed || _ws.expert.severity >= "Warning" || !(sip || rtp || rtcp)';

test('tshark finds nothing wrong in a capture of the headline journey', async ({ skip }) => {
  await using world = await startEmulatorProcess('--rtp-ports', RTP_PORTS);
  await using bridge = await startReferenceBridge(world);
  const ports = [world.up.sip.udp, bridge.sip].map((address) => Number(address.split(':')[1]));
  const capture = await Capture.start(`udp and (portrange ${RTP_PORTS} or ${ports.map((port) => `port ${port}`).join(' or ')})`);
  if (typeof capture === 'string') return skipWithoutCapture(skip, capture);
  await using running = capture;
  await headline(world);
  const file = await running.done(ports);

  expect(await file.packets(WRONG)).toEqual([]);

  // Every message of the journal was on the wire, and nothing else.
  const told = world.sip().map(({ method, status, cseqMethod }) => [method ?? '', String(status ?? ''), cseqMethod]);
  const seen = await file.fields('sip', 'sip.Method', 'sip.Status-Code', 'sip.CSeq.method');
  expect(seen.toSorted()).toEqual(told.toSorted());

  const { sip, streams } = await file.statistics();
  expect(sip).toEqual({ messages: told.length, resent: 0, setupMs: expect.any(Number) });

  // Trunk and SIP-IN, both ways; the caller's key is in one of them.
  expect(streams).toHaveLength(4);
  for (const { payload, packets, lost } of streams) {
    expect(payload).toContain('g711U');
    expect(packets).toBeGreaterThan(25);
    expect(lost).toBe(0);
  }
  expect(streams.filter(({ payload }) => payload.includes('telephone-event'))).toHaveLength(1);
});

test('and it would: a damaged message and a stray datagram are found', async ({ skip }) => {
  const port = FIRST_PORT + 5;
  const capture = await Capture.start(`udp port ${port}`);
  if (typeof capture === 'string') return skipWithoutCapture(skip, capture);
  await using running = capture;
  const socket = createSocket('udp4');
  for (const damaged of ['OPTIONS sip:a@127.0.0.1 SIP/2.0\r\nCall-ID\r\n\r\n', 'no SIP']) {
    await new Promise((sent) => void socket.send(damaged, port, '127.0.0.1', sent));
  }
  socket.close();
  const file = await running.done([port]);
  expect(await file.packets(WRONG)).toHaveLength(2);
});

import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { realClock } from '../../../core/clock.ts';
import { Random } from '../../../core/random.ts';
import { SteerableClock } from '../../../core/steerable-clock.ts';
import { Ear } from '../audio/ear.ts';
import { skipWithoutAddress } from '../../testing/own-address.ts';
import { toneSource } from '../audio/tone-source.ts';
import { createMedia } from '../media.ts';
import type { CodecName } from '../sdp/formats.ts';
import type { MediaOptions, RtpEndpoint } from '../types.ts';
import type { RtpEvent } from './rtp-event.ts';
import { buildRtp, parseRtp, type RtpPacket } from './rtp-packet.ts';
import { buildEvent } from './telephone-event.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

function media(options: Partial<MediaOptions> = {}) {
  const events: RtpEvent[] = [];
  const made = createMedia({
    clock: realClock,
    random: new Random(5),
    host: '127.0.0.1',
    onEvent: (event) => events.push(event),
    ...options,
  });
  closing.push(() => made.close());
  return { media: made, events };
}

async function pair(options: Partial<MediaOptions> = {}): Promise<{ a: RtpEndpoint; b: RtpEndpoint; events: RtpEvent[] }> {
  const { media: made, events } = media(options);
  const [a, b] = [await made.open('call-id:a', { party: 'trunk' }), await made.open('call-id:b')];
  a.accept(b.answer(a.offer()));
  return { a, b, events };
}

/** A peer that is nothing but a socket. */
class RawPeer {
  readonly socket: Socket;
  readonly packets: RtpPacket[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('message', (bytes) => {
      this.packets.push(parseRtp(bytes) as RtpPacket);
      for (const look of this.#waiting) look();
    });
  }

  static async bind(): Promise<RawPeer> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    closing.push(() => new Promise<void>((resolve) => socket.close(() => resolve())));
    return new RawPeer(socket);
  }

  sdp(...lines: string[]): string {
    const formats = lines.length > 0 ? [] : ['m=audio PORT RTP/AVP 0 101', 'a=rtpmap:101 telephone-event/8000'];
    return ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0', ...formats, ...lines, '']
      .join('\r\n')
      .replace('PORT', `${this.socket.address().port}`);
  }

  send(endpoint: RtpEndpoint, bytes: Uint8Array): void {
    this.socket.send(bytes, endpoint.local.port, endpoint.local.host);
  }

  until(matches: (packets: readonly RtpPacket[]) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!matches(this.packets)) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }
}

function untilHears(ear: Ear, frequency: number): Promise<void> {
  return new Promise((resolve) => {
    const stop = ear.subscribe(() => {
      if (!ear.hearing([frequency])) return;
      stop();
      resolve();
    });
  });
}

const packet = (sequence: number, more: Partial<RtpPacket> = {}) =>
  buildRtp({
    payloadType: 0,
    marker: false,
    sequence,
    timestamp: sequence * 160,
    ssrc: 77,
    payload: new Uint8Array(160).fill(0xff),
    ...more,
  });

describe('an RTP endpoint', () => {
  it.each<CodecName[]>([['PCMU'], ['PCMA'], ['PCMA', 'PCMU']])(
    'hears the tone of the other and is heard by it, in %s',
    async (...codecs) => {
      const { a, b, events } = await pair({ codecs });
      const ears = { a: new Ear(), b: new Ear() };
      a.source = toneSource(1_000);
      b.source = toneSource(1_370);
      a.sinks.add(ears.a);
      b.sinks.add(ears.b);
      await Promise.all([untilHears(ears.a, 1_370), untilHears(ears.b, 1_000)]);
      expect(ears.a.measure(1_000).hears).toBe(false);
      expect([a.codec, b.codec]).toEqual([codecs[0], codecs[0]]);
      expect(events.filter((event) => event.kind === 'started').map((event) => `${event.label} ${event.direction} ${event.codec}`)).toEqual(
        expect.arrayContaining(['a', 'b'].flatMap((name) => ['in', 'out'].map((way) => `call-id:${name} ${way} ${codecs[0]}`))),
      );
      expect(a.stats).toMatchObject({ lost: 0, bad: 0, duplicates: 0, sourceChanges: 0 });
    },
  );

  it('speaks over IPv6', async ({ skip }) => {
    await skipWithoutAddress(skip, '::1');
    const { a, b } = await pair({ host: '::1' });
    const ear = new Ear();
    a.source = toneSource(900);
    b.sinks.add(ear);
    await untilHears(ear, 900);
    expect(a.remote).toEqual({ host: '::1', port: b.local.port });
  });

  it('passes digits both ways beside the tones', async () => {
    const { a, b, events } = await pair();
    const heard = { a: '', b: '' };
    a.on('digit', (digit) => (heard.a += digit));
    b.on('digit', (digit) => (heard.b += digit));
    const ended = once(a, 'digitEnd');
    await Promise.all([a.sendDigits('0#', { durationMs: 60, gapMs: 40 }), b.sendDigits('*', { durationMs: 80 })]);
    expect(await ended).toEqual(['*', 80]);
    if (heard.b.length < 2) await once(b, 'digit');
    expect(heard).toEqual({ a: '*', b: '0#' });
    const digits = events.filter((event) => event.kind === 'digit').map((event) => `${event.party} ${event.direction} ${event.digit}`);
    expect(digits.toSorted()).toEqual(['ringback in #', 'ringback in 0', 'ringback out *', 'trunk in *', 'trunk out #', 'trunk out 0']);
  });

  it('tells at its end what there was, once', async () => {
    const { a, b, events } = await pair();
    const peer = new Ear();
    b.sinks.add(peer);
    a.source = toneSource(500);
    await untilHears(peer, 500);
    a.close();
    a.close();
    const stopped = events.filter((event) => event.kind === 'stopped');
    expect(stopped).toHaveLength(1);
    expect(stopped[0]).toMatchObject({ label: 'call-id:a', party: 'trunk', remote: b.local });
    expect(stopped[0]?.stats.packetsSent).toBeGreaterThanOrEqual(20);
    await expect(a.sendDigits('1')).rejects.toThrow(/call-id:a is closed/);
  });

  it('sends one stream: SSRC, sequence and timestamp go on through hold and resume', async () => {
    const { media: made } = media();
    const peer = await RawPeer.bind();
    const endpoint = await made.open();
    endpoint.answer(peer.sdp());
    await peer.until((packets) => packets.length >= 5);
    expect(endpoint.answer(peer.sdp('m=audio PORT RTP/AVP 0', 'a=sendonly'))).toContain('a=recvonly');
    expect([endpoint.held, endpoint.direction]).toEqual([true, 'recvonly']);
    const sentBefore = endpoint.stats.packetsSent;
    // Five frames of time pass; the sinks are what shows it.
    await new Promise<void>((resolve) => {
      let frames = 0;
      endpoint.sinks.add({ write: () => ++frames === 5 && resolve() });
    });
    expect(endpoint.stats.packetsSent).toBe(sentBefore);
    endpoint.answer(peer.sdp());
    await peer.until((packets) => packets.length >= sentBefore + 3);
    const [first] = peer.packets as [RtpPacket];
    expect(new Set(peer.packets.map(({ ssrc }) => ssrc)).size).toBe(1);
    expect(peer.packets.map(({ sequence }) => (sequence - first.sequence) & 0xffff)).toEqual(peer.packets.map((_, index) => index));
    const frames = peer.packets.map(({ timestamp }) => ((timestamp - first.timestamp) >>> 0) / 160);
    expect(frames.slice(0, sentBefore)).toEqual(frames.slice(0, sentBefore).map((_, index) => index));
    expect(frames[sentBefore]).toBeGreaterThanOrEqual(sentBefore + 5);
    expect(peer.packets.map(({ marker }, index) => (marker ? index : -1)).filter((index) => index >= 0)).toEqual([0, sentBefore]);
  });

  it.each([
    [10, 80],
    [30, 240],
    [40, 320],
  ])('sends packets of %i ms to who wants them', async (ptime, bytes) => {
    const { media: made } = media();
    const peer = await RawPeer.bind();
    const endpoint = await made.open();
    endpoint.answer(peer.sdp('m=audio PORT RTP/AVP 8', `a=ptime:${ptime}`));
    await peer.until((packets) => packets.length >= 4);
    const [first, second] = peer.packets as [RtpPacket, RtpPacket];
    expect(peer.packets.every(({ payload, payloadType }) => payload.length === bytes && payloadType === 8)).toBe(true);
    expect((second.timestamp - first.timestamp) >>> 0).toBe(bytes);
  });

  it('moves with a re-INVITE, and stays with the address it has when a new offer is refused', async () => {
    const { media: made } = media();
    const [one, two] = [await RawPeer.bind(), await RawPeer.bind()];
    const endpoint = await made.open();
    endpoint.answer(one.sdp());
    await one.until((packets) => packets.length >= 1);
    expect(() => endpoint.answer(two.sdp('m=audio PORT RTP/AVP 18'))).toThrow(/formats are 18/);
    expect(endpoint.remote?.port).toBe(one.socket.address().port);
    endpoint.answer(two.sdp());
    await two.until((packets) => packets.length >= 1);
    expect(two.packets[0]?.ssrc).toBe(one.packets[0]?.ssrc);
  });

  it('finds a peer whose address is a name', async () => {
    const { media: made } = media();
    const peer = await RawPeer.bind();
    const endpoint = await made.open();
    endpoint.answer(peer.sdp().replace('c=IN IP4 127.0.0.1', 'c=IN IP4 localhost'));
    await peer.until((packets) => packets.length >= 1);
    expect(endpoint.remote?.host).toBe('127.0.0.1');
  });

  it('survives whatever arrives, and counts it', async () => {
    const { media: made, events } = media();
    const peer = await RawPeer.bind();
    const endpoint = await made.open();
    endpoint.answer(peer.sdp());
    const random = new Random(9);
    for (let count = 0; count < 200; count++) peer.send(endpoint, random.bytes(random.int(0, 60)));
    peer.send(endpoint, packet(1, { payloadType: 97 }));
    peer.send(endpoint, packet(1, { payloadType: 101, payload: Uint8Array.of(1) }));
    peer.send(endpoint, Buffer.from('80c8000600000005', 'hex'));
    peer.send(endpoint, packet(2, { payload: new Uint8Array(0) }));
    const digit = once(endpoint, 'digit');
    peer.send(endpoint, packet(3, { payloadType: 101, payload: buildEvent(7, true, 800) }));
    expect(await digit).toEqual(['7']);
    expect(endpoint.stats.bad).toBeGreaterThan(50);
    expect(endpoint.stats.rtcp).toBeGreaterThanOrEqual(1);
    expect(events.filter((event) => event.kind === 'problem')).toEqual([]);
  });

  it('says when a listener or a source throws, and lets nothing else suffer', async () => {
    const { a, b, events } = await pair();
    b.on('digit', () => {
      throw new Error('careless listener');
    });
    await a.sendDigits('1', { durationMs: 40 });
    const heard = new Promise<void>((resolve) => {
      let frames = 0;
      a.sinks.add({ write: () => ++frames === 10 && resolve() });
    });
    b.source = {
      read: () => {
        throw new Error('broken source');
      },
    };
    await heard;
    expect(events.filter((event) => event.kind === 'problem').map((event) => event.problem)).toEqual([
      'careless listener',
      'broken source',
    ]);
  });

  it('follows the sender to another SSRC, but not for one stray packet', async () => {
    const { media: made } = media();
    const peer = await RawPeer.bind();
    const endpoint = await made.open();
    endpoint.answer(peer.sdp());
    for (const sequence of [1, 2, 3]) peer.send(endpoint, packet(sequence));
    peer.send(endpoint, packet(900, { ssrc: 5 }));
    peer.send(endpoint, packet(4));
    peer.send(endpoint, packet(901, { ssrc: 5 }));
    peer.send(endpoint, packet(5));
    for (const sequence of [500, 501, 503]) peer.send(endpoint, packet(sequence, { ssrc: 6 }));
    const digit = once(endpoint, 'digit');
    peer.send(endpoint, packet(504, { ssrc: 6, payloadType: 101, payload: buildEvent(1, true, 800) }));
    await digit;
    expect(endpoint.stats).toMatchObject({ sourceChanges: 1, packetsReceived: 9, lost: 1, duplicates: 0, reordered: 0 });
  });

  it('sends to the address of the SDP, or with symmetric RTP to where packets come from', async () => {
    const { media: made } = media();
    const [told, real] = [await RawPeer.bind(), await RawPeer.bind()];
    const [plain, symmetric] = [await made.open('plain'), await made.open('symmetric', { symmetric: true })];
    for (const endpoint of [plain, symmetric]) {
      endpoint.answer(told.sdp());
      real.send(endpoint, packet(1));
    }
    await real.until((packets) => packets.length >= 3);
    expect(new Set(real.packets.map(({ ssrc }) => ssrc)).size).toBe(1);
    expect(symmetric.remote?.port).toBe(real.socket.address().port);
    await told.until((packets) => packets.length >= 6);
    expect(plain.remote?.port).toBe(told.socket.address().port);
  });

  it('sends no digits to who takes none, or before there is an agreement', async () => {
    const { media: made } = media();
    const peer = await RawPeer.bind();
    const endpoint = await made.open('call-id:x');
    await expect(endpoint.sendDigits('1')).rejects.toThrow(/call-id:x: no SDP is agreed on yet/);
    endpoint.answer(peer.sdp('m=audio PORT RTP/AVP 0'));
    await expect(endpoint.sendDigits('1')).rejects.toThrow(/takes no telephone-event/);
    endpoint.answer(peer.sdp());
    await expect(endpoint.sendDigits('1?')).rejects.toThrow(/"\?" is no DTMF digit/);
    const unsent = endpoint.sendDigits('123456789');
    endpoint.close();
    await expect(unsent).rejects.toThrow(/closed before all digits were sent/);
  });

  it('sends as many packets as the clock has frames', async () => {
    const clock = new SteerableClock();
    const { a, b } = await pair({ clock });
    clock.advance(10_000);
    for (const endpoint of [a, b]) expect(Math.abs(endpoint.stats.packetsSent - 500)).toBeLessThanOrEqual(1);
  });
});

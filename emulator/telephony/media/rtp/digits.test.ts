import { describe, expect, it } from 'vitest';
import { Random } from '../../../core/random.ts';
import { FRAME_SAMPLES, SILENT_FRAME } from '../audio/audio.ts';
import { DigitReceiver } from './digit-receiver.ts';
import { DigitSender } from './digit-sender.ts';
import { parseRtp, type RtpPacket } from './rtp-packet.ts';
import { SendingStream } from './sending-stream.ts';
import { buildEvent, parseEvents } from './telephone-event.ts';

const EVENTS = 101;
const codec = { codec: { name: 'PCMU', payloadType: 0 }, packetSamples: FRAME_SAMPLES } as const;

/** A sender whose frames are stepped by hand. */
function sender() {
  const packets: RtpPacket[] = [];
  const digits: string[] = [];
  const stream = new SendingStream({ random: new Random(3), send: (bytes) => packets.push(parseRtp(bytes) as RtpPacket) });
  const digitSender = new DigitSender({ stream, onDigit: (digit) => digits.push(digit) });
  const step = (frames: number) => {
    for (let count = 0; count < frames; count++) {
      if (digitSender.step(EVENTS)) stream.pass(1);
      else stream.sendFrame(SILENT_FRAME, codec);
    }
  };
  return { packets, digits, digitSender, step, events: () => packets.filter((packet) => packet.payloadType === EVENTS) };
}

function receiver() {
  const heard: string[] = [];
  const ended: [string, number][] = [];
  const digits = new DigitReceiver({
    onDigit: (digit) => heard.push(digit),
    onEnd: (digit, durationMs) => ended.push([digit, durationMs]),
  });
  return { heard, ended, digits, take: (packets: readonly RtpPacket[]) => packets.forEach((packet) => digits.receive(packet)) };
}

const eventPacket = (timestamp: number, payload: Uint8Array, ssrc = 1) => ({ ssrc, timestamp, payload });

/** The packets of some presses, and what follows them. */
async function press(digits: string, options?: { durationMs?: number; gapMs?: number }): Promise<RtpPacket[]> {
  const { digitSender, step, events } = sender();
  const sent = digitSender.send(digits, options);
  step(2_000);
  await sent;
  return events();
}

describe('DigitSender', () => {
  it('sends an event as RFC 4733 §2.5.1 says: one timestamp, growing duration, marker first, three last packets', async () => {
    const packets = await press('5', { durationMs: 100 });
    const events = packets.map((packet) => parseEvents(packet.payload)[0]);
    expect(new Set(packets.map((packet) => packet.timestamp)).size).toBe(1);
    expect(packets.map((packet) => packet.marker)).toEqual([true, false, false, false, false, false, false]);
    expect(events.map((event) => event?.duration)).toEqual([160, 320, 480, 640, 800, 800, 800]);
    expect(events.map((event) => event?.end)).toEqual([false, false, false, false, true, true, true]);
    expect(new Set(events.map((event) => event?.event))).toEqual(new Set([5]));
  });

  it('keeps one sequence with the audio, which pauses for the digit and keeps its time', () => {
    const { packets, digitSender, step } = sender();
    step(2);
    void digitSender.send('1', { durationMs: 60 });
    step(10);
    const [first] = packets as [RtpPacket];
    expect(packets.map((packet) => (packet.sequence - first.sequence) & 0xffff)).toEqual(packets.map((_, index) => index));
    expect(packets.map((packet) => packet.payloadType)).toEqual([0, 0, 101, 101, 101, 101, 101, 0, 0, 0, 0, 0]);
    const audio = packets.filter((packet) => packet.payloadType === 0);
    expect(audio.map((packet) => ((packet.timestamp - first.timestamp) >>> 0) / FRAME_SAMPLES)).toEqual([0, 1, 7, 8, 9, 10, 11]);
    expect(audio.map((packet) => packet.marker)).toEqual([true, false, true, false, false, false, false]);
  });

  it('sends several in turn with a gap between', async () => {
    const packets = await press('12', { durationMs: 40, gapMs: 60 });
    const starts = [...new Set(packets.map((packet) => packet.timestamp))];
    // 40 ms, two repeats of the last packet, and the gap.
    expect(starts.map((start) => ((start - (starts[0] as number)) >>> 0) / 8)).toEqual([0, 40 + 40 + 60]);
  });

  it('cuts an event that is longer than the field into segments (§2.5.1.3)', async () => {
    const packets = await press('9', { durationMs: 10_000 });
    const timestamps = [...new Set(packets.map((packet) => packet.timestamp))];
    expect(timestamps).toHaveLength(2);
    expect(((timestamps[1] as number) - (timestamps[0] as number)) >>> 0).toBe(0xffff);
    const first = packets.filter((packet) => packet.timestamp === timestamps[0]).map((packet) => parseEvents(packet.payload)[0]);
    expect(first.slice(-3).map((event) => event?.duration)).toEqual([0xffff, 0xffff, 0xffff]);
    expect(first.some((event) => event?.end)).toBe(false);
    const last = packets.filter((packet) => packet.timestamp === timestamps[1]);
    expect(last.some((packet) => packet.marker)).toBe(false);
    expect(parseEvents((last.at(-1) as RtpPacket).payload)).toEqual([{ event: 9, end: true, volume: 10, duration: 80_000 - 0xffff }]);
  });

  it('refuses what is no digit before it sends any', () => {
    const { digitSender, digits, step } = sender();
    expect(() => digitSender.send('12x')).toThrow(/"x" is no DTMF digit/);
    expect(() => digitSender.send('1', { durationMs: 0 })).toThrow(/at least 20 ms/);
    step(5);
    expect(digits).toEqual([]);
  });

  it('rejects what is not sent when it is aborted, and only that', async () => {
    const { digitSender, step } = sender();
    const first = digitSender.send('1', { durationMs: 40 });
    const second = digitSender.send('2');
    step(3);
    digitSender.abort(() => new Error('closed'));
    await expect(first).resolves.toBeUndefined();
    await expect(second).rejects.toThrow('closed');
  });
});

describe('DigitReceiver', () => {
  it('hears each digit once, with its duration', async () => {
    const { heard, ended, take } = receiver();
    take(await press('0123456789*#abcd', { durationMs: 80, gapMs: 40 }));
    expect(heard.join('')).toBe('0123456789*#ABCD');
    expect(new Set(ended.map(([, durationMs]) => durationMs))).toEqual(new Set([80]));
  });

  it('hears the same digit twice when it is pressed twice', async () => {
    const { heard, take } = receiver();
    take(await press('77'));
    expect(heard).toEqual(['7', '7']);
  });

  it.each([
    ['its start', (index: number) => index > 2],
    ['all but one repeat of its end', (index: number) => index === 6],
    ['all but its start', (index: number) => index === 0],
  ])('hears a digit that lost %s', async (_, kept) => {
    const { heard, ended, digits, take } = receiver();
    take((await press('4')).filter((_packet, index) => kept(index)));
    expect(heard).toEqual(['4']);
    for (let frame = 0; frame < 20; frame++) digits.tick();
    expect(ended).toHaveLength(1);
  });

  it('does not mind order and duplicates', async () => {
    const { heard, ended, take } = receiver();
    const packets = await press('83', { durationMs: 60 });
    const [first, second] = [packets.slice(0, 5), packets.slice(5)];
    take([first[1], first[0], first[4], first[2], second[0], first[3], ...second, ...second, ...first] as RtpPacket[]);
    expect(heard).toEqual(['8', '3']);
    expect(ended).toEqual([
      ['8', 60],
      ['3', 60],
    ]);
  });

  it('takes a long event for one, also when packets between its segments are lost', async () => {
    const packets = await press('6', { durationMs: 20_000 });
    const whole = receiver();
    whole.take(packets);
    expect(whole.heard).toEqual(['6']);
    expect(whole.ended).toEqual([['6', 20_000]]);
    const holes = receiver();
    holes.take(packets.filter((_, index) => index % 7 === 0 || index === packets.length - 1));
    expect(holes.heard).toEqual(['6']);
    expect(holes.ended).toEqual([['6', 20_000]]);
  });

  it('takes several events from one packet (§2.5.1.5)', () => {
    const { heard, ended, digits } = receiver();
    digits.receive(eventPacket(1_000, Buffer.concat([buildEvent(1, true, 400), buildEvent(2, true, 480)])));
    expect(heard).toEqual(['1', '2']);
    expect(ended).toEqual([
      ['1', 50],
      ['2', 60],
    ]);
  });

  it('does not take a new source for a straggler of the old one', () => {
    const { heard, digits } = receiver();
    digits.receive(eventPacket(100_000, buildEvent(1, true, 400), 1));
    digits.receive(eventPacket(99_000, buildEvent(2, true, 400), 1));
    digits.receive(eventPacket(99_000, buildEvent(3, true, 400), 2));
    expect(heard).toEqual(['1', '3']);
  });

  it('skips events that are no digits, and broken payloads', () => {
    const { heard, digits } = receiver();
    digits.receive(eventPacket(0, buildEvent(16, true, 400)));
    digits.receive(eventPacket(8_000, Uint8Array.of(1, 2, 3)));
    digits.receive(eventPacket(8_000, new Uint8Array()));
    expect(heard).toEqual([]);
  });
});

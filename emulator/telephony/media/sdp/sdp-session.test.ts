import { describe, expect, it } from 'vitest';
import { Random } from '../../../core/random.ts';
import type { CodecName } from './formats.ts';
import { NotAcceptable } from './not-acceptable.ts';
import { plainShape, type SdpShape, twilioShape } from './sdp-shape.ts';
import { SdpSession } from './sdp-session.ts';

interface Options {
  shape?: SdpShape;
  codecs?: readonly CodecName[];
  host?: string;
}

function session({ shape = plainShape, codecs = ['PCMU', 'PCMA'], host = '192.0.2.1' }: Options = {}): SdpSession {
  return new SdpSession({ local: { host, port: 4_000 }, family: host.includes(':') ? 6 : 4, shape, codecs, random: new Random(1) });
}

/** An offer of the other side, with these lines after `t=`. */
const offer = (...lines: string[]) =>
  ['v=0', 'o=- 1 1 IN IP4 198.51.100.7', 's=-', 'c=IN IP4 198.51.100.7', 't=0 0', ...lines, ''].join('\r\n');
const AUDIO = ['m=audio 5000 RTP/AVP 0 8 101', 'a=rtpmap:101 telephone-event/8000'];

const bodyOf = (text: string) => text.replace(/^o=.*\r\n/m, '');
const versionOf = (text: string) => Number(/^o=\S+ \d+ (\d+)/m.exec(text)?.[1]);
const linesOf = (text: string) => text.trimEnd().split('\r\n');

describe('an offer', () => {
  it('has the shape of Twilio', () => {
    const text = session({ shape: { ...twilioShape, rtcp: true } }).offer();
    expect(linesOf(text)).toEqual([
      'v=0',
      expect.stringMatching(/^o=root (\d+) \1 IN IP4 172\.18\.150\.22$/),
      's=Twilio Media Gateway',
      'c=IN IP4 192.0.2.1',
      't=0 0',
      'm=audio 4000 RTP/AVP 0 8 101',
      'a=rtpmap:0 PCMU/8000',
      'a=rtpmap:8 PCMA/8000',
      'a=rtpmap:101 telephone-event/8000',
      'a=fmtp:101 0-16',
      'a=ptime:20',
      'a=maxptime:20',
      'a=rtcp:4001',
      'a=sendrecv',
    ]);
  });

  it('can be plain, of other codecs and IPv6', () => {
    const lines = linesOf(session({ codecs: ['PCMA'], host: '2001:db8::1' }).offer());
    expect(lines).toContain('c=IN IP6 2001:db8::1');
    expect(lines).toContain('m=audio 4000 RTP/AVP 8 101');
    expect(lines[1]).toMatch(/^o=- \d+ \d+ IN IP6 2001:db8::1$/);
  });

  it('gets a new version when it changes, and only then', () => {
    const ours = session();
    const first = ours.offer();
    expect(ours.offer()).toBe(first);
    const hold = ours.offer('sendonly');
    expect(versionOf(hold)).toBe(versionOf(first) + 1);
    expect(bodyOf(hold)).toBe(bodyOf(first).replace('sendrecv', 'sendonly'));
  });
});

describe('an answer', () => {
  it('keeps the order of the offer and its payload types', () => {
    const { text, agreement } = session().answer(
      offer(
        'm=audio 5000 RTP/AVP 18 8 96 0 97',
        'a=rtpmap:96 opus/48000/2',
        'a=rtpmap:97 telephone-event/8000',
        'a=x-unknown:1',
        'a=ssrc:1 cname:x',
      ),
    );
    expect(linesOf(text)).toContain('m=audio 4000 RTP/AVP 8 0 97');
    expect(linesOf(text)).toContain('a=fmtp:97 0-16');
    expect(agreement).toMatchObject({
      remote: { host: '198.51.100.7', port: 5_000 },
      codec: { name: 'PCMA', payloadType: 8 },
      sendEvents: 97,
      receiveEvents: [97],
      packetMs: 20,
      direction: 'sendrecv',
      held: false,
    });
  });

  it('offers no telephone-events to who has none', () => {
    const { text, agreement } = session().answer(offer('m=audio 5000 RTP/AVP 0'));
    expect(text).not.toContain('telephone-event');
    expect(agreement).toMatchObject({ sendEvents: undefined, receiveEvents: [] });
  });

  it('sends where the section says, in packets as long as it says', () => {
    const { agreement } = session().answer(offer('m=audio 5000 RTP/AVP 0', 'c=IN IP4 203.0.113.9', 'a=ptime:40'));
    expect(agreement).toMatchObject({ remote: { host: '203.0.113.9', port: 5_000 }, packetMs: 40 });
  });

  it('refuses further sections one by one', () => {
    const video = ['m=video 6000 RTP/AVP 96 97', 'a=rtpmap:96 VP8/90000'];
    const ours = session();
    const { text } = ours.answer(offer(...video, 'm=audio 5002 RTP/SAVP 0', ...AUDIO, 'm=image 7000 udptl t38'));
    const sections = (sdp: string) => linesOf(sdp).filter((line) => line.startsWith('m='));
    expect(sections(text)).toEqual([
      'm=video 0 RTP/AVP 96 97',
      'm=audio 0 RTP/SAVP 0',
      'm=audio 4000 RTP/AVP 0 8 101',
      'm=image 0 UDPTL t38',
    ]);
    // And they stay in later offers (RFC 3264 §8).
    expect(sections(ours.offer())).toHaveLength(4);
  });

  it('repeats the profile of the offer', () => {
    expect(session().answer(offer('m=audio 5000 RTP/AVPF 0')).text).toContain('m=audio 4000 RTP/AVPF 0');
  });

  it.each([
    ['sendonly', 'recvonly', true],
    ['recvonly', 'sendonly', false],
    ['inactive', 'inactive', true],
  ] as const)('mirrors %s', (theirs, ours, held) => {
    const { text, agreement } = session().answer(offer(...AUDIO, `a=${theirs}`));
    expect(text).toContain(`a=${ours}`);
    expect(agreement).toMatchObject({ direction: ours, held });
  });

  it('takes an address of zeros for hold', () => {
    const { text, agreement } = session().answer(offer(...AUDIO).replace('c=IN IP4 198.51.100.7', 'c=IN IP4 0.0.0.0'));
    expect(agreement).toMatchObject({ direction: 'recvonly', held: true });
    expect(text).toContain('a=recvonly');
  });

  it('keeps our own hold when the peer asks again', () => {
    const ours = session();
    ours.offer('sendonly');
    ours.accept(offer(...AUDIO, 'a=recvonly'));
    expect(ours.answer(offer(...AUDIO)).agreement.direction).toBe('sendonly');
    expect(ours.answer(offer(...AUDIO), 'sendrecv').agreement.direction).toBe('sendrecv');
  });

  it.each([
    ['no body', '', 304, /no m= line/],
    ['no audio', offer('m=video 1 RTP/AVP 96'), 304, /only video/],
    ['other codecs', offer('m=audio 1 RTP/AVP 18 9'), 305, /formats are 18 9: expected .*PCMU, PCMA/],
    ['SRTP alone', offer('m=audio 1 RTP/SAVP 0'), 302, /RTP\/SAVP only/],
    ['audio switched off', offer('m=audio 0 RTP/AVP 0'), 304, /port 0/],
    ['no address', 'v=0\r\nm=audio 5000 RTP/AVP 0\r\n', 399, /no c= line/],
    ['the other IP version', offer('m=audio 5000 RTP/AVP 0', 'c=IN IP6 2001:db8::7'), 300, /IPv4/],
  ])('is refused for %s', (_, body, warnCode, message) => {
    const ours = session();
    const before = ours.offer();
    expect(() => ours.answer(body)).toThrow(NotAcceptable);
    expect(() => ours.answer(body)).toThrow(message);
    expect(() => ours.answer(body)).toThrow(expect.objectContaining({ status: 488, warnCode }) as Error);
    expect(ours.offer()).toBe(before);
  });

  it('takes only the codecs it was told to', () => {
    expect(() => session({ codecs: ['PCMA'] }).answer(offer('m=audio 1 RTP/AVP 0'))).toThrow(
      /expected m=audio with RTP\/AVP and one of PCMA/,
    );
  });
});

describe('accepting', () => {
  it('an answer with a part of the offer is enough', () => {
    const ours = session();
    ours.offer();
    const agreement = ours.accept(offer('m=audio 5000 RTP/AVP 0 101', 'a=rtpmap:101 telephone-event/8000'));
    expect(agreement).toMatchObject({ codec: { name: 'PCMU', payloadType: 0 }, sendEvents: 101 });
    expect(agreement.receive.map(({ name }) => name)).toEqual(['PCMU', 'PCMA']);
  });

  it('takes numbers that the peer changed, for what we send (RFC 3264 §6.1)', () => {
    const ours = session();
    ours.offer();
    const agreement = ours.accept(offer('m=audio 5000 RTP/AVP 8 96', 'a=rtpmap:96 telephone-event/8000'));
    expect(agreement).toMatchObject({ codec: { name: 'PCMA', payloadType: 8 }, sendEvents: 96, receiveEvents: [101, 96] });
  });

  it('finds the audio of a peer that changed the number of sections', () => {
    const ours = session();
    ours.answer(offer('m=video 6000 RTP/AVP 96', ...AUDIO));
    ours.offer();
    expect(ours.accept(offer('m=audio 5008 RTP/AVP 0')).remote.port).toBe(5_008);
  });

  it.each([
    ['that switches the audio off', offer('m=audio 0 RTP/AVP 0'), /port 0/],
    ['of other codecs', offer('m=audio 5000 RTP/AVP 18'), /formats are 18/],
    ['that is empty', '', /no m= line/],
  ])('refuses an answer %s, and keeps what was agreed', (_, body, message) => {
    const ours = session();
    ours.offer();
    expect(() => ours.accept(body)).toThrow(message);
  });

  it('takes a later answer to the same offer, as a 200 after a 183 may bring', () => {
    const ours = session();
    ours.offer();
    expect(ours.accept(offer(...AUDIO)).remote.port).toBe(5_000);
    expect(ours.accept(offer('m=audio 5002 RTP/AVP 0')).remote.port).toBe(5_002);
  });

  it('needs an offer', () => {
    expect(() => session().accept(offer(...AUDIO))).toThrow(/for no offer/);
  });
});

import { describe, expect, it } from 'vitest';
import { Random } from '../../../core/random.ts';
import { audioFormats, packetTime } from './audio-media.ts';
import { buildSdp } from './build-sdp.ts';
import { commonDirection, mirrored, statedDirection } from './direction.ts';
import type { Direction } from './formats.ts';
import { parseSdp } from './parse-sdp.ts';
import type { SdpMedia } from './session-description.ts';

const TWILIO = [
  'v=0',
  'o=root 1834475420 1834475420 IN IP4 172.18.150.22',
  's=Twilio Media Gateway',
  'c=IN IP4 168.86.138.82',
  't=0 0',
  'm=audio 15476 RTP/AVP 0 8 101',
  'a=rtpmap:0 PCMU/8000',
  'a=rtpmap:8 PCMA/8000',
  'a=rtpmap:101 telephone-event/8000',
  'a=fmtp:101 0-16',
  'a=ptime:20',
  'a=maxptime:20',
  'a=sendrecv',
  '',
];

function audio(...lines: string[]): SdpMedia {
  return parseSdp(lines.join('\n')).media[0] as SdpMedia;
}

describe('parseSdp', () => {
  it.each([
    ['CRLF', '\r\n'],
    ['LF', '\n'],
    ['CR', '\r'],
    ['CRLF and blanks', ' \r\n '],
  ])('reads lines that end in %s', (_, end) => {
    const session = parseSdp(TWILIO.join(end));
    expect(session.origin).toEqual({
      username: 'root',
      sessionId: '1834475420',
      version: '1834475420',
      family: 4,
      address: '172.18.150.22',
    });
    expect(session).toMatchObject({ name: 'Twilio Media Gateway', connection: { family: 4, address: '168.86.138.82' } });
    expect(session.media).toHaveLength(1);
    expect(session.media[0]).toMatchObject({ kind: 'audio', port: 15_476, protocol: 'RTP/AVP', formats: ['0', '8', '101'] });
  });

  it('writes back what it read', () => {
    expect(buildSdp(parseSdp(TWILIO.join('\r\n')))).toBe(TWILIO.join('\r\n'));
  });

  it('reads bytes as well as text', () => {
    expect(parseSdp(new TextEncoder().encode(TWILIO.join('\n'))).media[0]?.port).toBe(15_476);
  });

  it('takes no longer for a line of blanks that fills a datagram', { timeout: 1_000 }, () => {
    expect(parseSdp(`a=x${' '.repeat(65_000)}y`).attributes).toHaveLength(1);
  });

  it('reads each format once, however often it is listed', () => {
    const media = audio('m=audio 9 RTP/AVP 8 0 00 8 101 101', 'a=rtpmap:101 telephone-event/8000');
    expect(audioFormats(media)).toEqual({
      codecs: [
        { name: 'PCMA', payloadType: 8 },
        { name: 'PCMU', payloadType: 0 },
      ],
      events: 101,
    });
  });

  it('takes what there is when lines are missing, unknown or broken', () => {
    const session = parseSdp(
      'garbage\nb=AS:64\nm=audio\nm=audio x RTP/AVP 0\nc=IN\no=\nz=1\nm=audio 4000/2 rtp/avp 0\nc=IN IP6 ::1\na=x-odd\na=:\n',
    );
    expect(session.origin).toBeUndefined();
    expect(session.media).toEqual([
      {
        kind: 'audio',
        port: 4_000,
        protocol: 'RTP/AVP',
        formats: ['0'],
        connection: { family: 6, address: '::1' },
        attributes: [{ name: 'x-odd' }, { name: '', value: '' }],
      },
    ]);
  });

  it('takes the TTL off a multicast address', () => {
    expect(parseSdp('c=IN IP4 224.2.1.1/127/3').connection).toEqual({ family: 4, address: '224.2.1.1' });
  });

  it('believes the address more than its label', () => {
    expect(parseSdp('c=IN IP6 10.0.0.1').connection?.family).toBe(4);
    expect(parseSdp('c=IN IP4 fe80::1').connection?.family).toBe(6);
    expect(parseSdp('c=IN IP6 media.example.com').connection).toEqual({ family: 6, address: 'media.example.com' });
  });

  it('never throws', () => {
    const random = new Random(11);
    const text = TWILIO.join('\r\n');
    for (let count = 0; count < 2_000; count++) {
      const bytes = Buffer.from(text);
      for (let change = random.int(1, 20); change > 0; change--) bytes[random.int(0, bytes.length - 1)] = random.int(0, 255);
      expect(() => parseSdp(bytes)).not.toThrow();
    }
  });
});

describe('audioFormats', () => {
  it.each([
    ['static types without rtpmap', ['m=audio 1 RTP/AVP 8 0 18'], ['PCMA 8', 'PCMU 0'], undefined],
    [
      'names in any case, spaces, channels',
      ['m=audio 1 RTP/AVP 0 96', 'a=rtpmap:0 pcmu/8000/1', 'a=rtpmap: 96 Telephone-Event / 8000'],
      ['PCMU 0'],
      96,
    ],
    ['dynamic types', ['m=audio 1 RTP/AVP 97 98', 'a=rtpmap:97 PCMA/8000', 'a=rtpmap:98 telephone-event/8000'], ['PCMA 97'], 98],
    [
      'events at the rate of our audio',
      ['m=audio 1 RTP/AVP 0 100 101', 'a=rtpmap:100 telephone-event/48000', 'a=rtpmap:101 telephone-event/8000'],
      ['PCMU 0'],
      101,
    ],
    ['no wide-band or stereo variant', ['m=audio 1 RTP/AVP 0 9 96', 'a=rtpmap:0 PCMU/16000', 'a=rtpmap:96 PCMU/8000/2'], [], undefined],
    ['nothing for a static type given to another codec', ['m=audio 1 RTP/AVP 0', 'a=rtpmap:0 G726-32/8000'], [], undefined],
    ['no formats that are no payload types', ['m=audio 1 RTP/AVP x 0 999'], ['PCMU 0'], undefined],
  ])('finds %s', (_, lines, codecs, events) => {
    const formats = audioFormats(audio(...lines));
    expect(formats.codecs.map(({ name, payloadType }) => `${name} ${payloadType}`)).toEqual(codecs);
    expect(formats.events).toBe(events);
  });
});

describe('packetTime', () => {
  it.each([
    [[], 20],
    [['a=ptime:30'], 30],
    [['a=ptime:60', 'a=maxptime:40'], 40],
    [['a=ptime:5'], 10],
    [['a=ptime:200'], 60],
    [['a=ptime:25'], 20],
    [['a=ptime:zero', 'a=maxptime:-1'], 20],
    [['a=maxptime:150'], 20],
  ])('of %j is %i', (lines, expected) => {
    expect(packetTime(audio('m=audio 1 RTP/AVP 0', ...lines))).toBe(expected);
  });
});

describe('direction', () => {
  it.each<[string, string[], Direction]>([
    ['sendrecv by default', ['c=IN IP4 10.0.0.1', 'm=audio 1 RTP/AVP 0'], 'sendrecv'],
    ['the section before the session', ['a=inactive', 'm=audio 1 RTP/AVP 0', 'a=recvonly'], 'recvonly'],
    ['the session otherwise', ['a=sendonly', 'm=audio 1 RTP/AVP 0'], 'sendonly'],
    ['hold by address', ['c=IN IP4 0.0.0.0', 'm=audio 1 RTP/AVP 0', 'a=sendrecv'], 'sendonly'],
    ['hold by address of the section', ['c=IN IP6 ::1', 'm=audio 1 RTP/AVP 0', 'c=IN IP6 ::', 'a=recvonly'], 'inactive'],
  ])('is %s', (_, lines, expected) => {
    const session = parseSdp(lines.join('\n'));
    expect(statedDirection(session, session.media[0] as SdpMedia)).toBe(expected);
  });

  it('is mirrored and intersected', () => {
    expect((['sendrecv', 'sendonly', 'recvonly', 'inactive'] as const).map(mirrored)).toEqual([
      'sendrecv',
      'recvonly',
      'sendonly',
      'inactive',
    ]);
    expect(commonDirection('sendrecv', 'recvonly')).toBe('recvonly');
    expect(commonDirection('sendonly', 'recvonly')).toBe('inactive');
  });
});

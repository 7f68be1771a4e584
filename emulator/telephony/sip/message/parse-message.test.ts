import { describe, expect, it } from 'vitest';
import type { SipRequest } from './message.ts';
import { SipParseError } from './parse-error.ts';
import { parseMessage } from './parse-message.ts';
import { serializeMessage } from './serialize-message.ts';

const bytes = (...lines: string[]) => Buffer.from(lines.join('\r\n'));
const request = (...lines: string[]) => parseMessage(bytes(...lines)) as SipRequest;

describe('parseMessage', () => {
  it('reads a request with its body', () => {
    const message = request('INVITE sip:a@b SIP/2.0', 'Call-ID: x', 'Content-Length: 3', '', 'abc');
    expect(message).toMatchObject({ kind: 'request', method: 'INVITE', uri: 'sip:a@b', version: 'SIP/2.0' });
    expect(Buffer.from(message.body).toString()).toBe('abc');
  });

  it('reads a response, an empty reason included', () => {
    expect(parseMessage(bytes('SIP/2.0 180 Ringing', '', ''))).toMatchObject({ kind: 'response', status: 180, reason: 'Ringing' });
    expect(parseMessage(bytes('SIP/2.0 100', '', ''))).toMatchObject({ status: 100, reason: '' });
  });

  it('skips line ends in front and takes bare line feeds', () => {
    const message = parseMessage(Buffer.from('\r\n\r\nBYE sip:a@b SIP/2.0\nCall-ID: x\nTo: y\n\nbody')) as SipRequest;
    expect(message.headers.get('To')).toBe('y');
    expect(Buffer.from(message.body).toString()).toBe('body');
  });

  it('unfolds values for reading and keeps the fold on the wire', () => {
    const wire = bytes('BYE sip:a@b SIP/2.0', 'From:  <sip:a@b>', '\t;tag=1', 'TO :\tx', 'i:y', '', '');
    const message = parseMessage(wire);
    expect(message.headers.get('From')).toBe('<sip:a@b> ;tag=1');
    expect(message.headers.get('To')).toBe('x');
    expect(message.headers.get('Call-ID')).toBe('y');
    expect(Buffer.from(serializeMessage(message)).toString()).toBe(wire.toString());
  });

  it('gives binary bodies back unchanged', () => {
    const body = Buffer.from([0, 255, 13, 10, 13, 10, 128]);
    const wire = Buffer.concat([bytes('MESSAGE sip:a@b SIP/2.0', 'Content-Length: 7', '', ''), body]);
    expect(Buffer.from(serializeMessage(parseMessage(wire))).equals(wire)).toBe(true);
  });

  it('ends the body at Content-Length (RFC 3261 18.3)', () => {
    expect(request('A sip:a@b SIP/2.0', 'l: 2', '', 'abINVITE sip:x SIP/2.0').body).toHaveLength(2);
  });

  it('reads Latin-1 where the text is no UTF-8', () => {
    const message = parseMessage(
      Buffer.concat([Buffer.from('BYE sip:a@b SIP/2.0\r\nFrom: "J'), Buffer.from([0xf6]), Buffer.from('rg" <sip:a@b>\r\n\r\n')]),
    );
    expect(message.headers.get('From')).toBe('"Jörg" <sip:a@b>');
  });

  it('keeps blanks in the Request-URI for the judge', () => {
    expect(request('INVITE  sip:a@b; lr  SIP/2.0  ', '', '').uri).toBe('sip:a@b; lr');
  });

  it('keeps a row without a colon under an empty name', () => {
    expect(request('BYE sip:a@b SIP/2.0', 'nonsense', '', '').headers.entries()).toMatchObject([{ name: '', value: 'nonsense' }]);
  });

  it.each([
    '',
    'hello',
    'GET / HTTP/1.1\r\n\r\n',
    'SIP/2.0 4294967301 OK\r\n\r\n',
    'SIP/2.0 099 x\r\n\r\n',
    'SIP/2.0\r\n\r\n',
    'INVITE SIP/2.0\r\n\r\n',
    '\0\0\0\0\0',
  ])('refuses %j', (text) => {
    expect(() => parseMessage(Buffer.from(text))).toThrow(SipParseError);
  });

  it('caps the header section and still tells what can be answered', () => {
    const wire = bytes('INVITE sip:a@b SIP/2.0', 'Via: SIP/2.0/UDP h', `X-Long: ${'x'.repeat(500)}`, '', '');
    expect(parseMessage(wire).kind).toBe('request');
    const error = catching(() => parseMessage(wire, { headerBytes: 200 }));
    expect(error.status).toBe(513);
    expect((error.partial as SipRequest).headers.get('Via')).toBe('SIP/2.0/UDP h');
  });

  it.each([' ', '\t', '"', '\\"', ';', ',', '<', ':', '\n ', 'a\n '])('is not held up by 300 kB of %j', (unit) => {
    // A step for each pair of characters would be many seconds' work, more than a test may take.
    const junk = unit.repeat(300_000 / unit.length);
    for (const text of [`INVITE ${junk}`, `INVITE sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP ${junk}\r\nFrom: ${junk}\r\n\r\n`]) {
      expect(outcome(() => parseMessage(Buffer.from(text), { headerBytes: 1e6 }).headers.values('From'))).not.toBe('a bug');
    }
  });
});

function catching(run: () => unknown): SipParseError {
  try {
    run();
  } catch (error) {
    return error as SipParseError;
  }
  throw new Error('nothing was thrown');
}

function outcome(run: () => unknown): 'read' | 'refused' | 'a bug' {
  try {
    run();
    return 'read';
  } catch (error) {
    return error instanceof SipParseError ? 'refused' : 'a bug';
  }
}

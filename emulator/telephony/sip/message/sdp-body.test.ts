import { expect, it } from 'vitest';
import { parseMessage } from './parse-message.ts';
import { sdpBody } from './sdp-body.ts';

const withBody = (type: string, body: string) =>
  parseMessage(Buffer.from(`INVITE sip:a@b SIP/2.0\r\n${type === '' ? '' : `c: ${type}\r\n`}\r\n${body}`));

it('finds the session description', () => {
  expect(sdpBody(withBody('application/SDP', 'v=0\r\n'))).toBe('v=0\r\n');
  expect(sdpBody(withBody('', 'v=0\r\n'))).toBe('v=0\r\n');
  expect(sdpBody(withBody('text/plain', 'v=0\r\n'))).toBeUndefined();
  expect(sdpBody(withBody('application/sdp', ''))).toBeUndefined();
});

it('takes it out of a multipart body', () => {
  const body = '--x\r\nContent-Type: text/plain\r\n\r\nhello\r\n--x\r\nContent-Type: application/sdp\r\n\r\nv=0\r\ns=-\r\n\r\n--x--\r\n';
  expect(sdpBody(withBody('multipart/mixed; boundary="x"', body))).toBe('v=0\r\ns=-\r\n');
  expect(sdpBody(withBody('multipart/mixed', body))).toBeUndefined();
});

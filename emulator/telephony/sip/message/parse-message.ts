import { isUtf8 } from 'node:buffer';
import { SipHeaders } from './headers.ts';
import { NO_BODY, type SipMessage } from './message.ts';
import { SipParseError } from './parse-error.ts';

/** Longest header section that is read unless the caller says otherwise: a Twilio INVITE with tokens takes about 6 kB. */
export const HEADER_BYTES = 32_768;

const CR = 13;
const LF = 10;

/**
 * Reads one datagram, leniently: CRLFs in front, bare LFs, folds, odd spaces, rows without a colon (kept under an empty name)
 * and unknown versions all pass; `validateMessage` judges them. The body ends where Content-Length says, or with the datagram.
 * Text that is no UTF-8 is read as Latin-1.
 * @throws SipParseError when there is no start line to speak of, or the header section is too long (status 513).
 */
export function parseMessage(bytes: Uint8Array, options: { headerBytes?: number } = {}): SipMessage {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let start = 0;
  while (buffer[start] === CR || buffer[start] === LF) start++;
  const limit = options.headerBytes ?? HEADER_BYTES;
  const [end, bodyStart] = headerEnd(buffer, start);
  if (end - start > limit) {
    const cut = buffer.subarray(start, start + limit);
    const partial = read(cut.subarray(0, cut.lastIndexOf(LF) + 1), NO_BODY);
    throw new SipParseError(`the header section has ${end - start} bytes, at most ${limit} are read`, { status: 513, partial });
  }
  return read(buffer.subarray(start, end), buffer.subarray(bodyStart));
}

/** Where the header section ends and where the body begins; both the end when no blank line is there. */
function headerEnd(buffer: Buffer, start: number): [end: number, bodyStart: number] {
  const crlf = buffer.indexOf('\n\r\n', start, 'latin1');
  const lf = buffer.subarray(0, crlf < 0 ? undefined : crlf + 1).indexOf('\n\n', start, 'latin1');
  if (lf >= 0) return [lf + 1, lf + 2];
  return crlf < 0 ? [buffer.length, buffer.length] : [crlf + 1, crlf + 3];
}

function read(head: Buffer, rest: Buffer | Uint8Array): SipMessage {
  const text = isUtf8(head) ? head.toString('utf8') : head.toString('latin1');
  const firstEnd = lineEnd(text, 0);
  const startLine = withoutCr(text.slice(0, firstEnd));
  const message = readStartLine(startLine);
  readHeaders(text, firstEnd + 1, message.headers);
  message.body = rest.length === 0 ? NO_BODY : takeBody(message.headers, rest);
  return message;
}

function readStartLine(line: string): SipMessage {
  const response = /^SIP\/(\d+\.\d+)[ \t]+(\d+)(?:[ \t](.*))?$/i.exec(line);
  if (response) {
    const status = Number(response[2]);
    if (response[2]?.length !== 3 || status < 100 || status > 699) throw new SipParseError(`${response[2]} is no status code`);
    const version = `SIP/${response[1]}`;
    return { kind: 'response', status, reason: response[3] ?? '', version, headers: new SipHeaders(), body: NO_BODY };
  }
  const request = splitRequestLine(line.trimEnd());
  if (!request) throw new SipParseError(`not a SIP start line: ${JSON.stringify(line.slice(0, 80))}`);
  const { method, uri, version } = request;
  return { kind: 'request', method, uri, version, headers: new SipHeaders(), body: NO_BODY };
}

/** By hand, because a regular expression takes quadratic time on a line of blanks. */
function splitRequestLine(line: string): { method: string; uri: string; version: string } | undefined {
  const first = line.search(/[ \t]/);
  const last = Math.max(line.lastIndexOf(' '), line.lastIndexOf('\t'));
  const version = line.slice(last + 1);
  const uri = line.slice(first, last).trim();
  if (first <= 0 || uri === '' || !/^SIP\/\d{1,3}\.\d{1,3}$/i.test(version)) return undefined;
  return { method: line.slice(0, first), uri, version };
}

function readHeaders(text: string, from: number, headers: SipHeaders): void {
  let start = from;
  while (start < text.length) {
    let end = lineEnd(text, start);
    let folded = false;
    while (isBlank(text.charCodeAt(end + 1))) {
      folded = true;
      end = lineEnd(text, end + 1);
    }
    const last = text.charCodeAt(end - 1) === CR ? end - 1 : end;
    if (last > start) readRow(text, start, last, folded, headers);
    start = end + 1;
  }
}

/** Cuts name and value out of the text and nothing else: this runs for every row of every message. */
function readRow(text: string, start: number, end: number, folded: boolean, headers: SipHeaders): void {
  const found = text.indexOf(':', start);
  const colon = found < 0 || found >= end ? start - 1 : found;
  const name = text.slice(start, Math.max(colon, start)).trimEnd();
  const from = text.charCodeAt(colon + 1) === 32 ? colon + 2 : colon + 1;
  const cut = text.slice(from, end);
  const value = (folded ? unfold(cut) : cut).trim();
  const plain = !folded && from === colon + 2 && name.length === colon - start && value.length === cut.length;
  headers.append(name, value, plain ? undefined : text.slice(start, end));
}

function unfold(value: string): string {
  return value
    .split('\n')
    .map((part) => part.trim())
    .join(' ');
}

/** By Content-Length where it is one number that fits (RFC 3261 18.3), else all there is. */
function takeBody(headers: SipHeaders, rest: Uint8Array): Uint8Array {
  const length = headers.get('Content-Length');
  if (length === undefined || !/^\d{1,9}$/.test(length)) return rest;
  return rest.subarray(0, Number(length));
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function withoutCr(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

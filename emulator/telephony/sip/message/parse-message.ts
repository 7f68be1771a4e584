import { isAscii, isUtf8 } from 'node:buffer';
import { SipHeaders } from './headers.ts';
import { NO_BODY, SIP_VERSION, type SipMessage } from './message.ts';
import { knownMethod } from './methods.ts';
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
  return readDatagram(bytes, options).message;
}

/** As `parseMessage`; with the datagram's text where that was made on the way. */
export function readDatagram(bytes: Uint8Array, options: { headerBytes?: number } = {}): { message: SipMessage; text: string | undefined } {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // A character for each byte: where something is in the text, it is in the bytes.
  const latin = buffer.toString('latin1');
  let start = 0;
  while (isLineEnd(latin.charCodeAt(start))) start++;
  const limit = options.headerBytes ?? HEADER_BYTES;
  const [end, bodyStart] = headerEnd(latin, start);
  if (end - start > limit) {
    const cut = latin.lastIndexOf('\n', start + limit - 1) + 1;
    const partial = read(textOf(buffer.subarray(start, Math.max(start, cut))), NO_BODY);
    throw new SipParseError(`the header section has ${end - start} bytes, at most ${limit} are read`, { status: 513, partial });
  }
  const body = bodyStart === buffer.length ? NO_BODY : buffer.subarray(bodyStart);
  if (isAscii(buffer)) return { message: read(latin, body, start, end), text: latin };
  return { message: read(textOf(buffer.subarray(start, end)), body), text: undefined };
}

/** Where the header section ends and where the body begins; both the end when no blank line is there. */
function headerEnd(text: string, start: number): [end: number, bodyStart: number] {
  const crlf = text.indexOf('\n\r\n', start);
  const lf = text.indexOf('\n\n', start);
  if (lf >= 0 && (crlf < 0 || lf < crlf)) return [lf + 1, lf + 2];
  return crlf < 0 ? [text.length, text.length] : [crlf + 1, crlf + 3];
}

function textOf(head: Buffer): string {
  return head.toString(isUtf8(head) ? 'utf8' : 'latin1');
}

/** Reads the header section that lies there in the text. */
function read(text: string, rest: Uint8Array, start = 0, end = text.length): SipMessage {
  const firstEnd = lineEnd(text, start, end);
  const startLine = withoutCr(text.slice(start, firstEnd));
  const message = readStartLine(startLine);
  readHeaders(text, firstEnd + 1, end, message.headers);
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
  const tab = line.indexOf('\t');
  const first = tab < 0 ? line.indexOf(' ') : line.search(/[ \t]/);
  const last = tab < 0 ? line.lastIndexOf(' ') : Math.max(line.lastIndexOf(' '), line.lastIndexOf('\t'));
  const version = line.slice(last + 1);
  const uri = line.slice(first, last).trim();
  if (first <= 0 || uri === '' || (version !== SIP_VERSION && !/^SIP\/\d{1,3}\.\d{1,3}$/i.test(version))) return undefined;
  const method = line.slice(0, first);
  return { method: knownMethod(method) ?? method, uri, version };
}

function readHeaders(text: string, from: number, to: number, headers: SipHeaders): void {
  let start = from;
  while (start < to) {
    let end = lineEnd(text, start, to);
    let folded = false;
    while (end + 1 < to && isBlank(text.charCodeAt(end + 1))) {
      folded = true;
      end = lineEnd(text, end + 1, to);
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

function lineEnd(text: string, from: number, to: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 || end > to ? to : end;
}

function isLineEnd(code: number): boolean {
  return code === CR || code === LF;
}

function withoutCr(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

import { parseCSeq } from './cseq.ts';
import type { SipHeaders } from './headers.ts';
import type { SipMessage, SipRequest } from './message.ts';
import { isKnownMethod } from './methods.ts';
import { uriOf } from './name-addr.ts';
import { parseUri, uriScheme } from './uri.ts';
import { parseVia, topmostVia, type Via } from './via.ts';

export interface MessageProblem {
  /** What is wrong, in one line. */
  readonly problem: string;
  /** The response that a request with it deserves. */
  readonly status: number;
}

/** These come once at most, and all but the last have to. */
const SINGLE = ['From', 'To', 'Call-ID', 'CSeq', 'Max-Forwards'] as const;

type Report = (problem: string, status?: number) => void;

/**
 * Judges what the parser let through: what makes a message unusable by RFC 3261 8.1.1 and 8.2 and by the verdicts of RFC 4475.
 * Oddities that carriers really send (`tel:` From, unquoted commas or UTF-8 in names, no From tag, no Max-Forwards, no scheme)
 * are no problems. The worst comes first.
 * @param top the topmost Via, where it was read already
 */
export function validateMessage(message: SipMessage, top: Via | undefined = topmostVia(message.headers)): MessageProblem[] {
  const problems: MessageProblem[] = [];
  const report: Report = (problem, status = 400) => problems.push({ problem, status });
  if (message.version !== 'SIP/2.0' && message.version.toUpperCase() !== 'SIP/2.0')
    report(`version ${message.version}, expected SIP/2.0`, 505);
  if (message.kind === 'request') judgeRequestLine(message, report);
  judgeVia(message.headers, top, report);
  for (const name of SINGLE) judgeSingle(message.headers, name, report);
  judgeParty(message.headers, 'From', report);
  judgeParty(message.headers, 'To', report);
  judgeSequence(message, report);
  judgeLength(message, report);
  if (message.kind === 'request') judgeHops(message.headers, report);
  const nameless = message.headers.get('');
  if (nameless !== undefined) report(`a header row without a name: ${JSON.stringify(nameless)}`);
  return problems;
}

function judgeRequestLine(request: SipRequest, report: Report): void {
  if (!isKnownMethod(request.method) && !/^[A-Za-z0-9.!%*_+`'~-]+$/.test(request.method))
    report(`${JSON.stringify(request.method)} is no method name`);
  const scheme = uriScheme(request.uri);
  if (/[\s<>"]/.test(request.uri)) report(`the Request-URI ${JSON.stringify(request.uri)} holds white space, brackets or quotes`);
  else if (scheme === undefined) report(`the Request-URI ${JSON.stringify(request.uri)} has no scheme`);
  else if (['sip', 'sips', 'tel'].includes(scheme) && !parseUri(request.uri)) report(`the Request-URI ${request.uri} cannot be read`);
}

function judgeVia(headers: SipHeaders, top: Via | undefined, report: Report): void {
  if (top && headers.count('Via') === 1 && !(headers.get('Via') as string).includes(',')) return;
  const rows = headers.getAll('Via');
  if (rows.length === 0) return report('no Via header');
  for (const row of rows) {
    const values = row.includes(',') ? headers.values('Via') : [row];
    const bad = values.find((value) => !parseVia(value));
    if (bad !== undefined || values.length === 0) return report(`the Via ${JSON.stringify(bad ?? row)} cannot be read`);
    if (row.includes(',')) return;
  }
}

function judgeSingle(headers: SipHeaders, name: string, report: Report): void {
  const count = headers.count(name);
  if (count > 1) report(`${count} ${name} headers, expected one`);
  else if (name !== 'Max-Forwards' && !headers.get(name)) report(`no ${name} header`);
}

function judgeParty(headers: SipHeaders, name: 'From' | 'To', report: Report): void {
  const value = headers.get(name);
  if (!value) return;
  if (value.includes('"') && hasOpenQuote(value)) report(`${name} has a quote that is not closed: ${value}`);
  else if (uriOf(value) === '') report(`${name} has no URI: ${value}`);
}

function hasOpenQuote(value: string): boolean {
  let open = false;
  for (let index = 0; index < value.length; index++) {
    if (open && value[index] === '\\') index++;
    else if (value[index] === '"') open = !open;
  }
  return open;
}

function judgeSequence(message: SipMessage, report: Report): void {
  const value = message.headers.get('CSeq');
  if (!value) return;
  const sequence = parseCSeq(value);
  if (!sequence) report(`the CSeq ${JSON.stringify(value)} cannot be read`);
  else if (message.kind === 'request' && sequence.method !== message.method) {
    report(`the CSeq says ${sequence.method}, the start line ${message.method}`, isKnownMethod(message.method) ? 400 : 501);
  }
}

function judgeLength(message: SipMessage, report: Report): void {
  const rows = message.headers.getAll('Content-Length');
  const values = rows.length < 2 ? rows : [...new Set(rows)];
  if (values.length > 1) return report(`conflicting Content-Length values: ${values.join(' and ')}`);
  for (const value of values) {
    if (!/^\d+$/.test(value)) report(`the Content-Length ${JSON.stringify(value)} is no number`);
    else if (Number(value) > message.body.length) report(`Content-Length ${value}, but the body has ${message.body.length} bytes`);
  }
}

function judgeHops(headers: SipHeaders, report: Report): void {
  const value = headers.get('Max-Forwards');
  if (value !== undefined && !(/^\d+$/.test(value) && Number(value) <= 255)) report(`Max-Forwards ${value}, expected 0 to 255`);
}

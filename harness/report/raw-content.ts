import type { HttpExchangeData, JournalEntry, SipMessageData } from '../emulator/journal-entry.ts';

/** A part of an entry's raw content. */
export interface RawPart {
  readonly title: string;
  readonly text: string;
}

/** What an entry really was: the SIP message, the HTTP request and its answer, or its data as JSON. */
export function rawContent(entry: JournalEntry): RawPart[] {
  if (entry.kind === 'sip.message') return sipParts(entry.data as unknown as SipMessageData);
  if (entry.kind === 'http.exchange' || entry.kind === 'webhook.attempt') return exchangeParts(entry);
  return [{ title: entry.kind, text: pretty(entry.data) }];
}

function sipParts(data: SipMessageData): RawPart[] {
  const [sender, receiver] = data.direction === 'out' ? [data.local, data.remote] : [data.remote, data.local];
  return [{ title: `${sender} → ${receiver} over UDP`, text: data.raw ?? pretty(data) }];
}

interface Side {
  readonly status?: number | null;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

function exchangeParts(entry: JournalEntry): RawPart[] {
  const { request, response, durationMs, method, path, query, ...rest } = entry.data as {
    request?: Side;
    response?: Side | null;
  } & Partial<HttpExchangeData>;
  const asked = method === undefined ? '' : `${method} ${path ?? ''}${typeof query === 'string' && query !== '' ? `?${query}` : ''}`;
  const took = durationMs === undefined ? '' : ` after ${durationMs.toFixed(1)} ms`;
  return [
    ...(asked === '' ? [{ title: entry.kind, text: pretty(rest) }] : []),
    ...(request ? [{ title: asked === '' ? 'Request' : `Request: ${asked}`, text: sideText(request) }] : []),
    ...(response ? [{ title: `Answer${rest.status === undefined ? '' : ` ${rest.status}`}${took}`, text: sideText(response) }] : []),
  ];
}

function sideText({ status, headers = {}, body }: Side): string {
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`);
  const first = status == null ? [] : [`status ${status}`];
  const text = body == null || body === '' ? [] : ['', typeof body === 'string' ? prettyIfJson(body) : pretty(body)];
  return [...first, ...head, ...text].join('\n');
}

const pretty = (value: unknown): string => JSON.stringify(value, null, 2) ?? '';

function prettyIfJson(text: string): string {
  try {
    return pretty(JSON.parse(text));
  } catch {
    return text;
  }
}

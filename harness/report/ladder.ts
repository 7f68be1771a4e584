import type { HttpExchangeData, JournalEntry, SipMessageData, WebhookAttemptData } from '../emulator/journal-entry.ts';
import type { JourneyView } from '../emulator/journey-view.ts';
import { isOwnRead } from '../own-reads.ts';
import type { ExpectationRecord, Trace } from './trace.ts';
import { readableQuery } from '../readable-query.ts';

/** The ladder's columns, from the caller to the agent. */
export const COLUMNS = ['caller', 'talk', 'trunk', 'bridge', 'zendesk', 'agent'] as const;

/** What a row is about; each has a colour of its own. */
export type RowGroup = 'sip' | 'http' | 'webhook' | 'media' | 'state' | 'fault' | 'note';

export interface LadderRow {
  readonly seq: number;
  /** When it began: milliseconds since the scenario began. Of a missed expectation its place, no time. */
  readonly ms: number;
  readonly group: RowGroup;
  /** Indices of `COLUMNS`; equal for what happens inside one party, -1 for what concerns nobody there. */
  readonly from: number;
  readonly to: number;
  readonly label: string;
  /** Status of an exchange: of a SIP response, a REST answer, a webhook delivery. */
  readonly status?: string;
  /** The exchange did not go well. */
  readonly bad: boolean;
  /** Of no interest at first sight: retransmissions, 100 Trying, ACK, streams, legs (told by their SIP messages too). */
  readonly minor: boolean;
  readonly entry: JournalEntry;
}

export interface Ladder {
  readonly title: string;
  readonly journey?: JourneyView;
  readonly rows: readonly LadderRow[];
}

/** The ladders of a scenario: one a journey, and one of what belongs to none, if that is of interest. */
export function laddersOf(trace: Trace): Ladder[] {
  const start = trace.entries[0]?.at ?? 0;
  const entries = trace.entries.filter((entry) => !isOwnRead(entry));
  const known = new Set(trace.journeys.map((journey) => journey.id));
  const missed = trace.expectations.filter(({ outcome }) => outcome === 'missed').map((record) => missedEntry(record, trace));
  const rows = (of: (entry: JournalEntry) => boolean): LadderRow[] =>
    [...entries, ...missed]
      .filter(of)
      .map((entry) => toRow(entry, start))
      .toSorted((a, b) => a.ms - b.ms || a.seq - b.seq);
  const ladders: Ladder[] = trace.journeys.map((journey) => ({
    title: titleOf(journey),
    journey,
    // What was expected of no one journey may be missing in any.
    rows: rows((entry) => entry.journey === journey.id || (entry.kind === MISSED && entry.journey === null)),
  }));
  const rest = rows((entry) => (entry.journey === null || !known.has(entry.journey)) && (entry.kind !== MISSED || known.size === 0));
  return rest.every((row) => row.minor) ? ladders : [...ladders, { title: 'Outside of any journey', rows: rest }];
}

const MISSED = 'expectation.missed';

/** The row's time as ladders show it: none of a missed expectation, which may have been waited for long after the last entry. */
export const timeOf = ({ ms, entry }: LadderRow): string => (entry.kind === MISSED ? '' : String(ms));

/** A missed expectation as the entries show what happened: behind the last one that there was when it was given up. */
function missedEntry({ text, seen, seq, journey }: ExpectationRecord, { account, entries }: Trace): JournalEntry {
  const at = (entries.findLast((entry) => entry.seq <= seq) ?? entries[0])?.at ?? 0;
  const about = { account, journey: journey ?? null, thread: null, from: 'ringback', to: 'ringback' } as const;
  return { ...about, seq, at, kind: MISSED, label: `expected ${text}`, data: { seen } };
}

function titleOf({ call, id }: JourneyView): string {
  if (!call) return `Call that began at the bridge (${id})`;
  return `${call.from ?? 'Anonymous'} calls ${call.to} through carrier “${call.carrier}”`;
}

/**
 * When it began: an exchange is journaled once it is answered, and what the bridge did because of a webhook would else stand
 * before the webhook. Rounded up, so that it does not come before what brought it about.
 */
function beginOf({ at, kind, data }: JournalEntry): number {
  if (kind !== 'http.exchange' && kind !== 'webhook.attempt') return at;
  const { durationMs } = data as { durationMs?: unknown };
  return typeof durationMs === 'number' ? Math.ceil(at - durationMs) : at;
}

function toRow(entry: JournalEntry, start: number): LadderRow {
  const group = groupOf(entry.kind);
  return {
    seq: entry.seq,
    ms: beginOf(entry) - start,
    group,
    from: COLUMNS.indexOf(entry.from as never),
    to: COLUMNS.indexOf(entry.to as never),
    entry,
    ...describe(entry, group),
  };
}

function groupOf(kind: string): RowGroup {
  const [room] = kind.split('.');
  if (room === 'sip') return 'sip';
  if (room === 'http') return 'http';
  if (room === 'webhook') return 'webhook';
  if (room === 'rtp' || room === 'media') return 'media';
  if (room === 'fault') return 'fault';
  return room === 'note' || room === 'expectation' ? 'note' : 'state';
}

function describe(entry: JournalEntry, group: RowGroup): Pick<LadderRow, 'label' | 'status' | 'bad' | 'minor'> {
  if (entry.kind === 'sip.message') return describeSip(entry);
  if (entry.kind === 'http.exchange') return describeHttp(entry);
  if (entry.kind === 'webhook.attempt') return describeWebhook(entry);
  const failed = /problem|failed|refused|timeout/.test(entry.kind) || entry.kind === MISSED;
  const minor = (group === 'media' && entry.kind !== 'rtp.digit') || entry.kind.startsWith('leg.') || entry.kind === 'webhook.delivery';
  return { label: entry.label || entry.kind, bad: failed, minor };
}

function describeSip({ label, data }: JournalEntry): Pick<LadderRow, 'label' | 'status' | 'bad' | 'minor'> {
  const { status, method, retransmission = false } = data as unknown as SipMessageData;
  const minor = retransmission || status === 100 || method === 'ACK';
  return { label: retransmission ? `${label} (again)` : label, bad: (status ?? 0) >= 400, minor };
}

function describeHttp({ data }: JournalEntry): Pick<LadderRow, 'label' | 'status' | 'bad' | 'minor'> {
  const { method, path, query, status } = data as unknown as HttpExchangeData;
  const asked = typeof query === 'string' && query !== '' ? `?${readableQuery(query)}` : '';
  return { label: `${method} ${path}${asked}`, status: String(status), bad: status >= 400, minor: false };
}

function describeWebhook({ label, data }: JournalEntry): Pick<LadderRow, 'label' | 'status' | 'bad' | 'minor'> {
  const { event, status, attempt = 1 } = data as WebhookAttemptData;
  const code = Number(status);
  const name = event?.replace('zen:event-type:', '') ?? label;
  return {
    label: attempt > 1 ? `${name} (attempt ${attempt})` : name,
    status: status == null ? 'no answer' : String(status),
    bad: !(code >= 200 && code < 300),
    minor: false,
  };
}

import type { JournalEntry } from '../../core/journal.ts';

interface AttemptData {
  event?: string;
  status?: number | string | null;
  statusCode?: number | null;
  ticket?: number | null;
  attempt?: number;
}

interface ExchangeData {
  method: string;
  path: string;
  status: number;
}

/** What the wire shows of whether the bridge knows whose call it has: deliveries it was sent, records it read. */
export function correlationOf(entries: readonly JournalEntry[]): { webhooks: object[]; reads: object[] } {
  const webhooks: object[] = [];
  const reads: object[] = [];
  for (const entry of entries) {
    if (entry.kind === 'webhook.attempt') webhooks.push(attemptView(entry as JournalEntry<AttemptData>));
    if (entry.kind === 'http.exchange') {
      const { method, path, status } = entry.data as ExchangeData;
      if (method === 'GET' && entry.from === 'bridge') reads.push({ method, path, status, at: entry.at });
    }
  }
  return { webhooks, reads };
}

function attemptView({ at, data }: JournalEntry<AttemptData>): object {
  const status = typeof data.status === 'number' ? data.status : (data.statusCode ?? null);
  return { event: data.event ?? '', ticket: data.ticket ?? null, status, attempt: data.attempt ?? 1, at };
}

/** Every ticket that came into being, or was written to, in the journey, and that of its transfer, if it has one; the oldest first. */
export function ticketsOf(entries: readonly JournalEntry[], ofTransfer: number | null): number[] {
  const tickets = new Set<number>(ofTransfer === null ? [] : [ofTransfer]);
  for (const entry of entries) {
    if (!entry.kind.startsWith('ticket.')) continue;
    const { ticket } = entry.data as { ticket?: { id?: number } };
    if (typeof ticket?.id === 'number') tickets.add(ticket.id);
  }
  return [...tickets].toSorted((a, b) => a - b);
}

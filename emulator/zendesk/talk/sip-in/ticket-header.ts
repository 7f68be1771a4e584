import type { SipHeaders, SipUri } from '../../../telephony/sip/index.ts';

export const TICKET_HEADER = 'X-Zendesk-Ticket-Id';

/** What was odd about the ticket of a SIP-IN call (zendesk-talk §12.4). */
export type Diagnostic =
  | 'sip_in.ticket_header_invalid'
  | 'sip_in.ticket_header_repeated'
  | 'sip_in.ticket_header_in_request_uri'
  | 'sip_in.ticket_unknown'
  | 'sip_in.via_mismatch'
  | 'sip_in.ticket_closed'
  | 'sip_in.requester_mismatch'
  | 'sip_in.ticket_linked_twice';

export interface TicketHeader {
  /** As it came; null when there was none. */
  readonly raw: string | null;
  /** Null when there is no usable number in it. */
  readonly ticketId: number | null;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the ticket header: the first of several, without the white space around it, decimal digits above zero. As a header
 * of the Request-URI, where RFC 3261 19.1.1 does not allow one, it is taken too: documents print it as `name=number`.
 */
export function readTicketHeader(headers: Pick<SipHeaders, 'getAll'>, uri: Pick<SipUri, 'headers'>): TicketHeader {
  const rows = headers.getAll(TICKET_HEADER);
  const diagnostics: Diagnostic[] = rows.length > 1 ? ['sip_in.ticket_header_repeated'] : [];
  let raw = rows[0] ?? null;
  if (raw === null) {
    raw = uriHeader(uri.headers ?? '');
    if (raw !== null) diagnostics.push('sip_in.ticket_header_in_request_uri');
  }
  if (raw === null) return { raw, ticketId: null, diagnostics };
  const text = raw.trim();
  const ticketId = /^\d{1,15}$/.test(text) ? Number(text) : 0;
  if (ticketId > 0) return { raw, ticketId, diagnostics };
  return { raw, ticketId: null, diagnostics: [...diagnostics, 'sip_in.ticket_header_invalid'] };
}

function uriHeader(headers: string): string | null {
  if (headers === '') return null;
  for (const pair of headers.split('&')) {
    const [name = '', ...value] = pair.split('=');
    if (name.toLowerCase() === TICKET_HEADER.toLowerCase()) return unescaped(value.join('='));
  }
  return null;
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

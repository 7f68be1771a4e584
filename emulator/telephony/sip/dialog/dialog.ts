import type { CallRequestOptions } from '../call-types.ts';
import { SipHeaders } from '../message/headers.ts';
import { parseCSeq } from '../message/cseq.ts';
import { SIP_VERSION, type SipMessage, type SipRequest, type SipResponse } from '../message/message.ts';
import { parseNameAddr, tagOf } from '../message/name-addr.ts';
import { isRequestUri, parseUri } from '../message/uri.ts';
import { type Address, formatAddress } from '../transport/address.ts';
import { nextHop } from './next-hop.ts';
import { appendBody } from './response.ts';

interface DialogParts {
  callId: string;
  /** From and To values of our requests, tags included. */
  local: string;
  remote: string;
  remoteTarget: string;
  routes: readonly string[];
  /** Record-Routes that we sent ourselves: no hops on the way back out. */
  ownRoutes: readonly string[];
  localNumber: number;
  remoteNumber: number | undefined;
  /** Where the peer is, should its Contact lead nowhere. */
  peer: Address;
}

/** A dialog's state (RFC 3261 12): who, where, by which routes, and the sequence numbers. */
export class Dialog {
  readonly callId: string;
  readonly localTag: string;
  readonly remoteTag: string | undefined;
  readonly #parts: DialogParts;

  private constructor(parts: DialogParts) {
    this.callId = parts.callId;
    this.localTag = tagOf(parts.local) ?? '';
    this.remoteTag = tagOf(parts.remote);
    this.#parts = parts;
  }

  /** From a request that we answer (12.1.1), and that is kept as long as the dialog is. */
  static incoming(request: SipRequest, localTag: string, peer: Address): Dialog {
    const { headers } = request;
    return new Dialog({
      callId: flat(headers.get('Call-ID')),
      local: `${headers.get('To')};tag=${localTag}`,
      remote: headers.get('From') ?? '',
      remoteTarget: contactOf(request) ?? `sip:${formatAddress(peer)}`,
      routes: recordRoutes(request),
      ownRoutes: [],
      localNumber: 0,
      remoteNumber: parseCSeq(headers.get('CSeq'))?.number,
      peer,
    });
  }

  /** From the response to a request of ours (12.1.2). */
  static outgoing(request: SipRequest, response: SipResponse, peer: Address): Dialog {
    const ownRoutes = request.headers.values('Record-Route').map(flat);
    return new Dialog({
      callId: flat(request.headers.get('Call-ID')),
      local: flat(request.headers.get('From')),
      remote: flat(response.headers.get('To')),
      remoteTarget: contactOf(response) ?? request.uri,
      routes: routesOf(response, ownRoutes),
      ownRoutes,
      localNumber: parseCSeq(request.headers.get('CSeq'))?.number ?? 1,
      remoteNumber: undefined,
      peer,
    });
  }

  /** The dialog of another branch of the same forked INVITE (13.2.2.4). */
  fork(response: SipResponse): Dialog {
    const remoteTarget = contactOf(response) ?? this.#parts.remoteTarget;
    const routes = routesOf(response, this.#parts.ownRoutes);
    return new Dialog({ ...this.#parts, remote: flat(response.headers.get('To')), remoteTarget, routes });
  }

  /** Takes the number of a request of the peer; false when it is out of order (12.2.2). */
  accept(request: SipRequest): boolean {
    const number = parseCSeq(request.headers.get('CSeq'))?.number ?? 0;
    if (this.#parts.remoteNumber !== undefined && number <= this.#parts.remoteNumber) return false;
    this.#parts.remoteNumber = number;
    return true;
  }

  /** Follows the peer to a new Contact (target refresh, 12.2). */
  refresh(message: SipMessage): void {
    const contact = contactOf(message);
    if (contact !== undefined) this.#parts.remoteTarget = contact;
  }

  /** The next request of this dialog and where it goes. ACK takes the number of its INVITE. */
  request(
    method: string,
    via: string,
    options: CallRequestOptions & { number?: number; contact?: string | undefined },
  ): [SipRequest, Address] {
    const parts = this.#parts;
    const number = options.number ?? ++parts.localNumber;
    const { uri, routes, next } = this.#way();
    const headers = new SipHeaders([['Via', via]]);
    for (const route of routes) headers.append('Route', route);
    for (const [name, value] of options.headers ?? []) if (name === 'Max-Forwards') headers.append(name, value);
    if (!headers.has('Max-Forwards')) headers.append('Max-Forwards', '70');
    headers.append('From', parts.local);
    headers.append('To', parts.remote);
    headers.append('Call-ID', parts.callId);
    headers.append('CSeq', `${number} ${method}`);
    for (const [name, value] of options.headers ?? []) if (name !== 'Max-Forwards') headers.append(name, value);
    if (options.contact !== undefined && !headers.has('Contact')) headers.append('Contact', options.contact);
    const body = appendBody(headers, options);
    const target = nextHop(next) ?? parts.peer;
    return [{ kind: 'request', method, uri, version: SIP_VERSION, headers, body }, target];
  }

  /** The number of the newest request of ours. */
  get localNumber(): number {
    return this.#parts.localNumber;
  }

  /** Request-URI, Route and the value that names the next hop, for a strict router in front too (12.2.1.1). */
  #way(): { uri: string; routes: readonly string[]; next: string } {
    const { remoteTarget, routes } = this.#parts;
    const first = routes[0];
    if (first === undefined) return { uri: remoteTarget, routes, next: remoteTarget };
    const uri = parseNameAddr(first).uri;
    const parsed = parseUri(uri);
    if (parsed?.scheme === 'tel' || parsed?.params.has('lr')) return { uri: remoteTarget, routes, next: first };
    return { uri, routes: [...routes.slice(1), `<${remoteTarget}>`], next: first };
  }
}

/** The route set of the calling side: Record-Route turned round, without our own. */
function routesOf(response: SipResponse, own: readonly string[]): string[] {
  const routes = recordRoutes(response).toReversed().map(flat);
  return routes.filter((route) => !own.includes(route));
}

/** Without those that lead nowhere: a strict router among them would stand in the request line. */
function recordRoutes(message: SipMessage): string[] {
  return message.headers.values('Record-Route').filter((route) => isRequestUri(parseNameAddr(route).uri));
}

/** One that cannot stand in a request line counts as none. */
function contactOf(message: SipMessage): string | undefined {
  const contact = message.headers.values('Contact')[0];
  const uri = contact === undefined ? '' : parseNameAddr(contact).uri;
  return isRequestUri(uri) ? flat(uri) : undefined;
}

/** A copy that does not keep the whole message's text alive behind it. */
function flat(text: string | undefined): string {
  return text === undefined ? '' : Buffer.from(text).toString();
}

import { readableQuery } from '../../readable-query.ts';
import type { BridgeSession } from '../../bridge/config.ts';
import type { HttpExchangeData, JournalEntry, SipMessageData } from '../../emulator/journal-entry.ts';
import type { JourneyView } from '../../emulator/journey-view.ts';
import type { Stage } from '../stage.ts';

/** A REST request of the bridge, as far as matchers look at it. */
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly status: number;
  readonly entry: JournalEntry;
}

/** The bridge's REST requests since the scenario began. */
export function requests(stage: Stage): Request[] {
  return stage
    .entries()
    .filter((entry) => entry.kind === 'http.exchange' && entry.from === 'bridge')
    .map((entry) => {
      const { method, path, query, status } = entry.data as unknown as HttpExchangeData;
      return { method, path, query: typeof query === 'string' ? query : '', status, entry };
    });
}

/** Successful reads of one record: by its own path, or among others in `show_many`. */
export function readsOf(all: readonly Request[], resource: 'tickets' | 'users' | 'organizations', id: number): Request[] {
  const own = new RegExp(`/${resource}/${id}(\\.json|/|$)`);
  return all.filter(({ method, path, query, status }) => {
    if (method !== 'GET' || status >= 300) return false;
    const many = path.includes(`/${resource}/show_many`) && (new URLSearchParams(query).get('ids') ?? '').split(',').includes(String(id));
    return many || own.test(path);
  });
}

/** Searches for users by something that looks like a telephone number: fuzzy at Zendesk, so no proof of who calls. */
export function phoneSearches(all: readonly Request[]): Request[] {
  return all.filter(
    ({ path, query }) => /\/(users\/)?search|\/users\/autocomplete/.test(path) && readableQuery(query).replace(/\D/g, '').length >= 7,
  );
}

export const describeRequest = ({ method, path, query, status }: Request): string =>
  `${method} ${path}${query ? `?${readableQuery(query)}` : ''} (${status})`;

/** The bridge's own record of the journey's call; undefined when it offers none or has none of this call. */
export async function sessionOf(stage: Stage, view: JourneyView): Promise<{ offered: boolean; session: BridgeSession | undefined }> {
  const sessions = await stage.sessions();
  const callId = view.presentation.onTrunk?.callId;
  return { offered: sessions !== undefined, session: sessions?.findLast((session) => callId !== undefined && session.callId === callId) };
}

/** SIP messages of the journey, or of the whole scenario, that have raw text. */
export function sipMessages(stage: Stage, journey?: string): (SipMessageData & { entry: JournalEntry })[] {
  return stage
    .entries(journey)
    .filter((entry) => entry.kind === 'sip.message')
    .map((entry) => ({ ...(entry.data as unknown as SipMessageData), entry }));
}

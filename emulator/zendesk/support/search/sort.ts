import type { Hit } from './search-service.ts';
import { wordsMatcher } from './words.ts';

export interface SearchOrder {
  /** `relevance` or one of `SORTS`; what a record does not have comes last. */
  readonly by: string;
  readonly descending: boolean;
}

/** Values of `sort_by` (documented). */
export const SORTS = ['relevance', 'updated_at', 'created_at', 'priority', 'status', 'ticket_type'];

const PRIORITIES = ['low', 'normal', 'high', 'urgent'];
const STATUSES = ['new', 'open', 'pending', 'hold', 'solved', 'closed'];

/** Relevance: words in the subject or name count before words elsewhere, then the newest first (inferred). */
export function sortHits(hits: readonly Hit[], order: SearchOrder & { readonly words: readonly string[] }): Hit[] {
  const sign = order.descending ? -1 : 1;
  const title = order.words.map(wordsMatcher);
  const value = valueOf(order.by, title);
  const keyed = hits.map((hit) => ({ hit, key: value(hit) }));
  keyed.sort((a, b) => {
    if (a.key !== b.key) return a.key < b.key ? -sign : sign;
    const [one, other] = [a.hit.record, b.hit.record];
    return one.created_at === other.created_at ? sign * (one.id - other.id) : one.created_at < other.created_at ? -sign : sign;
  });
  return keyed.map(({ hit }) => hit);
}

function valueOf(by: string, title: readonly ((text: string | null) => boolean)[]): (hit: Hit) => string | number {
  switch (by.replace(/^(created|updated)$/, '$1_at')) {
    case 'updated_at':
      return (hit) => hit.record.updated_at;
    case 'created_at':
      return (hit) => hit.record.created_at;
    case 'priority':
      return (hit) => (hit.type === 'ticket' ? PRIORITIES.indexOf(hit.record.priority ?? '') : -1);
    case 'status':
      return (hit) => (hit.type === 'ticket' ? STATUSES.indexOf(hit.record.status) : -1);
    case 'ticket_type':
      return (hit) => (hit.type === 'ticket' ? (hit.record.type ?? '') : '');
    default:
      return (hit) => title.filter((fits) => fits(hit.type === 'ticket' ? hit.record.subject : hit.record.name)).length;
  }
}

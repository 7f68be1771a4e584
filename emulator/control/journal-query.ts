import type { JournalFilter } from '../core/journal.ts';
import { controlErrors } from './errors.ts';
import { wholeNumber } from './request.ts';
import type { World } from './world.ts';

export interface JournalQuery {
  readonly filter: JournalFilter;
  readonly limit: number | undefined;
}

const KIND = /^[a-z_*]+(\.[a-z_*]*)*$/;

/** Reads `account`, `journey`, `since`, `kind` and `limit`. @throws ControlError when one cannot be read or names nothing. */
export function journalQuery(world: World, get: (name: string) => string | undefined): JournalQuery {
  const filter: JournalFilter = {};
  const account = get('account');
  if (account !== undefined) filter.account = world.accountName(account);
  const journey = get('journey');
  if (journey !== undefined) filter.journey = journey;
  const since = wholeNumber('since', get('since'));
  if (since !== undefined) filter.since = since;
  const kind = get('kind');
  if (kind !== undefined) {
    if (!KIND.test(kind)) throw controlErrors.invalidQuery('kind', kind, 'a kind such as sip.message, or a prefix such as sip.*');
    filter.kind = kind;
  }
  return { filter, limit: wholeNumber('limit', get('limit')) };
}

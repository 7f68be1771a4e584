import type { SupportContext } from '../context.ts';
import { ZONE } from './index/entries.ts';
import type { Mask } from './index/mask.ts';
import type { RecordTable } from './index/record-table.ts';
import type { SearchIndex } from './index/search-index.ts';
import type { SearchWorld } from './matchers.ts';
import { phoneTest } from './people-keywords.ts';
import type { ResultType } from './query.ts';

export function searchWorld(context: SupportContext, index: SearchIndex, account: string, me: number | null): SearchWorld {
  const { collections, core, accounts } = context;
  const named = (type: ResultType, text: string): ReadonlySet<number> => {
    if (/^\d+$/.test(text)) return new Set([Number(text)]);
    const table = index.table(account, type);
    return idsOf(table, table.worded(text, [ZONE.title]));
  };
  return {
    now: core.businessClock(account).now(),
    people(text) {
      if (text === 'me') return new Set(me === null ? [] : [me]);
      if (text.includes('@')) {
        const owners = collections.identities.find(account, { where: { value: `email:${text.toLowerCase()}` } });
        return new Set(owners.map((identity) => identity.user_id));
      }
      const users = index.table(account, 'user');
      return /^\+\d{5,}$/.test(text) ? idsOf(users, users.lined(phoneTest(text))) : named('user', text);
    },
    organizations: (text) => named('organization', text),
    groups: (text) => named('group', text),
    brands(text) {
      const { id, name } = accounts.expect(account).brand;
      return new Set([/^\d+$/.test(text) ? Number(text) : name.toLowerCase() === text.toLowerCase() ? id : Number.NaN]);
    },
    forms: (text) => new Set([Number(text)]),
  };
}

/** Ids of the records in the mask that are there. */
function idsOf(table: RecordTable, mask: Mask): ReadonlySet<number> {
  const ids = new Set<number>();
  const there = table.all();
  for (const [row, bit] of mask.entries()) if (bit === 1 && there[row] === 1) ids.add(table.ids.at(row));
  return ids;
}

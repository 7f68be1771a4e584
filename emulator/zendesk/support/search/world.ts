import type { SupportContext } from '../context.ts';
import { ZONE } from './index/entries.ts';
import type { Mask } from './index/mask.ts';
import type { RecordTable } from './index/record-table.ts';
import type { SearchIndex } from './index/search-index.ts';
import type { SearchWorld } from './matchers.ts';
import { phoneTest } from './people-keywords.ts';
import type { ResultType } from './query.ts';

/** Records that are looked up by name and of which there are few. */
export interface NamedRecords {
  brands(account: string): readonly { readonly id: number; readonly name: string }[];
  forms(account: string): readonly { readonly id: number; readonly name: string }[];
}

interface Sources {
  readonly context: SupportContext;
  readonly index: SearchIndex;
  readonly named: NamedRecords;
}

export function searchWorld({ context, index, named: few }: Sources, account: string, me: number | null): SearchWorld {
  const { collections, core } = context;
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
    brands: (text) => called(few.brands(account), text),
    forms: (text) => called(few.forms(account), text),
  };
}

/** Ids of the records in the mask that are there. */
function idsOf(table: RecordTable, mask: Mask): ReadonlySet<number> {
  const ids = new Set<number>();
  const there = table.all();
  for (const [row, bit] of mask.entries()) if (bit === 1 && there[row] === 1) ids.add(table.ids.at(row));
  return ids;
}

/** By id or by the whole name, in any case. */
function called(records: readonly { readonly id: number; readonly name: string }[], text: string): ReadonlySet<number> {
  if (/^\d+$/.test(text)) return new Set([Number(text)]);
  const wanted = text.toLowerCase();
  return new Set(records.filter(({ name }) => name.toLowerCase() === wanted).map(({ id }) => id));
}

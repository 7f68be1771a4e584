import type { SupportContext } from '../context.ts';
import type { SearchWorld } from './matchers.ts';
import { wordsMatcher } from './words.ts';

/** Looks each text up once per search. */
export function searchWorld(context: SupportContext, account: string, me: number | null): SearchWorld {
  const { collections, core } = context;
  const audits = new Map<number, ReturnType<SearchWorld['audits']>>();
  return {
    now: core.businessClock(account).now(),
    me,
    people(text) {
      if (text === 'me') return new Set(me === null ? [] : [me]);
      if (/^\d+$/.test(text)) return new Set([Number(text)]);
      if (text.includes('@')) {
        const owners = collections.identities.find(account, { where: { value: `email:${text.toLowerCase()}` } });
        return new Set(owners.map((identity) => identity.user_id));
      }
      return named(collections.users.find(account, { where: { active: 1 } }), text);
    },
    organizations: (text) => (/^\d+$/.test(text) ? new Set([Number(text)]) : named(collections.organizations.find(account), text)),
    groups: (text) =>
      /^\d+$/.test(text) ? new Set([Number(text)]) : named(collections.groups.find(account, { where: { deleted: 0 } }), text),
    audits(ticket) {
      const known = audits.get(ticket.id) ?? collections.audits.find(account, { where: { ticket_id: ticket.id } });
      audits.set(ticket.id, known);
      return known;
    },
  };
}

function named(records: readonly { readonly id: number; readonly name: string }[], text: string): ReadonlySet<number> {
  const fits = wordsMatcher(text);
  return new Set(records.filter((record) => fits(record.name)).map((record) => record.id));
}

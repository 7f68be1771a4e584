import { isoSeconds } from '../../account/index.ts';
import type { SupportContext } from '../context.ts';
import { ticketSql } from './packed-ticket.ts';

export interface TagUse {
  /** Rank, from 1: the most used tag first. */
  readonly id: number;
  readonly name: string;
  readonly count: number;
}

/** Vendor article "Tags": the most popular ones of the last 60 days, at most 20,000. */
const DAYS = 60;
const MOST = 20_000;

/** The tags of the account's tickets, most used first, then by name. A ticket counts by when it was last updated (inferred). */
export function tagUsage({ core }: SupportContext, account: string): TagUse[] {
  const since = isoSeconds(core.businessClock(account).now() - DAYS * 86_400_000);
  const rows = core.store
    .prepare(
      `SELECT tag.value AS name, COUNT(*) AS count FROM "tickets", json_each(${ticketSql('"tickets".doc', 'tags')}) AS tag
       WHERE "tickets".account = ? AND "tickets".deleted = 0 AND "tickets".updated_at >= ?
       GROUP BY tag.value ORDER BY count DESC, name LIMIT ?`,
    )
    .all(account, since, MOST);
  return rows.map((row, index) => ({ id: index + 1, name: String(row['name']), count: Number(row['count']) }));
}

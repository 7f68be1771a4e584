import type { Core } from '../../core/core.ts';
import type { Accounts } from '../account/index.ts';
import { isoNow } from '../account/index.ts';
import type { Collections } from './collections.ts';
import type { Actor } from './entities.ts';

/** How many ids one draw of the sequence yields. */
const BLOCK = 64;

/** What every service of this room works with. */
export class SupportContext {
  readonly core: Core;
  readonly accounts: Accounts;
  readonly collections: Collections;

  constructor(core: Core, accounts: Accounts, collections: Collections) {
    this.core = core;
    this.accounts = accounts;
    this.collections = collections;
  }

  now(account: string): string {
    return isoNow(this.core, account);
  }

  /** A maker of 13-digit ids, ascending, that asks the store once per 64. */
  ids(account: string): () => number {
    const { idBase } = this.accounts.expect(account);
    let next = 0;
    let left = 0;
    return () => {
      if (left === 0) {
        next = idBase + this.core.store.next(account, 'id') * BLOCK;
        left = BLOCK;
      }
      left -= 1;
      return next++;
    };
  }

  /** `event.meta.sequence.id` of webhooks is the hexadecimal form of a decimal number's digits. */
  sequence(id: number): string {
    return Buffer.from(String(id)).toString('hex');
  }

  /** A sequence for an action that has no audit. */
  freshSequence(): string {
    const { random } = this.core;
    return this.sequence(random.int(1_000_000, 9_999_999) * 1_000_000 + random.int(0, 999_999));
  }
}

/** Talk, rules and the emulator itself act as the system when no user is named. */
export const SYSTEM: Actor = { userId: null, via: 'system' };
/** Author of what the system does, as Zendesk shows it. */
export const SYSTEM_USER_ID = -1;

import type { JourneyId } from '../../../core/ids.ts';
import type { Support, User } from '../../support/index.ts';
import type { CallerIdentity } from '../calls/side.ts';
import { formatPhone } from './phone-format.ts';

const BY_TALK = { userId: null, via: 'talk' } as const;

/** Whose call it is (zendesk-talk §9.2). */
export class Requesters {
  readonly #users: Support['users'];

  constructor(users: Support['users']) {
    this.#users = users;
  }

  /** The user whose direct line is exactly this number. */
  known(account: string, caller: CallerIdentity): User | undefined {
    return caller.number === null ? undefined : this.#users.findByDirectPhone(account, caller.number);
  }

  /** Whether the user is there, and an agent. */
  isAgent(account: string, id: number): boolean {
    const user = this.#users.get(account, id);
    return user !== undefined && user.active && user.role !== 'end-user';
  }

  /**
   * The user of this number, or a new one named after it; for an unknown caller always a new one. A number that is not
   * E.164 (a national one from a careless bridge) matches nobody.
   */
  match(account: string, caller: CallerIdentity, o: { anonymousName: string; journey: JourneyId }): User {
    const known = this.known(account, caller);
    if (known) return known;
    const { shown } = caller;
    const draft =
      shown === null
        ? { name: o.anonymousName, role: 'end-user' as const, journey: o.journey }
        : { name: callerName(caller), phone: shown, role: 'end-user' as const, verified: false, journey: o.journey };
    return this.#users.create(account, draft, BY_TALK);
  }
}

/** As Zendesk names a caller whom it does not know: `Caller +1 (602) 555-0169`. */
export function callerName(caller: CallerIdentity): string {
  return caller.shown === null ? 'Caller' : `Caller ${formatPhone(caller.shown)}`;
}

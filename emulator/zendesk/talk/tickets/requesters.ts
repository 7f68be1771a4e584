import type { JourneyId } from '../../../core/ids.ts';
import type { Support, User } from '../../support/index.ts';
import type { CallerIdentity } from '../calls/side.ts';
import { formatPhone } from './phone-format.ts';

export const BY_TALK = { userId: null, via: 'talk' } as const;

/** Whose call it is (zendesk-talk §9.2). */
export class Requesters {
  readonly #users: Support['users'];

  constructor(users: Support['users']) {
    this.#users = users;
  }

  /** The user whose direct line is exactly this number. One that is not E.164 (a national one from a careless bridge) matches nobody. */
  known(account: string, caller: CallerIdentity): User | undefined {
    return caller.number === null ? undefined : this.#users.findByDirectPhone(account, caller.number);
  }

  /** Whether the user is there, and an agent. */
  isAgent(account: string, id: number): boolean {
    const user = this.#users.get(account, id);
    return user !== undefined && user.active && user.role !== 'end-user';
  }

  /** A new user of this number; for a caller who shows none a new one each time. */
  add(account: string, { shown }: CallerIdentity, o: { name: string; journey: JourneyId }): User {
    const { name, journey } = o;
    const number = shown === null ? {} : { phone: shown, verified: false };
    return this.#users.create(account, { name, ...number, role: 'end-user', journey }, BY_TALK);
  }
}

/** As Zendesk names a caller whom it does not know: `Caller +1 (602) 555-0169`. */
export function callerName({ shown }: CallerIdentity, anonymousName: string): string {
  return shown === null ? anonymousName : `Caller ${formatPhone(shown)}`;
}

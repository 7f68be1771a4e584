import { type Core, createCore } from '../../../core/core.ts';
import { SteerableClock } from '../../../core/steerable-clock.ts';
import { type AccountDraft, type Accounts, createAccounts } from '../../account/index.ts';
import { type Actor, createSupport, type Support } from '../index.ts';

export interface TestSupport {
  readonly core: Core;
  readonly accounts: Accounts;
  readonly support: Support;
  /** The account's owner, an admin. */
  readonly ownerId: number;
  /** The owner over REST. */
  readonly api: Actor;
  readonly talk: Actor;
  /** Moves the account's clock. */
  advance(milliseconds: number): void;
}

/** The account `acme`, its clock standing at 2026-01-05T09:00:00Z until it is moved. */
export function testSupport(draft: Partial<AccountDraft> = {}): TestSupport {
  const core = createCore({ seed: 1, clock: new SteerableClock() });
  const accounts = createAccounts(core);
  const support = createSupport({ core, accounts });
  accounts.create({ subdomain: 'acme', email: 'owner@acme.example', apiToken: 'test-api-token', ...draft });
  const ownerId = support.users.findByEmail('acme', 'owner@acme.example')?.id ?? 0;
  return {
    core,
    accounts,
    support,
    ownerId,
    api: { userId: ownerId, via: 'api' },
    talk: { userId: null, via: 'talk' },
    advance: (milliseconds) => core.businessClock('acme').advance(milliseconds),
  };
}

/** What an ApiError of the work says; fails the test when nothing is thrown. */
export function refusal(work: () => unknown): { status: number; body: unknown } {
  try {
    work();
  } catch (error) {
    const { status, body } = error as { status: number; body: unknown };
    if (typeof status === 'number') return { status, body };
    throw error;
  }
  throw new Error('expected an ApiError, nothing was thrown');
}

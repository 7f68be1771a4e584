import type { AccountName } from '../../core/ids.ts';
import type { RoleConfiguration } from './access/access.ts';

/** The plans that differ in their API limits (vendor article "Rate limits"). */
export type PlanName = 'essential' | 'team' | 'growth' | 'professional' | 'enterprise' | 'enterprise_plus' | 'high_volume';

/** Switches of one account. Every room reads its own; unknown keys are kept. */
export interface AccountSettings {
  /** Whether `Authorization: Bearer {api token}` is taken as the token. Zendesk answers 401; default false. */
  authBearerApiToken?: boolean;
  /** What `users/me` answers to wrong credentials: sources differ (inferred). Default 401. */
  usersMeWithWrongCredentials?: '401' | 'anonymous';
  /** Whether `Authorization: Basic email/token:{api token}` is taken (Admin Center, "Token access"). Default true. */
  apiTokenAccess?: boolean;
  /** Whether passwords are taken: Basic `email:password` and the password grant. Off for new accounts; default false. */
  apiPasswordAccess?: boolean;
  /** Whether admins set users' passwords. Off unless the owner says so (documented); default false. */
  adminsCanSetUserPasswords?: boolean;
  /** False: limits are counted and shown, never enforced (429). Default true. */
  rateLimits?: boolean;
  /** False: requests (`POST /requests`) are taken from people who sign in alone. Default true (documented). */
  anonymousRequests?: boolean;
  /** A trial account: lower limits of single endpoints. Default false. */
  trial?: boolean;
  /** The tone that the account's bridge speaks, in Hz, by which it is heard as anybody is; null or absent: nobody told it. */
  bridgeToneHz?: number | null;
  /** Delay before a webhook's first attempt: milliseconds, or a range to draw from. */
  webhookDelayMs?: number | readonly [low: number, high: number];
  /** How far search is behind the records, in milliseconds of the account's time. Default 0. */
  searchIndexDelayMs?: number;
  readonly [name: string]: unknown;
}

/** One Zendesk tenant; the unit of isolation. */
export interface Account {
  /** The subdomain. */
  readonly name: AccountName;
  readonly id: number;
  /** The owner's e-mail, with which the API token is used. */
  readonly email: string;
  readonly plan: PlanName;
  /** ISO 8601, whole seconds. */
  readonly createdAt: string;
  readonly settings: AccountSettings;
  /** The id of its default brand, and its own name. */
  readonly brand: { readonly id: number; readonly name: string };
  /** First of the account's 13-digit ids. */
  readonly idBase: number;
}

export interface AccountDraft {
  subdomain: string;
  email?: string;
  apiToken?: string;
  plan?: string;
  settings?: AccountSettings;
}

/** A user as far as authentication needs to know one. */
export interface Identified {
  readonly id: number;
  readonly role: 'end-user' | 'agent' | 'admin';
  readonly verified: boolean;
  readonly active: boolean;
  readonly suspended?: boolean;
  /** Which tickets an agent may see: null and undefined are all of them. */
  readonly ticketRestriction?: string | null;
  /** Agents whose comments are never public: light agents and their like. */
  readonly privateComments?: boolean;
  /** The configuration of an agent's custom role. */
  readonly can?: RoleConfiguration;
}

/** Somebody whose credentials are right. */
export interface SignedIn {
  readonly kind: 'token';
  readonly userId: number;
  readonly role: Identified['role'];
  readonly ticketRestriction?: string;
  readonly privateComments?: true;
  readonly can?: RoleConfiguration;
  /** Of the OAuth token that was presented; API tokens and passwords have none and open everything. */
  readonly scopes?: readonly string[];
  readonly oauthTokenId?: number;
}

/** Who a request speaks for. */
export type Principal = SignedIn | { readonly kind: 'anonymous' };

/** Credentials, kept apart from the account so that they never appear where an account does. */
export interface AccountSecret {
  readonly account: AccountName;
  readonly apiToken: string;
}

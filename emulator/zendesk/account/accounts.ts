import type { Core } from '../../core/core.ts';
import type { AccountName } from '../../core/ids.ts';
import { type Collection, DuplicateKeyError } from '../../core/collection.ts';
import { Memo } from '../../core/memo.ts';
import { AccessRules } from './access/access.ts';
import { ErrorForms } from './error-forms.ts';
import { type Claim, readCredentials } from './credentials.ts';
import type { Account, AccountDraft, AccountSecret, AccountSettings, Identified, Principal, SignedIn } from './entities.ts';
import { OAuthService } from './oauth/oauth-service.ts';
import { Passwords } from './passwords.ts';
import { DEFAULT_PLAN, planName } from './plans.ts';
import { RateLimiter } from './rate-limiter.ts';
import { isoNow } from './time.ts';

const SUBDOMAIN = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Who an e-mail belongs to; answered by the support room. */
export type Directory = (account: string, email: string) => Identified | undefined;
/** Who has an id; answered by the support room. */
export type People = (account: string, userId: number) => Identified | undefined;

/** The account and brand that a subdomain or a host of a brand's own names; answered by the support room. */
export type BrandHosts = (host: string) => { readonly account: string; readonly brandId: number } | undefined;

/** The tenants: their records, credentials, switches and limits. */
export class AccountService {
  readonly core: Core;
  readonly limiter: RateLimiter;
  /** Set by whoever listens on HTTP: `http://127.0.0.1:PORT`. */
  baseUrl = 'http://127.0.0.1';
  /** Set by the support room. */
  directory: Directory = () => undefined;
  /** Set by the support room. */
  people: People = () => undefined;
  /** Set by the support room. */
  brandHosts: BrandHosts = () => undefined;
  readonly access = new AccessRules();
  readonly errorForms = new ErrorForms();
  readonly oauth: OAuthService;
  readonly passwords: Passwords;
  readonly #accounts: Collection<Account>;
  readonly #secrets: Collection<AccountSecret>;
  readonly #known: Memo<Account | undefined>;
  readonly #tokens: Memo<string>;
  /** What headers claim: a client sends the same one with each request. */
  readonly #claims = new Memo<Claim>();
  readonly #created: ((account: Account) => void)[] = [];

  constructor(core: Core) {
    this.core = core;
    this.limiter = new RateLimiter(core);
    this.oauth = new OAuthService(core);
    this.passwords = new Passwords(core);
    this.#accounts = core.store.collection<Account>({ name: 'accounts', key: (account) => account.name });
    this.#secrets = core.store.collection<AccountSecret>({ name: 'account_secrets', key: (secret) => secret.account });
    this.#known = new Memo(this.#accounts);
    this.#tokens = new Memo(this.#secrets);
    for (const [account, { apiToken }] of this.#secrets.everywhere()) core.redactor.add(apiToken, account);
  }

  /** @throws RangeError for a bad subdomain or plan, DuplicateKeyError when the subdomain is taken. */
  create(draft: AccountDraft): Account & { apiToken: string } {
    if (!SUBDOMAIN.test(draft.subdomain)) {
      throw new RangeError(`bad subdomain "${draft.subdomain}": expected lower-case letters, digits and inner hyphens, at most 63`);
    }
    const { core } = this;
    const name = draft.subdomain as AccountName;
    const plan = planName(draft.plan ?? DEFAULT_PLAN);
    const apiToken = draft.apiToken ?? core.ids.hex(40);
    return core.store.transaction(() => {
      if (this.get(name) ?? this.brandHosts(name))
        throw new DuplicateKeyError(`there is already an account "${name}"; choose another subdomain or remove it`);
      const account: Account = {
        name,
        id: core.random.int(10_000_000, 29_999_999),
        email: draft.email ?? `admin@${name}.example`,
        plan,
        createdAt: isoNow(core, name),
        // A copy as JSON has it: without what is undefined, and nobody else's to change.
        settings: JSON.parse(JSON.stringify(draft.settings ?? {})) as AccountSettings,
        brand: { id: core.random.int(1_000_000, 9_999_999) * 1_000_000 + 114, name: titleOf(name) },
        idBase: core.random.int(1_000_000, 8_999_999) * 1_000_000,
      };
      this.#accounts.insert(name, account);
      this.#secrets.insert(name, { account: name, apiToken });
      core.redactor.add(apiToken, name);
      core.store.afterRollback(() => core.redactor.forget(name));
      for (const listener of this.#created) listener(account);
      return { ...account, apiToken };
    });
  }

  /** Called in the transaction that creates an account, so that every room lays its foundation. */
  onCreated(listener: (account: Account) => void): void {
    this.#created.push(listener);
  }

  get(name: string): Account | undefined {
    return this.#known.get(name, () => this.#accounts.get(name, name));
  }

  /** @throws RangeError naming the accounts there are. */
  expect(name: string): Account {
    const account = this.get(name);
    if (account) return account;
    const known = this.list().map((other) => other.name);
    throw new RangeError(`no account "${name}"; accounts: ${known.join(', ') || 'none yet, create one first'}`);
  }

  list(): Account[] {
    return this.#accounts.everywhere().map(([, account]) => account);
  }

  /** Changes plan, e-mail, default brand or settings; settings are merged, `undefined` removes a switch. */
  update(name: string, patch: { email?: string; plan?: string; brandId?: number; settings?: AccountSettings }): Account {
    return this.core.store.transaction(() => {
      const account = this.expect(name);
      const merged = Object.entries({ ...account.settings, ...patch.settings }).filter(([, value]) => value !== undefined);
      const updated: Account = {
        ...account,
        email: patch.email ?? account.email,
        plan: patch.plan === undefined ? account.plan : planName(patch.plan),
        settings: Object.fromEntries(merged),
        brand: { ...account.brand, id: patch.brandId ?? account.brand.id },
      };
      this.#accounts.put(name, updated);
      return updated;
    });
  }

  /** Removes the account with all that every room stored for it. */
  remove(name: string): boolean {
    const known = this.get(name) !== undefined;
    this.core.store.clear(name);
    this.forget(name);
    this.core.redactor.forget(name);
    return known;
  }

  /** Drops what is kept outside the store (rate windows, secrets to be blanked); call it after a reset or restore. */
  forget(name: string): void {
    this.limiter.clear(name);
    this.oauth.resume(name);
    this.core.redactor.add(this.apiToken(name), name);
  }

  apiToken(name: string): string {
    return this.#tokens.get(name, () => this.#secrets.get(name, name)?.apiToken ?? '');
  }

  /** Everything before `/api/v2`. */
  url(name: string): string {
    return `${this.baseUrl}/zendesk/${name}`;
  }

  /** Who an Authorization header speaks for; undefined when it is wrong (vendor article "Security and authentication"). */
  principal(account: Account, authorization: string | undefined): Principal | undefined {
    const { name, settings } = account;
    const claim = this.#claims.get(authorization ?? '', () => readCredentials(authorization));
    switch (claim.kind) {
      case 'none':
        return { kind: 'anonymous' };
      case 'token':
        if (settings.apiTokenAccess === false || claim.token !== this.apiToken(name)) return undefined;
        return verified(this.directory(name, claim.email));
      case 'password':
        return settings.apiPasswordAccess === true ? verified(this.withPassword(name, claim.email, claim.password)) : undefined;
      case 'bearer':
        if (settings.authBearerApiToken === true && claim.token === this.apiToken(name))
          return verified(this.directory(name, account.email));
        return this.#tokenHolder(name, claim.token);
      default:
        return undefined;
    }
  }

  /** The user whose password this is. */
  withPassword(account: string, email: string, password: string): Identified | undefined {
    const user = this.directory(account, email);
    return user && this.passwords.fits(account, user.id, password) ? user : undefined;
  }

  /**
   * The user on whose behalf an admin's OAuth token with the scope `impersonate` asks (vendor article "Making API
   * requests on behalf of end users"): named by e-mail or id, verified or not. Undefined when there is none.
   */
  impersonated(account: string, who: string): Identified | undefined {
    const user = /^\d{1,16}$/.test(who) ? this.people(account, Number(who)) : this.directory(account, who);
    return user?.active && !user.suspended ? user : undefined;
  }

  #tokenHolder(account: string, text: string): SignedIn | undefined {
    const token = this.oauth.presented(account, text);
    if (!token) return undefined;
    const user = this.people(account, token.user_id);
    if (!user?.active || user.suspended) return undefined;
    return { ...signedIn(user), scopes: token.scopes, oauthTokenId: token.id };
  }
}

/** Basic credentials are taken of verified users who are neither deleted nor suspended. */
function verified(user: Identified | undefined): SignedIn | undefined {
  return user?.active && user.verified && !user.suspended ? signedIn(user) : undefined;
}

export function signedIn({ id, role, ticketRestriction, privateComments, can }: Identified): SignedIn {
  return {
    kind: 'token',
    userId: id,
    role,
    ...(role === 'agent' && ticketRestriction ? { ticketRestriction } : {}),
    ...(role === 'agent' && privateComments === true ? { privateComments } : {}),
    ...(role === 'agent' && can ? { can } : {}),
  };
}

function titleOf(subdomain: string): string {
  return subdomain.charAt(0).toUpperCase() + subdomain.slice(1);
}

import type { Collection } from '../../../core/collection.ts';
import type { Core } from '../../../core/core.ts';
import { Memo } from '../../../core/memo.ts';
import { isoSeconds } from '../time.ts';
import type { AuthorizationCode, Lifetimes, OAuthClient, OAuthClientDraft, OAuthToken } from './entities.ts';

/** Access tokens, refresh tokens and secrets are 64 hexadecimal digits, as the vendor's examples have them. */
const SECRET_DIGITS = 64;
const CODE_SECONDS = 120;
/** How long a code is known for being used up. */
const CODES_KEPT_SECONDS = 3_600;
const REFRESH_SECONDS = 2_592_000;
/** How far `used_at` may lag behind (inferred): a token is not written with each request. */
const USE_NOTED_SECONDS = 60;

/** OAuth clients, tokens and authorization codes of all accounts. */
export class OAuthService {
  readonly #core: Core;
  readonly #clients: Collection<OAuthClient>;
  readonly #tokens: Collection<OAuthToken>;
  readonly #codes: Collection<AuthorizationCode>;
  readonly #byToken: Memo<OAuthToken | undefined>;

  constructor(core: Core) {
    this.#core = core;
    const { store } = core;
    this.#clients = store.collection<OAuthClient>({
      name: 'oauth_clients',
      key: (client) => client.id,
      indexes: { identifier: (client) => client.identifier },
      unique: ['identifier'],
    });
    this.#tokens = store.collection<OAuthToken>({
      name: 'oauth_tokens',
      key: (token) => token.id,
      indexes: {
        token: (token) => token.token,
        refresh_token: (token) => token.refresh_token,
        client_id: (token) => token.client_id,
        user_id: (token) => token.user_id,
        over_at: overAt,
      },
    });
    this.#codes = store.collection<AuthorizationCode>({
      name: 'oauth_codes',
      key: (code) => code.code,
      indexes: { valid_until: (code) => code.valid_until },
    });
    this.#byToken = new Memo(this.#tokens);
    for (const account of new Set([...this.#clients.everywhere(), ...this.#codes.everywhere()].map(([name]) => name))) this.resume(account);
  }

  /** Takes up the secrets that the account now has: after a start, a reset, a restored snapshot. */
  resume(account: string): void {
    this.#core.redactor.forget(ownerOf(account));
    for (const { secret } of this.#clients.find(account)) this.#hide(account, secret);
    for (const token of this.#tokens.find(account)) for (const secret of secretsOf(token)) this.#hide(account, secret);
    for (const { code } of this.#codes.find(account)) this.#hide(account, code);
  }

  // Clients

  /** @throws DuplicateKeyError when the identifier is taken. */
  createClient(account: string, id: number, draft: OAuthClientDraft): OAuthClient {
    const now = this.#now(account);
    const client: OAuthClient = {
      id,
      name: draft.name,
      identifier: draft.identifier,
      secret: this.#secret(account),
      kind: draft.kind ?? 'confidential',
      company: draft.company ?? null,
      description: draft.description ?? null,
      redirect_uri: draft.redirect_uri ?? [],
      user_id: draft.user_id,
      created_at: now,
      updated_at: now,
    };
    this.#clients.insert(account, client);
    return client;
  }

  /** @throws DuplicateKeyError when the identifier is taken. */
  updateClient(account: string, client: OAuthClient, patch: Partial<Omit<OAuthClientDraft, 'user_id'>>): OAuthClient {
    const updated = { ...client, ...patch, updated_at: this.#now(account) };
    this.#clients.put(account, updated);
    return updated;
  }

  /** A new secret; the old one is good no more. */
  renewSecret(account: string, client: OAuthClient): OAuthClient {
    const renewed = { ...client, secret: this.#secret(account), updated_at: this.#now(account) };
    this.#clients.put(account, renewed);
    this.#unhide(account, client.secret);
    return renewed;
  }

  /** Its tokens go with it (inferred). */
  deleteClient(account: string, id: number): boolean {
    for (const token of this.#tokens.find(account, { where: { client_id: id } })) this.#delete(account, token);
    const client = this.#clients.get(account, id);
    if (client) this.#unhide(account, client.secret);
    return this.#clients.delete(account, id);
  }

  client(account: string, id: number): OAuthClient | undefined {
    return this.#clients.get(account, id);
  }

  clientNamed(account: string, identifier: string): OAuthClient | undefined {
    return this.#clients.first(account, { where: { identifier } });
  }

  clients(account: string): OAuthClient[] {
    return this.#clients.find(account);
  }

  // Tokens

  /** A token as `/api/v2/oauth/tokens` makes them: it does not expire and cannot be refreshed (documented). */
  issue(account: string, id: number, to: { client: OAuthClient; userId: number; scopes: readonly string[] }): OAuthToken {
    return this.#insert(account, id, to, { expires_at: null, refresh_token: null, refresh_token_expires_at: null });
  }

  /** A token of a grant flow, with a refresh token unless the flow has none. */
  grant(
    account: string,
    id: number,
    to: { client: OAuthClient; userId: number; scopes: readonly string[] },
    lifetimes: Lifetimes,
    refreshable: boolean,
  ): OAuthToken {
    return this.#insert(account, id, to, {
      expires_at: lifetimes.expiresIn === undefined ? null : this.#in(account, lifetimes.expiresIn),
      refresh_token: refreshable ? this.#secret(account) : null,
      refresh_token_expires_at: refreshable ? this.#in(account, lifetimes.refreshExpiresIn ?? REFRESH_SECONDS) : null,
    });
  }

  /** The token that a request carries, if it is good; notes that it was used. */
  presented(account: string, text: string): OAuthToken | undefined {
    const token = this.#byToken.get(`${account} ${text}`, () => this.#tokens.first(account, { where: { token: text } }));
    if (!token) return undefined;
    const now = this.#core.businessClock(account).now();
    if (token.expires_at !== null && Date.parse(token.expires_at) <= now) return undefined;
    if (token.used_at === null || now - Date.parse(token.used_at) >= USE_NOTED_SECONDS * 1_000) {
      this.#tokens.put(account, { ...token, used_at: isoSeconds(now) });
    }
    return token;
  }

  /** The token of a refresh token that is good and the client's own. */
  refreshable(account: string, client: OAuthClient, refreshToken: string): OAuthToken | undefined {
    const token = this.#tokens.first(account, { where: { refresh_token: refreshToken } });
    if (token?.client_id !== client.id || token.refresh_token_expires_at === null) return undefined;
    return Date.parse(token.refresh_token_expires_at) > this.#core.businessClock(account).now() ? token : undefined;
  }

  token(account: string, id: number): OAuthToken | undefined {
    return this.#tokens.get(account, id);
  }

  tokens(account: string, where: { user_id?: number; client_id?: number } = {}): OAuthToken[] {
    return this.#tokens.find(account, { where });
  }

  revoke(account: string, id: number): boolean {
    const token = this.#tokens.get(account, id);
    return token !== undefined && this.#delete(account, token);
  }

  // Codes

  authorize(account: string, grant: Omit<AuthorizationCode, 'code' | 'valid_until' | 'token_id'>): string {
    const code = this.#secret(account);
    const now = this.#core.businessClock(account).now();
    for (const old of this.#codes.find(account, { where: { valid_until: { lt: now - CODES_KEPT_SECONDS * 1_000 } } })) {
      this.#codes.delete(account, old.code);
      this.#unhide(account, old.code);
    }
    this.#codes.insert(account, { ...grant, code, valid_until: now + CODE_SECONDS * 1_000, token_id: null });
    return code;
  }

  /** A code of this client that is still good. One that was used already gives its token up (RFC 6749 §4.1.2). */
  redeemable(account: string, client: OAuthClient, code: string): AuthorizationCode | undefined {
    const known = this.#codes.get(account, code);
    if (known?.client_id !== client.id) return undefined;
    if (known.token_id !== null) {
      this.revoke(account, known.token_id);
      return undefined;
    }
    return this.#core.businessClock(account).now() < known.valid_until ? known : undefined;
  }

  redeemed(account: string, code: AuthorizationCode, tokenId: number): void {
    this.#codes.put(account, { ...code, token_id: tokenId });
  }

  #insert(
    account: string,
    id: number,
    to: { client: OAuthClient; userId: number; scopes: readonly string[] },
    lifetime: Pick<OAuthToken, 'expires_at' | 'refresh_token' | 'refresh_token_expires_at'>,
  ): OAuthToken {
    this.#deleteOver(account);
    const token: OAuthToken = {
      id,
      token: this.#secret(account),
      client_id: to.client.id,
      user_id: to.userId,
      scopes: to.scopes,
      created_at: this.#now(account),
      used_at: null,
      ...lifetime,
    };
    this.#tokens.insert(account, token);
    return token;
  }

  /** Tokens with which nothing can be done any more: neither they nor their refresh tokens are good (inferred). */
  #deleteOver(account: string): void {
    const over_at = { lte: this.#core.businessClock(account).now() };
    for (const token of this.#tokens.find(account, { where: { over_at } })) this.#delete(account, token);
  }

  #delete(account: string, token: OAuthToken): boolean {
    for (const secret of secretsOf(token)) this.#unhide(account, secret);
    return this.#tokens.delete(account, token.id);
  }

  #secret(account: string): string {
    const secret = this.#core.ids.hex(SECRET_DIGITS);
    this.#hide(account, secret);
    return secret;
  }

  #hide(account: string, secret: string): void {
    this.#core.redactor.add(secret, ownerOf(account));
  }

  #unhide(account: string, secret: string): void {
    this.#core.store.afterCommit(() => this.#core.redactor.drop(secret, ownerOf(account)));
  }

  #now(account: string): string {
    return isoSeconds(this.#core.businessClock(account).now());
  }

  #in(account: string, seconds: number): string {
    return isoSeconds(this.#core.businessClock(account).now() + seconds * 1_000);
  }
}

/** When neither the token nor its refresh token is good any more; null: never. */
function overAt({ expires_at, refresh_token_expires_at }: OAuthToken): number | null {
  return expires_at === null ? null : Math.max(Date.parse(expires_at), Date.parse(refresh_token_expires_at ?? expires_at));
}

function secretsOf({ token, refresh_token }: OAuthToken): string[] {
  return refresh_token === null ? [token] : [token, refresh_token];
}

/** Whose the secrets are in the redactor: they go by themselves when the account is reset. */
function ownerOf(account: string): string {
  return `oauth of ${account}`;
}

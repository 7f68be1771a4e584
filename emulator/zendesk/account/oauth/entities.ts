/** An application that may ask for tokens (vendor reference "OAuth Clients"). */
export interface OAuthClient {
  readonly id: number;
  readonly name: string;
  /** Unique in the account; the `client_id` of the grant flows. */
  readonly identifier: string;
  readonly secret: string;
  /** Public clients cannot keep a secret and need none; they must use PKCE. */
  readonly kind: 'public' | 'confidential';
  readonly company: string | null;
  readonly description: string | null;
  readonly redirect_uri: readonly string[];
  /** The admin for whom `client_credentials` tokens speak. */
  readonly user_id: number;
  readonly created_at: string;
  readonly updated_at: string;
}

/** An access token with its refresh token (vendor reference "OAuth Tokens"). */
export interface OAuthToken {
  readonly id: number;
  readonly token: string;
  readonly refresh_token: string | null;
  readonly client_id: number;
  readonly user_id: number;
  /** As they were asked for; ones that do not exist open nothing (documented). */
  readonly scopes: readonly string[];
  readonly created_at: string;
  /** ISO 8601, whole seconds; null: never. */
  readonly expires_at: string | null;
  readonly refresh_token_expires_at: string | null;
  readonly used_at: string | null;
}

/** What a user allowed, until it is exchanged: once, within 120 seconds. */
export interface AuthorizationCode {
  readonly code: string;
  readonly client_id: number;
  readonly user_id: number;
  readonly scopes: readonly string[];
  readonly redirect_uri: string;
  /** PKCE (RFC 7636). */
  readonly challenge: { readonly value: string; readonly method: 'S256' | 'plain' } | null;
  /** Milliseconds of the account's clock. */
  readonly valid_until: number;
  /** The token that it was exchanged for: a code used twice gives that one up (RFC 6749 §4.1.2). */
  readonly token_id: number | null;
}

export interface OAuthClientDraft {
  readonly name: string;
  readonly identifier: string;
  readonly kind?: OAuthClient['kind'];
  readonly company?: string | null;
  readonly description?: string | null;
  readonly redirect_uri?: readonly string[];
  readonly user_id: number;
}

/** Seconds for which what is issued is good; undefined: the vendor's defaults. */
export interface Lifetimes {
  readonly expiresIn?: number;
  readonly refreshExpiresIn?: number;
}

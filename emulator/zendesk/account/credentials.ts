/** What an Authorization header claims. */
export type Claim =
  | { readonly kind: 'none' }
  | { readonly kind: 'token'; readonly email: string; readonly token: string }
  | { readonly kind: 'password'; readonly email: string; readonly password: string }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'malformed' };

/** Reads `Basic base64({email}/token:{api_token})`, `Basic base64({email}:{password})` and `Bearer {token}`. */
export function readCredentials(header: string | undefined): Claim {
  if (header === undefined || header === '') return { kind: 'none' };
  const [, scheme = '', value = ''] = /^(\S+)\s+(.*)$/.exec(header.trim()) ?? [];
  if (scheme.toLowerCase() === 'bearer' && value) return { kind: 'bearer', token: value };
  if (scheme.toLowerCase() !== 'basic') return { kind: 'malformed' };
  const text = Buffer.from(value, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) return { kind: 'malformed' };
  const user = text.slice(0, colon);
  if (!user.endsWith('/token')) return { kind: 'password', email: user, password: text.slice(colon + 1) };
  return { kind: 'token', email: user.slice(0, -'/token'.length), token: text.slice(colon + 1) };
}

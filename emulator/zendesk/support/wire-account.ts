/** The one language that an account has. */
import type { Account } from '../account/index.ts';
import type { Json } from './wire.ts';

/** Every user and ticket is in the one language that the account has. */
export function locale(account: Account, base: string): Json & { readonly id: number } {
  const dates = { created_at: account.createdAt, updated_at: account.createdAt };
  return { url: `${base}/api/v2/locales/en-US.json`, id: 1, locale: 'en-US', name: 'English', ...dates };
}

import type { Collection } from '../../../core/collection.ts';
import type { AccountSettings } from '../../account/index.ts';
import type { SupportContext } from '../context.ts';
import type { Defaults } from '../entities.ts';
import { invalidAttribute, notEmulated } from '../errors.ts';
import { firstSettings, type SettingsTree } from './tree.ts';

/** What differs from the settings of a new account. */
interface WrittenSettings {
  readonly written: SettingsTree;
}

/**
 * Account settings (vendor article "Account Settings"). They are kept and shown; but for the ways to sign in (`api`), what
 * they would change elsewhere stays as it is.
 */
export class SettingsService {
  readonly #context: SupportContext;
  readonly #defaults: (account: string) => Defaults;
  readonly #settings: Collection<WrittenSettings>;

  constructor(context: SupportContext, defaults: (account: string) => Defaults) {
    this.#context = context;
    this.#defaults = defaults;
    this.#settings = context.core.store.collection<WrittenSettings>({ name: 'account_settings', key: () => 'settings' });
  }

  get(account: string): SettingsTree {
    return merged(this.#first(account), this.#written(account));
  }

  /**
   * Changes the settings named, all or none. @throws ApiError 501 for one that Ringback does not know, 400 for a value of another
   * type than the setting's
   */
  update(account: string, patch: SettingsTree): SettingsTree {
    const now = this.get(account);
    for (const [group, values] of Object.entries(patch)) {
      for (const [name, value] of Object.entries(values)) {
        const present = Object.hasOwn(now, group) ? now[group] : undefined;
        if (!present || !Object.hasOwn(present, name)) throw notEmulated(`settings.${group}.${name}`);
        if (!alike(present[name], value))
          throw invalidAttribute(`settings.${group}.${name}`, `must be ${typeName(present[name])}`, 'account/settings');
      }
    }
    const { api, ...others } = patch;
    this.#context.core.store.transaction(() => {
      if (api) this.#context.accounts.update(account, { settings: apiSwitches(api) });
      this.#settings.put(account, { written: merged(this.#written(account), others) });
    });
    return this.get(account);
  }

  #first(account: string): SettingsTree {
    return firstSettings(this.#context.accounts.expect(account), this.#defaults(account).custom_status_ids.solved);
  }

  #written(account: string): SettingsTree {
    return this.#settings.get(account, 'settings')?.written ?? {};
  }
}

/** Who may sign in how is a matter of the account. Password access is one switch for everybody (inferred). */
function apiSwitches({
  api_token_access: tokens,
  api_password_access_end_users: passwords,
}: Readonly<Record<string, unknown>>): AccountSettings {
  return {
    ...(tokens === undefined ? {} : { apiTokenAccess: tokens === 'true' }),
    ...(passwords === undefined ? {} : { apiPasswordAccess: passwords === true }),
  };
}

function merged(below: SettingsTree, above: SettingsTree): SettingsTree {
  const groups = Object.entries(above).map(([group, values]) => [group, { ...below[group], ...values }] as const);
  return { ...below, ...Object.fromEntries(groups) };
}

function alike(present: unknown, value: unknown): boolean {
  return typeName(present) === typeName(value);
}

function typeName(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'number' ? 'an integer' : `a ${value === null ? 'null' : typeof value}`;
}

import type { Collection } from '../../../core/collection.ts';
import type { SupportContext } from '../context.ts';
import { invalidAttribute } from '../errors.ts';

type Settings = Readonly<Record<string, unknown>>;

/** How somebody set up their agent interface (vendor article "Users", Show the Current User Settings). */
export interface UserSettings {
  readonly admin_center: Settings;
  /** Ids of views, at most eight. */
  readonly agent_home_pinned_views: readonly number[] | null;
  readonly lotus: Settings;
  /** Ids of views. */
  readonly shared_views_order: readonly number[] | null;
}

interface WrittenSettings extends UserSettings {
  readonly user_id: number;
}

/** Of somebody who changed nothing (inferred). */
const FIRST: UserSettings = {
  admin_center: { has_admin_center_side_nav_open: true },
  agent_home_pinned_views: null,
  lotus: {
    agent_workspace_theme_preference: '0',
    agent_workspace_theme_preference_for_conversation_panel: '0',
    keyboard_shortcuts_enabled: true,
    macro_shortcuts_enabled: false,
    show_onboarding_tooltips: true,
  },
  shared_views_order: null,
};
const THEMES: readonly unknown[] = ['0', '1', '2'];
const MOST_PINNED = 8;
const ACTION = 'users/me/settings';

/** Settings of the people who work in an account: kept and shown, as there is no interface that they would change. */
export class UserSettingsService {
  readonly #rows: Collection<WrittenSettings>;

  constructor(context: SupportContext) {
    this.#rows = context.core.store.collection<WrittenSettings>({ name: 'user_settings', key: ({ user_id }) => user_id });
  }

  get(account: string, userId: number): UserSettings {
    const { user_id: _id, ...kept } = this.#rows.get(account, userId) ?? { ...FIRST, user_id: userId };
    // Read only; nobody here signs in with a second factor.
    return { ...kept, lotus: { ...kept.lotus, two_factor_authentication: false } };
  }

  /** Changes what is named; settings that are not known are kept too (documented). @throws ApiError 400 for a value of the wrong kind */
  update(account: string, userId: number, patch: Partial<UserSettings>): UserSettings {
    const before = this.get(account, userId);
    const { two_factor_authentication: _own, ...lotus } = { ...before.lotus, ...patch.lotus };
    const settings: UserSettings = { ...before, ...patch, admin_center: { ...before.admin_center, ...patch.admin_center }, lotus };
    check(settings);
    this.#rows.put(account, { ...settings, user_id: userId });
    return this.get(account, userId);
  }

  forget(account: string, userId: number): void {
    this.#rows.delete(account, userId);
  }
}

function check({ admin_center, lotus, agent_home_pinned_views: pinned }: UserSettings): void {
  const known = { admin_center: FIRST.admin_center, lotus: FIRST.lotus };
  for (const [group, values] of Object.entries({ admin_center, lotus }))
    for (const [name, first] of Object.entries(known[group as keyof typeof known])) {
      const fits = typeof first === 'boolean' ? typeof values[name] === 'boolean' : THEMES.includes(values[name]);
      const expected = typeof first === 'boolean' ? 'must be a boolean' : `must be one of ${THEMES.join(', ')}`;
      if (!fits) throw invalidAttribute(`settings.${group}.${name}`, expected, ACTION);
    }
  if (pinned && (pinned.length > MOST_PINNED || new Set(pinned).size < pinned.length))
    throw invalidAttribute('settings.agent_home_pinned_views', `must be at most ${MOST_PINNED} views, each once`, ACTION);
}

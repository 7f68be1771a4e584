import type { Collection } from '../../core/collection.ts';
import type { Core } from '../../core/core.ts';
import { checkSettings, type TICKET_TIMINGS, type UNKNOWN_CALLER_TICKETS } from './check-settings.ts';
import { DEFAULT_TEMPLATES, type VoiceTemplates } from './tickets/templates.ts';

/** When a call that overflows gets its ticket (zendesk-talk §1 facts 1 and 2, §14). */
export type TicketTiming = (typeof TICKET_TIMINGS)[number];

/** The account's switches of Talk. Property by property the default is documented unless it says inferred. */
export interface TalkSettings {
  /** Talk is on; off declines every SIP-IN call (inferred code 603) and every phone call. */
  readonly enabled: boolean;
  /** Omnichannel routing; on in accounts made since December 2024. */
  readonly omnichannel: boolean;
  /** Null follows omnichannel: `queue_entry` with it (inferred for overflow), `call_end` without. */
  readonly ticketTiming: TicketTiming | null;
  /**
   * When the call of an unknown caller gets its ticket. The documents say "as usual when answered" and that an abandoned
   * one never makes a ticket: so it waits for the answer (inferred). `as_others` makes no difference between callers.
   */
  readonly unknownCallerTicket: (typeof UNKNOWN_CALLER_TICKETS)[number];
  /** Whether the tag call_overflow is also put on tickets that existed before the overflow (inferred). */
  readonly tagOverflowOnExisting: boolean;
  /** Calls that may wait on one line (inferred). */
  readonly maximumQueueSize: number;
  /** Minutes on the business clock (inferred). */
  readonly maximumQueueWaitMinutes: number;
  /** E.164 numbers that never reach a queue. */
  readonly blockedNumbers: readonly string[];
  /** The key with which a caller in the queue asks for voicemail, on lines that have it (inferred). */
  readonly voicemailKey: string;
  /** Longest voicemail, in seconds on the business clock (inferred). */
  readonly voicemailLimitSeconds: number;
  /**
   * Longest talk, with an agent or on an overflow leg, in minutes on the business clock; null for no end of Talk's own. Twilio ends a
   * call after four hours unless told otherwise (inferred for Talk); a trunk's own limit is its `maxDurationMs`.
   */
  readonly maximumCallMinutes: number | null;
  /**
   * Whether a call from the bridge that names neither ticket nor number may come from anywhere, to join the only live call at a bridge. Off,
   * it joins where both calls show a host in common: for bridges that are called at one address and call from another, and say so in
   * Contact and SDP too.
   */
  readonly multiHomedBridge: boolean;
  /** How long an overflow destination may ring, in milliseconds (inferred). */
  readonly overflowRingMs: number;
  /** Lengths of the greetings as they are played, in milliseconds (inferred). */
  readonly greetings: { readonly availableMs: number; readonly voicemailMs: number; readonly voicemailOffMs: number };
  /** Name of the new user for an unknown caller (inferred). */
  readonly anonymousName: string;
  readonly templates: VoiceTemplates;
}

export const DEFAULT_SETTINGS: TalkSettings = {
  enabled: true,
  omnichannel: true,
  ticketTiming: null,
  unknownCallerTicket: 'when_answered',
  tagOverflowOnExisting: true,
  maximumQueueSize: 5,
  maximumQueueWaitMinutes: 5,
  blockedNumbers: [],
  voicemailKey: '1',
  voicemailLimitSeconds: 120,
  maximumCallMinutes: 240,
  multiHomedBridge: false,
  overflowRingMs: 60_000,
  greetings: { availableMs: 0, voicemailMs: 500, voicemailOffMs: 500 },
  anonymousName: 'Caller anonymous',
  templates: DEFAULT_TEMPLATES,
};

export interface TalkSettingsPatch extends Partial<Omit<TalkSettings, 'greetings' | 'templates'>> {
  greetings?: Partial<TalkSettings['greetings']>;
  templates?: Partial<VoiceTemplates>;
}

/** Stored per account; what was never set has its default. */
export class TalkSettingsService {
  readonly #core: Core;
  readonly #stored: Collection<TalkSettingsPatch>;
  /** What is read at every step of a call. */
  readonly #read = new Map<string, TalkSettings>();

  constructor(core: Core) {
    this.#core = core;
    this.#stored = core.store.collection<TalkSettingsPatch>({ name: 'talk_settings', key: () => 'settings' });
  }

  get(account: string): TalkSettings {
    let settings = this.#read.get(account);
    if (!settings) this.#read.set(account, (settings = merged(this.#stored.get(account, 'settings') ?? {})));
    return settings;
  }

  /** The stored state was replaced (reset, restore). */
  forget(account: string): void {
    this.#read.delete(account);
  }

  /** Merges; what is left out stays. @throws TalkError (422) for a setting or a value that does not exist. */
  set(account: string, given: TalkSettingsPatch): TalkSettings {
    // A copy as JSON has it: without what is undefined, and nobody else's to change.
    const patch = JSON.parse(JSON.stringify(given)) as TalkSettingsPatch;
    checkSettings(patch, DEFAULT_SETTINGS);
    const stored = this.#stored.get(account, 'settings') ?? {};
    const next: TalkSettingsPatch = {
      ...stored,
      ...patch,
      greetings: { ...stored.greetings, ...patch.greetings },
      templates: { ...stored.templates, ...patch.templates },
    };
    this.#stored.put(account, next);
    this.forget(account);
    this.#core.store.afterRollback(() => this.forget(account));
    return merged(next);
  }
}

/** The timing that holds: the one that was set, or what omnichannel routing says. */
export function ticketTiming(settings: TalkSettings): TicketTiming {
  return settings.ticketTiming ?? (settings.omnichannel ? 'queue_entry' : 'call_end');
}

function merged(patch: TalkSettingsPatch): TalkSettings {
  return {
    ...DEFAULT_SETTINGS,
    ...patch,
    greetings: { ...DEFAULT_SETTINGS.greetings, ...patch.greetings },
    templates: { ...DEFAULT_TEMPLATES, ...patch.templates },
  };
}

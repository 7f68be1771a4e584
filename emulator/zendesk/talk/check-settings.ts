import { talkErrors } from './errors.ts';
import type { TalkSettings } from './settings.ts';

export const TICKET_TIMINGS = ['queue_entry', 'overflow_start', 'call_end'] as const;
export const UNKNOWN_CALLER_TICKETS = ['when_answered', 'as_others'] as const;

interface Expected {
  readonly what: string;
  readonly fits: (value: unknown) => boolean;
}

/** Those whose default does not tell what they may be. */
const SPECIAL: Partial<Record<keyof TalkSettings, Expected>> = {
  ticketTiming: {
    what: `one of ${TICKET_TIMINGS.join(', ')}, or null to follow omnichannel`,
    fits: (value) => value === null || TICKET_TIMINGS.some((timing) => timing === value),
  },
  unknownCallerTicket: {
    what: `one of ${UNKNOWN_CALLER_TICKETS.join(', ')}`,
    fits: (value) => UNKNOWN_CALLER_TICKETS.some((choice) => choice === value),
  },
  blockedNumbers: {
    what: 'a list of numbers in E.164, such as +14155550100',
    fits: (value) => Array.isArray(value) && value.every((number) => typeof number === 'string'),
  },
  maximumCallMinutes: {
    what: 'a number above 0, or null for no end',
    fits: (value) => value === null || (typeof value === 'number' && value > 0),
  },
};

/** As JSON has it. @throws TalkError (422) naming the setting and what it may be. */
export function checkSettings(patch: object, defaults: object, within = ''): void {
  for (const [name, value] of Object.entries(patch)) {
    const known = Object.hasOwn(defaults, name) ? (defaults as Record<string, unknown>)[name] : undefined;
    if (known === undefined) throw talkErrors.unknownSetting(within + name, Object.keys(defaults));
    const special = within === '' ? SPECIAL[name as keyof TalkSettings] : undefined;
    const expected = special ?? likeDefault(known);
    if (!expected.fits(value)) throw talkErrors.badSetting(within + name, value, expected.what);
    if (!special && isGroup(known)) checkSettings(value as object, known, `${name}.`);
  }
}

function likeDefault(known: unknown): Expected {
  switch (typeof known) {
    case 'number':
      return { what: 'a number from 0', fits: (value) => typeof value === 'number' && value >= 0 };
    case 'string':
      return { what: 'a text', fits: (value) => typeof value === 'string' };
    case 'boolean':
      return { what: 'true or false', fits: (value) => typeof value === 'boolean' };
    default:
      return { what: `an object with any of ${Object.keys(known as object).join(', ')}`, fits: isGroup };
  }
}

function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import type { HelpCenterSeed, RulesSeed, ScheduleSeed, SuspendedTicketDraft } from '../../zendesk/support/index.ts';
import type { TrunkChanges } from '../trunk-settings.ts';
import type { PhoneLineDraft, PhoneLinePatch, SipInLineDraft, SipInLinePatch, TalkSettingsPatch } from '../../zendesk/talk/index.ts';

/** What an account starts with; the shape is seed.schema.json. */
export interface Seed extends RulesSeed {
  subdomain?: string;
  email?: string;
  apiToken?: string;
  plan?: string;
  organization_fields?: SeedField[];
  user_fields?: SeedField[];
  organizations?: SeedOrganization[];
  users?: SeedUser[];
  groups?: SeedGroup[];
  agents?: SeedAgent[];
  schedules?: readonly ScheduleSeed[];
  suspended_tickets?: readonly SuspendedTicketDraft[];
  help_center?: HelpCenterSeed;
  talk?: SeedTalk;
  trunk?: SeedTrunk | null;
  settings?: { bridgeToneHz?: number | null; [accountSwitch: string]: unknown };
  /** So many people and companies besides, made up from the emulator's seed. */
  invent?: { users?: number; organizations?: number };
}

export interface SeedField {
  key: string;
  type?: string;
  title?: string;
  [property: string]: unknown;
}

export interface SeedOrganization {
  name: string;
  organization_fields?: Record<string, string | number | boolean | null>;
  [property: string]: unknown;
}

export interface SeedUser {
  name: string;
  email?: string;
  phone?: string;
  role?: 'end-user' | 'agent' | 'admin';
  /** Name of one of the seed's organizations. */
  organization?: string;
  user_fields?: Record<string, string | number | boolean | null>;
  [property: string]: unknown;
}

export interface SeedGroup {
  name: string;
  /** E-mail addresses. */
  agents?: string[];
}

export interface SeedAgent {
  name: string;
  email?: string;
  groups?: string[];
  presence?: 'online' | 'offline' | 'away' | 'transfers_only';
  answers?: 'automatically' | 'when-told' | 'declines' | 'ignores';
  answerAfterMs?: number;
}

export interface SeedTalk extends TalkSettingsPatch {
  lines?: SeedLine[];
  sipIn?: SeedSipInLine[];
}

export type SeedLine = PhoneLinePatch & { number?: string };
export type SeedSipInLine = SipInLinePatch & { user?: string; host?: string };

export interface SeedTrunk extends TrunkChanges {
  number?: string;
  domainName?: string;
}

/** A seed in which nothing is left to be made up. */
export interface CompleteSeed extends Seed {
  subdomain: string;
  email: string;
  apiToken: string;
  groups: SeedGroup[];
  talk: SeedTalk & {
    lines: (PhoneLineDraft & { group: string; overflowTo: string | null })[];
    sipIn: (SipInLineDraft & { host: string; group: string; allowedCidrs: readonly string[] })[];
  };
  trunk: (TrunkChanges & { number: string; domainName: string }) | null;
}

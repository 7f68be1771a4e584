import type { PhoneLineDraft, SipInLineDraft } from './lines/drafts.ts';
import type { TalkSettingsPatch } from './settings.ts';

/** The part of a seed that this room lays down (control/schemas/seed.schema.json, `talk`): switches and lines. */
export interface TalkSeed extends TalkSettingsPatch {
  lines?: readonly PhoneLineDraft[];
  sipIn?: readonly SipInLineDraft[];
}

import type { Line, PhoneLinePatch, SipInLinePatch, TalkSettingsPatch } from '../zendesk/talk/index.ts';
import { requireBridgeTone } from './bridge-tone.ts';
import { ControlError, controlErrors } from './errors.ts';
import type { Rooms } from './rooms.ts';
import { type TrunkChanges, trunkDraft, trunkSettings } from './trunk-settings.ts';

/** What of an account can be changed while it runs; settings.schema.json. Further properties are switches of the account. */
export interface SettingsPatch {
  bridgeToneHz?: number | null;
  talk?: TalkSettingsPatch;
  lines?: (PhoneLinePatch & { number?: string })[];
  sipIn?: (SipInLinePatch & { user?: string; host?: string })[];
  trunk?: (TrunkChanges & { number?: string }) | null;
  [accountSwitch: string]: unknown;
}

/** The settings as they are. */
export function readSettings(rooms: Rooms, account: string): Record<string, unknown> {
  const { accounts, talk, trunks } = rooms;
  const trunk = trunks.get(account);
  return {
    bridgeToneHz: null,
    webhookDelayMs: 0,
    ...accounts.expect(account).settings,
    talk: talk.settings.get(account),
    lines: talk.lines.phones(account).map((line) => lineSettings(rooms, account, line)),
    sipIn: talk.lines.sipIns(account).map((line) => lineSettings(rooms, account, line)),
    trunk: trunk ? { number: trunk.number, ...trunkSettings(trunk) } : null,
  };
}

/** Changes what the patch names, all of it or nothing. @throws ControlError `unknown_line`, `invalid_body`. */
export function changeSettings(rooms: Rooms, account: string, patch: SettingsPatch): void {
  const { accounts, core, talk } = rooms;
  const { talk: talkPatch, lines = [], sipIn = [], trunk, ...switches } = patch;
  try {
    core.store.transaction(() => {
      if (typeof patch.bridgeToneHz === 'number') requireBridgeTone(rooms, account, patch.bridgeToneHz);
      if (Object.keys(switches).length > 0) accounts.update(account, { settings: switches });
      if (talkPatch) talk.settings.set(account, talkPatch);
      for (const { number, ...change } of lines) talk.lines.update(account, phoneLine(rooms, account, number), change);
      for (const { user, host, ...change } of sipIn) talk.lines.update(account, sipInLine(rooms, account, user, host), change);
      if (trunk) changeTrunk(rooms, account, trunk);
    });
  } catch (error) {
    if (error instanceof ControlError || !(error instanceof Error)) throw error;
    throw controlErrors.invalidBody('settings', error.message);
  }
}

function changeTrunk({ trunks }: Rooms, account: string, patch: NonNullable<SettingsPatch['trunk']>): void {
  const { number = trunks.get(account)?.number ?? 'for a trunk', ...changes } = patch;
  const numbers = trunks.list(account).map((each) => each.number);
  if (!numbers.includes(number)) throw controlErrors.unknownLine(account, number, numbers);
  trunks.update(account, trunkDraft(changes), number);
}

/** A line in the words in which it is changed: groups by name. */
function lineSettings({ support }: Rooms, account: string, { id: _id, type: _type, groupIds, overflow, ...rest }: Line): object {
  const { madeAt: _madeAt, ...line } = rest as typeof rest & { madeAt?: number };
  const groups = groupIds.flatMap((group) => support.groups.get(account, group)?.name ?? []);
  return { ...line, groups, overflowTo: overflow.inside, overflowOutsideTo: overflow.outside };
}

function phoneLine({ talk }: Rooms, account: string, number: string | undefined): number {
  const lines = talk.lines.phones(account);
  const line = number === undefined ? lines[0] : lines.find((each) => each.number === number);
  if (line) return line.id;
  throw controlErrors.unknownLine(
    account,
    number ?? 'for phone calls',
    lines.map((each) => each.number),
  );
}

function sipInLine({ talk }: Rooms, account: string, user: string | undefined, host: string | undefined): number {
  const lines = talk.lines.sipIns(account);
  const line = lines.find((each) => (user === undefined || each.user === user) && (host === undefined || each.host === host));
  if (line) return line.id;
  throw controlErrors.unknownLine(
    account,
    user ?? 'for SIP',
    lines.map((each) => `${each.user}@${each.host}`),
  );
}

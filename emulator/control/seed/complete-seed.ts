import { controlErrors } from '../errors.ts';
import { freeNumber } from './free-numbers.ts';
import type { CompleteSeed, Seed, SeedLine, SeedSipInLine, SeedTrunk } from './seed.ts';

/** What is taken already in this emulator. */
export interface Taken {
  subdomain(name: string): boolean;
  /** On the telephone network: lines and trunks of every account. */
  number(number: string): boolean;
  /** Whether a line has this user part, and so the alias of it. */
  sipInUser(user: string): boolean;
  sipInHost(host: string): boolean;
}

const EMPTY_GROUP = 'Voice AI';
const STAFFED_GROUP = 'Support';

/**
 * Makes up what a seed leaves out, unique in this emulator.
 * @throws ControlError `taken` when what it asks for belongs to somebody, `invalid_seed` when it contradicts itself.
 */
export function completeSeed(seed: Seed, taken: Taken, hex: (length: number) => string): CompleteSeed {
  const subdomain = seed.subdomain ?? firstFree((index) => (index === 1 ? 'acme' : `acme-${index}`), taken.subdomain);
  if (taken.subdomain(subdomain)) throw controlErrors.taken(`there is an account "${subdomain}" already`);
  const used = new Set<string>();
  const number = (wanted: string | undefined): string => {
    const chosen = wanted ?? freeNumber((candidate) => taken.number(candidate) || used.has(candidate) || named(seed).has(candidate));
    if (taken.number(chosen)) throw controlErrors.taken(`the number ${chosen} belongs to another line or trunk`);
    if (used.has(chosen)) throw controlErrors.invalidSeed(`the seed gives the number ${chosen} to two lines or trunks`);
    used.add(chosen);
    return chosen;
  };
  const trunk = completeTrunk(seed.trunk, subdomain, number);
  const lines = (seed.talk?.lines ?? [{ nickname: 'Main line' }]).map((line) => completeLine(line, number, trunk?.number ?? null));
  const given = seed.talk?.sipIn ?? [{ nickname: 'Support SIP' }];
  const users = new Set(given.flatMap(({ user }) => user?.toLowerCase() ?? []));
  const sipIn = given.map((line) => completeSipIn(line, subdomain, taken, users));
  refuseTwice(sipIn);
  return {
    ...seed,
    subdomain,
    email: seed.email ?? `admin@${subdomain}.example`,
    apiToken: seed.apiToken ?? hex(40),
    groups: withGroups(seed.groups ?? [], [
      ...lines.map((line) => line.group),
      ...sipIn.map((line) => line.group),
      ...(seed.agents ?? []).flatMap((agent) => agent.groups ?? []),
    ]),
    talk: { ...seed.talk, lines, sipIn },
    trunk,
  };
}

function completeTrunk(trunk: SeedTrunk | null | undefined, subdomain: string, number: (wanted?: string) => string): CompleteSeed['trunk'] {
  if (trunk === null) return null;
  return { domainName: `${subdomain}.pstn.twilio.com`, ...trunk, number: number(trunk?.number) };
}

/** A line whose group has nobody in it overflows at once: the usual way to hand calls to a bridge. */
function completeLine(
  line: SeedLine,
  number: (wanted?: string) => string,
  trunkNumber: string | null,
): CompleteSeed['talk']['lines'][number] {
  const overflowTo = line.overflowTo === undefined ? trunkNumber : line.overflowTo;
  return { voicemail: false, ...line, number: number(line.number), group: line.group ?? EMPTY_GROUP, overflowTo };
}

/** `users` are those of the seed, lower case; one that is made up joins them. A SIP domain has one owner. */
function completeSipIn(line: SeedSipInLine, subdomain: string, taken: Taken, users: Set<string>): CompleteSeed['talk']['sipIn'][number] {
  const host = line.host ?? `${subdomain}.zendesk.sip.twilio.com`;
  const user =
    line.user ??
    firstFree(
      (index) => (index === 1 ? 'support' : `support-${index}`),
      (name) => taken.sipInUser(name) || users.has(name),
    );
  users.add(user);
  if (taken.sipInHost(host)) throw controlErrors.taken(`${user}@${host} cannot be a SIP-IN line: the host belongs to another account`);
  return { ...line, user, host, group: line.group ?? STAFFED_GROUP, allowedCidrs: line.allowedCidrs ?? ['0.0.0.0/0', '::/0'] };
}

function refuseTwice(lines: CompleteSeed['talk']['sipIn']): void {
  const addresses = lines.map(({ user, host }) => `${user}@${host}`.toLowerCase());
  const twice = addresses.find((address, index) => addresses.indexOf(address) < index);
  if (twice !== undefined) throw controlErrors.invalidSeed(`the seed gives the SIP-IN address ${twice} to two lines`);
}

function withGroups(groups: CompleteSeed['groups'], wanted: readonly string[]): CompleteSeed['groups'] {
  const missing = [...new Set(wanted)].filter((name) => !groups.some((group) => group.name === name));
  return [...groups, ...missing.map((name) => ({ name }))];
}

/** Numbers that the seed names itself, which must not be made up for another of its lines. */
function named(seed: Seed): Set<string> {
  const numbers = [seed.trunk?.number, ...(seed.talk?.lines ?? []).flatMap((line) => [line.number, line.overflowTo])];
  return new Set(numbers.filter((number) => typeof number === 'string'));
}

function firstFree(name: (index: number) => string, taken: (name: string) => boolean): string {
  for (let index = 1; ; index++) if (!taken(name(index))) return name(index);
}

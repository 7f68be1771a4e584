import { requireBridgeTone } from '../bridge-tone.ts';
import { controlErrors, type ControlError } from '../errors.ts';
import type { Rooms } from '../rooms.ts';
import { trunkDraft } from '../trunk-settings.ts';
import type { CompleteSeed } from './seed.ts';

/**
 * Lays a seed down, room by room, in one transaction: all of it or nothing.
 * @throws ControlError `invalid_seed` with the room's own words.
 */
export function applySeed(rooms: Rooms, seed: CompleteSeed): void {
  const { core, accounts, support, workspace, talk, trunks } = rooms;
  const name = seed.subdomain;
  try {
    core.store.transaction(() => {
      if (typeof seed.settings?.bridgeToneHz === 'number') requireBridgeTone(rooms, name, seed.settings.bridgeToneHz);
      accounts.create({
        subdomain: name,
        email: seed.email,
        apiToken: seed.apiToken,
        ...(seed.plan === undefined ? {} : { plan: seed.plan }),
        settings: seed.settings ?? {},
      });
      support.seed(name, {
        organization_fields: (seed.organization_fields ?? []).map(withTitle),
        user_fields: (seed.user_fields ?? []).map(withTitle),
        organizations: seed.organizations ?? [],
        users: seed.users ?? [],
        groups: seed.groups.map((group) => ({ name: group.name })),
        ...(seed.suspended_tickets ? { suspended_tickets: seed.suspended_tickets } : {}),
        ...(seed.schedules ? { schedules: seed.schedules } : {}),
        ...(seed.help_center ? { help_center: seed.help_center } : {}),
      });
      for (const agent of seed.agents ?? []) {
        workspace.add(name, { answers: 'automatically', presence: 'online', ...agent, groups: agent.groups ?? defaultGroups(seed) });
      }
      join(rooms, seed);
      // Rules may name whoever works here.
      const { triggers = [], automations = [], macros = [], views = [], sla_policies = [] } = seed;
      support.seed(name, { triggers, automations, macros, views, sla_policies });
      talk.seed(name, seed.talk);
      if (seed.trunk) {
        const { number, domainName, ...settings } = seed.trunk;
        trunks.add(name, { ...trunkDraft(settings), number, domainName });
      }
    });
  } catch (error) {
    trunks.remove(name);
    talk.remove(name);
    throw refusal(error);
  }
}

/** Memberships that groups name by e-mail; people exist by now. */
function join({ support }: Rooms, seed: CompleteSeed): void {
  for (const group of seed.groups) {
    const id = support.groups.findByName(seed.subdomain, group.name)?.id;
    for (const email of group.agents ?? []) {
      const user = support.users.findByEmail(seed.subdomain, email);
      if (!user) throw controlErrors.invalidSeed(`group "${group.name}" names ${email}, who is neither in "users" nor in "agents"`);
      if (id !== undefined) support.groups.addMember(seed.subdomain, id, user.id);
    }
  }
}

function withTitle<Field extends { key: string; type?: string; title?: string }>(field: Field): Field & { type: string; title: string } {
  return { ...field, type: field.type ?? 'text', title: field.title ?? field.key };
}

function defaultGroups(seed: CompleteSeed): string[] {
  const line = seed.talk.sipIn[0] ?? seed.talk.lines[0];
  return line ? [line.group] : [];
}

function refusal(error: unknown): unknown {
  const known = error as Partial<ControlError>;
  if (known.name === 'ControlError' || !(error instanceof Error)) return error;
  return controlErrors.invalidSeed(error.message);
}

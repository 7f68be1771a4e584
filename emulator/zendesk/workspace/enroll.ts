import type { Support } from '../support/index.ts';
import type { AgentDirectory } from './workspace.ts';

const BY_SYSTEM = { userId: null, via: 'system' } as const;

/** Agents are Zendesk users of role agent, and belong to groups of the account. */
export function agentDirectory(support: Pick<Support, 'users' | 'groups'>): AgentDirectory {
  const { users, groups } = support;
  const groupId = (account: string, name: string): number => (groups.findByName(account, name) ?? groups.create(account, { name })).id;
  return {
    enroll(account, draft) {
      const email = draft.email ?? emailOf(account, draft.name);
      const known = users.findByEmail(account, email);
      const user =
        known && known.role !== 'end-user'
          ? known
          : known
            ? users.update(account, known.id, { role: 'agent' }, BY_SYSTEM)
            : users.create(account, { name: draft.name, email, role: 'agent', verified: true }, BY_SYSTEM);
      for (const name of draft.groups ?? []) groups.addMember(account, groupId(account, name), user.id);
      return { id: user.id, email };
    },
    groupIds: (account, id) => groups.of(account, id).map((group) => group.id),
  };
}

function emailOf(account: string, name: string): string {
  const local = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '.')
    .replaceAll(/^\.+|\.+$/g, '');
  return `${local || 'agent'}@${account}.example`;
}

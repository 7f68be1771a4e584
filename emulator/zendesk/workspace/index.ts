/** The human agents: presence, ringing, answering, wrap-up. */
import type { Core } from '../../core/core.ts';
import type { RecordEventData, Support, User } from '../support/index.ts';
import { agentDirectory } from './enroll.ts';
import { type VoiceMaker, Workspace } from './workspace.ts';

export function createWorkspace(options: { core: Core; support: Pick<Support, 'users' | 'groups'>; voices: VoiceMaker }): Workspace {
  const workspace = new Workspace({ core: options.core, directory: agentDirectory(options.support), voices: options.voices });
  dismissFormerAgents(options.core, workspace);
  return workspace;
}

/** Who is deleted, or an agent no more, goes offline: a call that rings goes on ringing, no other one comes. */
function dismissFormerAgents({ journal }: Core, workspace: Workspace): void {
  journal.subscribe(({ kind, account, data }) => {
    if (account === null || (kind !== 'user.deleted' && kind !== 'user.updated')) return;
    const { id, active, role } = (data as RecordEventData<User>).record;
    const isAgent = active && role !== 'end-user';
    if (!isAgent && workspace.has(account, id)) workspace.presence(account, id, 'offline');
  });
}

export type * from './entities.ts';
export { WorkspaceError } from './errors.ts';
export type { Offer, OfferDraft, OfferState } from './offer.ts';
export type { AgentDirectory, VoiceMaker, Workspace, WrapUp } from './workspace.ts';

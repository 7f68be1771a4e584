/** The human agents: presence, ringing, answering, wrap-up. */
import type { Core } from '../../core/core.ts';
import type { Support } from '../support/index.ts';
import { agentDirectory } from './enroll.ts';
import { type VoiceMaker, Workspace } from './workspace.ts';

export function createWorkspace(options: { core: Core; support: Pick<Support, 'users' | 'groups'>; voices: VoiceMaker }): Workspace {
  return new Workspace({ core: options.core, directory: agentDirectory(options.support), voices: options.voices });
}

export type * from './entities.ts';
export { WorkspaceError } from './errors.ts';
export type { Offer, OfferDraft, OfferState } from './offer.ts';
export type { AgentDirectory, VoiceMaker, Workspace, WrapUp } from './workspace.ts';

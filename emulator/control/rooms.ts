import type { Core } from '../core/core.ts';
import type { Media, Voices } from '../telephony/media/index.ts';
import type { PstnNetwork } from '../telephony/pstn/index.ts';
import type { SipStack } from '../telephony/sip/index.ts';
import type { Trunks } from '../telephony/trunk/index.ts';
import type { Accounts } from '../zendesk/account/index.ts';
import type { Conversations } from '../zendesk/conversations/index.ts';
import type { Support } from '../zendesk/support/index.ts';
import type { Talk } from '../zendesk/talk/index.ts';
import type { Webhooks } from '../zendesk/webhooks/index.ts';
import type { Workspace } from '../zendesk/workspace/index.ts';

/** Everything that an emulator consists of; the control plane drives it and decides nothing of its own. */
export interface Rooms {
  readonly core: Core;
  readonly sip: SipStack;
  readonly media: Media;
  readonly voices: Voices;
  readonly pstn: PstnNetwork;
  readonly trunks: Trunks;
  readonly accounts: Accounts;
  readonly support: Support;
  readonly webhooks: Webhooks;
  readonly conversations: Conversations;
  readonly workspace: Workspace;
  readonly talk: Talk;
}

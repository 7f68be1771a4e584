/** Twilio Elastic SIP Trunking: calls from the telephone network to the bridge. */
export type { FailoverTrigger, OriginationUri, OriginationUriDraft, TransferMode, Trunk, TrunkDraft, TrunkSettings } from './entities.ts';
export { TRUNK_DEFAULTS } from './entities.ts';
export type { TrunkRooms } from './rooms.ts';
export type { TrunkCallState } from './trunk-call-states.ts';
export type { TrunkFacts } from './trunk-facts.ts';
export { createTrunks, type Trunks } from './trunks.ts';

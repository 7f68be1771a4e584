import type { Invite } from './invite.ts';
import type { TrunkCallState } from './trunk-call-states.ts';

/** `journey.facts.trunk`: the leg to the bridge as it was sent. Header values are exact, From without its tag. */
export interface TrunkFacts {
  callId: string;
  callSid: string;
  requestUri: string;
  from: string;
  pAssertedIdentity: string | null;
  privacy: string | null;
  /** Comma-joined when there are several. */
  diversion: string | null;
  originationUri: string;
  state: TrunkCallState;
  /** Final status of the last INVITE; null when none came. */
  status: number | null;
  /** Every INVITE of the call, the last one included. */
  attempts: { originationUri: string; callId: string; outcome: string | null }[];
}

/** Facts of the INVITE that is about to be sent; earlier attempts of the same call are kept. */
export function trunkFacts(invite: Invite, o: { callSid: string; originationUri: string; before: TrunkFacts | undefined }): TrunkFacts {
  const values = (name: string): string | null => {
    const found = invite.identity.headers.filter(([header]) => header === name).map(([, value]) => value);
    return found.length === 0 ? null : found.join(', ');
  };
  return {
    callId: invite.callId,
    callSid: o.callSid,
    requestUri: invite.uri,
    from: invite.identity.from,
    pAssertedIdentity: values('P-Asserted-Identity'),
    privacy: values('Privacy'),
    diversion: values('Diversion'),
    originationUri: o.originationUri,
    state: 'trying',
    status: null,
    attempts: [...(o.before?.attempts ?? []), { originationUri: o.originationUri, callId: invite.callId, outcome: null }],
  };
}

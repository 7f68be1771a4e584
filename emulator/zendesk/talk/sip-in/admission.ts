import type { Core } from '../../../core/core.ts';
import { sdpBody } from '../../../telephony/sip/index.ts';
import type { SipInCondition } from '../lines/entities.ts';
import type { TalkSettings } from '../settings.ts';
import { isAllowed } from './access.ts';
import { isMalformedFrom } from './caller.ts';
import type { Invitation } from './invitation.ts';
import { refusalHeaders, refusalOf } from './responses.ts';

export interface Rejection {
  readonly status: number;
  readonly because: string;
  readonly reason?: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** Why a call is turned down before anything plays (zendesk-talk §12.3); undefined when it is let in. */
export function rejectionOf(invitation: Invitation, settings: TalkSettings): Rejection | undefined {
  const { line, call, caller } = invitation;
  if (caller.shown === null && isMalformedFrom(call.request.headers)) {
    return { status: 400, because: `From cannot be read: ${call.request.headers.get('From') ?? ''}`, headers: [] };
  }
  if (!line.enabled) return { status: 404, because: 'the line is off', headers: [] };
  const condition = conditionOf(invitation, settings);
  return condition && refused(condition, line, condition === 'source_not_allowed' ? ` (${call.remote.host})` : '');
}

export function refused(condition: SipInCondition, line: Invitation['line'], detail = ''): Rejection {
  const refusal = refusalOf(condition, line);
  return { status: refusal.status, because: refusal.because + detail, headers: refusalHeaders(refusal) };
}

function conditionOf({ line, call, caller }: Invitation, settings: TalkSettings): SipInCondition | undefined {
  if (!settings.enabled) return 'talk_off';
  if (!isAllowed(line.allowedCidrs, call.remote.host)) return 'source_not_allowed';
  if (line.secureMedia && !/^SIP\s*\/\s*2\.0\s*\/\s*(TLS|WSS)\b/i.test(call.request.headers.get('Via') ?? '')) return 'insecure_signalling';
  if (line.secureMedia && !/^m=audio \d+ RTP\/SAVPF?\b/im.test(sdpBody(call.request) ?? '')) return 'insecure_media';
  return caller.number !== null && settings.blockedNumbers.includes(caller.number) ? 'number_blocked' : undefined;
}

/**
 * A fault of target `sip-in` and action `reject` turns the call down with `status` (503 by default), `reason` and
 * `retryAfter` in seconds. It matches on `line` (user part), `from` (E.164) and `ticket`.
 */
export function scriptedRejection(core: Core, { account, line, caller, header, joined, thread }: Invitation): Rejection | undefined {
  const subject = { line: line.user, from: caller.number, ticket: header.ticketId };
  const about = { journey: joined.journey.id, thread, label: `INVITE to ${line.user}` };
  const rule = core.faults.strike(account, 'sip-in', subject, about).find(({ action }) => action === 'reject');
  if (!rule) return undefined;
  const { status, reason, retryAfter } = rule.params;
  return {
    status: typeof status === 'number' ? status : 503,
    because: 'a fault asks for it',
    ...(typeof reason === 'string' ? { reason } : {}),
    headers: typeof retryAfter === 'number' ? [['Retry-After', String(retryAfter)]] : [],
  };
}

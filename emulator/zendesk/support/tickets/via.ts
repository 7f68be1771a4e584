import type { Via, ViaEnd } from '../entities.ts';

interface ViaKind {
  /** Name in webhook event payloads. */
  readonly type: string;
  /** `via.channel` over REST; the two vocabularies differ on purpose. */
  readonly channel: string;
  readonly rel?: string;
}

/** Vendor article "Via types"; the REST channels as recorded or read in client code. */
const KINDS: Readonly<Record<number, ViaKind>> = {
  0: { type: 'web_form', channel: 'web' },
  4: { type: 'mail', channel: 'email' },
  5: { type: 'web_service', channel: 'api' },
  8: { type: 'rule', channel: 'rule' },
  27: { type: 'closed_ticket', channel: 'web', rel: 'follow_up' },
  29: { type: 'chat', channel: 'chat' },
  30: { type: 'twitter', channel: 'twitter' },
  33: { type: 'voicemail', channel: 'voice', rel: 'voicemail' },
  34: { type: 'phone_call_inbound', channel: 'voice', rel: 'inbound' },
  35: { type: 'phone_call_outbound', channel: 'voice', rel: 'outbound' },
  38: { type: 'facebook_post', channel: 'facebook' },
  41: { type: 'facebook_message', channel: 'facebook' },
  // Channel and rel of the partner ids are inferred.
  44: { type: 'api_voicemail', channel: 'api', rel: 'voicemail' },
  45: { type: 'api_phone_call_inbound', channel: 'api', rel: 'inbound' },
  46: { type: 'api_phone_call_outbound', channel: 'api', rel: 'outbound' },
  48: { type: 'web_widget', channel: 'web' },
  49: { type: 'mobile_sdk', channel: 'mobile_sdk' },
  50: { type: 'helpcenter', channel: 'help_center' },
  75: { type: 'native_messaging', channel: 'native_messaging' },
};

export const VIA = { web: 0, api: 5, rule: 8, followUp: 27, voicemail: 33, inboundCall: 34, outboundCall: 35 } as const;

const VOICE = new Set([33, 34, 35]);
const PARTNER_VOICE = new Set([44, 45, 46]);

export function isKnownVia(viaId: number): boolean {
  return viaId in KINDS;
}

/** The id behind a `via.channel` that a client writes: the number itself, a via type or a REST channel. */
export function viaIdOf(channel: unknown): number | undefined {
  if (typeof channel === 'number') return channel;
  const found = Object.entries(KINDS).find(([, kind]) => kind.type === channel || kind.channel === channel);
  return found && Number(found[0]);
}

/** Talk's own calls and voicemails. */
export function isVoiceVia(viaId: number): boolean {
  return VOICE.has(viaId);
}

/** Calls and voicemails of a Talk Partner Edition telephone system. */
export function isPartnerVoiceVia(viaId: number): boolean {
  return PARTNER_VOICE.has(viaId);
}

/** `detail.via.channel` of webhook events. */
export function viaType(viaId: number): string {
  return KINDS[viaId]?.type ?? 'web_service';
}

/** `via.channel` over REST. */
export function viaChannel(viaId: number): string {
  return KINDS[viaId]?.channel ?? 'api';
}

export function makeVia(viaId: number, source: { from?: ViaEnd; to?: ViaEnd; rel?: string | null } = {}): Via {
  return {
    via_id: viaId,
    source: { from: source.from ?? {}, to: source.to ?? {}, rel: source.rel === undefined ? (KINDS[viaId]?.rel ?? null) : source.rel },
  };
}

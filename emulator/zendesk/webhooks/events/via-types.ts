/**
 * Names of via ids in event payloads. They are not those of the REST API: what is `api` there is `web_service` here,
 * and a Talk call is `phone_call_inbound` instead of `voice` (vendor article "Via types"; go-zendesk's table).
 */
const VIA_TYPES: Readonly<Record<number, string>> = {
  0: 'web_form',
  4: 'mail',
  5: 'web_service',
  8: 'rule',
  9: 'linked_problem',
  10: 'group_deletion',
  11: 'user_change',
  12: 'user_deletion',
  13: 'group_change',
  14: 'resource_push',
  15: 'iphone',
  16: 'get_satisfaction',
  17: 'dropbox',
  19: 'merge',
  20: 'batch',
  21: 'recovered_from_suspended_tickets',
  22: 'automatic_solution_suggestions',
  23: 'twitter_favorite',
  26: 'twitter_dm',
  27: 'closed_ticket',
  29: 'chat',
  30: 'twitter',
  31: 'ticket_sharing',
  33: 'voicemail',
  34: 'phone_call_inbound',
  35: 'phone_call_outbound',
  38: 'facebook_post',
  41: 'facebook_message',
  44: 'api_voicemail',
  45: 'api_phone_call_inbound',
  46: 'api_phone_call_outbound',
  48: 'web_widget',
  49: 'mobile_sdk',
  50: 'helpcenter',
  54: 'satisfaction_prediction',
  55: 'any_channel',
  56: 'mobile',
  57: 'sms',
  75: 'native_messaging',
};

/** An id that the table lacks is named like the API's own (inferred). */
export function viaType(viaId: number): string {
  return VIA_TYPES[viaId] ?? 'web_service';
}

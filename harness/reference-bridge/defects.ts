/** Mistakes that real bridges make and that the reference bridge can be told to make, so that scenarios are seen to catch them. */
export const DEFECTS = {
  'last-10-digits': 'takes two numbers for the same caller when their last ten digits agree',
  'search-users-by-phone': 'enriches from a user search by phone instead of the requester of the ticket',
  'drop-ticket-header': 'transfers without X-Zendesk-Ticket-Id',
  'own-number-in-from': 'puts its own number, not the caller, into From of the transfer',
  'signature-unchecked': 'accepts webhook deliveries without checking their signature',
  'webhook-not-idempotent': 'creates another webhook each time its connection is saved',
  'webhooks-in-order': 'takes the first ticket for the first call’s, as if webhooks came in the order of the calls',
} as const;

export type Defect = keyof typeof DEFECTS;

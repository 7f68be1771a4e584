/** A `ticket.created` as Zendesk would send it for an inbound call at that time, signed by somebody without the secret. */
export function forgedRequest(ticket: number, at: number): RequestInit {
  const now = new Date(at).toISOString();
  const body = {
    account_id: 1,
    detail: { id: String(ticket), status: 'NEW', subject: 'Call with a stranger', via: { channel: 'phone_call_inbound' } },
    event: {},
    id: '00000000-0000-4000-8000-000000000000',
    subject: `zen:ticket:${ticket}`,
    time: now,
    type: 'zen:event-type:ticket.created',
    zendesk_event_version: '2022-11-06',
  };
  return {
    method: 'POST',
    body: `${JSON.stringify(body, null, 3)}\n`,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Zendesk Webhook',
      'x-zendesk-webhook-signature-timestamp': now.replace(/\.\d+Z$/, 'Z'),
      'x-zendesk-webhook-signature': Buffer.alloc(32, 'forged').toString('base64'),
    },
  };
}

import type { PeerWorld } from './world.ts';

/** A ticket of Ada Lovelace's incoming phone call, made over REST as a telephony partner would; returns its id. */
export async function voiceTicket(world: PeerWorld): Promise<number> {
  const { url, email, apiToken } = world.up.account;
  const response = await fetch(`${url}/api/v2/tickets`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from(`${email}/token:${apiToken}`).toString('base64')}`,
    },
    body: JSON.stringify({
      ticket: { via_id: 34, comment: { body: 'Inbound call' }, requester: { email: 'ada@analytical-engines.example' } },
    }),
  });
  if (response.status !== 201) throw new Error(`no ticket: ${response.status} ${await response.text()}`);
  const { ticket } = (await response.json()) as { ticket: { id: number } };
  return ticket.id;
}

import { defineConfig } from 'ringback';

/** What the reference bridge says of one call (`GET /sessions`). */
interface ReferenceSession {
  readonly id: string;
  readonly callId: string;
  readonly caller: string | null;
  readonly ticketId: number | null;
  readonly state: string;
  readonly heardHz: number | null;
  readonly contact: {
    readonly externalId: string | null;
    readonly name: string;
    readonly email: string | null;
    readonly phone: string | null;
    readonly customData: Readonly<Record<string, unknown>>;
  } | null;
}

/** What the reference bridge speaks, in Hz: by this it is heard. A bridge that really talks has no `toneHz`. */
const toneHz = 230;

/** The bundled reference bridge, configured as a real one is. Put your own bridge here. */
export default defineConfig({
  bridge: {
    command: 'node --conditions=ringback-source harness/reference-bridge/main.ts',
    env: ({ emulator: { account, sipIn, sip } }) => ({
      ZENDESK_SUBDOMAIN: account.subdomain,
      ZENDESK_BASE_URL: account.url,
      ZENDESK_EMAIL: account.email,
      ZENDESK_API_TOKEN: account.apiToken,
      SIP_IN_URI: sipIn?.uri,
      SIP_OUTBOUND_PROXY: sip.udp,
      BRIDGE_TONE_HZ: String(toneHz),
    }),
    toneHz,
    readiness: { json: true },
    adapter: {
      async sessions({ bridge }) {
        const response = await fetch(`${bridge.http}/sessions`);
        const { sessions } = (await response.json()) as { sessions: ReferenceSession[] };
        return sessions.map(({ contact, ...session }) => ({
          ...session,
          enrichment: contact && {
            name: contact.name,
            email: contact.email,
            phone: contact.phone,
            external_id: contact.externalId,
            ...contact.customData,
          },
        }));
      },
      async reset({ bridge }) {
        await fetch(`${bridge.http}/sessions`, { method: 'DELETE' });
      },
    },
  },
});

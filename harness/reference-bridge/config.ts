import { DEFECTS, type Defect } from './defects.ts';

/** A bridge is configured as a real one is: Zendesk credentials, a SIP-IN URI, and where to listen. */
export interface BridgeConfig {
  readonly subdomain: string;
  readonly email: string;
  readonly apiToken: string;
  /** Everything before `/api/v2`. */
  readonly zendeskUrl: string;
  /** Transfer destination: `sip:<line>@<subdomain>.zendesk.sip.twilio.com`. */
  readonly sipInUri: string;
  /** Where SIP for the transfer is really sent; undefined resolves the URI's host. */
  readonly outboundProxy: { host: string; port: number } | undefined;
  readonly sip: { host: string; port: number };
  readonly http: { host: string; port: number };
  /** How the bridge's web server is reached from Zendesk; undefined means its own listener. */
  readonly publicUrl: string | undefined;
  /** Country whose national numbers are meant when a caller's number has no country code. */
  readonly homeCountry: string;
  readonly webhookName: string;
  /** The tone that stands for the voice agent's speech, in Hz. */
  readonly toneHz: number;
  /** How long a transfer waits for the ticket, in milliseconds. */
  readonly ticketWaitMs: number;
  /** How long it rings before the bridge answers, in milliseconds. */
  readonly answerAfterMs: number;
  readonly defect: Defect | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

function required(env: Environment, name: string): string {
  const value = env[name];
  if (!value) throw new Error(`${name} is not set; the reference bridge needs it (see harness/reference-bridge/README.md)`);
  return value;
}

function whole(env: Environment, name: string, fallback: number): number {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`${name} is "${text}"; expected a whole number`);
  return value;
}

function hostPort(text: string): { host: string; port: number } {
  const match = /^\[?([^\]]+?)\]?:(\d+)$/.exec(text);
  if (!match) throw new Error(`SIP_OUTBOUND_PROXY is "${text}"; expected host:port`);
  return { host: match[1] as string, port: Number(match[2]) };
}

function defectNamed(name: string | undefined): Defect | undefined {
  if (!name) return undefined;
  if (Object.hasOwn(DEFECTS, name)) return name as Defect;
  throw new Error(`RINGBACK_BRIDGE_DEFECT is "${name}"; known defects: ${Object.keys(DEFECTS).join(', ')}`);
}

/** Reads the configuration. @throws Error that names the variable and what it should be. */
export function readConfig(env: Environment): BridgeConfig {
  const subdomain = required(env, 'ZENDESK_SUBDOMAIN');
  const host = env['SIP_HOST'] || '127.0.0.1';
  return {
    subdomain,
    email: required(env, 'ZENDESK_EMAIL'),
    apiToken: required(env, 'ZENDESK_API_TOKEN'),
    zendeskUrl: (env['ZENDESK_BASE_URL'] || `https://${subdomain}.zendesk.com`).replace(/\/+$/, ''),
    sipInUri: required(env, 'SIP_IN_URI'),
    outboundProxy: env['SIP_OUTBOUND_PROXY'] ? hostPort(env['SIP_OUTBOUND_PROXY']) : undefined,
    sip: { host, port: whole(env, 'SIP_PORT', 0) },
    http: { host, port: whole(env, 'HTTP_PORT', 0) },
    publicUrl: env['PUBLIC_URL'] || undefined,
    homeCountry: env['HOME_COUNTRY'] || 'US',
    webhookName: env['WEBHOOK_NAME'] || 'reference-bridge-ticket-link',
    toneHz: whole(env, 'BRIDGE_TONE_HZ', 230),
    ticketWaitMs: whole(env, 'TICKET_WAIT_MS', 500),
    answerAfterMs: whole(env, 'ANSWER_AFTER_MS', 0),
    defect: defectNamed(env['RINGBACK_BRIDGE_DEFECT']),
  };
}

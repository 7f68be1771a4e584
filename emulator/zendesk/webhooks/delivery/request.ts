import { signature } from '../signature.ts';
import type { Authentication, HeaderList, HttpMethod, RequestFormat } from '../entities.ts';
import { isoSeconds } from '../../account/index.ts';
import type { OutgoingRequest } from './http-client.ts';
import type { Mischief } from './mischief.ts';

/** What decides a request's form: a stored webhook, or the pieces of a test send. */
export interface Target {
  readonly webhook: string | null;
  readonly endpoint: string;
  readonly httpMethod: HttpMethod;
  readonly requestFormat: RequestFormat;
  readonly authentication?: Authentication | undefined;
  readonly customHeaders?: Readonly<Record<string, string>> | undefined;
  readonly secret: string;
}

export interface Parcel {
  readonly accountId: number;
  readonly invocation: string;
  readonly body: string;
  readonly query: string;
  /** Wire time of the attempt, in milliseconds: not that of the event. */
  readonly at: number;
}

const CONTENT_TYPES: Readonly<Record<RequestFormat, string>> = {
  json: 'application/json; charset=utf-8',
  xml: 'application/xml; charset=utf-8',
  form_encoded: 'application/x-www-form-urlencoded; charset=utf-8',
};

const SCRUBBED = '[SCRUBBED]';

/** The request as it goes out, and as the activity log and the journal show it. */
export interface Composed {
  readonly request: OutgoingRequest;
  readonly logged: { readonly headers: HeaderList; readonly body: string };
}

/**
 * Puts an attempt together: the documented headers in the order of a recorded delivery, the credentials and the
 * admin's own headers after them, and what HTTP itself needs (Host, Content-Length), which no log shows.
 */
export function composeRequest(target: Target, parcel: Parcel, mischief: Partial<Mischief> = {}): Composed {
  const url = withQuery(target.endpoint, parcel.query);
  const timestamp = isoSeconds(parcel.at - (mischief.staleSeconds ?? 0) * 1000);
  const secret = mischief.corruptSignature === true ? `${target.secret}corrupted` : target.secret;
  const bodyless = target.httpMethod === 'GET' || target.httpMethod === 'DELETE';
  const text = bodyless ? '' : parcel.body;
  const known: HeaderList = [
    ['X-Zendesk-Webhook-Signature-Timestamp', timestamp],
    ['X-Zendesk-Webhook-Signature', signature(secret, timestamp, text)],
    ['Content-Type', mischief.contentType ?? CONTENT_TYPES[target.requestFormat]],
    ['User-Agent', 'Zendesk Webhook'],
    ['X-Zendesk-Account-Id', String(parcel.accountId)],
    ...(target.webhook === null ? [] : [['X-Zendesk-Webhook-Id', target.webhook] as const]),
    ['X-Zendesk-Webhook-Invocation-Id', parcel.invocation],
  ];
  const secrets: HeaderList = [...credentials(target.authentication), ...Object.entries(target.customHeaders ?? {})];
  const whole = Buffer.from(text, 'utf8');
  const body = mischief.truncate === true ? whole.subarray(0, Math.floor(whole.length / 2)) : whole;
  const length: HeaderList = bodyless ? [] : [['Content-Length', String(body.length)]];
  return {
    request: {
      method: target.httpMethod,
      url,
      headers: [['Host', new URL(url).host], ...known, ...secrets, ...length],
      body,
      ...(mischief.slowMs === undefined ? {} : { slowMs: mischief.slowMs }),
    },
    // What went out, also when it was cut off on purpose.
    logged: { headers: [...known, ...secrets.map(([name]) => [name, SCRUBBED] as const)], body: body === whole ? text : body.toString() },
  };
}

function credentials(authentication: Authentication | undefined): HeaderList {
  if (authentication === undefined) return [];
  if (authentication.type === 'api_key') return [[authentication.data.name, authentication.data.value]];
  if (authentication.type === 'bearer_token') return [['Authorization', `Bearer ${authentication.data.token}`]];
  const { username, password } = authentication.data;
  return [['Authorization', `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`]];
}

function withQuery(endpoint: string, query: string): string {
  if (query === '') return endpoint;
  const url = new URL(endpoint);
  url.search = url.search === '' ? query : `${url.search}&${query}`;
  return url.href;
}

import type { TestDraft, WebhookDraft, WholeDraft } from '../drafts.ts';
import { HTTP_METHODS, REQUEST_FORMATS, type Webhook } from '../entities.ts';
import { invalidTest, invalidWebhook } from '../errors.ts';
import { CONDITIONAL, isEventType } from '../events/event-types.ts';
import { readAuthentication, readCustomHeaders, readHeaderList } from './read-authentication.ts';
import { isObject, Reader } from './reader.ts';

const REQUIRED = ['name', 'status', 'endpoint', 'http_method', 'request_format'];

/** Body of a creation or of a full replacement. @throws ApiError (400) naming everything that is wrong. */
export function readWhole(body: unknown, stored?: Webhook): WholeDraft {
  const reader = new Reader(inner(body, 'webhook'));
  reader.require(REQUIRED);
  const draft = readDraft(reader, stored);
  checkMerged(reader, draft, stored);
  if (reader.problems.length > 0) throw invalidWebhook(reader.problems);
  return draft as WholeDraft;
}

/** Body of a partial change; unknown properties (`id` for one) are tolerated. */
export function readPatch(body: unknown, stored: Webhook): WebhookDraft {
  const reader = new Reader(inner(body, 'webhook'));
  const draft = readDraft(reader, stored);
  checkMerged(reader, draft, stored);
  if (reader.problems.length > 0) throw invalidWebhook(reader.problems);
  return draft;
}

/** Body of a test send. Headers of either form go out beside each other (inferred). */
export function readTest(body: unknown, stored: Webhook | undefined): TestDraft {
  const reader = new Reader(inner(body, 'request'));
  const [custom, listed] = [readCustomHeaders(reader), readHeaderList(reader)];
  const draft: TestDraft = {
    endpoint: endpoint(reader),
    httpMethod: reader.oneOf('http_method', HTTP_METHODS),
    requestFormat: reader.oneOf('request_format', REQUEST_FORMATS),
    authentication: readAuthentication(reader, stored?.authentication),
    customHeaders: custom || listed ? { ...custom, ...listed } : undefined,
    payload: reader.text('payload'),
  };
  if (!stored) reader.require(['endpoint']);
  if (reader.problems.length > 0) throw invalidTest(reader.problems);
  return draft;
}

function inner(body: unknown, wrapper: 'webhook' | 'request'): unknown {
  if (isObject(body) && isObject(body[wrapper])) return body[wrapper];
  throw (wrapper === 'webhook' ? invalidWebhook : invalidTest)([`the body must be an object with "${wrapper}"`]);
}

function readDraft(reader: Reader, stored: Webhook | undefined): WebhookDraft {
  return {
    name: reader.text('name'),
    description: reader.text('description'),
    status: reader.oneOf('status', ['active', 'inactive']),
    subscriptions: reader.texts('subscriptions'),
    endpoint: endpoint(reader),
    httpMethod: reader.oneOf('http_method', HTTP_METHODS),
    requestFormat: reader.oneOf('request_format', REQUEST_FORMATS),
    authentication: readAuthentication(reader, stored?.authentication),
    customHeaders: readCustomHeaders(reader),
    signingSecret: secret(reader),
  };
}

/** Zendesk wants https. Plain http is a deliberate deviation: bridges under test listen on 127.0.0.1. */
function endpoint(reader: Reader): string | undefined {
  const text = reader.text('endpoint');
  if (text === undefined) return undefined;
  const protocol = URL.canParse(text) ? new URL(text).protocol : '';
  return protocol === 'https:' || protocol === 'http:' ? text : reader.complain('endpoint must be an http or https URL');
}

function secret(reader: Reader): string | undefined {
  const given = reader.object('signing_secret')?.['secret'];
  return typeof given === 'string' && given !== '' ? given : undefined;
}

/** What the webhook would be after the change must hold together. */
function checkMerged(reader: Reader, draft: WebhookDraft, stored: Webhook | undefined): void {
  if (draft.name?.trim() === '') reader.complain('name must not be empty');
  const subscriptions = draft.subscriptions ?? stored?.subscriptions ?? [];
  if (draft.subscriptions) checkSubscriptions(reader, draft.subscriptions, stored);
  if (subscriptions.length === 0 || subscriptions.includes(CONDITIONAL)) return;
  if ((draft.httpMethod ?? stored?.httpMethod) !== 'POST')
    reader.complain('http_method must be POST for a webhook that subscribes to events');
  if ((draft.requestFormat ?? stored?.requestFormat) !== 'json') {
    reader.complain('request_format must be json for a webhook that subscribes to events');
  }
}

function checkSubscriptions(reader: Reader, subscriptions: readonly string[], stored: Webhook | undefined): void {
  const conditional = subscriptions.includes(CONDITIONAL);
  if (conditional && subscriptions.length > 1) reader.complain(`subscriptions: ${CONDITIONAL} cannot be mixed with event types`);
  for (const type of subscriptions) {
    if (type !== CONDITIONAL && !isEventType(type)) {
      reader.complain(
        `subscriptions: "${type}" is no event type; expected ${CONDITIONAL} or a full type such as zen:event-type:ticket.created`,
      );
    }
  }
  if (!stored || stored.subscriptions.length === 0 || subscriptions.length === 0) return;
  if (stored.subscriptions.includes(CONDITIONAL) !== conditional) {
    reader.complain('subscriptions: the connection method (events, or triggers and automations) cannot be changed');
  }
}

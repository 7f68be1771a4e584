import type { Core } from '../../core/core.ts';
import type { Account } from '../account/index.ts';
import type { HttpClient, Reply } from './delivery/http-client.ts';
import { composeRequest } from './delivery/request.ts';
import type { TestDraft } from './drafts.ts';
import type { HeaderList, Webhook } from './entities.ts';
import { webhookOptions } from './options.ts';
import { TEST_SECRET } from './signature.ts';

export interface TestResult {
  readonly statusCode: number;
  readonly headers: HeaderList;
  readonly payload: string;
}

/** Test sends: one request at once, which leaves no invocation behind (inferred) and is never retried. */
export class TestService {
  readonly #core: Core;
  readonly #client: HttpClient;

  constructor(core: Core, client: HttpClient) {
    this.#core = core;
    this.#client = client;
  }

  /** Signed with the webhook's own secret, or with the published test secret while it is not saved (documented). */
  async send(account: Account, stored: Webhook | undefined, draft: TestDraft): Promise<TestResult> {
    const { clock, ids, journal, redactor } = this.#core;
    const invocation = ids.ulid();
    const body = draft.payload ?? '';
    const target = {
      webhook: stored?.id ?? null,
      endpoint: draft.endpoint ?? stored?.endpoint ?? '',
      httpMethod: draft.httpMethod ?? stored?.httpMethod ?? 'POST',
      requestFormat: draft.requestFormat ?? stored?.requestFormat ?? 'json',
      authentication: (draft.authentication === undefined ? stored?.authentication : draft.authentication) ?? undefined,
      customHeaders: draft.customHeaders ?? stored?.customHeaders,
      secret: stored?.signingSecret ?? TEST_SECRET,
    };
    const parcel = { accountId: account.id, invocation, body, query: '', at: clock.now() };
    const { request, logged } = composeRequest(target, parcel);
    const startedAt = clock.monotonic();
    const reply = await this.#client.send(request, webhookOptions(account.settings).webhookTimeoutMs).reply;
    const result = resultOf(reply);
    journal.append({
      kind: 'webhook.test',
      account: account.name,
      thread: `delivery:${invocation}`,
      from: 'zendesk',
      to: 'bridge',
      label: `test of ${stored?.name ?? target.endpoint} ${result.statusCode}`,
      data: {
        webhook: stored?.id ?? null,
        invocation,
        status: result.statusCode,
        durationMs: clock.monotonic() - startedAt,
        request: { headers: redactor.headers(Object.fromEntries(logged.headers)), body: redactor.text(logged.body) },
        response: { headers: redactor.headers(Object.fromEntries(result.headers)), body: redactor.text(result.payload) },
      },
    });
    return result;
  }
}

/** A target that does not answer is told as the gateway statuses are (504 as in the activity log; 502 inferred). */
function resultOf(reply: Reply): TestResult {
  if (reply.kind === 'response') return { statusCode: reply.status, headers: reply.headers, payload: reply.body };
  if (reply.kind === 'error') return { statusCode: 502, headers: [], payload: reply.message };
  return { statusCode: 504, headers: [], payload: '' };
}

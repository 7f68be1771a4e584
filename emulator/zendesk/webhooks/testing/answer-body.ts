/** Everything that an answer of the webhooks API may have. */
export interface AnswerBody {
  readonly webhook: WebhookBody;
  readonly webhooks: WebhookBody[];
  readonly signing_secret: { readonly secret: string; readonly algorithm: string };
  readonly invocations: InvocationBody[];
  readonly attempts: AttemptBody[];
  readonly response: MessageBody & { readonly status_code: number };
  readonly meta: { readonly has_more: boolean; readonly after_cursor?: string; readonly before_cursor?: string };
  readonly links?: Links;
  readonly errors: { readonly code: string; readonly title: string; readonly detail?: string }[];
}

interface Links {
  readonly next?: string;
  readonly prev?: string;
}

interface MessageBody {
  readonly headers: { readonly key: string; readonly value: string }[];
  readonly payload: string;
}

interface AttemptBody {
  readonly id: string;
  readonly invocation_id: string;
  readonly status: string;
  readonly status_code?: number;
  readonly request?: MessageBody;
  readonly response?: MessageBody;
  readonly completed_at: string;
}

export interface WebhookBody {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly status: string;
  readonly endpoint: string;
  readonly subscriptions?: string[];
  readonly created_at: string;
  readonly created_by: string;
  readonly updated_at?: string;
  readonly authentication?: { readonly type: string; readonly data?: Readonly<Record<string, string>>; readonly add_position: string };
  readonly custom_headers?: Readonly<Record<string, string>>;
}

export interface InvocationBody {
  readonly id: string;
  readonly status: string;
  readonly status_code?: number;
  readonly latest_completed_at: string;
}

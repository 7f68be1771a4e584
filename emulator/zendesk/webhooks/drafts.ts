import type { Authentication, HttpMethod, RequestFormat } from './entities.ts';

/** What a client may write of a webhook; what is undefined was not mentioned. */
export interface WebhookDraft {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly status?: 'active' | 'inactive' | undefined;
  readonly subscriptions?: readonly string[] | undefined;
  readonly endpoint?: string | undefined;
  readonly httpMethod?: HttpMethod | undefined;
  readonly requestFormat?: RequestFormat | undefined;
  /** Null takes it away. */
  readonly authentication?: Authentication | null | undefined;
  readonly customHeaders?: Readonly<Record<string, string>> | undefined;
  readonly signingSecret?: string | undefined;
}

/** A draft that has everything that a webhook must have. */
export type WholeDraft = WebhookDraft & {
  readonly [Name in 'name' | 'status' | 'endpoint' | 'httpMethod' | 'requestFormat']-?: NonNullable<WebhookDraft[Name]>;
};

/** What a test send says; the stored webhook fills the gaps. */
export interface TestDraft extends Pick<WebhookDraft, 'endpoint' | 'httpMethod' | 'requestFormat' | 'authentication' | 'customHeaders'> {
  readonly payload?: string | undefined;
}

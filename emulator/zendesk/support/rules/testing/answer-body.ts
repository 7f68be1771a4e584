/** Everything that an answer about business rules may have. */
export interface AnswerBody {
  readonly trigger: RuleBody;
  readonly triggers: RuleBody[];
  readonly automation: RuleBody;
  readonly automations: RuleBody[];
  readonly macro: RuleBody;
  readonly macros: RuleBody[];
  readonly view: RuleBody;
  readonly views: RuleBody[];
  readonly trigger_category: CategoryBody;
  readonly trigger_categories: CategoryBody[];
  readonly trigger_revision: RevisionBody;
  readonly trigger_revisions: RevisionBody[];
  readonly sla_policy: { readonly id: number };
  readonly sla_policies: { readonly id: number }[];
  readonly macro_attachment: AttachmentBody;
  readonly macro_attachments: AttachmentBody[];
  readonly view_count: { readonly value: number };
  readonly view_counts: { readonly value: number }[];
  readonly definitions: { readonly actions: { readonly subject: string }[] };
  readonly result: { readonly ticket: TicketBody };
  readonly ticket: TicketBody;
  readonly audit: { readonly events: { readonly type: string; readonly recipients?: number[] }[] };
  readonly tickets: TicketBody[];
  readonly rows: object[];
  readonly columns: ColumnBody[];
  readonly users: { readonly id: number }[];
  /** Of a job. */
  readonly status: string;
  readonly count: number;
  readonly meta: { readonly has_more: boolean; readonly after_cursor: string; readonly before_cursor: string };
  readonly links: { readonly next: string; readonly prev: string };
  readonly after_url: string | null;
  readonly before_url: string | null;
}

/** A trigger, automation, macro or view. */
export interface RuleBody {
  readonly id: number;
  readonly url: string;
  readonly title: string;
  readonly active: boolean;
  readonly position: number;
  readonly actions: { readonly field: string; readonly value: unknown }[];
  readonly conditions: object;
  readonly category_id: string;
  readonly execution: { readonly columns: ColumnBody[] };
  readonly permissions?: Readonly<Record<string, boolean>>;
  readonly usage_1h?: number;
  readonly usage_7d?: number;
  readonly usage_30d?: number;
}

interface CategoryBody {
  readonly id: string;
  readonly name: string;
}

interface RevisionBody {
  readonly id: number;
  readonly author_id: number;
  readonly snapshot: { readonly title: string };
  readonly diff?: object;
}

interface AttachmentBody {
  readonly id: number;
  readonly filename: string;
  readonly content_url: string;
}

interface TicketBody {
  readonly id: number;
  readonly group_id: number;
  readonly tags: string[];
  readonly comment?: object;
}

interface ColumnBody {
  readonly id: number | string;
}

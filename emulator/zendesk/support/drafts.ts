/** What is written: the vendor's write shapes as the services take them. */
import type { HelpCenterSeed } from './help-center/seed.ts';
import type { SuspendedTicketDraft } from './suspended/suspended-tickets.ts';
import type { ScheduleSeed } from './hours/seed.ts';
import type { JourneyId } from '../../core/ids.ts';
import type { RulesSeed } from './rules/drafts.ts';
import type {
  CustomFieldValue,
  FieldDisplay,
  FieldValue,
  IdentityType,
  Priority,
  Role,
  Status,
  TicketType,
  ViaEnd,
  VoiceData,
} from './entities.ts';

export interface CommentDraft {
  /** Default `Comment`; `VoiceComment` needs `data`. */
  type?: 'Comment' | 'VoiceComment' | 'TpeVoiceComment';
  body?: string;
  html_body?: string;
  public?: boolean;
  author_id?: number;
  data?: VoiceData;
  /** Tokens of uploads. */
  uploads?: readonly string[] | string;
}

/** `ticket.voice_comment` (vendor article "Partner edition tickets", §8.1). */
export type VoiceCommentDraft = VoiceData;

export interface RequesterDraft {
  name?: string;
  email?: string;
  phone?: string;
  locale_id?: number;
}

export interface TicketPatch {
  subject?: string | null;
  comment?: CommentDraft | string;
  voice_comment?: VoiceCommentDraft;
  type?: TicketType | null;
  priority?: Priority | null;
  status?: Status;
  custom_status_id?: number;
  requester_id?: number;
  requester?: RequesterDraft | string | number;
  assignee_id?: number | null;
  assignee_email?: string | null;
  organization_id?: number | null;
  group_id?: number | null;
  external_id?: string | null;
  problem_id?: number | null;
  due_at?: string | null;
  tags?: readonly string[] | string;
  additional_tags?: readonly string[] | string;
  remove_tags?: readonly string[] | string;
  custom_fields?: readonly CustomFieldValue[];
  fields?: readonly CustomFieldValue[];
  collaborators?: readonly (number | string | RequesterDraft)[];
  collaborator_ids?: readonly number[];
  additional_collaborators?: readonly (number | string | RequesterDraft)[];
  followers?: readonly PersonAction[];
  email_ccs?: readonly PersonAction[];
  brand_id?: number;
  ticket_form_id?: number;
  recipient?: string | null;
  metadata?: Readonly<Record<string, unknown>>;
  /** Macros that the client applied: recorded in the ticket's history. */
  macro_id?: number | null;
  macro_ids?: readonly number[];
  safe_update?: boolean;
  updated_stamp?: string;
}

export interface PersonAction {
  user_id?: number | string;
  user_email?: string;
  user_name?: string;
  action?: 'put' | 'delete';
}

export interface TicketDraft extends TicketPatch {
  description?: string;
  submitter_id?: number;
  via_id?: number;
  /** The origin's ends, for voice tickets; REST callers cannot set it. */
  via?: { source: { from: ViaEnd; to: ViaEnd; rel?: string | null } };
  via_followup_source_id?: number;
  support_type?: 'agent' | 'ai_agent' | null;
  is_public?: boolean;
  /** Not from the wire: the id that was given out for it (`async=true`). */
  reserved?: number;
  /** Not from the wire: the journey that the ticket belongs to from its first entry on. */
  journey?: JourneyId;
}

export interface IdentityDraft {
  type: IdentityType;
  value: string;
  verified?: boolean;
  verification_method?: string;
  primary?: boolean;
  skip_verify_email?: boolean;
}

export interface UserPatch {
  name?: string;
  email?: string | null;
  phone?: string | null;
  shared_phone_number?: boolean | null;
  role?: Role;
  verified?: boolean;
  external_id?: string | null;
  alias?: string | null;
  details?: string | null;
  notes?: string | null;
  signature?: string | null;
  tags?: readonly string[] | string;
  organization_id?: number | null;
  organization?: { name?: string };
  /** All that the user belongs to; the first is the default unless `organization_id` names one. */
  organization_ids?: readonly number[] | null;
  /** Staff only; the first is the default unless `default_group_id` names one. */
  group_ids?: readonly number[] | null;
  default_group_id?: number | null;
  time_zone?: string;
  /** A language by its number; it wins over `locale`. */
  locale_id?: number | null;
  /** A language by its code. */
  locale?: string | null;
  suspended?: boolean;
  moderator?: boolean;
  only_private_comments?: boolean;
  restricted_agent?: boolean;
  ticket_restriction?: string | null;
  custom_role_id?: number | null;
  user_fields?: Readonly<Record<string, FieldValue>>;
}

export interface UserDraft extends UserPatch {
  name: string;
  identities?: readonly IdentityDraft[];
  skip_verify_email?: boolean;
  /** Not from the wire. */
  journey?: JourneyId;
}

export interface OrganizationPatch {
  name?: string;
  external_id?: string | null;
  domain_names?: readonly string[] | string;
  details?: string | null;
  notes?: string | null;
  group_id?: number | null;
  shared_tickets?: boolean;
  shared_comments?: boolean;
  tags?: readonly string[] | string;
  organization_fields?: Readonly<Record<string, FieldValue>>;
}

export interface OrganizationDraft extends OrganizationPatch {
  name: string;
}

export interface FieldOptionDraft {
  id?: number;
  name: string;
  value: string;
}

export interface FieldPatch {
  title?: string;
  description?: string;
  active?: boolean;
  position?: number;
  regexp_for_validation?: string | null;
  custom_field_options?: readonly FieldOptionDraft[];
  tag?: string | null;
  required?: boolean;
  display?: Partial<FieldDisplay>;
}

export interface FieldDraft extends FieldPatch {
  key?: string;
  /** A text unless given. */
  type?: string | null;
  title: string;
}

export interface GroupDraft {
  name: string;
  description?: string;
  is_public?: boolean;
  /** E-mail addresses of agents that belong to it. */
  agents?: readonly string[];
}

/** The part of a seed that this room lays down (control/schemas/seed.schema.json). Fields need only a key. */
export interface SupportSeed extends RulesSeed {
  user_fields?: readonly Partial<FieldDraft>[];
  organization_fields?: readonly Partial<FieldDraft>[];
  ticket_fields?: readonly Partial<FieldDraft>[];
  groups?: readonly GroupDraft[];
  organizations?: readonly OrganizationDraft[];
  users?: readonly (Omit<UserDraft, 'organization'> & { organization?: string; password?: string })[];
  /** Human agents: those with an e-mail become users here, the others where the workspace adds them. */
  agents?: readonly { name: string; email?: string; groups?: readonly string[] }[];
  tickets?: readonly TicketDraft[];
  schedules?: readonly ScheduleSeed[];
  suspended_tickets?: readonly SuspendedTicketDraft[];
  help_center?: HelpCenterSeed;
}

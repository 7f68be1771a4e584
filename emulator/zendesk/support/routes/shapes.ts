import type { Shape } from './permit.ts';

/** What a ticket write may hold (vendor article "Tickets", writable properties). */
export const TICKET_UPDATE: Shape = {
  subject: 'text',
  comment: 'any',
  voice_comment: 'object',
  type: 'text',
  priority: 'text',
  status: 'text',
  custom_status_id: 'integer',
  requester_id: 'integer',
  requester: 'any',
  assignee_id: 'integer',
  assignee_email: 'text',
  organization_id: 'integer',
  group_id: 'integer',
  external_id: 'text',
  problem_id: 'integer',
  due_at: 'text',
  tags: 'tags',
  additional_tags: 'tags',
  remove_tags: 'tags',
  custom_fields: 'any',
  fields: 'any',
  collaborators: 'people',
  collaborator_ids: 'integers',
  additional_collaborators: 'people',
  followers: 'objects',
  email_ccs: 'objects',
  brand_id: 'integer',
  ticket_form_id: 'integer',
  recipient: 'text',
  metadata: 'object',
  safe_update: 'boolean',
  updated_stamp: 'text',
  // No effect on an update, and none that Zendesk would warn of.
  description: 'text',
  macro_id: 'integer',
  macro_ids: 'integers',
  attribute_value_ids: 'later',
  tpe_voice_comment: 'later',
  sharing_agreements: 'later',
  suspended_ticket_id: 'later',
};

export const TICKET_CREATE: Shape = {
  ...TICKET_UPDATE,
  submitter_id: 'integer',
  via_id: 'integer',
  via: 'object',
  via_followup_source_id: 'integer',
  support_type: 'text',
};

export const COMMENT: Shape = {
  body: 'text',
  html_body: 'text',
  public: 'boolean',
  author_id: 'integer',
  type: 'any',
  channel_back: 'any',
  uploads: 'tags',
};

/** A ticket that is imported with its past (vendor article "Ticket Import"). */
export const TICKET_IMPORT: Shape = {
  ...TICKET_CREATE,
  comments: 'objects',
  created_at: 'text',
  updated_at: 'text',
  solved_at: 'text',
};

export const IMPORTED_COMMENT: Shape = { ...COMMENT, value: 'text', created_at: 'text' };

export const VOICE_COMMENT: Shape = {
  from: 'text',
  to: 'text',
  recording_url: 'text',
  recording_type: 'text',
  started_at: 'text',
  call_duration: 'integer',
  answered_by_id: 'integer',
  transcription_text: 'text',
  location: 'text',
  public: 'boolean',
};

export const USER: Shape = {
  name: 'text',
  email: 'text',
  phone: 'text',
  shared_phone_number: 'boolean',
  role: 'text',
  verified: 'boolean',
  external_id: 'text',
  alias: 'text',
  details: 'text',
  notes: 'text',
  signature: 'text',
  tags: 'tags',
  organization_id: 'integer',
  organization: 'object',
  default_group_id: 'integer',
  time_zone: 'text',
  suspended: 'boolean',
  moderator: 'boolean',
  only_private_comments: 'boolean',
  restricted_agent: 'boolean',
  ticket_restriction: 'text',
  custom_role_id: 'integer',
  user_fields: 'object',
  skip_verify_email: 'boolean',
  identities: 'objects',
  locale: 'any',
  locale_id: 'any',
  password: 'later',
  remote_photo_url: 'later',
  organization_ids: 'integers',
  group_ids: 'integers',
};

export const ORGANIZATION: Shape = {
  name: 'text',
  external_id: 'text',
  domain_names: 'tags',
  details: 'text',
  notes: 'text',
  group_id: 'integer',
  shared_tickets: 'boolean',
  shared_comments: 'boolean',
  tags: 'tags',
  organization_fields: 'object',
};

export const FIELD: Shape = {
  key: 'text',
  type: 'text',
  title: 'text',
  raw_title: 'any',
  description: 'text',
  raw_description: 'any',
  active: 'boolean',
  position: 'integer',
  regexp_for_validation: 'text',
  custom_field_options: 'objects',
  tag: 'text',
  relationship_target_type: 'later',
  relationship_filter: 'later',
};

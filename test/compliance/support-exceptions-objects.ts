import type { Exception } from './support-exceptions.ts';

/** Of the objects of an account that are neither tickets nor people. */
export const OBJECT_EXCEPTIONS: readonly Exception[] = [
  {
    rule: /^type$/,
    at: /^activit(y|ies\/\[\])\/(user|actor)\/(alias|default_group_id|details|email|last_login_at|notes|signature|organization_id|phone|photo|shared_phone_number)$/,
    why: 'Recorded nulls of users, here inside an activity.',
  },
  {
    rule: /^type$/,
    at: /^(satisfaction_rating|reason)$/,
    why: 'One rating or reason: the description has a list for it, the name and what clients read is one object.',
  },
  {
    rule: /^maxItems$/,
    at: /^ticket_form_statuses$/,
    why: 'Lists of at most one: a form has several (the vendor’s own examples of requests, and its announcement of the API).',
  },
  {
    rule: /^type$/,
    at: /^satisfaction_ratings\/\[\]\/comment$/,
    why: 'A rating without a comment has null (shown in the vendor’s article on the ratings of exported tickets); nullability is not declared.',
  },
  {
    rule: /^type$/,
    at: /^suspended_tickets\/\[\]\/(author\/id|message_id|recipient|subject|ticket_id)$/,
    why: 'Of a stranger’s message, one without subject, or one that answers no ticket: null. Nullability is not declared.',
  },
  {
    rule: /^undeclared$/,
    at: /^suspended_ticket$/,
    operation: /^POST \/requests$/,
    why: 'What a stranger asks for may be suspended first (prose); the answer to it is inferred.',
  },
  {
    rule: /^type$/,
    at: /^triggers?\/(\[\]\/)?conditions\/(all|any)\/\[\]\/value$/,
    why: 'Recorded nulls and booleans of conditions.',
  },
  {
    rule: /^type$/,
    at: /^macro\/actions\/\[\]\/value$/,
    operation: /^GET \/macros\/new$/,
    why: 'The value of a comment is a channel and a text (clients); the description of triggers has such values, that of macros not.',
  },
  {
    rule: /^undeclared$/,
    at: /^trigger_categories\/\[\]\/rule_counts$/,
    why: 'Side-load of categories: named in prose, undeclared.',
  },
  {
    rule: /^type$/,
    at: /^((meta|links)\/\w+|(before|after)_(url|cursor))$/,
    operation: /^GET \/(trigger_categories|ticket_audits)$/,
    why: 'Cursors and links of an empty page are null (recorded of other lists).',
  },
  {
    rule: /^type$/,
    at: /^(sla_policy|sla_policies\/\[\])\/description$/,
    why: 'A policy without description: null, as recorded of triggers.',
  },
  {
    rule: /^undeclared$/,
    at: /^description$/,
    operation: /^(GET \/users\/(autocomplete|\{user_id\}\/organizations)|PUT \/(account\/email_settings|users\/me\/settings))$/,
    why: 'The description has `error` alone; recorded errors have `description` beside it.',
  },
  {
    rule: /^undeclared$/,
    at: /^(ticket_events|organizations)$/,
    operation: /^GET \/incremental\/\{incremental_resource\}\/sample$/,
    why: 'The description of samples knows tickets alone, though the resource is a parameter.',
  },
];

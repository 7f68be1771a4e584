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
    rule: /^type$/,
    at: /^satisfaction_ratings\/\[\]\/comment$/,
    why: 'A rating without a comment has null (shown in the vendor’s article on the ratings of exported tickets); nullability is not declared.',
  },
  {
    rule: /^type$/,
    at: /^suspended_tickets\/\[\]\/(author\/id|message_id|recipient|subject|ticket_id)$/,
    why: 'Of a stranger’s message, one without subject, or one that answers no ticket: null. Nullability is not declared.',
  },
];

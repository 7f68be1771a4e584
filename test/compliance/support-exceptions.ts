import type { Deviation } from './open-api.ts';
import { OBJECT_EXCEPTIONS } from './support-exceptions-objects.ts';

/** Where real Zendesk (recorded traffic, or its prose) and its own description part: the recording wins. */
export interface Exception {
  readonly rule: RegExp;
  readonly at: RegExp;
  /** Every operation unless given. */
  readonly operation?: RegExp;
  /** Of undeclared statuses: which. */
  readonly detail?: RegExp;
  readonly why: string;
}

export const EXCEPTIONS: readonly Exception[] = [
  ...OBJECT_EXCEPTIONS,
  {
    rule: /^status$/,
    at: /^$/,
    detail: /^4\d\d$/,
    why: 'Error statuses are almost absent from the description; 400, 404, 409 and 422 are recorded everywhere.',
  },
  {
    rule: /^status$/,
    at: /^$/,
    operation: /^POST \/(macros|views|custom_roles)$/,
    detail: /^201$/,
    why: 'Declared 200. Recorded of macros and views is 201, as of every other creation; of custom roles it is inferred from those.',
  },
  {
    rule: /^undeclared$/,
    at: /^(next_page|previous_page|count|meta|links)$/,
    operation: /^GET |^POST \/users\/autocomplete$/,
    why: 'The pagination wrapper is undeclared on most lists.',
  },
  {
    rule: /^undeclared$/,
    at: /^(users|groups|organizations|identities|abilities|open_ticket_count|roles|tickets)$/,
    operation: /^GET \/(tickets|users|group_memberships|organization_memberships|search|incremental\/\{incremental_resource\}\/sample)/,
    why: 'Side-loads (`include=`) are undeclared.',
  },
  {
    rule: /^undeclared$/,
    at: /^(users|groups|organizations|sharing_agreements|ticket_forms|brands|custom_statuses|metric_sets)$|^tickets?\/(\[\]\/)?(comment_count|incident_count|metric_set|dates|last_audit|slas|metric_events)$/,
    operation: /^GET \/(incremental\/)?tickets/,
    why: 'Side-loads of tickets are undeclared; clients read `metric_set` in the ticket, and `metric_sets` beside `show_many`.',
  },
  {
    rule: /^undeclared$/,
    at: /^(views|triggers|automations|macros)\/\[\]\/(app_installation|usage_\w+)$|^users$/,
    operation: /^GET \/(views|triggers|automations|macros)\b/,
    why: 'Side-loads of rules and of the authors of revisions are undeclared; the vendor documents them in words.',
  },
  {
    rule: /^type$/,
    at: /^(after|before)_(cursor|url)$/,
    operation: /^GET \/triggers\/\{trigger_id\}\/revisions$/,
    why: 'Documented in words: null where there are no more revisions.',
  },
  {
    rule: /^undeclared$/,
    at: /^trigger_revisions\/\[\]\/diff\/conditions\/(all|any)$/,
    operation: /^GET \/triggers\/\{trigger_id\}\/revisions$/,
    why: 'The description refers to the difference of one condition; that of all of them, with `all` and `any`, stands beside it unused.',
  },
  {
    rule: /^enum$/,
    at: /^tickets\/\[\]\/status$/,
    operation: /^GET \/incremental\/(tickets|\{incremental_resource\}\/sample)/,
    why: 'Recorded exports contain `deleted`, which the list of values lacks.',
  },
  {
    rule: /^type$/,
    at: /^ticket_metrics\/\[\]\/(\w+_time_in_(minutes|seconds)\/(business|calendar)|\w+_at)$/,
    why: 'What never happened to a ticket has no time: null, as clients have it.',
  },
  {
    rule: /^type$/,
    at: /^ticket_metric$/,
    why: 'Declared a list; clients read one object.',
  },
  {
    rule: /^undeclared$/,
    at: /^ticket_metric_events\/\[\]\/status$/,
    why: 'The example of the reference has it on `update_status`.',
  },
  {
    rule: /^undeclared$/,
    at: /^(users|organizations)$/,
    operation: /^GET \/(requests|users\/\{user_id\}\/requests|organizations\/\{organization_id\}\/requests)/,
    why: 'Side-loads of requests are undeclared, though the reference names them.',
  },
  {
    rule: /^type$/,
    at: /^requests?\/(\[\]\/)?(assignee_id|custom_fields\/\[\]\/value|due_at|followup_source_id|group_id|organization_id|priority|recipient|type)$/,
    why: 'Nulls of a request, as the examples of the reference and a client’s recorded request have them.',
  },
  { rule: /^undeclared$/, at: /^requests?\/(\[\]\/)?fields$/, why: 'A client’s recorded request has `fields` beside `custom_fields`.' },
  { rule: /^undeclared$/, at: /^audit$/, operation: /^POST \/tickets$/, why: 'The recorded 201 has `ticket` and `audit`.' },
  {
    rule: /^undeclared$/,
    at: /^audit\/events\/\[\]\/(attachments|audit_id|author_id|html_body|plain_body|public|previous_value|data|formatted_from|formatted_to|transcription_visible|trusted|(current|previous)_(followers|email_ccs))$/,
    operation: /^PUT \/tickets/,
    why: 'Audit events are declared with four properties; recorded comment and change events have these too, as do those of calls, followers and CCs.',
  },
  {
    rule: /^type$/,
    at: /^audit\/events\/\[\]\/value$/,
    operation: /^PUT \/tickets/,
    why: 'Declared a text or a number; recorded are an array of tags, and null.',
  },
  {
    rule: /^status$/,
    at: /^$/,
    operation: /^POST \/tickets$/,
    detail: /^202$/,
    why: 'A ticket that is to be created later (`async=true`): the vendor has an article on it, the description lacks it.',
  },
  {
    rule: /^undeclared$/,
    at: /^comments\/\[\]\/(data|formatted_from|formatted_to|transcription_visible|trusted)$/,
    why: 'Recorded properties of a VoiceComment.',
  },
  { rule: /^undeclared$/, at: /^ticket_fields?\/(\[\]\/)?key$/, why: 'Recorded on ticket fields.' },
  {
    rule: /^type$/,
    at: /^(tickets?|deleted_tickets)\/(\[\]\/)?(recipient|subject|forum_topic_id|satisfaction_rating|raw_subject)$/,
    why: 'Recorded nulls; a ticket without subject has a null `raw_subject` (documented in prose).',
  },
  { rule: /^enum$/, at: /^tickets?\/(\[\]\/)?(priority|type)$/, why: 'Nullable in the description, whose list of values lacks null.' },
  { rule: /^type$/, at: /^tickets?\/(\[\]\/)?(custom_fields|fields)\/\[\]\/value$/, why: 'Recorded null of an unset custom field.' },
  {
    rule: /^type$/,
    at: /^(users?|deleted_users?)\/(\[\]\/)?(email|alias|details|notes|signature|last_login_at|default_group_id)$/,
    why: 'Recorded nulls of users.',
  },
  {
    rule: /^type$/,
    at: /^user\/(id|created_at|updated_at)$/,
    operation: /^GET \/users\/me$/,
    why: 'The anonymous user has none of them: null in a client’s recording.',
  },
  {
    rule: /^type$/,
    at: /^(users?|deleted_users?)\/(\[\]\/)?(photo|phone|organization_id|shared_phone_number)$/,
    why: 'A user without photo: null. The others follow from it: the description offers two shapes of a user and the wrong one is reported too.',
  },
  {
    rule: /^type$/,
    at: /^organizations?\/(\[\]\/)?organization_fields\/(\w+|\[\])$/,
    why: 'A checkbox is a boolean; the description knows only texts and numbers.',
  },
  {
    rule: /^type$/,
    at: /^$/,
    operation: /^PUT \/(deleted_tickets\/|tickets\/\{ticket_id\}\/(mark_as_spam|comments\/.*make_private|audits\/.*make_private))/,
    why: 'Restoring is declared a text; recorded is an empty object.',
  },
  { rule: /^undeclared$/, at: /^custom_status(es\/\[\])?\/url$/, why: 'Recorded on custom statuses.' },
  {
    rule: /^type$/,
    at: /^brands?\/(\[\]\/)?(host_mapping|logo)$/,
    why: 'A brand without a mapped host or a logo: null, as the example of the vendor’s prose has it.',
  },
  {
    rule: /^(type|required)$/,
    at: /^job_status(es\/\[\])?\/results(\/\[\])?$/,
    why: 'What became of a refused creation has an index instead of an id (inferred); the description offers three shapes and all are reported.',
  },
  {
    rule: /^undeclared$/,
    at: /^results\/\[\]\//,
    operation: /^GET \/search/,
    why: 'A result is declared with eight properties; recorded ones are the whole ticket, user, organization or group.',
  },
  {
    rule: /^undeclared$/,
    at: /^ticket_events\/\[\]\/(timestamp|created_at|updater_id|via|system|metadata|event_type|child_events)$/,
    operation: /^GET \/incremental\/ticket_events$/,
    why: 'The description borrows the shape of ticket metric events; clients read `child_events`.',
  },
  {
    rule: /^type$/,
    at: /(^|\/)attachments?\/(\[\]\/)?(width|height)$/,
    why: 'Recorded null of a file that is no image.',
  },
  { rule: /^undeclared$/, at: /^upload\/expires_at$/, operation: /^POST \/uploads$/, why: 'Recorded.' },
  {
    rule: /^type$/,
    at: /^(clients?\/(\[\]\/)?(company|description|logo_url)|tokens?\/(\[\]\/)?(expires_at|refresh_token|refresh_token_expires_at|used_at))$/,
    operation: /\/oauth\//,
    why: 'What a client has not got, and the times of a token that does not expire: null (documented default of `expires_in`; inferred for the others).',
  },
  {
    rule: /^undeclared$/,
    at: /^token\/full_token$/,
    operation: /^POST \/oauth\/tokens$/,
    why: 'The vendor’s article on OAuth tokens takes the token from there; the description lacks it.',
  },
  {
    rule: /^undeclared$/,
    at: /^views?\/(\[\]\/)?(url|raw_title)$/,
    why: 'Recorded on views.',
  },
  {
    rule: /^type$/,
    at: /^(views?|triggers?|automations?|macros?)\/(\[\]\/)?(restriction|description)$/,
    why: 'Recorded nulls of rules that are for everybody, or are not described.',
  },
  {
    rule: /^undeclared$/,
    at: /^(users|organizations|next_page|previous_page|count)$/,
    operation: /^(GET \/views\/\{view_id\}\/execute|POST \/views\/preview)$/,
    why: 'Executed views are paged and bring the people and organizations of their rows (prose: Sideloads).',
  },
  {
    rule: /^(type|undeclared)$/,
    at: /^result\/ticket\//,
    operation: /^GET .*\/macros\/\{macro_id\}\/apply$/,
    why: 'The description has six properties of the ticket; clients read the ticket as it would be, with its nulls and its list of fields.',
  },
  {
    rule: /^undeclared$/,
    at: /^automations?\/(\[\]\/)?url$/,
    why: 'Recorded on automations.',
  },
  {
    rule: /^undeclared$/,
    at: /^audit\/events\/\[\]\/(via|subject|recipients|resource|macro_id|macro_title|macro_deleted)$/,
    operation: /^PUT \/tickets/,
    why: 'Audit events are declared with four properties; those of rules and macros have these too (recorded of clients).',
  },
  {
    rule: /^undeclared$/,
    at: /^definitions\/conditions_any\/\[\]\/values$/,
    operation: /^GET \/triggers\/definitions$/,
    why: 'The same conditions are described with their values under `conditions_all`.',
  },
];

/** The exception that allows the deviation. */
export function exceptionFor(deviation: Deviation): Exception | undefined {
  return EXCEPTIONS.find(
    ({ rule, at, operation, detail }) =>
      rule.test(deviation.rule) &&
      at.test(deviation.at) &&
      (operation?.test(deviation.operation) ?? true) &&
      (detail?.test(deviation.detail) ?? true),
  );
}

/**
 * The endpoints that the vendor documents for the Support API: first segment, then each path below it with its methods
 * (G get, C post, U put, P patch, D delete; `*` is a parameter). Names only; what of it Ringback emulates is in
 * `surface.ts`, everything else here answers 501.
 */
export const VENDOR_PATHS: Readonly<Record<string, string>> = {
  account: '/email_settings:GU /settings:GU',
  accounts: '/available:G :C',
  activities: '/*:G /count:G :G',
  any_channel: '/channelback/report_error:C /push:C /validate_token:C',
  approval_requests: ':GC',
  attachments: '/*:GUD',
  audit_logs: '/*:G /export:C :G',
  autocomplete: '/tags:GC',
  automations: '/*:GUD /active:G /destroy_many:D /search:G /update_many:U :GC',
  bookmarks: '/*:D :GC',
  brand_agents: '/*:GD :G',
  brands: '/*/agents:G /*/check_host_mapping:G /*/logo:UD /*:GUD /check_host_mapping:G :GC',
  // Documented in prose only, as is `help_center`.
  business_hours: '/schedules:GC /schedules/*:GUD /schedules/*/workweek:U /schedules/*/holidays:GC /schedules/*/holidays/*:GUD',
  channels:
    '/twitter/monitored_twitter_handles/*:G /twitter/monitored_twitter_handles:G /twitter/tickets/*/statuses:G /twitter/tickets:C /voice/agents/*/tickets/*/display:C /voice/agents/*/users/*/display:C /voice/tickets:C',
  chat_file_redactions: '/*:U',
  chat_redactions: '/*:U',
  comment_redactions: '/*:U',
  countries: '/*:G :G',
  custom_objects:
    '/*/access_rules/*:GPD /*/access_rules/definitions:G /*/access_rules:GC /*/fields/*:GPD /*/fields/reorder:U /*/fields:GC /*/jobs:C /*/limits/field_limit:G /*/permission_policies/*:GP /*/permission_policies:G /*/records/*/attachments/*/download:G /*/records/*/attachments/*:UD /*/records/*/attachments:GC /*/records/*:GPD /*/records/autocomplete:G /*/records/count:G /*/records/search:GC /*/records:GCPD /*/triggers/*:GUD /*/triggers/active:G /*/triggers/definitions:G /*/triggers/destroy_many:D /*/triggers/search:G /*/triggers/update_many:U /*/triggers:GC /*:GPD /limits/object_limit:G /limits/record_limit:G :GC',
  custom_roles: '/*:GUD :GC',
  custom_status: '/default:U',
  custom_statuses: '/*/ticket_form_statuses:C /*:GUD :GC',
  deleted_tickets: '/*/restore:U /*:D /destroy_many:D /restore_many:U :G',
  deleted_users: '/*:GD /count:G :G',
  deletion_schedules: '/*:GUD :GC',
  dynamic_content:
    '/items/*/variants/*:GUD /items/*/variants/create_many:C /items/*/variants/update_many:U /items/*/variants:GC /items/*:GUD /items/show_many:G /items:GC',
  email_notifications: '/*:G /show_many:G :G',
  end_users: '/*/identities/*/make_primary:U /*/identities/*/request_verification:U /*/identities/*:GD /*/identities:GC',
  group_memberships: '/*:GD /assignable:G /create_many:C /destroy_many:D :GC',
  group_slas: '/policies/*:GUD /policies/definitions:G /policies/reorder:U /policies:GC',
  groups:
    '/*/memberships/assignable:G /*/memberships:G /*/users/count:G /*/users:G /*:GUD /assignable:G /autocomplete:G /available_agents:G /count:G /default:G :GC',
  guide:
    '/content_tags/*:GUD /content_tags:GC /medias/*:GD /medias/upload_url:C /medias:C /permission_groups/*:GUD /permission_groups:GC /search:G /theming/jobs/*:G /theming/jobs/themes/exports:C /theming/jobs/themes/imports:C /theming/themes/*:GPD /theming/themes/*/publish:C /theming/themes:G /user_images/uploads:C /user_images:C',
  help_center:
    '/*/articles/*/attachments/block:G /*/articles/*/attachments/inline:G /*/articles/*/attachments:G /*/articles/*/bulk_attachments:C /*/articles/*/comments/*/votes:G /*/articles/*/comments/*:GUD /*/articles/*/comments:GC /*/articles/*/labels:G /*/articles/*/subscriptions/*:GD /*/articles/*/subscriptions:GC /*/articles/*/up:C /*/articles/*/votes:G /*/articles/*:GUD /*/articles/search:G /*/articles:G /*/categories/*/articles:G /*/categories/*/sections:GC /*/categories/*:GUD /*/categories:GC /*/sections/*/articles:GC /*/sections/*/subscriptions/*:GD /*/sections/*/subscriptions:GC /*/sections/*:GUD /*/sections:G /articles/*/attachments/*:G /articles/*/attachments/block:G /articles/*/attachments/inline:G /articles/*/attachments:GC /articles/*/bulk_attachments:C /articles/*/comments/*/down:C /articles/*/comments/*/up:C /articles/*/comments/*/votes:G /articles/*/comments/*:GUD /articles/*/comments:GC /articles/*/down:C /articles/*/labels/*:D /articles/*/labels:GC /articles/*/source_locale:U /articles/*/subscriptions/*:GD /articles/*/subscriptions:GC /articles/*/translations/*:GU /articles/*/translations/missing:G /articles/*/translations:GC /articles/*/up:C /articles/*/votes:G /articles/*:GUD /articles/attachments/*:GD /articles/attachments:C /articles/labels/*:G /articles/labels:G /articles/search:G /articles:G /categories/*/articles:G /categories/*/sections:GC /categories/*/source_locale:U /categories/*/translations/*:GU /categories/*/translations/missing:G /categories/*/translations:GC /categories/*:GUD /categories:GC /community_posts/search:G /incremental/articles:G /locales:G /sections/*/articles:GC /sections/*/source_locale:U /sections/*/subscriptions/*:GD /sections/*/subscriptions:GC /sections/*/translations/*:GU /sections/*/translations/missing:G /sections/*/translations:GC /sections/*:GUD /sections:G /sessions:G /translations/*:D /user_segments/*/sections:G /user_segments/*/topics:G /user_segments/*:GUD /user_segments/applicable:G /user_segments:GC /users/*/articles:G /users/*/comments:G /users/*/subscriptions:G /users/*/user_segments:G /users/*/votes:G /votes/*:GD',
  imports: '/tickets/create_many:C /tickets:C',
  incremental:
    '/*/sample:G /custom_objects/*/cursor:G /organizations:G /routing/attribute_values:G /routing/attributes:G /routing/instance_values:G /ticket_events:G /ticket_metric_events:G /tickets/cursor:G /tickets:G /users/cursor:G /users:G',
  it_asset_management:
    '/asset_types/*/fields/*:GPD /asset_types/*/fields:GC /asset_types/*:GPD /asset_types:GC /assets/*:GPD /assets/jobs:C /assets/search:GC /assets:GC /locations/*:GPD /locations:GC /statuses/*:GPD /statuses:GC',
  job_statuses: '/*:G /show_many:G :G',
  locales: '/*:G /agent:G /current:G /detect_best_locale:G /public:G :G',
  macros:
    '/*/apply:G /*/attachments:GC /*:GUD /actions:G /active:G /attachments/*:G /attachments:C /categories:G /definitions:G /destroy_many:D /new:G /search:G /update_many:U :GC',
  oauth:
    '/clients/*/generate_secret:U /clients/*:GUD /clients:GC /global_clients/*:G /global_clients/token_summary:G /global_clients:G /tokens/*:GD /tokens/current:GD /tokens:GC',
  organization_fields: '/*:GUD /reorder:U :GC',
  organization_memberships: '/*:GD /create_many:C /destroy_many:D :GC',
  organization_merges: '/*:G',
  organization_subscriptions: '/*:GD :GC',
  organizations:
    '/*/merge:C /*/merges:G /*/organization_memberships:G /*/related:G /*/requests:G /*/subscriptions:G /*/tags:GCUD /*/tickets/count:G /*/tickets:G /*/users/count:G /*/users:G /*:GUD /autocomplete:G /count:G /create_many:C /create_or_update:C /destroy_many:D /search:G /show_many:G /update_many:U :GC',
  problems: '/autocomplete:C :G',
  push_notification_devices: '/destroy_many:C',
  queues: '/*:GUD /definitions:G /order:P :GC',
  recipient_addresses: '/*/verify:U /*:GUD :GC',
  relationships: '/definitions/*:G',
  remote_authentications: ':G',
  requests: '/*/comments/*:G /*/comments:G /*:GU /ccd:G /open:G /search:G /solved:G :GC',
  resource_collections: '/*:GUD :GC',
  routing:
    '/agents/*/instance_values:GC /agents/instance_values/jobs:C /agents/instance_values:G /attributes/*/values/*:GPD /attributes/*/values:GC /attributes/*:GUD /attributes/definitions:G /attributes:GC /requirements/fulfilled:G /tickets/*/instance_values:GC',
  satisfaction_ratings: '/*:G /count:G :G',
  satisfaction_reasons: '/*:G :G',
  saved_searches: '/*:UD :GC',
  search: '/count:G /export:G :G',
  security_settings: ':G',
  sessions: ':G',
  sharing_agreements: '/*:GUD :GC',
  skips: ':GC',
  slas: '/policies/*:GUD /policies/definitions:G /policies/reorder:U /policies:GC',
  suspended_tickets: '/*/recover:U /*:GD /attachments:C /bulk_recover:U /destroy_many:D /export:C /recover_many:U :G',
  tags: '/count:G :G',
  target_failures: '/*:G :G',
  targets: '/*:GUD :GC',
  task_list_templates: '/*/tasks:G /*:GUD :GC',
  ticket_audits: ':G',
  ticket_content_pins: '/*:D :GC',
  ticket_fields: '/*/options/*:GD /*/options:GC /*:GUD /count:G /reorder:U /show_many:G :GC',
  ticket_form_statuses: '/show_many:G :G',
  ticket_forms: '/*/clone:C /*/ticket_form_statuses/*:UD /*/ticket_form_statuses:GCUD /*:GUD /reorder:U /show_many:G :GC',
  ticket_metrics: '/*:G :G',
  tickets:
    '/*/audits/*/make_private:U /*/audits/*:G /*/audits/count:G /*/audits:G /*/collaborators:G /*/comments/*/attachments/*/redact:U /*/comments/*/make_private:U /*/comments/*/redact:U /*/comments/count:G /*/comments:G /*/conversation_log:G /*/email_ccs:G /*/followers:G /*/incidents:G /*/macros/*/apply:G /*/mark_as_spam:U /*/merge:C /*/metrics:G /*/related:G /*/satisfaction_rating:C /*/skips:G /*/tags:GCUD /*/task_lists:GC /*:GUD /count:G /create_many:C /destroy_many:D /mark_many_as_spam:U /messaging/conversations/*/ticket:G /recent:G /show_many:G /update_many:U :GC',
  trigger_categories: '/*:GPD /jobs:C :GC',
  triggers: '/*/revisions/*:G /*/revisions:G /*:GUD /active:G /definitions:G /destroy_many:D /reorder:U /search:G /update_many:U :GC',
  uploads: '/*:D :C',
  user_fields: '/*/options/*:GD /*/options:GC /*:GUD /reorder:U /show_many:G :GC',
  users:
    '/*/brand_agents/*:G /*/brand_agents:G /*/compliance_deletion_statuses:G /*/entitlements/full:G /*/group_memberships/*/make_default:U /*/group_memberships/*:GD /*/group_memberships:GC /*/groups/count:G /*/groups:G /*/identities/*/make_primary:U /*/identities/*/request_verification:U /*/identities/*/verify:U /*/identities/*:GUD /*/identities:GC /*/merge:U /*/organization_memberships/*/make_default:U /*/organization_memberships/*:GD /*/organization_memberships:GC /*/organization_subscriptions:G /*/organizations/*/make_default:U /*/organizations/*:D /*/organizations/count:G /*/organizations:G /*/password/requirements:G /*/password:CU /*/related:G /*/requests:G /*/sessions/*:GD /*/sessions:GD /*/skips:G /*/tags:GCUD /*/tickets/assigned/count:G /*/tickets/assigned:G /*/tickets/ccd/count:G /*/tickets/ccd:G /*/tickets/followed:G /*/tickets/requested:G /*:GUD /autocomplete:GC /count:G /create_many:C /create_or_update:C /create_or_update_many:C /destroy_many:D /logout_many:C /me/logout:D /me/oauth/clients:G /me/session/renew:G /me/session:G /me/settings:GU /me:G /request_create:C /search:G /show_many:G /update_many:U :GC',
  views:
    '/*/count:G /*/execute:G /*/export:G /*/tickets:G /*:GUD /active:G /compact:G /count:G /count_many:G /definitions:G /destroy_many:D /preview/count:C /preview:C /search:G /show_many:G /update_many:U :GC',
  workspaces: '/*:GUD /destroy_many:D /reorder:U :GC',
  '*': '/*/relationship_fields/*/*:G',
};

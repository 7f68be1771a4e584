import type { Audience } from '../../account/index.ts';

/**
 * For whom the Support API's operations are, as the vendor's reference says ("Allowed For"; "Endpoint access": a role
 * includes those below it). What is not named here is for agents, which is what the reference says of most operations;
 * where it says nothing the neighbours decide (inferred). `{id}` is digits, `*` any segment, `**` whatever follows.
 */
export const ALLOWED: Readonly<Partial<Record<Audience, string>>> = {
  anyone: `
    GET /users/me
    GET /locales/**
    GET /ticket_fields
    GET /ticket_forms
    GET /ticket_forms/show_many
    POST /requests
    GET /accounts/available
    POST /accounts
    GET /help_center/**
  `,
  'end-user': `
    GET /custom_statuses
    GET /custom_statuses/{id}
    GET /ticket_forms/{id}
    POST /uploads
    DELETE /uploads/*
    GET /requests
    GET PUT /requests/**
    GET /organizations/{id}/requests
    GET /organization_memberships
    GET POST /organization_subscriptions
    GET DELETE /organization_subscriptions/{id}
    GET /sessions
    GET /users/me/session
    GET /users/me/session/renew
    DELETE /users/me/logout
    GET /users/me/oauth/clients
    GET DELETE /oauth/tokens/current
    GET DELETE /oauth/tokens/{id}
    POST /tickets/{id}/satisfaction_rating
    POST /custom_objects/*/records/search
    GET /help_center/*/articles/{id}/attachments
    GET /help_center/*/articles/{id}/attachments/inline
    GET /help_center/*/articles/{id}/attachments/block
    GET /help_center/articles/{id}/attachments
    GET /help_center/articles/{id}/attachments/*
    GET /help_center/articles/attachments/{id}
    GET POST /help_center/*/articles/{id}/comments
    POST /help_center/articles/{id}/comments
    PUT DELETE /help_center/*/articles/{id}/comments/{id}
    PUT DELETE /help_center/articles/{id}/comments/{id}
    POST /help_center/*/articles/{id}/up
    POST /help_center/articles/{id}/up
    POST /help_center/articles/{id}/down
    POST /help_center/articles/{id}/comments/{id}/up
    POST /help_center/articles/{id}/comments/{id}/down
    GET /help_center/*/articles/{id}/votes
    GET /help_center/articles/{id}/votes
    GET /help_center/*/articles/{id}/comments/{id}/votes
    GET DELETE /help_center/votes/{id}
    GET /help_center/users/me/comments
    GET /help_center/users/me/votes
    GET /help_center/users/me/subscriptions
    GET POST /help_center/*/articles/{id}/subscriptions
    GET DELETE /help_center/*/articles/{id}/subscriptions/{id}
    POST /help_center/articles/{id}/subscriptions
    DELETE /help_center/articles/{id}/subscriptions/{id}
    GET POST /help_center/*/sections/{id}/subscriptions
    GET DELETE /help_center/*/sections/{id}/subscriptions/{id}
    POST /help_center/sections/{id}/subscriptions
    DELETE /help_center/sections/{id}/subscriptions/{id}
  `,
  self: `
    GET /users/{id}/requests
    GET /users/{id}/identities
    GET /users/{id}/identities/{id}
    PUT /users/{id}/identities/{id}/make_primary
    GET /users/{id}/organization_memberships
    GET /users/{id}/organization_subscriptions
    GET /users/{id}/sessions
    DELETE /users/{id}/sessions
    GET DELETE /users/{id}/sessions/{id}
    PUT /users/{id}/password
    GET /users/{id}/password/requirements
  `,
  own: `
    GET POST PUT DELETE /end_users/{id}/**
  `,
  // Named only where a rule for other roles would take them in.
  agent: `
    GET /queues/*
    GET /help_center/categories/{id}/translations
    GET /help_center/categories/{id}/translations/missing
    GET /help_center/sections/{id}/translations
    GET /help_center/sections/{id}/translations/missing
    GET /help_center/articles/{id}/translations
    GET /help_center/articles/{id}/translations/missing
    GET /help_center/incremental/articles
    POST /help_center/articles/attachments
    DELETE /help_center/articles/attachments/{id}
    POST /help_center/articles/{id}/attachments
    POST /help_center/articles/{id}/bulk_attachments
    POST /help_center/*/articles/{id}/bulk_attachments
    GET /help_center/users/{id}/comments
    GET /help_center/users/{id}/votes
    GET /help_center/users/{id}/subscriptions
    GET /help_center/articles/{id}/subscriptions
    GET /help_center/articles/{id}/subscriptions/{id}
    GET /help_center/sections/{id}/subscriptions
    GET /help_center/sections/{id}/subscriptions/{id}
    GET /help_center/articles/{id}/comments
    GET /help_center/articles/{id}/comments/{id}
    GET /help_center/articles/{id}/comments/{id}/votes
    GET /help_center/articles/labels
    GET /help_center/articles/labels/{id}
    GET /help_center/user_segments
    GET /help_center/user_segments/{id}
    GET /help_center/user_segments/applicable
    GET /help_center/users/{id}/user_segments
    GET /help_center/users/me/user_segments
  `,
  admin: `
    POST PUT DELETE /business_hours/**
    PUT /account/settings
    GET PUT /account/email_settings
    POST /any_channel/**
    PUT /attachments/*
    GET POST /audit_logs/**
    GET DELETE /brand_agents/**
    POST /brands
    PUT DELETE /brands/{id}
    PUT DELETE /brands/{id}/logo
    GET /brands/check_host_mapping
    GET /brands/{id}/check_host_mapping
    POST /custom_objects
    GET /custom_objects/limits/object_limit
    PATCH DELETE /custom_objects/*
    POST PUT PATCH DELETE /custom_objects/*/fields/**
    POST PUT DELETE /custom_objects/*/triggers/**
    GET /custom_objects/*/triggers/active
    POST /custom_roles
    GET PUT DELETE /custom_roles/{id}
    PUT /custom_status/default
    POST /custom_statuses
    PUT DELETE /custom_statuses/{id}
    POST /custom_statuses/{id}/ticket_form_statuses
    DELETE /deleted_users/{id}
    GET POST PUT DELETE /deletion_schedules/**
    POST /group_memberships
    POST /group_memberships/create_many
    DELETE /group_memberships/destroy_many
    DELETE /group_memberships/{id}
    POST /users/{id}/group_memberships
    DELETE /users/{id}/group_memberships/{id}
    GET POST PUT DELETE /group_slas/**
    POST /groups
    PUT DELETE /groups/{id}
    POST /imports/**
    GET /incremental/**
    GET POST PUT DELETE /oauth/clients/**
    GET /oauth/global_clients/**
    GET POST /oauth/tokens
    POST /organization_fields/**
    PUT /organization_fields/reorder
    PUT DELETE /organization_fields/*
    GET /organization_merges/*
    POST /organizations
    DELETE /organizations/{id}
    DELETE /organizations/destroy_many
    GET /organizations/search
    POST /organizations/{id}/merge
    GET /organizations/{id}/merges
    POST /push_notification_devices/destroy_many
    GET POST PUT PATCH DELETE /queues/**
    GET /queues/definitions
    POST PUT DELETE /recipient_addresses/**
    GET /remote_authentications
    GET POST PUT DELETE /resource_collections/**
    POST /routing/agents/{id}/instance_values
    POST /routing/agents/instance_values/jobs
    GET /routing/agents/instance_values
    GET /routing/attributes/definitions
    GET PUT DELETE /routing/attributes/*
    POST /routing/attributes/*/values
    PATCH /routing/attributes/*/values/*
    POST /routing/tickets/{id}/instance_values
    GET /satisfaction_ratings/**
    GET /satisfaction_reasons/**
    GET /security_settings
    POST /sharing_agreements
    PUT DELETE /sharing_agreements/{id}
    GET POST PUT DELETE /slas/**
    POST /triggers
    PUT DELETE /triggers/**
    POST /automations
    PUT DELETE /automations/**
    POST PATCH DELETE /trigger_categories/**
    GET /target_failures/**
    POST /targets
    PUT DELETE /targets/{id}
    GET /ticket_audits
    POST /ticket_fields
    PUT /ticket_fields/reorder
    PUT DELETE /ticket_fields/{id}
    POST /ticket_fields/{id}/options
    DELETE /ticket_fields/{id}/options/{id}
    POST /ticket_forms
    PUT /ticket_forms/reorder
    PUT DELETE /ticket_forms/{id}
    POST /ticket_forms/{id}/clone
    POST PUT /ticket_forms/{id}/ticket_form_statuses
    PUT DELETE /ticket_forms/{id}/ticket_form_statuses/*
    POST /user_fields/**
    PUT /user_fields/reorder
    PUT DELETE /user_fields/*
    DELETE /user_fields/*/options/{id}
    POST /users/create_many
    POST /users/create_or_update
    POST /users/create_or_update_many
    DELETE /users/destroy_many
    POST /users/logout_many
    DELETE /users/{id}
    POST /users/{id}/password
    POST /workspaces
    DELETE /workspaces/destroy_many
    PUT /workspaces/reorder
    GET PUT DELETE /workspaces/{id}
    POST PUT PATCH DELETE /help_center/**
  `,
};

/**
 * What an agent with a custom role needs of the role's configuration (vendor article "Custom Agent Roles"). For an
 * operation of admins it is what opens it to such an agent; agents without a custom role are not asked.
 */
export const PERMISSIONS: Readonly<Record<string, string>> = {
  group_access: `
    POST /groups
    DELETE /groups/{id}
    POST /group_memberships
    POST /group_memberships/create_many
    DELETE /group_memberships/destroy_many
    DELETE /group_memberships/{id}
  `,
  organization_editing: `
    POST /organizations
    DELETE /organizations/{id}
    DELETE /organizations/destroy_many
    GET /organizations/search
  `,
  end_user_profile_access: `
    POST /users
    PUT /users/{id}
    DELETE /users/{id}
    DELETE /deleted_users/{id}
    PUT /users/update_many
    POST /users/create_many
    POST /users/create_or_update
    POST /users/create_or_update_many
    PUT /users/{id}/merge
  `,
  // Who deletes tickets also marks them as spam (vendor article "Marking a ticket as spam") and redacts what they say ("Ticket Comments").
  ticket_deletion: `
    DELETE /tickets/{id}
    DELETE /tickets/destroy_many
    DELETE /deleted_tickets/{id}
    DELETE /deleted_tickets/destroy_many
    PUT /tickets/{id}/mark_as_spam
    PUT /tickets/mark_many_as_spam
    PUT /tickets/{id}/comments/{id}/redact
    PUT /tickets/{id}/comments/{id}/attachments/{id}/redact
    PUT /comment_redactions/{id}
  `,
  ticket_editing: `
    PUT /tickets/{id}/comments/{id}/make_private
    PUT /tickets/{id}/audits/{id}/make_private
  `,
  view_deleted_tickets: `
    GET /deleted_tickets
    PUT /deleted_tickets/{id}/restore
    PUT /deleted_tickets/restore_many
  `,
  ticket_merge: 'POST /tickets/{id}/merge',
  ticket_tag_editing: 'POST PUT DELETE /tickets/{id}/tags',
  manage_business_rules: `
    POST /triggers
    PUT DELETE /triggers/**
    POST /automations
    PUT DELETE /automations/**
    POST PATCH DELETE /trigger_categories/**
  `,
  macro_access: `
    POST PUT DELETE /macros/**
  `,
  export_views: 'GET /views/{id}/export',
  view_access: `
    POST /views
    PUT DELETE /views/**
  `,
  manage_dynamic_content: 'GET POST PUT DELETE /dynamic_content/**',
  manage_extensions_and_channels: 'POST PUT DELETE /recipient_addresses/**',
  manage_ticket_fields: `
    POST /ticket_fields
    PUT DELETE /ticket_fields/{id}
    POST /ticket_fields/{id}/options
    DELETE /ticket_fields/{id}/options/{id}
  `,
  manage_ticket_forms: `
    POST /ticket_forms
    PUT DELETE /ticket_forms/{id}
    POST /ticket_forms/{id}/clone
  `,
  manage_user_fields: `
    POST /user_fields/**
    PUT DELETE /user_fields/*
  `,
  manage_organization_fields: `
    POST /organization_fields/**
    PUT DELETE /organization_fields/*
  `,
  manage_contextual_workspaces: `
    POST /workspaces
    PUT DELETE /workspaces/{id}
  `,
  manage_api_credentials: `
    GET POST PUT DELETE /oauth/clients/**
  `,
  view_audit_logs: 'GET POST /audit_logs/**',
};

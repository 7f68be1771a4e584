import type { RoleConfiguration } from '../../account/index.ts';
import { invalidAttribute } from '../errors.ts';

/** Properties of a configuration that name one of several kinds of access, with their values (vendor reference). */
export const CHOICES: Readonly<Record<string, readonly string[]>> = {
  end_user_list_access: ['full', 'none'],
  end_user_profile_access: ['edit', 'edit-within-org', 'full', 'readonly'],
  explore_access: ['edit', 'full', 'none', 'readonly'],
  forum_access: ['edit-topics', 'full', 'readonly'],
  macro_access: ['full', 'manage-group', 'manage-personal', 'readonly'],
  report_access: ['full', 'none', 'readonly'],
  ticket_access: ['all', 'assigned-only', 'within-groups', 'within-groups-and-public-groups', 'within-organization'],
  ticket_comment_access: ['public', 'none'],
  user_view_access: ['full', 'manage-group', 'manage-personal', 'none', 'readonly'],
  view_access: ['full', 'manage-group', 'manage-personal', 'playonly', 'readonly'],
};

/** What only the vendor sets. */
const READ_ONLY = ['assign_tickets_to_any_group', 'chat_access', 'group_access', 'light_agent', 'moderate_forums', 'organization_notes_editing']; // prettier-ignore

/** A new role's configuration where its draft says nothing (inferred: what an agent needs to work on tickets). */
export const DEFAULTS: RoleConfiguration = {
  assign_tickets_to_any_group: false,
  chat_access: true,
  end_user_list_access: 'full',
  end_user_profile_access: 'readonly',
  execute_it_asset_management_actions: false,
  explore_access: 'readonly',
  export_views: false,
  forum_access: 'readonly',
  forum_access_restricted_content: false,
  group_access: false,
  light_agent: false,
  macro_access: 'readonly',
  manage_api_credentials: false,
  manage_business_rules: false,
  manage_contextual_workspaces: false,
  manage_dynamic_content: false,
  manage_extensions_and_channels: false,
  manage_facebook: false,
  manage_organization_fields: false,
  manage_ticket_fields: false,
  manage_ticket_forms: false,
  manage_ticket_settings: false,
  manage_user_fields: false,
  manage_user_own_contacts: true,
  manage_user_own_forwarding_numbers: true,
  manage_user_own_photo: true,
  moderate_forums: false,
  modify_closed_tickets: false,
  organization_editing: false,
  organization_notes_editing: false,
  report_access: 'none',
  side_conversation_create: true,
  ticket_access: 'all',
  ticket_comment_access: 'public',
  ticket_deletion: false,
  ticket_editing: true,
  ticket_merge: false,
  ticket_tag_editing: true,
  twitter_search_access: false,
  update_user_own_alias: true,
  update_user_own_name: true,
  update_user_own_signature: true,
  user_view_access: 'readonly',
  view_access: 'readonly',
  view_access_logs: false,
  view_audit_logs: false,
  view_deleted_tickets: false,
  view_filter_tickets: true,
  voice_access: true,
  voice_dashboard_access: false,
};

/** The written properties that may be written; unknown and read-only ones are left out. @throws ApiError 400 for a bad value */
export function writtenConfiguration(written: Readonly<Record<string, unknown>>, action: string): RoleConfiguration {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(written)) {
    const choices = Object.hasOwn(CHOICES, name) ? CHOICES[name] : undefined;
    if (READ_ONLY.includes(name) || !(choices || Object.hasOwn(DEFAULTS, name))) continue;
    if (choices && !choices.includes(value as string)) {
      throw invalidAttribute(`custom_role.configuration.${name}`, `must be one of ${choices.join(', ')}`, action);
    }
    if (!choices && typeof value !== 'boolean') throw invalidAttribute(`custom_role.configuration.${name}`, 'must be a boolean', action);
    result[name] = value;
  }
  return result;
}

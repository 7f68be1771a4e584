import type { Account } from '../../account/index.ts';
import { LANGUAGES } from '../languages.ts';

/** Settings by group and name, as `GET /account/settings` shows them. */
export type SettingsTree = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Largest upload, in megabytes. */
const ATTACHMENT_SIZE = 50;

/** The settings of a new account: those of the vendor's reference that have a meaning here (values inferred). */
export function firstSettings({ brand, settings }: Account, customStatusId: number): SettingsTree {
  return {
    active_features: {
      agent_forwarding: true,
      allow_ccs: true,
      automatic_answers: false,
      benchmark_opt_out: false,
      business_hours: true,
      chat: false,
      csat_reason_code: true,
      customer_satisfaction: true,
      dynamic_contents: false,
      explore: false,
      light_agents: false,
      markdown: true,
      on_hold_status: true,
      organization_access_enabled: true,
      rich_content_in_emails: true,
      sandbox: false,
      satisfaction_prediction: false,
      suspended_ticket_notification: false,
      ticket_forms: true,
      ticket_tagging: true,
      user_org_fields: true,
      user_tagging: true,
      voice: true,
    },
    agents: { agent_home: false, agent_workspace: true, focus_mode: false, idle_timeout_enabled: false, unified_agent_statuses: true },
    // The switches of authentication: written, they work.
    api: {
      accepted_api_agreement: true,
      api_password_access_end_users: settings.apiPasswordAccess === true,
      api_token_access: String(settings.apiTokenAccess !== false),
    },
    apps: { create_private: true, create_public: false, use: true },
    branding: { header_color: '1F73B7', page_background_color: '333333', tab_background_color: '7FA239', text_color: 'FFFFFF' },
    brands: { default_brand_id: brand.id, require_brand_on_new_tickets: false },
    email: {
      accept_wildcard_emails: true,
      email_sender_authentication: false,
      email_template_photos: true,
      mail_delimiter: '##- Please type your reply above this line -##',
      no_mail_delimiter: true,
      personalized_replies: true,
      rich_content_in_emails: true,
    },
    groups: { check_group_name_uniqueness: false },
    limits: { attachment_size: ATTACHMENT_SIZE },
    localization: { locale_ids: LANGUAGES.map(({ id }) => id) },
    lotus: { prefer_lotus: true, reporting: true, pod_id: 1 },
    metrics: { account_size: '1-9' },
    messaging_inactivity: { enabled: false, end_session: false, reminders: [], ticket_status_id: customStatusId, timeout: 240 },
    routing: {
      autorouting_tag: '',
      enabled: false,
      max_email_capacity: 0,
      max_messaging_capacity: 0,
      reassignment_messaging_enabled: true,
    },
    rule: { macro_most_used: true, macro_order: 'alphabetical', skill_based_filtered_views: [], using_skill_based_routing: false },
    side_conversations: { email_channel: false, show_in_context_panel: false, slack_channel: false, tickets_channel: false },
    statistics: { forum: true, rule_usage: true, search: true },
    ticket_form: {
      raw_ticket_forms_instructions: 'Please choose your issue below',
      ticket_forms_instructions: 'Please choose your issue below',
    },
    tickets: {
      agent_collision: true,
      agent_ticket_deletion: true,
      allow_group_reset: true,
      assign_default_organization: true,
      assign_tickets_upon_solve: true,
      collaboration: true,
      comments_public_by_default: true,
      email_attachments: false,
      emoji_autocompletion: true,
      follower_and_email_cc_collaborations: true,
      is_first_comment_private_enabled: true,
      light_agent_email_ccs_allowed: false,
      list_empty_views: true,
      list_newest_comments_first: true,
      markdown_ticket_comments: true,
      maximum_personal_views_to_list: 8,
      private_attachments: false,
      rich_text_comments: true,
      status_hold: true,
      tagging: true,
      using_skill_based_routing: false,
    },
    user: {
      agent_created_welcome_emails: true,
      end_user_phone_number_validation: false,
      have_gravatars_enabled: true,
      language_selection: true,
      multiple_organizations: true,
      tagging: true,
      time_zone_selection: true,
    },
    voice: {
      agent_confirmation_when_forwarding: true,
      agent_wrap_up_after_calls: true,
      enabled: true,
      logging: true,
      outbound_enabled: true,
      recordings_public: true,
    },
  };
}

/** Groups that an account has by its plan and nature: a write to them is ignored, and said to be. */
export const READ_ONLY: ReadonlySet<string> = new Set([
  'active_features',
  'apps',
  'limits',
  'localization',
  'lotus',
  'metrics',
  'statistics',
]);

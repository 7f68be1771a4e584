/**
 * Events of an audit that are neither comments nor changed properties (vendor article "Ticket Audit events reference"; names
 * and properties as clients read them).
 */
import type { Via } from '../entities.ts';

/** A word, a string or an element was taken out of a comment. */
export interface CommentRedactionEvent {
  readonly id: number;
  readonly type: 'CommentRedactionEvent';
  readonly comment_id: number;
}

/** A file was taken out of a comment. */
export interface AttachmentRedactionEvent {
  readonly id: number;
  readonly type: 'AttachmentRedactionEvent';
  readonly attachment_id: number;
  readonly comment_id: number;
}

export interface CommentPrivacyChange {
  readonly id: number;
  readonly type: 'CommentPrivacyChange';
  readonly comment_id: number;
  readonly public: boolean;
}

/** Somebody was written to: by a trigger or automation (`Notification`), as a CC (`Cc`) or as a follower. */
export interface NotificationEvent {
  readonly id: number;
  readonly type: 'Notification' | 'NotificationWithCcs' | 'Cc' | 'FollowerNotificationEvent' | 'OrganizationActivity';
  readonly subject?: string;
  readonly body: string;
  /** User ids. */
  readonly recipients: readonly number[];
  readonly via: Via;
}

/** Who follows the ticket, by e-mail address (a user without one by name; inferred). */
export interface FollowersChange {
  readonly id: number;
  readonly type: 'FollowersChange';
  readonly previous_followers: readonly string[];
  readonly current_followers: readonly string[];
}

/** Who is copied by e-mail, by address as followers are. */
export interface EmailCcChange {
  readonly id: number;
  readonly type: 'EmailCcChange';
  readonly previous_email_ccs: readonly string[];
  readonly current_email_ccs: readonly string[];
}

/** A macro was applied by the update. */
export interface AgentMacroReference {
  readonly id: number;
  readonly type: 'AgentMacroReference';
  /** A text (documented). */
  readonly macro_id: string;
  readonly macro_title: string;
  readonly macro_deleted: boolean;
}

/** Something went wrong while the ticket was worked on. */
export interface ErrorEvent {
  readonly id: number;
  readonly type: 'Error';
  readonly message: string;
}

/** A message went to a target outside. */
export interface ExternalEvent {
  readonly id: number;
  readonly type: 'External';
  readonly resource: string;
  readonly body: string;
}

/** A webhook was called by a trigger or automation (properties inferred). */
export interface WebhookEvent {
  readonly id: number;
  readonly type: 'WebhookEvent';
  readonly resource: string;
  readonly body: string;
  readonly via: Via;
}

/** The requester was asked for, or gave, a rating. */
export interface SatisfactionRatingEvent {
  readonly id: number;
  readonly type: 'SatisfactionRating';
  readonly score: string;
  readonly assignee_id: number | null;
  readonly body: string | null;
}

export type OtherEvent =
  | CommentRedactionEvent
  | AttachmentRedactionEvent
  | CommentPrivacyChange
  | NotificationEvent
  | FollowersChange
  | EmailCcChange
  | AgentMacroReference
  | ErrorEvent
  | ExternalEvent
  | WebhookEvent
  | SatisfactionRatingEvent;

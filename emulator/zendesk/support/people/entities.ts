/** People's ties to organizations, as stored; users, organizations and groups themselves are in `support/entities.ts`. */

export interface OrganizationMembership {
  readonly id: number;
  readonly user_id: number;
  readonly organization_id: number;
  /** One of each user's; over REST `true` or `null`. */
  readonly default: boolean;
  readonly created_at: string;
  readonly updated_at: string;
}

/** An agent or end user who is told of all tickets of an organization. */
export interface OrganizationSubscription {
  readonly id: number;
  readonly user_id: number;
  readonly organization_id: number;
  readonly created_at: string;
}

export type MergeStatus = 'new' | 'in_progress' | 'error' | 'complete';

/** Of two organizations the loser becomes part of the winner. */
export interface OrganizationMerge {
  /** ULID. */
  readonly id: string;
  readonly loser_id: number;
  readonly winner_id: number;
  readonly status: MergeStatus;
  /** Milliseconds of the account's clock at which it is done. */
  readonly due: number;
  readonly actor_id: number | null;
}

/** What end users think of how their ticket was solved (vendor article "Satisfaction Ratings"). */
export type RatingScore = 'good' | 'bad';

export interface SatisfactionRating {
  readonly id: number;
  readonly ticket_id: number;
  readonly requester_id: number;
  readonly assignee_id: number | null;
  readonly group_id: number | null;
  /** `offered` until the requester answers. */
  readonly score: RatingScore | 'offered';
  readonly comment: string | null;
  readonly reason_id: number | null;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface RatingDraft {
  score?: string | null;
  comment?: string | null;
  reason_id?: number | null;
  reason_code?: number | null;
}

/** Why somebody is not satisfied. */
export interface SatisfactionReason {
  readonly id: number;
  readonly code: number;
  readonly value: string;
}

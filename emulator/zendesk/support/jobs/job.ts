import type { Actor } from '../entities.ts';

export type JobStatus = 'queued' | 'working' | 'failed' | 'completed';

export type JobResult = Readonly<Record<string, unknown>>;

/** A job as stored. */
export interface Job {
  /** `V3-` and 32 hexadecimal digits (recorded). */
  readonly id: string;
  /** 1, 2, 3 … in each account. */
  readonly position: number;
  /** `job_type`, and the name of its kind. */
  readonly title: string;
  readonly status: JobStatus;
  /** Total and progress are not told, the results are one object. */
  readonly whole: boolean;
  /** How many items there are to be done. */
  readonly total: number;
  readonly actor: Actor;
  /** One for each item that is done. */
  readonly results: readonly JobResult[];
  /** Milliseconds of the account's clock. */
  readonly created: number;
  readonly starts: number;
  readonly ends: number;
  readonly message: string | null;
}

/** What a job that is not done yet works on; apart from it, as the job is written with each item that is done. */
export interface JobItems {
  readonly id: Job['id'];
  readonly items: readonly unknown[];
}

/** What jobs of one kind do. */
export interface JobKind<Item> {
  /** `job_type` as Zendesk shows it. */
  readonly title: string;
  /** Does one item inside a transaction. @throws ApiError when it is refused; the others are still done. */
  run(account: string, item: Item, actor: Actor, index: number): JobResult;
  /** Further properties of a failed item's result. */
  about?(item: Item): JobResult;
  readonly unordered?: boolean;
  readonly whole?: boolean;
}

const NEXT: Readonly<Record<JobStatus, readonly JobStatus[]>> = {
  queued: ['working'],
  working: ['completed', 'failed'],
  completed: [],
  failed: [],
};

/** The state that the job moves to. @throws Error for a move that does not exist */
export function jobState(job: Pick<Job, 'id' | 'status'>, to: JobStatus): JobStatus {
  if (!NEXT[job.status].includes(to)) throw new Error(`job ${job.id} cannot go from ${job.status} to ${to}`);
  return to;
}

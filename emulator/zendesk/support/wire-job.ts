import type { Job } from './jobs/job.ts';
import type { Json } from './wire.ts';

/**
 * A job in the recorded order. A permanent deletion has neither total nor progress, and one object as results.
 */
export function wireJob(job: Job, base: string): Json {
  const { id, title, status, message, total, results, whole } = job;
  const done = status === 'completed' || status === 'failed';
  return {
    id,
    job_type: title,
    url: `${base}/api/v2/job_statuses/${id}.json`,
    total: whole ? null : total,
    progress: whole || status === 'queued' ? null : results.length,
    status,
    message,
    results: !done ? null : whole ? { success: results.every((result) => result['success'] === true) } : results,
  };
}

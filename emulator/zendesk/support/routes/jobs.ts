import type { Response, Router } from 'express';
import { sendJson } from '../../account/index.ts';
import { recordNotFound } from '../errors.ts';
import type { Support } from '../index.ts';
import type { Job } from '../jobs/job.ts';
import { wireJob } from '../wire-job.ts';
import { scopeOf } from './http.ts';
import { arrayListing } from './listing.ts';
import { sendPage } from './page.ts';
import { manyOf, sendMany } from './show-many.ts';

/** `/job_statuses`: what became of the calls that answer with a job. */
export function jobRoutes(router: Router, support: Support): void {
  const { jobs } = support;

  router.get('/job_statuses', (req, res) => {
    const { account, base } = scopeOf(res);
    // Newest first, in both kinds of pages.
    const rows = jobs.list(account).map((job) => ({ id: -job.position, job }));
    sendPage(req, res, { key: 'job_statuses', action: 'job_statuses/index' }, arrayListing(rows), ({ job }) => wireJob(job, base));
  });

  router.get('/job_statuses/show_many', (req, res) => {
    const { account, base } = scopeOf(res);
    const rows = manyOf<Job>(req, 'job_statuses', { ids: (id) => jobs.get(account, id) }, (text) => text.split(','));
    sendMany(res, 'job_statuses', rows.map((job) => wireJob(job, base))); // prettier-ignore
  });

  router.get('/job_statuses/:job_status_id', (req, res) => {
    const { account } = scopeOf(res);
    const job = jobs.get(account, String(req.params['job_status_id']));
    if (!job) throw recordNotFound();
    sendJob(res, job);
  });
}

/** Recorded: 200, not 202. */
export function sendJob(res: Response, job: Job): void {
  sendJson(res, 200, { job_status: wireJob(job, scopeOf(res).base) });
}

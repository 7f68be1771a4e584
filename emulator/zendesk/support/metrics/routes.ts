import type { Router } from 'express';
import { principalOf, sendJson } from '../../account/index.ts';
import type { Ticket } from '../entities.ts';
import { recordNotFound } from '../errors.ts';
import type { Support } from '../index.ts';
import { idOf, scopeOf } from '../routes/http.ts';
import { tableListing } from '../routes/listing.ts';
import { sendPage } from '../routes/page.ts';
import { wireMetric } from './wire-metric.ts';

/** `/ticket_metrics`, and those of one ticket. */
export function metricRoutes(router: Router, support: Support): void {
  const { metrics, tickets } = support;

  /** From the newest ticket to the oldest (documented). */
  router.get('/ticket_metrics', (req, res) => {
    const { account, base } = scopeOf(res);
    const where = support.visibility.narrow(account, principalOf(res), {});
    const listing = tableListing<Ticket>(
      (query) => tickets.list(account, { ...query, where: { ...where, ...query.where } }),
      () => tickets.count(account, where),
    );
    const spec = { key: 'ticket_metrics', action: 'ticket_metrics/index', order: { by: 'id', descending: true } };
    sendPage(req, res, spec, listing, (ticket) => wireMetric(metrics.of(account, ticket), base));
  });

  /** Declared a list; clients read one object. */
  router.get('/ticket_metrics/:ticket_metric_id', (req, res) => {
    const { account, base } = scopeOf(res);
    const metric = metrics.get(account, idOf(req, 'ticket_metric_id', 'ticket_metrics/show'));
    const ticket = metric && tickets.get(account, metric.ticket_id);
    if (!ticket || !support.visibility.sees(account, principalOf(res), ticket)) throw recordNotFound();
    sendJson(res, 200, { ticket_metric: wireMetric(metric, base) });
  });

  router.get('/tickets/:ticket_id/metrics', (req, res) => {
    const { account, base } = scopeOf(res);
    const ticket = tickets.get(account, idOf(req, 'ticket_id', 'ticket_metrics/show'));
    if (!ticket) throw recordNotFound();
    sendJson(res, 200, { ticket_metric: wireMetric(metrics.of(account, ticket), base) });
  });
}

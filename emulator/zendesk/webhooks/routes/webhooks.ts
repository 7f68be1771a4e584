import type { Request, Response, Router } from 'express';
import { accountOf, baseOf } from '../../account/index.ts';
import type { Webhook } from '../entities.ts';
import { invalidParameter } from '../errors.ts';
import { pageJson, paginate, readPage } from '../pagination.ts';
import { readPatch, readWhole } from '../validation/read-webhook.ts';
import type { WebhookService } from '../webhook-service.ts';
import { secretJson, webhookJson } from '../wire.ts';
import { answer, answerEmpty } from './answers.ts';
import { queryOf, userOf } from './entry.ts';

type Compare = (a: Webhook, b: Webhook) => number;
const SORTS: Readonly<Record<string, Compare>> = {
  name: (a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id),
  status: (a, b) => a.status.localeCompare(b.status) || a.id.localeCompare(b.id),
};
const STATUSES = ['active', 'inactive'];

export function webhookRoutes(router: Router, service: WebhookService): void {
  router.get('/webhooks', (req, res) => list(service, req, res));

  router.post('/webhooks', (req, res) => {
    const account = accountOf(res).name;
    const original = queryOf(req).get('clone_webhook_id');
    const webhook = original ? service.clone(account, original, userOf(res)) : service.create(account, readWhole(req.body), userOf(res));
    answer(res, 201, { webhook: webhookJson(webhook, 'created') });
  });

  router.get('/webhooks/:id', (req, res) => {
    answer(res, 200, { webhook: webhookJson(service.expect(accountOf(res).name, req.params.id), 'read') });
  });

  router.put('/webhooks/:id', (req, res) => {
    const account = accountOf(res).name;
    const stored = service.expect(account, req.params.id);
    service.replace(account, stored.id, readWhole(req.body, stored), userOf(res));
    answerEmpty(res);
  });

  router.patch('/webhooks/:id', (req, res) => {
    const account = accountOf(res).name;
    const stored = service.expect(account, req.params.id);
    service.patch(account, stored.id, readPatch(req.body, stored), userOf(res));
    answerEmpty(res);
  });

  router.delete('/webhooks/:id', (req, res) => {
    service.delete(accountOf(res).name, req.params.id);
    answerEmpty(res);
  });

  router.get('/webhooks/:id/signing_secret', (req, res) => {
    answer(res, 200, secretJson(service.signingSecret(accountOf(res).name, req.params.id)));
  });

  router.post('/webhooks/:id/signing_secret', (req, res) => {
    answer(res, 201, secretJson(service.resetSigningSecret(accountOf(res).name, req.params.id)));
  });
}

function list(service: WebhookService, req: Request, res: Response): void {
  const query = queryOf(req);
  const status = query.get('filter[status]');
  if (status !== null && !STATUSES.includes(status)) throw invalidParameter('filter[status]', STATUSES.join(' or '));
  const found = service.list(accountOf(res).name, { nameContains: query.get('filter[name_contains]'), status });
  const sort = query.get('sort');
  const page = paginate(sorted(found, sort), readPage(query), sort ?? 'desc');
  const { meta, links } = pageJson(page, `${baseOf(res)}/api/v2/webhooks`, query);
  answer(res, 200, { meta, links, webhooks: page.rows.map((webhook) => webhookJson(webhook, 'read')) });
}

/** Without `sort` the newest first, which fits the recording (as name order does). */
function sorted(webhooks: Webhook[], sort: string | null): Webhook[] {
  if (sort === null) return webhooks;
  const name = sort.replace(/^-/, '');
  const compare = Object.hasOwn(SORTS, name) ? SORTS[name] : undefined;
  if (!compare) throw invalidParameter('sort', 'name, -name, status or -status');
  return webhooks.toSorted(sort.startsWith('-') ? (a, b) => compare(b, a) : compare);
}

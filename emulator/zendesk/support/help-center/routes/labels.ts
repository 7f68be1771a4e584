import type { Router } from 'express';
import { accountOf, sendJson } from '../../../account/index.ts';
import { recordNotFound } from '../../errors.ts';
import type { Support } from '../../index.ts';
import { actorOf, idOf } from '../../routes/http.ts';
import { arrayListing } from '../../routes/listing.ts';
import { sendPage } from '../../routes/page.ts';
import { permit } from '../../routes/permit.ts';
import { permissionGroups, wireLabel } from '../wire.ts';
import { expectShown, guideOf, NUMBERED } from './guide.ts';

/** Labels of articles, and the built-in group that may edit them. */
export function labelRoutes(router: Router, support: Support): void {
  const { helpCenter } = support;
  const { labels, articles } = helpCenter;

  router.get('/help_center/articles/labels', (req, res) => {
    const guide = guideOf(support, req, res);
    const spec = { key: 'labels', action: 'labels/index', ...NUMBERED };
    sendPage(req, res, spec, arrayListing(labels.list(guide.account)), (label) => wireLabel(guide, label));
  });

  router.get('/help_center/articles/labels/:label_id', (req, res) => {
    const guide = guideOf(support, req, res);
    sendJson(res, 200, { label: wireLabel(guide, labels.expect(guide.account, idOf(req, 'label_id', 'labels/show'))) });
  });

  for (const path of ['/help_center/articles/:article_id/labels', '/help_center/:locale/articles/:article_id/labels']) {
    router.get(path, (req, res) => {
      const guide = guideOf(support, req, res);
      const { content } = expectShown(guide, articles.expect(guide.account, idOf(req, 'article_id', 'labels/index')));
      const spec = { key: 'labels', action: 'labels/index', ...NUMBERED };
      sendPage(req, res, spec, arrayListing(labels.of(guide.account, content)), (label) => wireLabel(guide, label));
    });
  }

  router.post('/help_center/articles/:article_id/labels', (req, res) => {
    const guide = guideOf(support, req, res);
    const { name } = permit<{ name?: string | null }>(res, req.body, 'label', { name: 'text' }, 'labels/create');
    const label = helpCenter.addLabel(guide.account, idOf(req, 'article_id', 'labels/create'), name ?? '', actorOf(req, res));
    sendJson(res, 201, { label: wireLabel(guide, label) });
  });

  router.delete('/help_center/articles/:article_id/labels/:label_id', (req, res) => {
    const { account } = guideOf(support, req, res);
    const id = idOf(req, 'article_id', 'labels/destroy');
    helpCenter.removeLabel(account, id, idOf(req, 'label_id', 'labels/destroy'), actorOf(req, res));
    res.status(204).end();
  });

  router.get('/guide/permission_groups', (req, res) => {
    const rows = permissionGroups(guideOf(support, req, res).settings, accountOf(res).createdAt);
    sendPage(req, res, { key: 'permission_groups', action: 'permission_groups/index', ...NUMBERED }, arrayListing(rows), (row) => row);
  });

  router.get('/guide/permission_groups/:permission_group_id', (req, res) => {
    const id = idOf(req, 'permission_group_id', 'permission_groups/show');
    const row = permissionGroups(guideOf(support, req, res).settings, accountOf(res).createdAt).find((each) => each.id === id);
    if (!row) throw recordNotFound();
    sendJson(res, 200, { permission_group: row });
  });
}

import type { Request, Response, Router } from 'express';
import { principalOf, sendJson } from '../../../account/index.ts';
import { recordNotFound } from '../../errors.ts';
import type { Support } from '../../index.ts';
import { idOf, queryOf } from '../../routes/http.ts';
import { arrayListing } from '../../routes/listing.ts';
import { sendPage } from '../../routes/page.ts';
import { permit, type Shape } from '../../routes/permit.ts';
import type { UserSegment, UserSegmentDraft } from '../segments.ts';
import { guideOf, NUMBERED } from './guide.ts';
import { userAsked } from './readers.ts';

const SEGMENT: Shape = {
  name: 'text',
  user_type: 'text',
  group_ids: 'integers',
  organization_ids: 'integers',
  tags: 'tags',
  or_tags: 'tags',
  added_user_ids: 'integers',
};

/** User segments. */
export function segmentRoutes(router: Router, support: Support): void {
  const { segments } = support.helpCenter;
  const accountOf = (req: Request, res: Response): string => guideOf(support, req, res).account;
  const idIn = (req: Request, action: string): number => idOf(req, 'user_segment_id', `user_segments/${action}`);

  router.get('/help_center/user_segments', (req, res) => {
    const rows = segments.list(accountOf(req, res));
    list(req, res, queryOf(req).get('built_in') === 'true' ? rows.filter((segment) => segment.built_in) : rows);
  });

  /** Those that one may give the articles that one edits (documented): agents edit none here, admins all. */
  router.get('/help_center/user_segments/applicable', (req, res) => {
    const principal = principalOf(res);
    list(req, res, principal.kind === 'token' && principal.role === 'admin' ? segments.list(accountOf(req, res)) : []);
  });

  router.get('/help_center/users/:user_id/user_segments', (req, res) => {
    const account = accountOf(req, res);
    const user = support.users.get(account, userAsked(support, req, res, 'user_segments/index'));
    if (!user) throw recordNotFound();
    list(req, res, segments.of(account, user));
  });

  router.post('/help_center/user_segments', (req, res) => {
    const guide = guideOf(support, req, res);
    const draft = permit<UserSegmentDraft>(res, req.body, 'user_segment', SEGMENT, 'user_segments/create');
    const user_segment = segments.create(guide.account, draft);
    res.set('Location', `${guide.base}/api/v2/help_center/user_segments/${user_segment.id}.json`);
    sendJson(res, 201, { user_segment });
  });

  router.get('/help_center/user_segments/:user_segment_id', (req, res) => {
    sendJson(res, 200, { user_segment: segments.expect(accountOf(req, res), idIn(req, 'show')) });
  });

  router.put('/help_center/user_segments/:user_segment_id', (req, res) => {
    const patch = permit<UserSegmentDraft>(res, req.body, 'user_segment', SEGMENT, 'user_segments/update');
    sendJson(res, 200, { user_segment: segments.update(accountOf(req, res), idIn(req, 'update'), patch) });
  });

  router.delete('/help_center/user_segments/:user_segment_id', (req, res) => {
    segments.delete(accountOf(req, res), idIn(req, 'destroy'));
    res.status(204).end();
  });

  function list(req: Request, res: Response, rows: readonly UserSegment[]): void {
    sendPage(req, res, { key: 'user_segments', action: 'user_segments/index', ...NUMBERED }, arrayListing(rows), (segment) => segment);
  }
}

import express, { type RequestHandler, type Router } from 'express';
import type { Support } from '../index.ts';
import { documentedPath } from '../documented.ts';
import { notEmulated } from '../errors.ts';
import { guardTickets } from '../access/ticket-guard.ts';
import { oauthClientRoutes } from '../oauth/client-routes.ts';
import { oauthTokenRoutes } from '../oauth/token-routes.ts';
import { customRoleRoutes } from '../roles/routes.ts';
import { attachmentRoutes, uploadRoute } from './attachments.ts';
import { exportRoutes } from './exports.ts';
import { accountObjectRoutes } from './account-objects.ts';
import { commentChangeRoutes } from './comment-changes.ts';
import { deletedTicketRoutes } from './deleted-tickets.ts';
import { fieldRoutes } from './fields.ts';
import { groupWriteRoutes } from './group-writes.ts';
import { groupRoutes } from './groups.ts';
import { helpCenterRoutes } from '../help-center/routes/router.ts';
import { jobRoutes } from './jobs.ts';
import { organizationRoutes } from './organizations.ts';
import { scheduleRoutes } from './schedules.ts';
import { tagRoutes } from './tags.ts';
import { searchRoutes } from './search.ts';
import { ticketHistoryRoutes } from './ticket-history.ts';
import { ticketJobRoutes } from './ticket-jobs.ts';
import { ticketRelationRoutes } from './ticket-relations.ts';
import { ticketRoutes } from './tickets.ts';
import { userJobRoutes } from './user-jobs.ts';
import { userRoutes } from './users.ts';

export function supportRouter(support: Support): Router {
  const { accounts } = support.context;
  const router = express.Router();
  router.use(accounts.entry());
  uploadRoute(router, support);
  router.use(accounts.jsonBody(), fieldWordsAreEndpoints);
  guardTickets(router, support);
  // Words before parameters: `update_many` is no id.
  ticketJobRoutes(router, support);
  deletedTicketRoutes(router, support);
  ticketRelationRoutes(router, support);
  ticketRoutes(router, support);
  ticketHistoryRoutes(router, support);
  commentChangeRoutes(router, support);
  userJobRoutes(router, support);
  userRoutes(router, support);
  organizationRoutes(router, support);
  fieldRoutes(router, support);
  groupRoutes(router, support);
  groupWriteRoutes(router, support);
  searchRoutes(router, support);
  exportRoutes(router, support);
  attachmentRoutes(router, support);
  tagRoutes(router, support);
  jobRoutes(router, support);
  accountObjectRoutes(router, support);
  customRoleRoutes(router, support);
  oauthClientRoutes(router, support);
  oauthTokenRoutes(router, support);
  scheduleRoutes(router, support);
  helpCenterRoutes(router, support);
  return router;
}

/** Fields are shown by id or key, so `user_fields/reorder` and its like must not be taken for a key. */
const fieldWordsAreEndpoints: RequestHandler = (req, _res, next) => {
  const word = /^\/(?:user|organization)_fields\/([a-z_]+)$/.exec(req.path)?.[1];
  const path = word === undefined ? undefined : documentedPath(req.method, req.path);
  if (path?.endsWith(`/${word}`)) throw notEmulated(`${req.method} /api/v2${path}`);
  next();
};

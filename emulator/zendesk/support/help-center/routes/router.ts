import type { Router } from 'express';
import type { Support } from '../../index.ts';
import { articleAttachmentRoutes } from './attachments.ts';
import { articleCommentRoutes } from './comments.ts';
import { contentRoutes } from './content.ts';
import { incrementalRoute } from './incremental.ts';
import { labelRoutes } from './labels.ts';
import { guideSearchRoutes } from './search.ts';
import { segmentRoutes } from './segments.ts';
import { subscriptionRoutes } from './subscriptions.ts';
import { translationRoutes } from './translations.ts';
import { voteRoutes } from './votes.ts';

/** The Help Center API. Words come before parameters: `articles/search` is no article, `incremental` no language. */
export function helpCenterRoutes(router: Router, support: Support): void {
  guideSearchRoutes(router, support);
  incrementalRoute(router, support);
  labelRoutes(router, support);
  segmentRoutes(router, support);
  translationRoutes(router, support);
  articleAttachmentRoutes(router, support);
  articleCommentRoutes(router, support);
  voteRoutes(router, support);
  subscriptionRoutes(router, support);
  contentRoutes(router, support);
}

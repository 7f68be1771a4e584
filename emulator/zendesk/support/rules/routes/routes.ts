import type { Router } from 'express';
import type { Support } from '../../index.ts';
import { automationRoutes } from './automations.ts';
import { macroAttachmentRoutes } from './macro-attachments.ts';
import { macroRoutes } from './macros.ts';
import { slaPolicyRoutes } from './sla-policies.ts';
import { triggerCategoryRoutes } from './trigger-categories.ts';
import { triggerRevisionRoutes } from './trigger-revisions.ts';
import { triggerRoutes } from './triggers.ts';
import { viewTicketRoutes } from './view-tickets.ts';
import { viewRoutes } from './views.ts';

/** All business rules. Words before parameters: what is in views is asked for before views themselves. */
export function ruleRoutes(router: Router, support: Support): void {
  viewTicketRoutes(router, support);
  viewRoutes(router, support);
  macroAttachmentRoutes(router, support);
  macroRoutes(router, support);
  triggerRoutes(router, support);
  triggerRevisionRoutes(router, support);
  triggerCategoryRoutes(router, support);
  automationRoutes(router, support);
  slaPolicyRoutes(router, support);
}

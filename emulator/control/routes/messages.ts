import { Router } from 'express';
import type { MessageDraft } from '../../zendesk/conversations/index.ts';
import { controlErrors } from '../errors.ts';
import { accountNamed, bodyOf } from '../request.ts';
import { fitting } from '../schemas.ts';
import type { World } from '../world.ts';

/** Messages in the conversations of tickets, which webhooks tell of. */
export function messageRoutes(world: World): Router {
  const router = Router();
  router.post('/messages', async (req, res) => {
    const { account: _account, ...draft } = await fitting<MessageDraft & { account?: string }>('request#/$defs/message', bodyOf(req));
    const account = accountNamed(world, req);
    const added = world.rooms.conversations.addMessage(account, draft);
    if (!added) throw controlErrors.unknownTicket(account, draft.ticket);
    res.status(201).json({ account, ...added });
  });
  return router;
}

import type { Router } from 'express';
import { accountOf, type Accounts } from '../../account/index.ts';
import type { TestService } from '../test-service.ts';
import { readTest } from '../validation/read-webhook.ts';
import type { WebhookService } from '../webhook-service.ts';
import { headersJson } from '../wire.ts';
import { answer } from './answers.ts';
import { limited, queryOf } from './entry.ts';

export function testRoutes(router: Router, accounts: Accounts, webhooks: WebhookService, tests: TestService): void {
  router.post('/webhooks/test', limited(accounts, 'webhooks-test'), async (req, res) => {
    const account = accountOf(res);
    const id = queryOf(req).get('webhook_id');
    const stored = id === null ? undefined : webhooks.expect(account.name, id);
    const result = await tests.send(account, stored, readTest(req.body, stored));
    // 200 also when the target failed (recorded).
    answer(res, 200, {
      response: { headers: headersJson(result.headers), status_code: result.statusCode, payload: result.payload },
    });
  });
}

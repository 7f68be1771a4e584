import { expect, test } from 'vitest';
import { anEntry } from '../test-control.ts';
import { complaint, forwarded, worldWith } from './test-journeys.ts';

test('webhook answers are read from the journal', async () => {
  await using world = await worldWith(forwarded());
  await world.append(anEntry({ kind: 'webhook.attempt', data: { event: 'zen:event-type:ticket.created', status: 401 } }));
  await expect(world.journey).toRefuseWebhook();
  expect(await complaint(expect(world.journey).toAnswerWebhookWith(200))).toContain(
    'zen:event-type:ticket.created was delivered and answered 401',
  );
});

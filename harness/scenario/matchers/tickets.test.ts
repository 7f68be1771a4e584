import { expect, test } from 'vitest';
import { anEntry } from '../test-control.ts';
import { complaint, forwarded, worldWith } from './test-journeys.ts';

test('voice comments are read from the journal', async () => {
  await using world = await worldWith(forwarded());
  await world.append(
    anEntry({ kind: 'ticket.updated', data: { ticket: { id: 35 }, comment: { type: 'VoiceComment' } } }),
    anEntry({ kind: 'comment.added', data: { ticket: { id: 35 }, comment: { type: 'VoiceComment' } } }),
  );
  await expect(world.journey).toHaveVoiceComment();
  expect(await complaint(expect(world.journey).toHaveVoiceComment(36))).toMatch(/voice comments are on ticket 35$/m);
});

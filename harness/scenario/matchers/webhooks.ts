import type { JournalEntry, WebhookAttemptData } from '../../emulator/journal-entry.ts';
import { aboutJourney, journeyOf, type Patience, type Question } from './question.ts';

/** The bridge answered a webhook delivery about the journey with that status. */
export function toAnswerWebhookWith(received: unknown, status: number, options: Patience = {}): Question {
  return aboutAttempts(
    received,
    'toAnswerWebhookWith',
    `have its webhook answered ${status} by the bridge`,
    (code) => code === status,
    options,
  );
}

/** The bridge refused a webhook delivery about the journey (401 or 403), as it must when the signature does not fit. */
export function toRefuseWebhook(received: unknown, options: Patience = {}): Question {
  return aboutAttempts(
    received,
    'toRefuseWebhook',
    'have its webhook refused by the bridge (401 or 403)',
    (code) => code === 401 || code === 403,
    options,
  );
}

function aboutAttempts(received: unknown, matcher: string, phrase: string, fits: (status: number) => boolean, options: Patience): Question {
  const journey = journeyOf(received, matcher);
  return aboutJourney(
    journey,
    phrase,
    () => {
      const attempts = journey.stage.entries(journey.id).filter((entry) => entry.kind === 'webhook.attempt');
      return {
        holds: attempts.some((entry) => fits(statusOf(entry))),
        seen: attempts.length === 0 ? ['nothing was delivered about it'] : attempts.map(describeAttempt),
      };
    },
    options,
  );
}

const statusOf = (entry: JournalEntry): number => Number((entry.data as WebhookAttemptData).status);

function describeAttempt(entry: JournalEntry): string {
  const { event = 'an event', status } = entry.data as WebhookAttemptData;
  return `${event} was delivered and ${status == null ? 'not answered' : `answered ${status}`}`;
}

import { expect } from 'vitest';
import { observe } from '../observe.ts';
import { toEnd, toHear } from './call.ts';
import { toCorrelate, toStayUnlinked } from './correlation.ts';
import { toEnrich } from './enrichment.ts';
import { toBeForwardedTo, toReachBridgeAs } from './forwarding.ts';
import type { Question } from './question.ts';
import { toHaveTickets, toHaveVoiceComment, toHaveWebhooks } from './tickets.ts';
import { toBeBoundTo, toBeRejectedWith, toRevealInTransfer, toRing, toShowCaller } from './transfer.ts';
import { toAnswerWebhookWith, toRefuseWebhook } from './webhooks.ts';

export const QUESTIONS = {
  toAnswerWebhookWith,
  toBeBoundTo,
  toBeForwardedTo,
  toBeRejectedWith,
  toCorrelate,
  toEnd,
  toEnrich,
  toHaveTickets,
  toHaveVoiceComment,
  toHaveWebhooks,
  toHear,
  toReachBridgeAs,
  toRefuseWebhook,
  toRevealInTransfer,
  toRing,
  toShowCaller,
  toStayUnlinked,
};

let registered = false;

/** Teaches vitest's `expect` the words of the trade. */
export function registerMatchers(): void {
  if (registered) return;
  registered = true;
  const matchers = Object.entries(QUESTIONS).map(([name, ask]) => [
    name,
    function matcher(this: { isNot?: boolean }, received: unknown, ...args: unknown[]) {
      return judge((ask as (received: unknown, ...args: unknown[]) => Question)(received, ...args), this.isNot === true);
    },
  ]);
  expect.extend(Object.fromEntries(matchers) as Parameters<typeof expect.extend>[0]);
}

/** Waits for the answer, notes it for the report, and words the message. */
export async function judge(question: Question, negated: boolean): Promise<{ pass: boolean; message: () => string }> {
  const { stage, subject, phrase, nature, look, withinMs, journey } = question;
  const text = `${subject} ${negated ? 'not ' : ''}to ${phrase}`;
  const { holds, seen } = await observe(stage, look, { negated, nature, ...(withinMs === undefined ? {} : { withinMs }) });
  const outcome = holds === negated ? 'missed' : 'met';
  stage.expectations.push({ text, outcome, seen, seq: stage.log.last, ...(journey === undefined ? {} : { journey }) });
  return {
    pass: holds,
    message: () => `expected ${text}\n\n${seen.map((line, index) => `${index === 0 ? '  seen: ' : '        '}${line}`).join('\n')}\n`,
  };
}

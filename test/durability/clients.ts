import { type Api, CutOff } from './api.ts';
import type { Ledger } from './ledger.ts';

const CLIENTS = 6;

/** Writes tickets, comments and updates through several clients at once until the emulator dies. */
export async function load(api: Api, ledger: Ledger, token: string, onAnswer: () => void): Promise<void> {
  await Promise.all(Array.from({ length: CLIENTS }, (_, index) => oneClient(api, ledger, `${token}.${index}`, onAnswer)));
}

async function oneClient(api: Api, ledger: Ledger, token: string, onAnswer: () => void): Promise<void> {
  try {
    for (let round = 0; ; round++) {
      const subject = `${token}.${round}`;
      const comment = `first of ${subject}`;
      ledger.creating(subject);
      const draft = { ticket: { subject, external_id: subject, comment: { body: comment }, tags: ['durable'] } };
      const { ticket } = await api.call<{ ticket: { id: number } }>('POST', '/tickets', draft);
      ledger.created(ticket.id, subject, comment);
      onAnswer();
      for (const step of ['a', 'b', 'c']) {
        const change = step === 'b' ? { externalId: `${subject}.${step}` } : { comment: `${step} of ${subject}` };
        ledger.changing(ticket.id, change);
        const update = 'comment' in change ? { comment: { body: change.comment } } : { external_id: change.externalId };
        await api.call('PUT', `/tickets/${ticket.id}`, { ticket: update });
        ledger.changed(ticket.id);
        onAnswer();
      }
    }
  } catch (error) {
    if (!(error instanceof CutOff)) throw error;
  }
}

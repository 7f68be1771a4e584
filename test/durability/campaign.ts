import { Random } from '../../emulator/core/random.ts';
import { Api } from './api.ts';
import { load } from './clients.ts';
import { EmulatorProcess } from './emulator-process.ts';
import { Ledger, type Shown } from './ledger.ts';
import { DeliveryReceiver } from './receiver.ts';

/** What the webhook is told of, and what of it the ledger counts on. */
const EVENTS = ['ticket.created', 'ticket.comment_added', 'ticket.external_id_changed'].map((name) => `zen:event-type:${name}`);
/** Every so many lives one ends before the emulator is up. */
const DIES_STARTING = 8;

export interface Outcome {
  readonly ledger: Ledger;
  readonly receiver: DeliveryReceiver;
  readonly problems: readonly string[];
  readonly kills: number;
}

/** Kills one emulator so many times under load and starts it again with the same file; then lets it deliver what is left. */
export async function campaign(dataFile: string, kills: number, seed: number): Promise<Outcome> {
  const random = new Random(seed);
  const ledger = new Ledger();
  const receiver = new DeliveryReceiver();
  const endpoint = await receiver.listen();
  const problems: string[] = [];
  let emulator = new EmulatorProcess(dataFile);
  try {
    let webhook = '';
    for (let life = 0; life < kills; life++) {
      if (life > 0 && life % DIES_STARTING === 0) {
        // Opening the file, making its tables, taking up deliveries: anywhere in its start, or shortly after.
        await emulator.killAfter(random.int(50, 600));
        emulator = new EmulatorProcess(dataFile);
        continue;
      }
      const up = await emulator.up;
      if (!up) throw new Error('the emulator ended before it was up, and nobody had killed it');
      const api = new Api(up);
      if (life === 0) webhook = await prepare(api, up.controlUrl, endpoint, receiver);
      else problems.push(...(await inspect(api, ledger, ledger.takeTouched())));
      await loadUntilKilled(emulator, api, { ledger, receiver, random, token: `${seed}.${life}` });
      emulator = new EmulatorProcess(dataFile);
    }
    const up = await emulator.up;
    if (!up) throw new Error('the last life did not begin');
    const api = new Api(up);
    problems.push(...(await inspect(api, ledger, ledger.ids)));
    problems.push(...(await undelivered(ledger, receiver)));
    problems.push(...(await unlogged(api, webhook, receiver)));
    return { ledger, receiver, problems: [...problems, ...receiver.broken], kills };
  } finally {
    await emulator.stop();
    receiver.close();
  }
}

async function prepare(api: Api, controlUrl: string, endpoint: string, receiver: DeliveryReceiver): Promise<string> {
  const settings = { rateLimits: false, webhookRetrySpacingMs: [50], webhookActivityKept: 100_000 };
  const set = await fetch(`${controlUrl}/accounts/acme/settings`, { method: 'PUT', body: JSON.stringify(settings) });
  if (!set.ok) throw new Error(`the settings were refused: ${await set.text()}`);
  const draft = { name: 'durable', status: 'active', endpoint, http_method: 'POST', request_format: 'json', subscriptions: EVENTS };
  const { webhook } = await api.call<{ webhook: { id: string } }>('POST', '/webhooks', { webhook: draft });
  const secret = await api.call<{ signing_secret: { secret: string } }>('GET', `/webhooks/${webhook.id}/signing_secret`);
  receiver.secret = secret.signing_secret.secret;
  return webhook.id;
}

interface Load {
  readonly ledger: Ledger;
  readonly receiver: DeliveryReceiver;
  readonly random: Random;
  readonly token: string;
}

/** Kills it right when the n-th answer, or the n-th delivery, has arrived: between any two steps of everything else. */
async function loadUntilKilled(emulator: EmulatorProcess, api: Api, { ledger, receiver, random, token }: Load): Promise<void> {
  let left = random.int(1, 40);
  const byDelivery = random.next() < 0.5;
  const count = (): void => {
    left -= 1;
    if (left === 0) void emulator.kill();
  };
  receiver.onDelivery = byDelivery ? count : () => undefined;
  await load(api, ledger, token, byDelivery ? () => undefined : count);
  receiver.onDelivery = () => undefined;
  await emulator.kill();
}

async function inspect(api: Api, ledger: Ledger, ids: readonly number[]): Promise<string[]> {
  const newest = '/search?query=type:ticket tags:durable&sort_by=created_at&sort_order=desc';
  const { results } = await api.call<{ results: Shown[] }>('GET', newest);
  const adopted = results.filter(({ subject }) => ledger.isUnanswered(subject)).map(({ id }) => id);
  const problems = await Promise.all([...new Set([...ids, ...adopted])].map(async (id) => ledger.problems(await show(api, id))));
  return problems.flat();
}

interface Audit {
  readonly events: readonly { readonly type: string; readonly body: string }[];
}

async function show(api: Api, id: number): Promise<Shown> {
  const { ticket } = await api.call<{ ticket: Shown }>('GET', `/tickets/${id}`);
  const { comments } = await api.call<{ comments: { body: string }[] }>('GET', `/tickets/${id}/comments`);
  const { audits } = await api.call<{ audits: Audit[] }>('GET', `/tickets/${id}/audits`);
  const told = audits.flatMap(({ events }) => events).filter(({ type }) => type === 'Comment');
  return { ...ticket, comments: comments.map(({ body }) => body), audits: told.map(({ body }) => body) };
}

/** What of the acknowledged events has not arrived, after time enough. */
async function undelivered(ledger: Ledger, receiver: DeliveryReceiver): Promise<string[]> {
  const missing = (): string[] => {
    const came = new Set(
      receiver.events.map(({ type, detail, event }) => {
        if (type.endsWith('.comment_added')) return `comment ${detail.id} ${event.comment?.body}`;
        return type.endsWith('.created') ? `created ${detail.id}` : `external_id ${detail.id} ${event.current}`;
      }),
    );
    return ledger.owed.filter((owed) => !came.has(owed));
  };
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, 10_000);
    const look = (): void => {
      if (missing().length > 0) return;
      clearTimeout(timer);
      resolve();
    };
    receiver.onDelivery = look;
    look();
  });
  return missing().map((owed) => `never delivered: ${owed}`);
}

/** The activity log knows every invocation that came, and that it succeeded. */
async function unlogged(api: Api, webhook: string, receiver: DeliveryReceiver): Promise<string[]> {
  const left = new Set(receiver.invocations);
  interface Page {
    readonly invocations: readonly { readonly id: string }[];
    readonly links?: { readonly next?: string };
  }
  const path = `/webhooks/${webhook}/invocations?filter[status]=success`;
  for (const deadline = Date.now() + 5_000; left.size > 0 && Date.now() < deadline;) {
    for (let next: string | undefined = path; next !== undefined;) {
      const page: Page = await api.call<Page>('GET', next);
      for (const { id } of page.invocations) left.delete(id);
      next = page.links?.next;
    }
  }
  return [...left].map((id) => `the activity log does not show invocation ${id} as a success`);
}

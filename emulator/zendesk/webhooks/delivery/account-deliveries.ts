import type { Core } from '../../../core/core.ts';
import { giveWay } from '../../../core/clock.ts';
import { Memo } from '../../../core/memo.ts';
import type { FaultRule } from '../../../core/faults.ts';
import type { Random } from '../../../core/random.ts';
import type { Accounts } from '../../account/index.ts';
import type { Delivery, InvocationId, Webhook, WebhookId } from '../entities.ts';
import { type WebhookOptions, webhookOptions } from '../options.ts';
import type { WebhookTables } from '../tables.ts';
import { CircuitBreaker, type CircuitState } from './circuit-breaker.ts';
import type { Exchange, HttpClient } from './http-client.ts';
import { Lane, Lanes } from './lane.ts';
import { type Mischief, NO_MISCHIEF, number, released, strike } from './mischief.ts';
import type { DeliveryRecords, Tried } from './records.ts';
import { composeRequest } from './request.ts';
import { Shuffler, type Turn } from './shuffler.ts';
import { Throttle } from './throttle.ts';
import { judge, spacing, type Verdict } from './verdict.ts';

export interface DeliveryTools {
  readonly core: Core;
  readonly accounts: Accounts;
  readonly tables: WebhookTables;
  readonly client: HttpClient;
  readonly records: DeliveryRecords;
  readonly random: Random;
}

const THROTTLED: Verdict = { status: 'throttled', statusCode: null, retry: null };
/** Recorded: no later attempt follows within the minutes that the recording shows. */
const BROKEN: Verdict = { status: 'circuit broken', statusCode: null, retry: null };

/** How long a shuffled batch gathers by default. */
const SHUFFLED_WITHIN_MS = 250;

/** Somebody who waits until each of these has come to rest. */
interface Waiter {
  readonly busy: Set<InvocationId>;
  resolve(): void;
}

/**
 * The deliveries of one account under way. Each is on its own from the outbox to its end, so none waits for another
 * but for a place in its webhook's lane.
 */
export class AccountDeliveries {
  readonly #account: string;
  readonly #tools: DeliveryTools;
  readonly #lanes = new Lanes<WebhookId>();
  /** The lane of all webhooks together. */
  readonly #road = new Lane();
  readonly #circuits = new Map<WebhookId, CircuitBreaker>();
  readonly #throttle = new Throttle();
  /** Deliveries under way, each with the number of those begun before it; copies have that of their original. */
  readonly #live = new Map<InvocationId, number>();
  readonly #exchanges = new Set<Exchange>();
  readonly #waits = new Set<{ clear(): void }>();
  /** By the id of the rule that shuffles. */
  readonly #shufflers = new Map<string, Shuffler>();
  readonly #webhooks: Memo<Webhook | undefined>;
  /** Deliveries that wait neither for a time nor for what somebody else decides. */
  readonly #busy = new Set<InvocationId>();
  readonly #waiters = new Set<Waiter>();
  #begun = 0;
  #stopped = false;

  constructor(account: string, tools: DeliveryTools) {
    this.#account = account;
    this.#tools = tools;
    this.#webhooks = new Memo(tools.tables.webhooks);
  }

  /** Begins a delivery that is not yet under way. */
  start(delivery: Delivery): void {
    if (this.#stopped || this.#live.has(delivery.id)) return;
    this.#track(delivery.id, this.#begun++, () => this.#deliver(delivery));
  }

  /** Ends requests and timers; nothing is written any more. */
  stop(): void {
    this.#stopped = true;
    for (const wait of this.#waits) wait.clear();
    for (const exchange of this.#exchanges) exchange.abort();
    this.#waits.clear();
    for (const shuffler of this.#shufflers.values()) shuffler.stop();
    for (const { resolve } of this.#waiters) resolve();
    this.#waiters.clear();
  }

  /**
   * Resolves once nothing of what is under way now is being sent, nor about to be: each has ended, or waits for a time, a release or its
   * turn. What begins meanwhile is not waited for. False when the deliveries were stopped.
   */
  async settled(): Promise<boolean> {
    // What was committed or resolved a moment ago goes on first.
    await giveWay();
    const begun = this.#begun;
    while (!this.#stopped) {
      const busy = new Set([...this.#busy].filter((id) => (this.#live.get(id) ?? 0) < begun));
      if (busy.size === 0) return true;
      await new Promise<void>((resolve) => this.#waiters.add({ busy, resolve }));
      await giveWay();
    }
    return false;
  }

  circuit(webhook: WebhookId): CircuitState {
    return this.#circuits.get(webhook)?.state ?? 'closed';
  }

  /** The webhook is gone: nothing is kept of it. */
  forget(webhook: WebhookId): void {
    this.#circuits.delete(webhook);
  }

  async #deliver(delivery: Delivery): Promise<void> {
    const webhook = this.#webhook(delivery);
    if (!webhook) return this.#tools.records.end(this.#account, delivery, 'cancelled');
    let mischief = NO_MISCHIEF;
    let turn: Turn | undefined;
    if (delivery.attempts === 0 && delivery.duplicateOf === null) {
      mischief = strike(this.#tools.core, this.#account, delivery, webhook);
      if (mischief.drop) return this.#tools.records.end(this.#account, delivery, 'dropped');
      const due = delivery.dueAt + this.#initialDelay() + mischief.delayMs;
      await this.#until(due, delivery.id);
      if (mischief.holds.length > 0) await this.#aside(released(this.#tools.core, delivery, mischief.holds), delivery.id);
      if (this.#stopped) return;
      turn = mischief.shuffle === null ? undefined : this.#shuffler(mischief.shuffle).join();
      if (turn) await this.#aside(turn.comes, delivery.id);
      if (this.#stopped) return;
      this.#duplicate(delivery, mischief);
      const slot = this.#slot(delivery, webhook);
      if (slot) delivery = slot;
    }
    await this.#untilSettled(delivery, mischief, turn).finally(() => turn?.done());
  }

  async #untilSettled(first: Delivery, mischief: Mischief, turn?: Turn): Promise<void> {
    let delivery = first;
    while (delivery.state === 'queued') {
      await this.#until(delivery.dueAt, delivery.id);
      await this.#lanes.enter(delivery.webhook, this.#options().webhookConcurrency);
      await this.#road.enter(this.#options().webhookAccountConcurrency);
      if (this.#stopped) return;
      try {
        const webhook = this.#webhook(delivery);
        if (!webhook) return this.#tools.records.end(this.#account, delivery, 'cancelled');
        const tried = await this.#attempt(delivery, webhook, mischief);
        if (tried === undefined || this.#stopped) return;
        delivery = this.#tools.records.attempt(this.#account, delivery, webhook, tried, this.#next(delivery, tried.verdict));
        turn?.done();
      } finally {
        this.#road.leave();
        this.#lanes.leave(delivery.webhook);
      }
    }
  }

  /** One request, unless the circuit is broken. Undefined when it was cut off by `stop`. */
  async #attempt(delivery: Delivery, webhook: Webhook, mischief: Mischief): Promise<Tried | undefined> {
    const { core, client } = this.#tools;
    const options = this.#options();
    const circuit = this.#circuit(webhook);
    const admission = options.webhookCircuitBreaker ? circuit.admit(this.#now()) : undefined;
    if (options.webhookCircuitBreaker && !admission) {
      return { verdict: BROKEN, request: null, reply: null, durationMs: 0 };
    }
    const account = this.#tools.accounts.expect(this.#account);
    const { request, logged } = composeRequest(
      { ...webhook, webhook: webhook.id, secret: webhook.signingSecret },
      {
        accountId: account.id,
        invocation: delivery.duplicateOf ?? delivery.id,
        body: delivery.body,
        query: delivery.query,
        at: core.clock.now(),
      },
      mischief,
    );
    const startedAt = core.clock.monotonic();
    const exchange = client.send(request, options.webhookTimeoutMs);
    this.#exchanges.add(exchange);
    const reply = await exchange.reply;
    this.#exchanges.delete(exchange);
    if (reply.kind === 'aborted') return undefined;
    const verdict = judge(reply, options, core.clock.now());
    if (admission) circuit.record(admission, verdict.status !== 'success', this.#now());
    return { verdict, request: logged, reply, durationMs: core.clock.monotonic() - startedAt };
  }

  #next(delivery: Delivery, verdict: Verdict): Pick<Delivery, 'state' | 'dueAt' | 'retries'> {
    const { retries, dueAt } = delivery;
    if (verdict.status === 'success') return { state: 'delivered', dueAt, retries };
    if (verdict.status === 'circuit broken') return { state: 'broken', dueAt, retries };
    if (verdict.retry === null || retries >= verdict.retry.limit) return { state: 'failed', dueAt, retries };
    const wait = verdict.retry.waitMs ?? spacing(this.#options(), retries);
    return { state: 'queued', dueAt: this.#now() + wait, retries: retries + 1 };
  }

  /** Above the account's invocations per minute: a throttled attempt is logged, and the real one put off. */
  #slot(delivery: Delivery, webhook: Webhook): Delivery | undefined {
    const limit = this.#options().webhookInvocationsPerMinute;
    const now = this.#now();
    const dueAt = limit === null ? now : this.#throttle.slot(limit, now);
    if (dueAt <= now) return undefined;
    const tried = { verdict: THROTTLED, request: null, reply: null, durationMs: 0 };
    return this.#tools.records.attempt(this.#account, delivery, webhook, tried, { state: 'queued', dueAt, retries: delivery.retries });
  }

  #duplicate(delivery: Delivery, mischief: Mischief): void {
    const { core, tables } = this.#tools;
    for (let copy = 1; copy <= mischief.copies; copy++) {
      const id = core.ids.ulid() as InvocationId;
      const dueAt = this.#now() + copy * mischief.gapMs;
      const repeated: Delivery = { ...delivery, id, dueAt, duplicateOf: mischief.newInvocation ? id : delivery.id };
      tables.deliveries.insert(this.#account, repeated);
      this.#track(id, this.#live.get(delivery.id) ?? this.#begun++, () => this.#untilSettled(repeated, mischief));
    }
  }

  #shuffler(rule: FaultRule): Shuffler {
    const known = this.#shufflers.get(rule.id);
    if (known) return known;
    const { core, random } = this.#tools;
    const shuffler = new Shuffler({
      random: random.fork(`shuffler ${this.#shufflers.size}`),
      clock: core.businessClock(this.#account),
      withinMs: number(rule, 'withinMs', SHUFFLED_WITHIN_MS),
      size: rule.params['size'] === undefined ? null : number(rule, 'size', 1),
    });
    this.#shufflers.set(rule.id, shuffler);
    void this.#letGo(rule, shuffler);
    return shuffler;
  }

  /** Whoever releases or removes the rule lets go what it has gathered. */
  async #letGo(rule: FaultRule, shuffler: Shuffler): Promise<void> {
    while (!this.#stopped && this.#tools.core.faults.list(this.#account).includes(rule)) {
      await this.#tools.core.faults.released(rule);
      if (!this.#stopped) shuffler.close();
    }
  }

  /** A delivery that fails by our own fault must neither take the emulator down nor go unnoticed. */
  #track(id: InvocationId, place: number, work: () => Promise<void>): void {
    this.#live.set(id, place);
    this.#busy.add(id);
    void work()
      .catch((error: unknown) => {
        if (this.#stopped) return;
        const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
        const label = `internal error in webhook delivery ${id}: ${text.split('\n')[0]}`;
        this.#tools.core.journal.append({ kind: 'note', account: this.#account, from: 'ringback', label, data: { error: text } });
        // Nothing goes on with it: left as queued it would be waited for in vain.
        const left = this.#tools.tables.deliveries.get(this.#account, id);
        if (left?.state === 'queued') this.#tools.records.end(this.#account, left, 'failed');
      })
      .finally(() => {
        this.#live.delete(id);
        this.#rests(id);
      });
  }

  #initialDelay(): number {
    const delay = this.#options().webhookDelayMs;
    return typeof delay === 'number' ? delay : this.#tools.random.int(Math.min(...delay), Math.max(...delay));
  }

  /** Waits on the business clock. Never resolves when the account's deliveries are stopped meanwhile. */
  #until(due: number, id: InvocationId): Promise<void> | undefined {
    const wait = due - this.#now();
    if (wait <= 0) return undefined;
    return new Promise((resolve) => {
      const timer = this.#tools.core.businessClock(this.#account).setTimeout(() => {
        this.#waits.delete(timer);
        this.#busy.add(id);
        resolve();
      }, wait);
      this.#waits.add(timer);
      this.#rests(id);
    });
  }

  /** Waits for what somebody else decides. */
  async #aside(decision: Promise<void>, id: InvocationId): Promise<void> {
    this.#rests(id);
    try {
      await decision;
    } finally {
      this.#busy.add(id);
    }
  }

  #rests(id: InvocationId): void {
    this.#busy.delete(id);
    for (const waiter of this.#waiters) {
      if (!waiter.busy.delete(id) || waiter.busy.size > 0) continue;
      this.#waiters.delete(waiter);
      waiter.resolve();
    }
  }

  /** The webhook as it is now; undefined when it was deleted or switched off: then nothing is delivered, nor later. */
  #webhook(delivery: Delivery): Webhook | undefined {
    const id = delivery.webhook;
    const webhook = this.#webhooks.get(id, () => this.#tools.tables.webhooks.get(this.#account, id));
    return webhook?.status === 'active' ? webhook : undefined;
  }

  #options(): WebhookOptions {
    return webhookOptions(this.#tools.accounts.expect(this.#account).settings);
  }

  #now(): number {
    return this.#tools.core.businessClock(this.#account).now();
  }

  #circuit(webhook: Webhook): CircuitBreaker {
    let circuit = this.#circuits.get(webhook.id);
    if (!circuit) this.#circuits.set(webhook.id, (circuit = new CircuitBreaker(this.#journalCircuit(webhook))));
    return circuit;
  }

  #journalCircuit(webhook: Webhook): ConstructorParameters<typeof CircuitBreaker>[0] {
    return (state, requests, errors) => {
      this.#tools.core.journal.append({
        kind: 'webhook.circuit',
        account: this.#account,
        from: 'zendesk',
        label: `circuit of webhook ${webhook.name} ${state}: ${errors} of ${requests} requests failed`,
        data: { webhook: webhook.id, state, requests, errors },
      });
    };
  }
}

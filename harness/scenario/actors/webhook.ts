import type { FaultDraft } from '../../emulator/drafts.ts';
import type { Stage } from '../stage.ts';
import { AccountActor } from './account.ts';
import { forgedRequest } from './forged-request.ts';

/** Which deliveries are meant; those of `ticket.created` by default. */
export interface WebhookMatch {
  /** Short event type such as `ticket.created`; `*` for all. */
  readonly type?: string;
  readonly name?: string;
  readonly ticket?: number;
  /** How often it strikes; without limit by default. */
  readonly times?: number;
}

/** A disturbance in force. */
export interface Disturbance {
  /** Lets go what it holds; it stays in force for what comes later. */
  release(): Promise<void>;
  /** Ends it, and lets go what it holds. */
  lift(): Promise<void>;
}

/** The properties of a journal entry that end a hold, e.g. `{ kind: 'call.ended' }`. */
export type Until = NonNullable<FaultDraft['until']>;

/** The bridge's answer to the trunk's INVITE: what "the call is on" looks like on the wire. */
const BRIDGE_ANSWERED: Until = { kind: 'sip.message', from: 'bridge', 'data.status': 200, 'data.cseqMethod': 'INVITE' };

/** Zendesk's webhooks, as the scenario disturbs them on their way to the bridge. */
export class WebhookControl {
  readonly stage: Stage;

  constructor(stage: Stage) {
    this.stage = stage;
  }

  /** Deliveries come that much later. */
  delays(milliseconds: number, match?: WebhookMatch): Promise<Disturbance> {
    this.stage.longestDelayMs = Math.max(this.stage.longestDelayMs, milliseconds);
    return this.#disturb({ action: 'delay', params: { ms: milliseconds } }, match);
  }

  /** Deliveries never come. */
  drops(match?: WebhookMatch): Promise<Disturbance> {
    return this.#disturb({ action: 'drop' }, match);
  }

  /** Deliveries come that many times more, each that long after the one before (milliseconds of the account's clock). */
  duplicates(copies = 2, { gapMs = 0, ...match }: WebhookMatch & { readonly gapMs?: number } = {}): Promise<Disturbance> {
    return this.#disturb({ action: 'duplicate', params: { copies, gapMs } }, match);
  }

  /**
   * Deliveries are gathered, until there are `size` of them or `withinMs` of the account's clock have passed, and go out
   * in another order, drawn from the emulator's seed.
   */
  reorders({
    size,
    withinMs = 10_000,
    ...match
  }: WebhookMatch & { readonly size?: number; readonly withinMs?: number } = {}): Promise<Disturbance> {
    return this.#disturb({ action: 'reorder', params: { withinMs, ...(size === undefined ? {} : { size }) } }, match);
  }

  /** Deliveries wait until `release()`. */
  holds(match?: WebhookMatch): Promise<Disturbance> {
    return this.#disturb({ action: 'hold' }, match);
  }

  /** Deliveries wait until something happens; by default until the bridge has answered the call. */
  holdsUntil(until: Until = BRIDGE_ANSWERED, match?: WebhookMatch): Promise<Disturbance> {
    return this.#disturb({ action: 'hold', until }, match);
  }

  /** Deliveries carry a signature that does not fit. */
  corruptsSignature(match?: WebhookMatch): Promise<Disturbance> {
    return this.#disturb({ action: 'corrupt-signature' }, match);
  }

  /** Deliveries are signed with an old timestamp. */
  staleTimestamp(match?: WebhookMatch): Promise<Disturbance> {
    return this.#disturb({ action: 'stale-timestamp' }, match);
  }

  /**
   * Sends the bridge a `ticket.created` that Zendesk never sent: right in form, with a made-up signature.
   * @returns the status that the bridge answered with
   * @throws Error when the account has no webhook, or the bridge does not answer
   */
  async forges(ticket: number): Promise<number> {
    const account = new AccountActor(this.stage);
    const [webhook] = await account.webhooks();
    if (!webhook) throw new Error(`${account.title} has no webhook: there is nowhere to send a forged event to`);
    const { control } = this.stage;
    const { now } = await control.send<{ now: number }>('GET', `/accounts/${encodeURIComponent(control.account)}/clock`);
    const response = await fetch(webhook.endpoint, forgedRequest(ticket, now));
    await control.note(`a forged ticket.created of ticket ${ticket} was answered ${response.status}`, this.stage.dialled.at(-1));
    return response.status;
  }

  async #disturb(fault: Pick<FaultDraft, 'action' | 'params' | 'until'>, match: WebhookMatch = {}): Promise<Disturbance> {
    const { type = 'ticket.created', times, ...rest } = match;
    const { control } = this.stage;
    const rule = await control.addFault({
      target: 'webhook',
      ...fault,
      match: { ...(type === '*' ? {} : { type }), ...rest },
      ...(times === undefined ? {} : { times }),
    });
    return { release: () => control.releaseFault(rule.id), lift: () => control.removeFault(rule.id) };
  }
}

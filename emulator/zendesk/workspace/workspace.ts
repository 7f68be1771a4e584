import type { Collection } from '../../core/collection.ts';
import type { Core } from '../../core/core.ts';
import { Memo } from '../../core/memo.ts';
import { NoToneLeft, type Voice } from '../../telephony/media/index.ts';
import { AgentDesk } from './activity.ts';
import { ANSWERS, PRESENCES, type AgentDraft, type AgentRecord, type Presence, type WorkspaceAgent } from './entities.ts';
import { workspaceErrors } from './errors.ts';
import { Offer, type OfferDraft } from './offer.ts';

/** What the workspace needs of Support: who the agent is as a Zendesk user. */
export interface AgentDirectory {
  /** Finds or creates the agent's user and groups. */
  enroll(account: string, draft: AgentDraft): { id: number; email: string };
  /** The groups that the agent belongs to now. */
  groupIds(account: string, id: number): readonly number[];
}

/** What the workspace needs of the media room. */
export interface VoiceMaker {
  /** How many more voices there can be now. */
  tonesLeft(account: string): number;
  onFree(listener: (account: string) => void): void;
  create(account: string, name: string): Voice;
  release(voice: Voice): void;
}

/** How long an agent stays in wrap-up after a call: a limit in milliseconds, until told, or not at all (zendesk-talk §8). */
export type WrapUp = number | 'no_limit' | 'none';

/** The human agents of every account: who is there, who rings, who talks. Times run on the account's business clock. */
export class Workspace {
  readonly #core: Core;
  readonly #directory: AgentDirectory;
  readonly #voices: VoiceMaker;
  readonly #agents: Collection<AgentRecord>;
  /** Who is online, the longest idle first: asked for by every call, changed by few. */
  readonly #online: Memo<readonly AgentRecord[]>;
  readonly #desks = new Map<string, Map<number, AgentDesk>>();
  readonly #voiceOf = new Map<string, Map<number, Voice>>();
  readonly #changed = new Set<(account: string) => void>();

  constructor(options: { core: Core; directory: AgentDirectory; voices: VoiceMaker }) {
    this.#core = options.core;
    this.#directory = options.directory;
    this.#voices = options.voices;
    this.#agents = options.core.store.collection<AgentRecord>({
      name: 'workspace_agents',
      key: (agent) => agent.id,
      indexes: { presence: (agent) => agent.presence, last_answered_at: (agent) => agent.lastAnsweredAt },
    });
    this.#online = new Memo(this.#agents);
    // A call may wait for an agent who had none.
    this.#voices.onFree((account) => this.#core.store.afterCommit(() => this.#announce(account)));
  }

  /**
   * Adds an agent, or changes the one of this e-mail address. @throws WorkspaceError (422) for a value that does not exist,
   * NoToneLeft for an agent who could not answer: without a voice, and with none to be had beside those of the others.
   */
  add(account: string, draft: AgentDraft): WorkspaceAgent {
    const presence = draft.presence ?? 'online';
    const answers = draft.answers ?? 'automatically';
    if (!PRESENCES.includes(presence)) throw workspaceErrors.presence(presence);
    if (!ANSWERS.includes(answers)) throw workspaceErrors.answers(answers);
    const record = this.#core.store.transaction(() => {
      const user = this.#directory.enroll(account, draft);
      const known = this.#agents.get(account, user.id);
      if (!known) this.#expectTone(account, draft.name);
      const agent: AgentRecord = {
        ...user,
        name: draft.name,
        presence,
        answers,
        answerAfterMs: draft.answerAfterMs ?? 0,
        lastAnsweredAt: known?.lastAnsweredAt ?? null,
      };
      this.#agents.put(account, agent);
      this.#notePresence(account, agent, known?.presence ?? 'offline');
      return agent;
    });
    this.#announce(account);
    return this.#view(account, record);
  }

  /** @throws WorkspaceError (404) when there is no such agent. */
  get(account: string, id: number): WorkspaceAgent {
    return this.#view(account, this.#record(account, id));
  }

  has(account: string, id: number): boolean {
    return this.#agents.get(account, id) !== undefined;
  }

  list(account: string): WorkspaceAgent[] {
    return this.#agents.find(account).map((agent) => this.#view(account, agent));
  }

  /** The agent's own voice: what they say and hear on a call. */
  voice(account: string, id: number): Voice {
    const agent = this.#record(account, id);
    const voices = this.#voiceOf.get(account) ?? new Map<number, Voice>();
    this.#voiceOf.set(account, voices);
    const voice = voices.get(id) ?? this.#voices.create(account, agent.name);
    voices.set(id, voice);
    return voice;
  }

  /** What the agent speaks, in Hz; null while all tones are taken: then the agent gets one with the next call. */
  tone(account: string, id: number): number | null {
    return this.#canSpeak(account, id) ? this.voice(account, id).frequencyHz : null;
  }

  /** Sets the availability. A call that rings goes on ringing. @throws WorkspaceError (404, 422). */
  presence(account: string, id: number, presence: Presence): WorkspaceAgent {
    if (!PRESENCES.includes(presence)) throw workspaceErrors.presence(presence);
    const agent = this.#core.store.transaction(() => {
      const previous = this.#record(account, id).presence;
      const changed = this.#change(account, id, { presence });
      this.#notePresence(account, changed, previous);
      return changed;
    });
    this.#announce(account);
    return this.#view(account, agent);
  }

  /** How the agent reacts to the next calls. @throws WorkspaceError (404, 422). */
  behave(account: string, id: number, how: Partial<Pick<AgentRecord, 'answers' | 'answerAfterMs'>>): WorkspaceAgent {
    if (how.answers !== undefined && !ANSWERS.includes(how.answers)) throw workspaceErrors.answers(how.answers);
    return this.#view(account, this.#change(account, id, how));
  }

  /** Online agents of any of the groups (of all, when no group is given), the longest idle first. */
  online(account: string, groupIds: readonly number[]): WorkspaceAgent[] {
    const online = this.#online.get(account, () =>
      this.#agents.find(account, { where: { presence: 'online' }, order: ['last_answered_at', 'key'] }),
    );
    const agents = online.map((agent) => this.#view(account, agent));
    return groupIds.length === 0 ? agents : agents.filter((agent) => agent.groupIds.some((id) => groupIds.includes(id)));
  }

  /** Whether the agent could take a call: has neither one that rings, nor one to talk on, nor one to wrap up, and has a voice, or can have one. */
  isIdle(account: string, id: number): boolean {
    return (this.#desks.get(account)?.get(id)?.activity ?? 'idle') === 'idle' && this.#canSpeak(account, id);
  }

  /** Rings an idle agent. @throws WorkspaceError (409) when the agent is not idle, NoToneLeft when there is no voice to be had. */
  offer(account: string, id: number, draft: OfferDraft): Offer {
    const agent = this.#record(account, id);
    const desk = this.#desk(account, id);
    if (desk.activity !== 'idle') throw workspaceErrors.busy(agent.name, desk.activity);
    // Before it rings: callers who dial meanwhile must not leave the agent who answers without one.
    this.voice(account, id);
    const offer = new Offer(id, draft);
    // Nothing rings that could not be journaled.
    const label = `call from ${draft.card.callerNumber ?? draft.card.callerName} rings at ${agent.name}`;
    this.#note(account, 'agent.ringing', label, agent, { ...draft.card, limitMs: draft.limitMs }, draft.card.journey, 'in');
    desk.move('ringing');
    desk.offer = offer;
    const clock = this.#core.businessClock(account);
    desk.keep(clock.setTimeout(() => this.#settle(account, offer, 'missed'), draft.limitMs));
    if (agent.answers === 'automatically') {
      desk.keep(clock.setTimeout(() => this.#settle(account, offer, 'accepted'), agent.answerAfterMs));
    } else if (agent.answers === 'declines') {
      desk.keep(clock.setTimeout(() => this.#settle(account, offer, 'declined'), agent.answerAfterMs));
    }
    return offer;
  }

  /** Takes a ringing offer back; nothing happens when it is settled already. */
  withdraw(account: string, offer: Offer): void {
    if (offer.state !== 'ringing') return;
    offer.move('withdrawn');
    this.#desk(account, offer.agentId).move('idle');
    const agent = this.#record(account, offer.agentId);
    this.#note(
      account,
      'agent.withdrawn',
      `stops ringing at ${agent.name}`,
      agent,
      { callId: offer.draft.card.callId },
      journeyOf(offer),
      'in',
    );
    this.#announce(account);
  }

  /** Accepts the ringing call. @throws WorkspaceError (404, 409). */
  answer(account: string, id: number): void {
    this.#settle(account, this.#ringing(account, id), 'accepted');
  }

  /** Declines the ringing call. @throws WorkspaceError (404, 409). */
  decline(account: string, id: number): void {
    this.#settle(account, this.#ringing(account, id), 'declined');
  }

  /** Hangs up the call that the agent is on. @throws WorkspaceError (404, 409). */
  hangup(account: string, id: number): void {
    const agent = this.#record(account, id);
    const desk = this.#desk(account, id);
    const offer = desk.offer;
    if (desk.activity !== 'on_call' || !offer) throw workspaceErrors.notOnCall(agent.name, desk.activity);
    this.#note(account, 'agent.hung_up', `${agent.name} hangs up`, agent, { callId: offer.draft.card.callId }, journeyOf(offer), 'out');
    offer.draft.onHangUp();
  }

  /**
   * The agent's call is over: into wrap-up, or idle. `onEnd` is called when wrap-up ends, with its length in
   * milliseconds; with no wrap-up it is not called.
   */
  release(account: string, offer: Offer, wrapUp: WrapUp, onEnd: (milliseconds: number) => void = () => {}): void {
    const desk = this.#desk(account, offer.agentId);
    if (desk.offer !== offer || desk.activity !== 'on_call') return;
    const agent = this.#record(account, offer.agentId);
    if (wrapUp === 'none') {
      desk.move('idle');
      this.#announce(account);
      return;
    }
    desk.move('wrap_up');
    const clock = this.#core.businessClock(account);
    const began = clock.now();
    desk.onWrapUpEnd = () => onEnd(clock.now() - began);
    if (typeof wrapUp === 'number') desk.keep(clock.setTimeout(() => this.endWrapUp(account, agent.id), wrapUp));
    this.#note(account, 'agent.wrap_up', `${agent.name} is in wrap-up`, agent, { limit: wrapUp }, journeyOf(offer));
  }

  /** Leaves wrap-up. @throws WorkspaceError (404, 409). */
  endWrapUp(account: string, id: number): void {
    const agent = this.#record(account, id);
    const desk = this.#desk(account, id);
    if (desk.activity !== 'wrap_up') throw workspaceErrors.notInWrapUp(agent.name, desk.activity);
    const ended = desk.onWrapUpEnd;
    desk.onWrapUpEnd = null;
    desk.move('idle');
    this.#note(account, 'agent.idle', `${agent.name} is done with wrap-up`, agent, {});
    ended?.();
    this.#announce(account);
  }

  /** Calls the listener, after the fact, whenever somebody of an account may have become free, gone or come. */
  onChange(listener: (account: string) => void): () => void {
    this.#changed.add(listener);
    return () => this.#changed.delete(listener);
  }

  /** Ends everything live of the account without telling anybody (reset, restore); the stored agents stay. */
  clear(account: string): void {
    for (const desk of this.#desks.get(account)?.values() ?? []) desk.dropTimers();
    for (const voice of this.#voiceOf.get(account)?.values() ?? []) this.#voices.release(voice);
    this.#desks.delete(account);
    this.#voiceOf.delete(account);
  }

  #canSpeak(account: string, id: number): boolean {
    return this.#voiceOf.get(account)?.has(id) === true || this.#voices.tonesLeft(account) > 0;
  }

  /** Those who have not spoken yet need a tone each, too. @throws NoToneLeft */
  #expectTone(account: string, name: string): void {
    const agents = this.#agents.count(account);
    const silent = agents - (this.#voiceOf.get(account)?.size ?? 0);
    if (this.#voices.tonesLeft(account) > silent) return;
    throw new NoToneLeft(
      `no tone is left for agent "${name}" of account "${account}": its ${agents} agents and whoever calls have them all; end calls or use a second account`,
    );
  }

  #settle(account: string, offer: Offer, outcome: 'accepted' | 'declined' | 'missed'): void {
    const desk = this.#desk(account, offer.agentId);
    if (offer.state !== 'ringing' || desk.offer !== offer) return;
    this.#core.store.transaction(() => {
      offer.move(outcome);
      desk.move(outcome === 'accepted' ? 'on_call' : 'idle');
      const agent =
        outcome === 'accepted'
          ? this.#change(account, offer.agentId, { lastAnsweredAt: this.#core.businessClock(account).now() })
          : this.#record(account, offer.agentId);
      const { callId, ticketId } = offer.draft.card;
      this.#note(account, `agent.${outcome}`, `${agent.name} ${SAID[outcome]}`, agent, { callId, ticketId }, journeyOf(offer), 'out');
      offer.draft.onOutcome(outcome);
    });
    if (outcome !== 'accepted') this.#announce(account);
  }

  #ringing(account: string, id: number): Offer {
    const agent = this.#record(account, id);
    const desk = this.#desk(account, id);
    if (desk.activity !== 'ringing' || !desk.offer) throw workspaceErrors.notRinging(agent.name, desk.activity);
    return desk.offer;
  }

  #record(account: string, id: number): AgentRecord {
    const agent = this.#agents.get(account, id);
    if (!agent) throw workspaceErrors.unknownAgent(account, id);
    return agent;
  }

  #change(account: string, id: number, change: Partial<AgentRecord>): AgentRecord {
    const agent = { ...this.#record(account, id), ...change };
    this.#agents.put(account, agent);
    return agent;
  }

  #view(account: string, agent: AgentRecord): WorkspaceAgent {
    const desk = this.#desks.get(account)?.get(agent.id);
    const groupIds = this.#directory.groupIds(account, agent.id);
    return { ...agent, groupIds, activity: desk?.activity ?? 'idle', call: desk?.offer?.draft.card ?? null };
  }

  #desk(account: string, id: number): AgentDesk {
    const desks = this.#desks.get(account) ?? new Map<number, AgentDesk>();
    this.#desks.set(account, desks);
    const desk = desks.get(id) ?? new AgentDesk(id);
    desks.set(id, desk);
    return desk;
  }

  #announce(account: string): void {
    for (const listener of this.#changed) listener(account);
  }

  /** Webhooks tell of it when it changed. */
  #notePresence(account: string, agent: AgentRecord, previous: Presence): void {
    const { presence } = agent;
    const changedAt = new Date(this.#core.businessClock(account).now()).toISOString();
    this.#note(account, 'agent.presence', `${agent.name} is ${presence}`, agent, { presence, previous, changedAt });
  }

  #note(
    account: string,
    kind: string,
    label: string,
    agent: AgentRecord,
    data: object,
    journey: Offer['draft']['card']['journey'] | null = null,
    direction: 'in' | 'out' | 'none' = 'none',
  ): void {
    const from = direction === 'in' ? 'zendesk' : 'agent';
    const to = direction === 'out' ? 'zendesk' : 'agent';
    this.#core.journal.append({ kind, label, from, to, account, journey, data: { agentId: agent.id, agent: agent.name, ...data } });
  }
}

const SAID = { accepted: 'accepts the call', declined: 'declines the call', missed: 'misses the call' } as const;

function journeyOf(offer: Offer): Offer['draft']['card']['journey'] {
  return offer.draft.card.journey;
}

import type { AgentPresence, AgentView } from '../../emulator/drafts.ts';
import { expectHearing, type Party } from '../hearing.ts';
import { sipMessages } from '../matchers/wire-evidence.ts';
import { observe } from '../observe.ts';
import type { Stage } from '../stage.ts';
import { Journey } from './journey.ts';

/** A human agent in Zendesk's Agent Workspace. */
export class Agent implements Party {
  readonly stage: Stage;
  readonly id: number;
  readonly name: string;

  constructor(stage: Stage, view: Pick<AgentView, 'id' | 'name'>) {
    this.stage = stage;
    this.id = view.id;
    this.name = view.name;
  }

  get voice(): string {
    return this.name;
  }

  get title(): string {
    return this.name;
  }

  /** The journey of the call that rings or is on now. @throws Error when there is none */
  get journey(): Promise<Journey> {
    return this.view().then(({ journey }) => {
      if (journey === null) throw new Error(`${this.name} has no call`);
      return new Journey(this.stage, journey, `${this.name}'s call`);
    });
  }

  view(): Promise<AgentView> {
    return this.stage.control.agent(this.id);
  }

  isOnline(): Promise<void> {
    return this.#be('online');
  }

  isOffline(): Promise<void> {
    return this.#be('offline');
  }

  isAway(): Promise<void> {
    return this.#be('away');
  }

  /** Takes only calls that are transferred to them. */
  isForTransfersOnly(): Promise<void> {
    return this.#be('transfers_only');
  }

  /** From now on answers by themselves, that long after it rings (milliseconds). */
  async answersAutomatically(afterMs = 0): Promise<void> {
    await this.stage.control.updateAgent(this.id, { answers: 'automatically', answerAfterMs: afterMs });
  }

  /** From now on lets it ring. */
  async ignoresCalls(): Promise<void> {
    await this.stage.control.updateAgent(this.id, { answers: 'ignores' });
  }

  /** From now on answers only when told: `answers()`. */
  async waitsToBeTold(): Promise<void> {
    await this.stage.control.updateAgent(this.id, { answers: 'when-told' });
  }

  /** Waits until it rings (or the agent has answered by themselves), and answers. @throws Error when nothing rings in time */
  async answers(): Promise<void> {
    const { state, answers } = await this.#untilOffered((view) => view.state === 'ringing' || view.state === 'talking');
    if (state === 'talking') return;
    if (answers === 'automatically') await this.#until('did not answer by themselves', (view) => view.state === 'talking');
    else await this.stage.control.tellAgent(this.id, 'answer');
  }

  /** Waits until it rings, and declines. */
  async declines(): Promise<void> {
    await this.#untilOffered((view) => view.state === 'ringing');
    await this.stage.control.tellAgent(this.id, 'decline');
  }

  async hangsUp(): Promise<void> {
    await this.stage.control.tellAgent(this.id, 'hangup');
  }

  /** Waits until the agent hears that party. @throws Error that says what is heard instead */
  hears(party: Party): Promise<void> {
    return expectHearing(this, party);
  }

  async #be(presence: AgentPresence): Promise<void> {
    await this.stage.control.setPresence(this.id, presence);
  }

  #untilOffered(is: (view: AgentView) => boolean): Promise<AgentView> {
    return this.#until('was not offered a call', is, () => lastTransfer(this.stage));
  }

  async #until(missing: string, is: (view: AgentView) => boolean, why: () => readonly string[] = () => []): Promise<AgentView> {
    let view = await this.view();
    const look = async () => {
      view = await this.view();
      return { holds: is(view), over: false, seen: [] };
    };
    const { holds } = await observe(this.stage, look, { negated: false, nature: 'state' });
    if (!holds)
      throw new Error(`${this.name} ${missing} within ${this.stage.run.expectMs} ms: ${[...why(), describeAgent(view)].join('; ')}`);
    return view;
  }
}

/** Why no transfer rings anywhere, as far as its signalling tells. */
function lastTransfer(stage: Stage): string[] {
  const messages = sipMessages(stage);
  if (!messages.some(({ method, entry }) => method === 'INVITE' && entry.from === 'bridge' && entry.to === 'talk'))
    return ['the bridge has sent no INVITE to the SIP-IN line'];
  const { status = 0 } = messages.findLast(({ cseqMethod, entry }) => cseqMethod === 'INVITE' && entry.from === 'talk') ?? {};
  return status >= 300 ? [`the SIP-IN line answered the transfer's INVITE with ${status}`] : [];
}

/** "Grace Hopper is online and idle, in the groups Support" */
export function describeAgent(view: AgentView): string {
  const groups = view.groups.length === 0 ? 'no group' : `the groups ${view.groups.join(', ')}`;
  return `${view.name} is ${view.presence.replace('_', ' ')} and ${view.state.replace('_', ' ')}, in ${groups}, and ${HABITS[view.answers]}`;
}

const HABITS: Readonly<Record<AgentView['answers'], string>> = {
  automatically: 'answers by themselves',
  'when-told': 'answers when told',
  declines: 'declines calls',
  ignores: 'lets it ring',
};

import type { PresentationDraft } from '../emulator/drafts.ts';
import { AccountActor } from './actors/account.ts';
import type { Agent } from './actors/agent.ts';
import { Bridge } from './actors/bridge.ts';
import { Caller } from './actors/caller.ts';
import { Line, SipInLine } from './actors/line.ts';
import { WebhookControl } from './actors/webhook.ts';
import type { ScenarioOptions } from './options.ts';
import type { Stage } from './stage.ts';

/** Everybody and everything that a scenario acts with. */
export interface World {
  readonly caller: Caller;
  /** The account's first human agent, or the first that the scenario's options add. */
  readonly agent: Agent;
  readonly line: Line;
  readonly sipIn: SipInLine;
  readonly bridge: Bridge;
  readonly webhook: WebhookControl;
  readonly account: AccountActor;
  /** Another caller: E.164, or all that the network says of them. */
  callerFrom(from: string | PresentationDraft, carrier?: string): Caller;
  /** A human agent by name. @throws Error naming those that exist */
  agentNamed(name: string): Agent;
  /** Writes a line into the journal, and so into the report. */
  notes(text: string): Promise<void>;
  /** What lies below: control plane, journal, run. */
  readonly stage: Stage;
}

/** The world of one scenario; `agents` are those of the account, those that the options added first. */
export function createWorld(stage: Stage, options: ScenarioOptions, agents: readonly Agent[]): World {
  const callerFrom = (from: string | PresentationDraft, carrier = options.carrier): Caller =>
    new Caller(stage, typeof from === 'string' ? { number: from } : from, carrier);
  return {
    stage,
    caller: callerFrom(options.caller ?? stage.run.caller),
    get agent() {
      const [first] = agents;
      if (!first)
        throw new Error('the account has no human agents; give its seed some (agents), or the scenario: { agents: [{ name: … }] }');
      return first;
    },
    line: new Line(stage),
    sipIn: new SipInLine(stage),
    bridge: new Bridge(stage),
    webhook: new WebhookControl(stage),
    account: new AccountActor(stage),
    callerFrom,
    agentNamed(name) {
      const agent = agents.find((candidate) => candidate.name === name);
      if (!agent) throw new Error(`there is no agent "${name}"; agents here: ${agents.map((each) => each.name).join(', ') || 'none'}`);
      return agent;
    },
    async notes(text) {
      await stage.control.note(text, stage.dialled.at(-1));
    },
  };
}

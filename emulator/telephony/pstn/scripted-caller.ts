import type { Clock } from '../../core/clock.ts';
import type { Voice, Voices } from '../media/index.ts';
import type { PstnCall } from './call.ts';
import { hearingGoal } from './hearing-goal.ts';
import type { CallScript, ScriptGoal, ScriptStep } from './script.ts';

/** How far a script got. */
export interface ScriptProgress {
  state: 'running' | 'done' | 'failed';
  /** The step it is at, or failed at, from 1; the number of steps when it is done. */
  step: number;
  /** Why it failed. */
  problem: string | null;
}

export interface ScriptedCallerOptions {
  readonly clock: Clock;
  readonly voices: Voices;
  readonly call: PstnCall;
  readonly voice: Voice;
  readonly script: CallScript;
  /** Whether a bridge has answered the call: not before can it be heard. */
  isBridgeOn(): boolean;
  /** Called when the caller presses keys, before anybody gets them. */
  onPress?(digits: string): void;
}

const AWAIT_MS = 30_000;

/** Does what a script says on a call. A step that cannot be done ends the script, not the call. */
export class ScriptedCaller {
  readonly #o: ScriptedCallerOptions;
  readonly progress: ScriptProgress;
  /** Resolves when the script is done or failed; never rejects. */
  readonly finished: Promise<ScriptProgress>;

  constructor(options: ScriptedCallerOptions) {
    this.#o = options;
    this.progress = { state: 'running', step: options.script.length === 0 ? 0 : 1, problem: null };
    this.finished = this.#run();
  }

  /** Presses keys, as a step would. @throws Error when the call is not answered. */
  press(digits: string): void {
    const { call } = this.#o;
    if (call.state !== 'answered') throw new Error(`the call is ${call.state} and carries no keys (pressed: ${digits})`);
    this.#o.onPress?.(digits);
    call.sendDigits(digits);
  }

  async #run(): Promise<ScriptProgress> {
    try {
      for (const [index, step] of this.#o.script.entries()) {
        this.progress.step = index + 1;
        await this.#take(step);
      }
      this.progress.state = 'done';
    } catch (error) {
      this.progress.state = 'failed';
      this.progress.problem = error instanceof Error ? error.message : String(error);
    }
    return this.progress;
  }

  async #take(step: ScriptStep): Promise<void> {
    if ('pause' in step) await this.#until(() => false, step.pause);
    else if ('press' in step) this.press(step.press);
    else if ('hangUp' in step) this.#o.call.hangup();
    else await this.#await(step.await, step.withinMs ?? AWAIT_MS);
  }

  async #await(goal: ScriptGoal, withinMs: number): Promise<void> {
    const isReached = this.#goal(goal);
    let reached = false;
    await this.#until(() => (reached ||= isReached()), withinMs);
    if (reached) return;
    const { call } = this.#o;
    const what = typeof goal === 'string' ? `"${goal}"` : `hearing "${goal.hears}"`;
    const outcome = call.end
      ? `the call ended (${call.end.cause}, by ${call.end.by})`
      : `the call was still ${call.state} after ${withinMs} ms`;
    throw new Error(`waited in vain for ${what}: ${outcome}`);
  }

  #goal(goal: ScriptGoal): () => boolean {
    const { call, voices, voice } = this.#o;
    if (typeof goal !== 'string') return hearingGoal(voices, voice, goal.hears, () => this.#o.isBridgeOn());
    if (goal === 'ringing') return () => call.state === 'ringing' || call.state === 'answered';
    return () => call.state === goal;
  }

  /** Resolves when the goal is reached, the call is over, or the time is. */
  #until(reached: () => boolean, milliseconds: number): Promise<void> {
    const { call, voice, clock } = this.#o;
    if (reached() || call.state === 'ended') return Promise.resolve();
    return new Promise((resolve) => {
      const stop = (): void => {
        timer.clear();
        stopListening();
        for (const event of ['ringing', 'answered', 'ended'] as const) call.off(event, look);
        resolve();
      };
      const look = (): void => {
        if (reached() || call.state === 'ended') stop();
      };
      for (const event of ['ringing', 'answered', 'ended'] as const) call.on(event, look);
      const stopListening = voice.ear.subscribe(look);
      const timer = clock.setTimeout(stop, milliseconds);
    });
  }
}

import { ControlError } from '../../emulator/control-error.ts';
import type { CallDraft, CallStep, PresentationDraft } from '../../emulator/drafts.ts';
import { expectHearing, type Party } from '../hearing.ts';
import type { Stage } from '../stage.ts';
import { Journey } from './journey.ts';
import type { Line } from './line.ts';

export interface DialOptions {
  /** Who calls, where it is not the caller as usual. */
  readonly from?: string | Partial<PresentationDraft>;
  /** Name of a carrier profile: `clean`, `national`, `replaced-caller`, `anonymous-asserted` … */
  readonly carrier?: string;
  /** What the caller does by themselves; nothing by default, `presses` and `hangsUp` tell them. */
  readonly script?: readonly CallStep[];
}

/** Somebody with a telephone. */
export class Caller implements Party {
  readonly voice = 'caller';
  readonly stage: Stage;
  readonly presentation: PresentationDraft;
  readonly #carrier: string | undefined;
  #journey: Journey | undefined;

  constructor(stage: Stage, presentation: PresentationDraft, carrier?: string) {
    this.stage = stage;
    this.presentation = presentation;
    this.#carrier = carrier;
  }

  /** E.164; null for an anonymous caller. */
  get number(): string | null {
    return this.presentation.number;
  }

  get title(): string {
    return this.presentation.number ?? 'an anonymous caller';
  }

  /** The journey of the last call. @throws Error before the first */
  get journey(): Journey {
    if (!this.#journey) throw new Error(`${this.title} has not dialled yet; call caller.dials(line) first`);
    return this.#journey;
  }

  /** Dials the line (or a number, E.164) and returns the journey at once, while the call proceeds. */
  async dials(line: Line | string, options: DialOptions = {}): Promise<Journey> {
    const from = this.#from(options.from);
    const carrier = options.carrier ?? this.#carrier;
    const call: CallDraft = {
      from,
      to: typeof line === 'string' ? line : line.number,
      ...(carrier === undefined ? {} : { carrier }),
      ...(options.script === undefined ? {} : { script: options.script }),
    };
    const { journey } = await this.stage.control.dial(call);
    this.stage.dialled.push(journey);
    this.#journey = new Journey(this.stage, journey, `the call of ${from.number ?? 'an anonymous caller'}`);
    return this.#journey;
  }

  /** Presses keys (0-9, *, #, A-D), as soon as the call is answered. @throws Error when it is not in time */
  async presses(digits: string): Promise<void> {
    await this.#whenAnswered();
    await this.stage.control.press(this.journey.id, digits);
  }

  /** Hangs up; nothing to do when the call has ended already. */
  async hangsUp(): Promise<void> {
    await this.stage.control.hangUp(this.journey.id, 'caller').catch((error: unknown) => {
      if (!(error instanceof ControlError && error.code === 'wrong_state')) throw error;
    });
  }

  /** Waits until the caller hears that party. @throws Error that says what is heard instead */
  hears(party: Party): Promise<void> {
    return expectHearing(this, party);
  }

  #from(from: DialOptions['from']): PresentationDraft {
    if (from === undefined) return this.presentation;
    return typeof from === 'string' ? { number: from } : { ...this.presentation, ...from };
  }

  async #whenAnswered(): Promise<void> {
    const { journey } = this;
    if ((await journey.view()).call?.state === 'answered') return;
    await journey.waitFor('the call to be answered', {
      'the caller is connected': (entry) => entry.kind === 'leg.answered' && (entry.data as { kind?: string }).kind === 'caller',
    });
  }
}

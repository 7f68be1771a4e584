import type { SettingsPatch } from '../../emulator/drafts.ts';
import type { Stage } from '../stage.ts';

/** The Talk number that callers dial. */
export class Line {
  readonly stage: Stage;

  constructor(stage: Stage) {
    this.stage = stage;
  }

  /** E.164. @throws Error when the account has no phone line */
  get number(): string {
    const { line, account } = this.stage.run.up;
    if (!line) throw new Error(`account ${account.subdomain} has no phone line; give its seed one (talk.lines)`);
    return line.number;
  }

  get title(): string {
    return `line ${this.number}`;
  }

  /** Sends calls that nobody takes to that number (E.164), or nowhere. */
  async overflowsTo(number: string | null): Promise<void> {
    await this.#set({ overflowTo: number });
  }

  /** Whose number the forwarded call shows: the caller's, the line's, or a fixed one. */
  async forwardsShowing(callerId: 'caller' | 'line' | (string & {})): Promise<void> {
    await this.#set({ forwardingCallerId: callerId });
  }

  async #set(patch: NonNullable<SettingsPatch['lines']>[number]): Promise<void> {
    await this.stage.control.changeSettings({ lines: [{ number: this.number, ...patch }] });
  }
}

/** The SIP-IN line that the bridge transfers to. */
export class SipInLine {
  readonly stage: Stage;

  constructor(stage: Stage) {
    this.stage = stage;
  }

  get uri(): string | undefined {
    return this.stage.run.up.sipIn?.uri;
  }

  /** Takes calls from these networks only, e.g. `192.0.2.0/24`; from nobody when none is given. */
  async allowsOnly(...cidrs: string[]): Promise<void> {
    await this.stage.control.changeSettings({ sipIn: [{ allowedCidrs: cidrs }] });
  }
}

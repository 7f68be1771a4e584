import type { BridgeSession } from '../../bridge/config.ts';
import { askDesk } from '../../bridge/desk-client.ts';
import type { Party } from '../hearing.ts';
import type { Stage } from '../stage.ts';
import { Journey } from './journey.ts';

/** The bridge under test. It is observed by the wire, and by its own read-out where its adapter offers one. */
export class Bridge implements Party {
  readonly voice = 'bridge';
  readonly title = 'the bridge';
  readonly stage: Stage;

  constructor(stage: Stage) {
    this.stage = stage;
  }

  /** The scenario's newest call. @throws Error before anybody dialled */
  get journey(): Journey {
    const id = this.stage.dialled.at(-1);
    if (id === undefined) throw new Error('nobody has called the bridge yet; call caller.dials(line) first');
    return new Journey(this.stage, id, "the bridge's call");
  }

  /** What the bridge says of its calls. @throws Error when its adapter offers no `sessions()` */
  sessions(): Promise<readonly BridgeSession[]> {
    return askDesk(this.stage.run.desk, '/sessions');
  }

  /** Whether `expect(bridge).toHear(caller)` can be asked: its adapter tells `heardHz`. */
  async tellsWhatItHears(): Promise<boolean> {
    return ((await this.stage.sessions()) ?? []).some(({ heardHz }) => heardHz !== undefined);
  }

  /** Hangs up the journey's call. @throws Error when the adapter offers no `hangUp()`, or there is no such call */
  async hangsUp(journey: Journey = this.journey): Promise<void> {
    const { onTrunk } = (await journey.view()).presentation;
    if (!onTrunk) throw new Error(`${journey.title} has not reached the bridge: there is nothing to hang up`);
    await askDesk(this.stage.run.desk, '/hang-up', { callId: onTrunk.callId });
  }

  /**
   * Stops and starts anew, with this in its environment besides; its address may change.
   * @throws Error when the bridge runs elsewhere: Ringback cannot start it anew
   */
  async restarts(env: Readonly<Record<string, string>> = {}): Promise<void> {
    await askDesk(this.stage.run.desk, '/restart', { env });
  }
}

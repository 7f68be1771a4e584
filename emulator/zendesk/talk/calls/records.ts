import type { Collection } from '../../../core/collection.ts';
import type { Core } from '../../../core/core.ts';
import { isoSeconds } from '../../account/index.ts';
import type { CallRecord, TalkLeg } from './entities.ts';
import type { LiveCall } from './live-call.ts';
import { FRESH_CALL, FRESH_LEG } from './new-records.ts';
import { packedRecord } from './packed-record.ts';

const FIRST_CALL_ID = 360_000_000_001;
const FIRST_LEG_ID = 370_000_000_001;

/** Calls and legs as they are stored. */
export class CallRecords {
  readonly #store: Core['store'];
  readonly #calls: Collection<CallRecord>;
  readonly #legs: Collection<TalkLeg>;

  constructor(core: Core) {
    this.#store = core.store;
    this.#calls = core.store.collection<CallRecord>({
      name: 'talk_calls',
      key: (call) => call.id,
      packing: packedRecord(FRESH_CALL),
      indexes: { updated_at: (call) => call.updated_at, ticket_id: (call) => call.ticket_id },
    });
    this.#legs = core.store.collection<TalkLeg>({
      name: 'talk_legs',
      key: (leg) => leg.id,
      packing: packedRecord(FRESH_LEG),
      indexes: { call_id: (leg) => leg.call_id, updated_at: (leg) => leg.updated_at },
    });
  }

  nextCallId(account: string): number {
    return this.#store.next(account, 'talk_call', FIRST_CALL_ID);
  }

  nextLegId(account: string): number {
    return this.#store.next(account, 'talk_leg', FIRST_LEG_ID);
  }

  /**
   * One step of a call as one transaction. What `save` was told within it is written once, when the outermost step is
   * done: one step often leads to the next.
   */
  step(call: LiveCall, work: () => void): void {
    if (call.unwritten) {
      work();
      return;
    }
    const legs: TalkLeg[] = [];
    call.unwritten = legs;
    try {
      this.#store.transaction(() => {
        work();
        this.#write(call, legs);
      });
    } finally {
      call.unwritten = null;
    }
  }

  /** Writes the call, and those of its legs that changed, with the time of the change. */
  save(call: LiveCall, ...legs: readonly TalkLeg[]): void {
    const { unwritten } = call;
    if (!unwritten) this.#store.transaction(() => this.#write(call, legs));
    else for (const leg of legs) if (!unwritten.includes(leg)) unwritten.push(leg);
  }

  #write(call: LiveCall, legs: readonly TalkLeg[]): void {
    const at = isoSeconds(call.now());
    call.record.updated_at = at;
    this.#calls.put(call.account, call.record);
    for (const leg of legs) {
      leg.updated_at = at;
      this.#legs.put(call.account, leg);
    }
  }

  call(account: string, id: number): CallRecord | undefined {
    return this.#calls.get(account, id);
  }

  /** In the order of their making. */
  calls(account: string): CallRecord[] {
    return this.#calls.find(account);
  }

  callsOf(account: string, ticketId: number): CallRecord[] {
    return this.#calls.find(account, { where: { ticket_id: ticketId } });
  }

  legs(account: string, callId: number): TalkLeg[] {
    return this.#legs.find(account, { where: { call_id: callId } });
  }
}

import type { LiveCall } from './live-call.ts';

interface AccountQueue {
  readonly priority: Set<LiveCall>;
  readonly normal: Set<LiveCall>;
  readonly perLine: Map<number, number>;
}

/** The calls that wait for an agent: those of priority lines first, else first in first out (zendesk-talk §8). */
export class WaitingCalls {
  readonly #queues = new Map<string, AccountQueue>();

  add(call: LiveCall): void {
    const queue = this.#queue(call.account);
    queue[call.line.priority === 1 ? 'priority' : 'normal'].add(call);
    queue.perLine.set(call.line.id, this.count(call.account, call.line.id) + 1);
  }

  /** Must be asked before the call moves to another line. */
  remove(call: LiveCall): void {
    const queue = this.#queue(call.account);
    if (!queue.priority.delete(call) && !queue.normal.delete(call)) return;
    queue.perLine.set(call.line.id, this.count(call.account, call.line.id) - 1);
  }

  /** How many wait on a line, those that ring at an agent included. */
  count(account: string, lineId: number): number {
    return this.#queues.get(account)?.perLine.get(lineId) ?? 0;
  }

  /** The account goes away: nobody waits there any more. */
  forget(account: string): void {
    this.#queues.delete(account);
  }

  /** In the order in which agents are offered. */
  inOrder(account: string): LiveCall[] {
    const queue = this.#queues.get(account);
    return queue ? [...queue.priority, ...queue.normal] : [];
  }

  #queue(account: string): AccountQueue {
    let queue = this.#queues.get(account);
    if (!queue) this.#queues.set(account, (queue = { priority: new Set(), normal: new Set(), perLine: new Map() }));
    return queue;
  }
}

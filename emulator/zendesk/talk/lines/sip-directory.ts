import type { Line, SipInLine } from './entities.ts';

export interface SipInEntry {
  readonly account: string;
  readonly line: SipInLine;
}

/** Which account's line a SIP host or user part belongs to, over all accounts. Built when asked, dropped when lines change. */
export class SipDirectory {
  readonly #everything: () => [account: string, line: Line][];
  #hosts: Map<string, SipInEntry[]> | undefined;
  #users = new Map<string, SipInEntry[]>();

  constructor(everything: () => [account: string, line: Line][]) {
    this.#everything = everything;
  }

  /** In the order of their making. */
  ofHost(host: string): readonly SipInEntry[] {
    return this.#built().get(host) ?? [];
  }

  ofUser(user: string): readonly SipInEntry[] {
    this.#built();
    return this.#users.get(user) ?? [];
  }

  forget(): void {
    this.#hosts = undefined;
  }

  #built(): Map<string, SipInEntry[]> {
    if (this.#hosts) return this.#hosts;
    const hosts = new Map<string, SipInEntry[]>();
    this.#users = new Map();
    for (const [account, line] of this.#everything()) {
      if (line.type !== 'sip') continue;
      const entry = { account, line };
      hosts.set(line.host, [...(hosts.get(line.host) ?? []), entry]);
      const user = line.user.toLowerCase();
      this.#users.set(user, [...(this.#users.get(user) ?? []), entry]);
    }
    return (this.#hosts = hosts);
  }
}

import type { Line } from './entities.ts';

interface Entry {
  readonly account: string;
  readonly id: number;
}

/** Which account a SIP host or user part belongs to, over all accounts. Built when asked, dropped when lines change. */
export class SipDirectory {
  readonly #everything: () => [account: string, line: Line][];
  #hosts: Map<string, Entry[]> | undefined;
  #users = new Map<string, Entry[]>();

  constructor(everything: () => [account: string, line: Line][]) {
    this.#everything = everything;
  }

  ofHost(host: string): readonly Entry[] {
    return this.#built().get(host) ?? [];
  }

  ofUser(user: string): readonly Entry[] {
    this.#built();
    return this.#users.get(user) ?? [];
  }

  forget(): void {
    this.#hosts = undefined;
  }

  #built(): Map<string, Entry[]> {
    if (this.#hosts) return this.#hosts;
    const hosts = new Map<string, Entry[]>();
    this.#users = new Map();
    for (const [account, line] of this.#everything()) {
      if (line.type !== 'sip') continue;
      const entry = { account, id: line.id };
      hosts.set(line.host, [...(hosts.get(line.host) ?? []), entry]);
      const user = line.user.toLowerCase();
      this.#users.set(user, [...(this.#users.get(user) ?? []), entry]);
    }
    return (this.#hosts = hosts);
  }
}

import type { Collection } from '../../../core/collection.ts';
import type { Line, SipInLine } from './entities.ts';

export interface SipInEntry {
  readonly account: string;
  readonly line: SipInLine;
}

/** Which account's line a SIP host or an alias belongs to, over all accounts. Built when asked, anew when lines changed, whoever changed them. */
export class SipDirectory {
  readonly #lines: Pick<Collection<Line>, 'everywhere' | 'version'>;
  /** That of the lines of which it was built. */
  #version = -1;
  #hosts = new Map<string, SipInEntry[]>();
  #aliases = new Map<string, SipInEntry>();

  constructor(lines: Pick<Collection<Line>, 'everywhere' | 'version'>) {
    this.#lines = lines;
  }

  /** In the order of their making. */
  ofHost(host: string): readonly SipInEntry[] {
    this.#refresh();
    return this.#hosts.get(host) ?? [];
  }

  ofAlias(user: string): SipInEntry | undefined {
    this.#refresh();
    return this.#aliases.get(user);
  }

  #refresh(): void {
    const { version } = this.#lines;
    if (version === this.#version) return;
    this.#hosts = new Map();
    this.#aliases = new Map();
    for (const [account, line] of this.#lines.everywhere()) {
      if (line.type !== 'sip') continue;
      const entry = { account, line };
      this.#hosts.set(line.host, [...(this.#hosts.get(line.host) ?? []), entry]);
      const user = line.user.toLowerCase();
      // Lines of an older data file say nothing of aliases.
      if (line.hasAlias !== false && !this.#aliases.has(user)) this.#aliases.set(user, entry);
    }
    this.#version = version;
  }
}

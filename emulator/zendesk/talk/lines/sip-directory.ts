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
  #newest = 0;

  constructor(lines: Pick<Collection<Line>, 'everywhere' | 'version'>) {
    this.#lines = lines;
  }

  /** In the order of their making. */
  ofHost(host: string): readonly SipInEntry[] {
    this.#refresh();
    return this.#hosts.get(host) ?? [];
  }

  /** The oldest line of this user part. */
  ofAlias(user: string): SipInEntry | undefined {
    this.#refresh();
    return this.#aliases.get(user);
  }

  /** When the youngest line was made. */
  get newest(): number {
    this.#refresh();
    return this.#newest;
  }

  #refresh(): void {
    const { version } = this.#lines;
    if (version === this.#version) return;
    this.#hosts = new Map();
    this.#aliases = new Map();
    this.#newest = 0;
    const entries = this.#lines.everywhere().flatMap(([account, line]) => (line.type === 'sip' ? [{ account, line }] : []));
    for (const entry of entries.toSorted((one, other) => madeAt(one) - madeAt(other))) {
      const { line } = entry;
      this.#hosts.set(line.host, [...(this.#hosts.get(line.host) ?? []), entry]);
      const user = line.user.toLowerCase();
      if (!this.#aliases.has(user)) this.#aliases.set(user, entry);
      this.#newest = madeAt(entry);
    }
    this.#version = version;
  }
}

const madeAt = ({ line }: SipInEntry): number => line.madeAt ?? 0;

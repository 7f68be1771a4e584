import type { Random } from '../../../emulator/core/random.ts';

/** Ids that answers have named, by what they are ids of; and the last answer of each resource. */
export class Pool {
  readonly #ids = new Map<string, Set<string | number>>();
  readonly #samples = new Map<string, unknown>();
  /** Never touched: whoever runs this must stay who they are. */
  readonly #spared: ReadonlySet<unknown>;

  constructor(spared: readonly unknown[]) {
    this.#spared = new Set(spared);
  }

  /** Remembers what an answer of a resource (`tickets`) names. */
  learn(resource: string, body: unknown): void {
    if (typeof body !== 'object' || body === null) return;
    this.#samples.set(resource, body);
    for (const [name, value] of Object.entries(body)) {
      for (const item of Array.isArray(value) ? value : [value]) {
        const { id, token } = (item ?? {}) as { id?: unknown; token?: unknown };
        if (typeof id === 'number' || typeof id === 'string') this.#add(singular(name), id);
        if (typeof token === 'string') this.#add('token', token);
      }
    }
  }

  sample(resource: string): unknown {
    return this.#samples.get(resource);
  }

  /** A known id for `ticket_id`; any known id where none of that kind is known. */
  id(name: string, random: Random): string | number {
    const kind = name.replace(/_ids?$/, '');
    const known = this.#ids.get(kind === 'requester' || kind === 'assignee' ? 'user' : kind) ?? random.pick([...this.#ids.values()]);
    return random.pick([...known]);
  }

  #add(kind: string, id: string | number): void {
    if (this.#spared.has(id)) return;
    const ids = this.#ids.get(kind) ?? new Set();
    this.#ids.set(kind, ids.add(id));
  }
}

function singular(name: string): string {
  return name
    .replace(/ies$/, 'y')
    .replace(/(us|ss)es$/, '$1')
    .replace(/([^su])s$/, '$1');
}

import type { Ids } from './ids.ts';
import { type Journal, type JournalEntry, matchesKind } from './journal.ts';
import type { Random } from './random.ts';

/** A fault that somebody asked for. The room that owns `target` gives `action` its meaning. */
export interface FaultRule {
  readonly id: string;
  readonly account: string;
  /** What it strikes: `webhook`, `sip`, `rest`, … */
  readonly target: string;
  /** `drop`, `delay`, `duplicate`, `hold`, … */
  readonly action: string;
  /** Properties that the subject must have (equal, or one of a list); empty strikes everything of the target. */
  readonly match: Readonly<Record<string, string | number | boolean | readonly (string | number)[]>>;
  /** The action's own settings: `ms`, `copies`, … */
  readonly params: Readonly<Record<string, unknown>>;
  /** How often it may strike; null for always. */
  remaining: number | null;
  /** 0 to 1, drawn from the emulator's seed. */
  readonly probability: number;
  /** For `hold`: the journal entry that releases it. Properties of the entry, or `data.` and a property of its data. */
  readonly until: Readonly<Record<string, string | number>> | null;
}

export type FaultDraft = Pick<FaultRule, 'account' | 'target' | 'action'> & Partial<Omit<FaultRule, 'id'>>;

/** The faults in force, per account. Every strike is journaled as `fault.applied`. */
export class Faults {
  readonly #rules = new Map<string, FaultRule>();
  readonly #ids: Ids;
  readonly #journal: Journal;
  readonly #random: Random;
  readonly #released = new Map<string, (() => void)[]>();

  constructor(options: { ids: Ids; journal: Journal; random: Random }) {
    this.#ids = options.ids;
    this.#journal = options.journal;
    this.#random = options.random;
    this.#journal.subscribe((entry) => this.#releaseOn(entry));
  }

  add(draft: FaultDraft): FaultRule {
    const rule: FaultRule = {
      match: {},
      params: {},
      remaining: null,
      probability: 1,
      until: null,
      ...draft,
      id: `fault-${this.#ids.hex(8)}`,
    };
    this.#rules.set(rule.id, rule);
    return rule;
  }

  list(account: string): FaultRule[] {
    return [...this.#rules.values()].filter((rule) => rule.account === account);
  }

  /** Removes a rule and releases what it holds. */
  remove(id: string): boolean {
    this.release(id);
    return this.#rules.delete(id);
  }

  clear(account: string): void {
    for (const rule of this.list(account)) this.remove(rule.id);
  }

  /** The rules that strike this subject, in the order in which they were added; each strike counts and is journaled. */
  strike(
    account: string,
    target: string,
    subject: Readonly<Record<string, unknown>>,
    about: Pick<JournalEntry, 'journey' | 'thread' | 'label'>,
  ): FaultRule[] {
    const struck = [...this.#rules.values()].filter(
      (rule) =>
        rule.account === account &&
        rule.target === target &&
        rule.remaining !== 0 &&
        matchesSubject(rule.match, subject) &&
        (rule.probability >= 1 || this.#random.next() < rule.probability),
    );
    for (const rule of struck) {
      if (rule.remaining !== null) rule.remaining -= 1;
      this.#journal.append({
        kind: 'fault.applied',
        account,
        journey: about.journey,
        thread: about.thread,
        from: 'ringback',
        label: `${rule.action}: ${about.label}`,
        data: { rule: rule.id, target, action: rule.action, params: rule.params },
      });
    }
    return struck;
  }

  /** Resolves when the rule is released: by its `until` entry, by hand, or by its removal. */
  released(rule: FaultRule): Promise<void> {
    if (!this.#rules.has(rule.id)) return Promise.resolve();
    return new Promise((resolve) => {
      this.#released.set(rule.id, [...(this.#released.get(rule.id) ?? []), resolve]);
    });
  }

  /** Lets go what the rule holds now. */
  release(id: string): void {
    const waiting = this.#released.get(id) ?? [];
    this.#released.delete(id);
    for (const resolve of waiting) resolve();
  }

  #releaseOn(entry: JournalEntry): void {
    for (const rule of this.#rules.values()) {
      if (rule.until && (entry.account === null || entry.account === rule.account) && matchesEntry(rule.until, entry))
        this.release(rule.id);
    }
  }
}

function matchesSubject(match: FaultRule['match'], subject: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(match).every(([name, wanted]) => {
    const value = subject[name];
    return Array.isArray(wanted) ? wanted.includes(value as string) : value === wanted;
  });
}

/** Whether an entry has the properties that an `until` names: `kind` (or a prefix: `sip.*`), `data.method`, `data.ticket.id`. */
export function matchesEntry(wanted: Readonly<Record<string, string | number>>, entry: JournalEntry): boolean {
  return Object.entries(wanted).every(([path, value]) =>
    path === 'kind' ? matchesKind(entry.kind, String(value)) : at(entry, path.split('.')) === value,
  );
}

function at(holder: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return holder;
  if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, name)) return undefined;
  return at((holder as Readonly<Record<string, unknown>>)[name], rest);
}

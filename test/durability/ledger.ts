/** What a client knows of a ticket: what was acknowledged, and what was under way when the emulator died. */
interface Known {
  readonly subject: string;
  readonly comments: string[];
  externalId: string;
  under?: { readonly comment: string } | { readonly externalId: string } | undefined;
}

/** A ticket as the emulator shows it. */
export interface Shown {
  readonly id: number;
  readonly subject: string;
  readonly external_id: string;
  readonly comments: readonly string[];
  readonly audits: readonly string[];
}

/** An event that a delivery owes: `created 5`, `comment 5 text`, `external_id 5 text`. */
type Owed = string;

/** Everything that the emulator has acknowledged, against which it is measured after each of its deaths. */
export class Ledger {
  readonly #tickets = new Map<number, Known>();
  /** Subjects of creations of which no answer came. */
  readonly #unanswered = new Set<string>();
  readonly #owed = new Set<Owed>();
  readonly #touched = new Set<number>();
  acknowledged = 0;
  /** Requests without an answer that turned out to have been carried out. */
  carriedOut = 0;

  creating(subject: string): void {
    this.#unanswered.add(subject);
  }

  created(id: number, subject: string, comment: string): void {
    this.#unanswered.delete(subject);
    this.#tickets.set(id, { subject, comments: [comment], externalId: subject });
    this.#touched.add(id);
    this.#owed.add(`created ${id}`);
    this.#owed.add(`comment ${id} ${comment}`);
    this.acknowledged += 1;
  }

  changing(id: number, change: NonNullable<Known['under']>): void {
    this.#known(id).under = change;
    this.#touched.add(id);
  }

  changed(id: number): void {
    const known = this.#known(id);
    if (known.under) this.#apply(id, known, known.under);
    known.under = undefined;
    this.acknowledged += 1;
  }

  /** Tickets that the last life of the emulator worked on. */
  takeTouched(): number[] {
    const touched = [...this.#touched];
    this.#touched.clear();
    return touched;
  }

  get ids(): number[] {
    return [...this.#tickets.keys()];
  }

  isUnanswered(subject: string): boolean {
    return this.#unanswered.has(subject);
  }

  /** Deliveries that were acknowledged with their change. */
  get owed(): readonly Owed[] {
    return [...this.#owed];
  }

  /** What is wrong with a ticket; empty when it is as acknowledged. What was under way may have happened or not. */
  problems(shown: Shown): string[] {
    const known = this.#tickets.get(shown.id) ?? this.#adopt(shown);
    if (!known) return [`ticket ${shown.id} (${shown.subject}) was never asked for`];
    const { under } = known;
    if (under !== undefined) {
      const done = 'comment' in under ? shown.comments.includes(under.comment) : shown.external_id === under.externalId;
      if (done) this.#apply(shown.id, known, under);
      if (done) this.carriedOut += 1;
      known.under = undefined;
    }
    const wanted = { subject: known.subject, external_id: known.externalId, comments: known.comments, audits: known.comments };
    return Object.entries(wanted).flatMap(([name, value]) => {
      const is = JSON.stringify(shown[name as keyof Shown]);
      return is === JSON.stringify(value) ? [] : [`ticket ${shown.id}: ${name} is ${is}, acknowledged was ${JSON.stringify(value)}`];
    });
  }

  #apply(id: number, known: Known, change: NonNullable<Known['under']>): void {
    if ('comment' in change) known.comments.push(change.comment);
    else known.externalId = change.externalId;
    this.#owed.add('comment' in change ? `comment ${id} ${change.comment}` : `external_id ${id} ${change.externalId}`);
  }

  /** A creation whose answer was cut off, and that happened: it must have happened whole. */
  #adopt({ id, subject }: Shown): Known | undefined {
    if (!this.#unanswered.has(subject)) return undefined;
    this.carriedOut += 1;
    this.created(id, subject, `first of ${subject}`);
    return this.#tickets.get(id);
  }

  #known(id: number): Known {
    const known = this.#tickets.get(id);
    if (!known) throw new Error(`the ledger has no ticket ${id}`);
    return known;
  }
}

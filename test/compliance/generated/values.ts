import type { Random } from '../../../emulator/core/random.ts';
import type { Descriptions, Schema } from './description.ts';
import type { Pool } from './pool.ts';

export type Mood = 'valid' | 'boundary' | 'invalid';

export const BOUNDARIES: readonly unknown[] = [
  null, '', ' ', '0', 'x'.repeat(255), 'x'.repeat(256), 'x'.repeat(70_000), '💥', 'a\u0000b', '\uD800', '<b>&', '%', '{{ticket.id}}', "';--",
  0, -1, 1.5, 2 ** 31, 2 ** 53, 1e308, true, false, [], {}, [null], [[]], [{}], { id: null }, '2026-02-30T99:00:00Z', '1970-01-01T00:00:00Z',
]; // prettier-ignore

const WORDS = ['Ada', 'phone', 'open', 'red', 'grün', 'two words', 'a_tag', 'Berlin'];
/** Names that only some values fit, whatever the description says. */
const KNOWN: Readonly<Record<string, readonly unknown[]>> = {
  status: ['new', 'open', 'pending', 'hold', 'solved', 'closed', 'active', 'inactive'],
  priority: ['low', 'normal', 'high', 'urgent'],
  type: ['problem', 'incident', 'question', 'task', 'text', 'dropdown', 'email', 'phone_number'],
  role: ['end-user', 'agent', 'admin'],
  email: ['ada@x.example', 'bob@x.example'],
  phone: ['+14155550100', '+442079460018'],
  locale: ['en-us', 'de'],
  endpoint: ['http://127.0.0.1:9/hook'],
  field: ['status', 'priority', 'group_id', 'assignee_id', 'current_tags', 'update_type'],
  operator: ['is', 'is_not', 'less_than', 'includes', 'changed'],
  include: ['users', 'users,groups', 'organizations', 'comment_count', 'nothing'],
  sort: ['id', '-id', 'updated_at', '-created_at', 'nothing'],
  ids: ['1', '1,2,3', '1,x', ''],
  start_time: ['0', '1767600000', '99999999999', 'soon'],
  query: ['type:ticket', 'ada', 'status<solved', '"', 'created>'],
};

/** Makes values of a schema: as they should be, at the edge of what is, or wrong. */
export class Values {
  readonly #random: Random;
  readonly #descriptions: Descriptions;
  readonly #pool: Pool;

  constructor(random: Random, descriptions: Descriptions, pool: Pool) {
    this.#random = random;
    this.#descriptions = descriptions;
    this.#pool = pool;
  }

  /** A value for a body. Not every leaf of a body that is not valid is wrong: most would never get past the first. */
  of(schema: Schema, name: string, mood: Mood, depth = 0): unknown {
    const spoil = depth > 1 && mood !== 'valid' && this.#random.next() < 0.15;
    if (spoil) return mood === 'boundary' ? this.#random.pick(BOUNDARIES) : this.#wrong();
    const plain = this.#descriptions.plain(schema, (items) => this.#random.pick(items));
    if (plain.enum && plain.enum.length > 0) return this.#random.pick(plain.enum);
    if (plain.properties) return depth > 5 ? {} : this.#object(plain.properties, mood, depth);
    if (plain.type === 'array' || plain.items) return this.#list(plain.items ?? {}, name, mood, depth);
    return this.leaf(plain, name);
  }

  leaf({ type, format }: Schema, name: string): unknown {
    const known = KNOWN[name];
    if (known) return this.#random.pick(known);
    if (name === 'id' || name.endsWith('_id') || name.endsWith('_ids')) return this.#pool.id(name, this.#random);
    if (type === 'boolean') return this.#random.next() < 0.5;
    if (type === 'integer' || type === 'number') return this.#random.int(0, 200);
    if (format === 'date-time' || name.endsWith('_at')) return '2026-01-05T09:00:00Z';
    if (type === 'object') return {};
    return this.#random.pick(WORDS);
  }

  /** The same object with some of its leaves at the edge, or wrong: where nobody describes what is written. */
  spoiled(sample: unknown, mood: Mood, depth = 0): unknown {
    if (mood !== 'valid' && depth > 1 && this.#random.next() < 0.2)
      return mood === 'boundary' ? this.#random.pick(BOUNDARIES) : this.#wrong();
    if (Array.isArray(sample)) return sample.slice(0, 3).map((item) => this.spoiled(item, mood, depth + 1));
    if (typeof sample !== 'object' || sample === null) return sample;
    return Object.fromEntries(Object.entries(sample).map(([name, value]) => [name, this.spoiled(value, mood, depth + 1)]));
  }

  #object(properties: Readonly<Record<string, Schema>>, mood: Mood, depth: number): Record<string, unknown> {
    const share = depth === 0 ? 1 : 0.5;
    const chosen = Object.entries(properties).filter(() => this.#random.next() < share);
    return Object.fromEntries(chosen.map(([name, schema]) => [name, this.of(schema, name, mood, depth + 1)]));
  }

  #list(items: Schema, name: string, mood: Mood, depth: number): unknown[] {
    return Array.from({ length: this.#random.int(0, 3) }, () => this.of(items, name, mood, depth + 1));
  }

  #wrong(): unknown {
    return this.#random.pick<unknown>([
      { a: { b: [] } },
      [[['x']]],
      'not it',
      12.5,
      false,
      { length: 3 },
      ['', 0, null],
      Number.MAX_SAFE_INTEGER,
    ]);
  }
}

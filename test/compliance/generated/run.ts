import { Random } from '../../../emulator/core/random.ts';
import type { SurfaceRow } from '../../../emulator/zendesk/account/index.ts';
import { Descriptions } from './description.ts';
import { Pool } from './pool.ts';
import { BOUNDARIES, type Mood, Values } from './values.ts';

export interface Sent {
  readonly row: SurfaceRow;
  readonly method: string;
  readonly path: string;
  readonly body: string | undefined;
}

export interface Answered extends Sent {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

export interface RunOptions {
  /** With `/api/v2`. */
  readonly url: string;
  readonly authorization: string;
  readonly rows: readonly SurfaceRow[];
  readonly seed: number;
  /** Ids that no request names. */
  readonly spared: readonly number[];
}

const MOODS: readonly Mood[] = ['valid', 'valid', 'boundary', 'invalid'];
const BODIES = ['', '{', 'null', '[]', '"x"', '1', '{"ticket":null}', '{"__proto__":{"x":1}}', '[[[[[[[[[[]]]]]]]]]]'];

/** Sends every operation of the rows several requests: valid, at the edge, and wrong; in an order drawn from the seed. */
export async function generatedRun(options: RunOptions): Promise<Answered[]> {
  const random = new Random(options.seed);
  const descriptions = new Descriptions();
  const pool = new Pool(options.spared);
  const values = new Values(random.fork('values'), descriptions, pool);
  const answered: Answered[] = [];
  const send = async (sent: Sent): Promise<void> => {
    const answer = await exchange(options, sent);
    answered.push(answer);
    if (answer.status < 300 && answer.type.includes('json')) pool.learn(resourceOf(sent.row), JSON.parse(answer.text));
  };
  // What there is to read first, so that later requests know some ids.
  for (const row of options.rows.filter(({ method, path }) => method === 'GET' && !path.includes('{')))
    await send({ row, method: 'GET', path: row.path, body: undefined });
  for (const mood of MOODS) {
    const rows = random.shuffle(options.rows);
    // Removing comes last: little else would be found otherwise.
    for (const row of [...rows.filter(({ method }) => method !== 'DELETE'), ...rows.filter(({ method }) => method === 'DELETE')]) {
      const described = descriptions.of(row.method, row.path);
      const path = row.path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => segment(name, mood));
      const query = described.query.filter(() => random.next() < 0.4).map(({ name, schema }) => [name, queryValue(name, schema, mood)]);
      const extra = row.method === 'GET' ? paging(mood) : [];
      const text = [...query, ...extra].map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join('&');
      await send({ row, method: row.method, path: text === '' ? path : `${path}?${text}`, body: bodyOf(row, described.body, mood) });
    }
  }
  return answered;

  function segment(name: string, mood: Mood): string {
    if (mood === 'valid' || random.next() < 0.5) return encodeURIComponent(String(pool.id(name, random)));
    return encodeURIComponent(
      random.pick(['0', '-1', '1.5', 'x', 'null', '99999999999999999999', '💥', '%', ' ', "'", '1,2', 'x'.repeat(300)]),
    );
  }

  function queryValue(name: string, schema: Parameters<Values['of']>[0], mood: Mood): unknown {
    if (mood === 'valid' || random.next() < 0.4) return values.of(schema, name, 'valid', 2);
    const value = random.pick(BOUNDARIES.filter((one) => typeof one !== 'string' || one.length < 2_000));
    return typeof value === 'string' ? value.replace('\uD800', '') : JSON.stringify(value);
  }

  function paging(mood: Mood): [string, unknown][] {
    const sizes = mood === 'valid' ? [1, 2, 100] : [0, -1, 101, 'x', '', 1e9];
    const kinds: [string, unknown][] = [['per_page', random.pick(sizes)], ['page[size]', random.pick(sizes)], ['page', random.pick([1, 2, 100, 101, 'x'])], ['page[after]', random.pick(['', 'x', 'eyJvIjoiaWQifQ==', 'bnVsbA=='])], ['sort_by', 'created_at'], ['sort', '-id']]; // prettier-ignore
    return kinds.filter(() => random.next() < 0.2);
  }

  function bodyOf(row: SurfaceRow, schema: Parameters<Values['of']>[0] | undefined, mood: Mood): string | undefined {
    if (row.method === 'GET' || row.method === 'DELETE') return random.next() < 0.05 ? '{' : undefined;
    if (mood === 'invalid' && random.next() < 0.3) return random.pick(BODIES);
    const body = schema ? values.of(schema, resourceOf(row), mood) : values.spoiled(pool.sample(resourceOf(row)) ?? {}, mood);
    return JSON.stringify(body);
  }
}

async function exchange({ url, authorization }: RunOptions, sent: Sent): Promise<Answered> {
  const response = await fetch(url + sent.path, {
    method: sent.method,
    headers: { authorization, ...(sent.body === undefined ? {} : { 'content-type': 'application/json' }) },
    redirect: 'manual',
    ...(sent.body === undefined || sent.method === 'GET' ? {} : { body: sent.body }),
  });
  return { ...sent, status: response.status, type: response.headers.get('content-type') ?? '', text: await response.text() };
}

/** `/tickets/{ticket_id}/comments` is about `tickets`. */
function resourceOf({ path }: SurfaceRow): string {
  return path.split('/')[1] ?? '';
}

import type { Collection } from '../../../core/collection.ts';
import { type Accounts, ApiError } from '../../account/index.ts';
import type { SupportContext } from '../context.ts';
import type { Actor } from '../entities.ts';
import { tooManyJobs } from '../errors.ts';
import { type Job, type JobItems, type JobKind, type JobResult, jobState, type JobStatus } from './job.ts';

/** Jobs that are queued or running at a time (vendor article "Job statuses"). */
const MOST_OPEN = 30;
/** A job can be asked for during a day (same article). */
const KEPT_MS = 86_400_000;
const DEFAULT_DELAY_MS = 100;

/** Milliseconds that work done later takes in the account, half of it queued (inferred; `settings.jobDelayMs`). */
export function jobDelay(accounts: Pick<Accounts, 'expect'>, account: string): number {
  const wanted = accounts.expect(account).settings['jobDelayMs'];
  return typeof wanted === 'number' && wanted >= 0 ? wanted : DEFAULT_DELAY_MS;
}

/**
 * Work that is done later on the account's clock. A job is stored with all it needs: whatever is due is done at its time,
 * after a restart too. Each item is one transaction together with its result, so that
 * none is done twice.
 */
export class JobService {
  readonly #context: SupportContext;
  readonly #jobs: Collection<Job>;
  readonly #items: Collection<JobItems>;
  readonly #kinds = new Map<string, JobKind<never>>();

  constructor(context: SupportContext) {
    this.#context = context;
    this.#jobs = context.core.store.collection<Job>({
      name: 'jobs',
      key: (job) => job.id,
      indexes: { position: (job) => job.position, open: (job) => (isOpen(job) ? 1 : 0), created: (job) => job.created },
      // Most of a day are done; old ones there are few of.
      coarse: ['open'],
    });
    this.#items = context.core.store.collection<JobItems>({ name: 'job_items', key: ({ id }) => id });
  }

  /** Makes a kind of job known; once, when its room is built. */
  define<Item>(kind: JobKind<Item>): (account: string, items: readonly Item[], actor: Actor) => Job {
    this.#kinds.set(kind.title, kind as unknown as JobKind<never>);
    return (account, items, actor) => this.#queue(account, kind.title, items, actor);
  }

  /** Undefined when unknown or older than a day. */
  get(account: string, id: string): Job | undefined {
    this.#settle(account);
    const job = this.#jobs.get(account, id);
    return job && job.created > this.#now(account) - KEPT_MS ? job : undefined;
  }

  /** Newest first (documented of the list). */
  list(account: string): Job[] {
    this.#settle(account);
    return this.#jobs.find(account, { where: { created: { gt: this.#now(account) - KEPT_MS } }, order: ['-position'] });
  }

  /** Goes on with the jobs that a start or a restore finds open; of every account unless one is named. */
  resume(account?: string): void {
    const accounts = account === undefined ? this.#context.accounts.list().map(({ name }) => name as string) : [account];
    for (const name of accounts) for (const job of this.#jobs.find(name, { where: { open: 1 } })) this.#arm(name, job);
  }

  #arm(account: string, { starts, ends }: Job): void {
    const clock = this.#context.core.businessClock(account);
    for (const at of [starts, ends]) clock.setTimeout(() => this.#settle(account), Math.max(0, at - clock.now()));
  }

  /** @throws ApiError 429 when 30 jobs are open. */
  #queue(account: string, title: string, items: readonly unknown[], actor: Actor): Job {
    this.#settle(account);
    const { core, accounts } = this.#context;
    if (this.#jobs.count(account, { where: { open: 1 } }) >= MOST_OPEN) throw tooManyJobs(MOST_OPEN);
    const delay = jobDelay(accounts, account);
    return core.store.transaction(() => {
      const now = this.#now(account);
      for (const old of this.#jobs.find(account, { where: { open: 0, created: { lte: now - KEPT_MS } }, order: ['created'], limit: 100 }))
        this.#jobs.delete(account, old.id);
      const job: Job = {
        id: `V3-${core.ids.hex(32)}`,
        position: core.store.next(account, 'job'),
        title,
        status: 'queued',
        whole: this.#kinds.get(title)?.whole ?? false,
        total: items.length,
        actor,
        results: [],
        created: now,
        starts: now + delay / 2,
        ends: now + delay,
        message: null,
      };
      this.#jobs.insert(account, job);
      this.#items.insert(account, { id: job.id, items });
      this.#arm(account, job);
      return job;
    });
  }

  /** Does what is due, in the order of the queue. */
  #settle(account: string): void {
    const now = this.#now(account);
    for (const open of this.#jobs.find(account, { where: { open: 1 }, order: ['position'] })) {
      let job = open;
      if (job.status === 'queued' && now >= job.starts) job = this.#become(account, job, 'working');
      if (job.status === 'working' && now >= job.ends) this.#work(account, job);
    }
  }

  #work(account: string, queued: Job): void {
    let job = queued;
    const kind = this.#kinds.get(job.title);
    if (!kind) return void this.#become(account, job, 'failed', `Ringback has no job of the kind ${job.title}`);
    const items = this.#items.get(account, job.id)?.items ?? [];
    while (job.results.length < items.length) {
      const index = job.results.length;
      const item = items[index] as never;
      try {
        job = this.#context.core.store.transaction(() => this.#keep(account, job, kind.run(account, item, job.actor, index)));
      } catch (error) {
        if (!(error instanceof ApiError)) return void this.#become(account, job, 'failed', String(error));
        job = this.#keep(account, job, { index, ...kind.about?.(item), success: false, ...reasons(error) });
      }
    }
    const at = this.#context.now(account).replace('T', ' ').replace('Z', ' +0000');
    // Recorded: results of creations are not in the order of the input.
    if (kind.unordered) job = { ...job, results: this.#context.core.random.shuffle(job.results) };
    this.#become(account, job, 'completed', `Completed at ${at}`);
  }

  #keep(account: string, job: Job, result: JobResult): Job {
    const kept = { ...job, results: [...job.results, result] };
    this.#jobs.put(account, kept);
    return kept;
  }

  #become(account: string, before: Job, status: JobStatus, message: string | null = null): Job {
    const job = { ...before, status: jobState(before, status), message };
    this.#context.core.store.transaction(() => {
      this.#jobs.put(account, job);
      if (isOpen(job)) return;
      this.#items.delete(account, job.id);
      const { title, id, results } = job;
      this.#context.core.journal.append({
        kind: `job.${status}`,
        account,
        from: 'zendesk',
        label: `${title} ${id} ${status}`,
        data: { id, title, results },
      });
    });
    return job;
  }

  #now(account: string): number {
    return this.#context.core.businessClock(account).now();
  }
}

function isOpen({ status }: Job): boolean {
  return status === 'queued' || status === 'working';
}

/** A refusal as a job tells of it (inferred): the error's name, and what it says of which property. */
function reasons({ body }: ApiError): { error: string; details: string } {
  const { error, description, details } = body;
  const said = Object.values((details ?? {}) as Record<string, { description: string }[]>).flatMap((each) =>
    each.map((one) => one.description),
  );
  return {
    error: typeof error === 'string' ? error : JSON.stringify(error ?? body),
    details: said.join(', ') || String(description ?? ''),
  };
}

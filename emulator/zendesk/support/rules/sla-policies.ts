import type { SupportContext } from '../context.ts';
import { recordNotFound } from '../errors.ts';
import type { RuleCollections } from './collections.ts';
import type { SlaPolicyDraft } from './drafts.ts';
import type { SlaPolicy } from './entities.ts';

/** SLA policies to read. They come from the seed: what they promise is not measured. */
export class SlaPolicyService {
  readonly #context: SupportContext;
  readonly #collections: RuleCollections;

  constructor(context: SupportContext, collections: RuleCollections) {
    this.#context = context;
    this.#collections = collections;
  }

  /** By position. */
  list(account: string): SlaPolicy[] {
    return this.#collections.slaPolicies.find(account).toSorted((a, b) => a.position - b.position);
  }

  /** @throws ApiError 404 */
  expect(account: string, id: number): SlaPolicy {
    const policy = this.#collections.slaPolicies.get(account, id);
    if (!policy) throw recordNotFound();
    return policy;
  }

  /** For the seed. */
  create(account: string, draft: SlaPolicyDraft): SlaPolicy {
    const now = this.#context.now(account);
    const policy: SlaPolicy = {
      id: this.#context.ids(account)(),
      title: draft.title,
      description: draft.description ?? null,
      position: this.#collections.slaPolicies.count(account) + 1,
      filter: draft.filter ?? { all: [], any: [] },
      policy_metrics: draft.policy_metrics,
      created_at: now,
      updated_at: now,
    };
    this.#collections.slaPolicies.insert(account, policy);
    return policy;
  }
}

import type { Query } from '../../../core/query.ts';
import { Memo } from '../../../core/memo.ts';
import type { SupportContext } from '../context.ts';
import type { OrganizationDraft, OrganizationPatch } from '../drafts.ts';
import type { Actor, Organization } from '../entities.ts';
import { blank, invalidValue, recordInvalid, recordNotFound, taken } from '../errors.ts';
import { writtenValues } from '../fields/field-values.ts';
import type { FieldService } from '../fields/fields.ts';
import type { OrganizationMembers } from './members.ts';
import { forgetSubscriptions } from './subscriptions.ts';
import { changesBetween, journalRecord } from '../record-journal.ts';
import { cleanTags } from '../tickets/tags.ts';
import { secondsOf } from '../tickets/ticket-build.ts';

const TOLD = ['name', 'external_id', 'domain_names', 'details', 'notes', 'group_id', 'tags', 'organization_fields', 'shared_tickets', 'shared_comments'] as const; // prettier-ignore

export class OrganizationService {
  readonly #context: SupportContext;
  readonly #fields: FieldService;
  readonly #members: OrganizationMembers;
  readonly #domains: Memo<ReadonlyMap<string, number>>;

  constructor(context: SupportContext, fields: FieldService, members: OrganizationMembers) {
    this.#context = context;
    this.#fields = fields;
    this.#members = members;
    this.#domains = new Memo(context.collections.organizations);
  }

  get(account: string, id: number): Organization | undefined {
    return this.#context.collections.organizations.get(account, id);
  }

  list(account: string, query: Query = {}): Organization[] {
    return this.#context.collections.organizations.find(account, query);
  }

  count(account: string, where: NonNullable<Query['where']> = {}): number {
    return this.#context.collections.organizations.count(account, { where });
  }

  /** Exact but for the case of letters. */
  findByName(account: string, name: string): Organization | undefined {
    return this.#context.collections.organizations.first(account, { where: { name: name.toLowerCase() } });
  }

  findByExternalId(account: string, externalId: string): Organization | undefined {
    return this.#context.collections.organizations.first(account, { where: { external_id: externalId.toLowerCase() } });
  }

  /** Whose `domain_names` take in new users of this mail domain. */
  findByDomain(account: string, domain: string): Organization | undefined {
    const id = this.#domains.get(account, () => this.#readDomains(account)).get(domain.toLowerCase());
    return id === undefined ? undefined : this.get(account, id);
  }

  /** @throws ApiError 422 for a blank or taken name, a taken external id, an unknown group or a bad field value. */
  create(account: string, draft: OrganizationDraft, actor: Actor): Organization {
    return this.#context.core.store.transaction(() => {
      const now = this.#context.now(account);
      const fresh: Organization = {
        id: this.#context.ids(account)(),
        name: '',
        shared_tickets: false,
        shared_comments: false,
        external_id: null,
        created_at: now,
        updated_at: now,
        domain_names: [],
        details: null,
        notes: null,
        group_id: null,
        tags: [],
        organization_fields: {},
      };
      const organization = this.#patched(account, fresh, { ...draft, name: draft.name ?? '' });
      this.#context.collections.organizations.insert(account, organization);
      this.#journal(account, 'organization.created', organization, actor);
      return organization;
    });
  }

  /** @throws ApiError 404, or 422 as `create`. */
  update(account: string, id: number, patch: OrganizationPatch, actor: Actor): Organization {
    return this.#context.core.store.transaction(() => {
      const before = this.get(account, id);
      if (!before) throw recordNotFound();
      const organization = this.#patched(account, before, patch);
      const changes = changesBetween(before, organization, TOLD);
      if (changes.length === 0) return before;
      this.#context.collections.organizations.put(account, organization);
      this.#journal(account, 'organization.updated', organization, actor, changes);
      return organization;
    });
  }

  /** Its users and tickets stay, without organization (inferred for tickets). @throws ApiError 404 */
  delete(account: string, id: number, actor: Actor): void {
    const { core, collections } = this.#context;
    core.store.transaction(() => {
      const organization = this.get(account, id);
      if (!organization) throw recordNotFound();
      collections.organizations.delete(account, id);
      forgetSubscriptions(this.#context, account, { organization_id: id });
      for (const ticket of collections.tickets.find(account, { where: { organization_id: id } })) {
        collections.tickets.put(account, { ...ticket, organization_id: null, generated_timestamp: secondsOf(this.#context.now(account)) });
      }
      for (const membership of this.#members.in(account, id)) this.#members.leave(account, membership, actor);
      this.#journal(account, 'organization.deleted', organization, actor);
    });
  }

  /** Of a domain that several name, the oldest. */
  #readDomains(account: string): ReadonlyMap<string, number> {
    const rows = this.list(account, { where: { domains: { gt: 0 } }, order: ['-key'] });
    return new Map(rows.flatMap(({ id, domain_names }) => domain_names.map((name) => [name.toLowerCase(), id] as const)));
  }

  #patched(account: string, organization: Organization, patch: OrganizationPatch): Organization {
    const name = patch.name === undefined ? organization.name : String(patch.name).trim();
    if (name === '') throw blank('name', 'Name');
    const sameName = this.findByName(account, name);
    if (sameName && sameName.id !== organization.id) {
      throw recordInvalid({ name: [{ description: `Name: ${name} has already been taken`, error: 'DuplicateValue' }] });
    }
    const externalId = patch.external_id === undefined ? undefined : String(patch.external_id ?? '') || null;
    const sameId = externalId ? this.findByExternalId(account, externalId) : undefined;
    if (sameId && sameId.id !== organization.id) throw taken('external_id', 'External');
    const { details, notes, group_id, shared_tickets, shared_comments } = patch;
    if (group_id && group_id !== organization.group_id && this.#context.collections.groups.get(account, group_id)?.deleted !== false)
      throw invalidValue('group', 'Group', group_id);
    const plain = Object.entries({ details, notes, group_id, shared_tickets, shared_comments, external_id: externalId });
    const fields = patch.organization_fields ? this.#fields.list(account, 'organization') : [];
    return {
      ...organization,
      ...Object.fromEntries(plain.filter(([, value]) => value !== undefined)),
      name,
      domain_names: patch.domain_names === undefined ? organization.domain_names : cleanTags(patch.domain_names),
      tags: patch.tags === undefined ? organization.tags : cleanTags(patch.tags),
      organization_fields: writtenValues(fields, organization.organization_fields, patch.organization_fields ?? {}),
      updated_at: this.#context.now(account),
    };
  }

  #journal(account: string, kind: string, record: Organization, actor: Actor, changes?: ReturnType<typeof changesBetween>): void {
    const label = `organization ${record.id} ${kind.split('.')[1]}: ${record.name}`;
    journalRecord(this.#context, { account, kind, label, record, actorId: actor.userId, ...(changes ? { changes } : {}) });
  }
}

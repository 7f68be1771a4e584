import type { Collection } from '../../../core/collection.ts';
import { Memo } from '../../../core/memo.ts';
import type { RoleConfiguration } from '../../account/index.ts';
import type { SupportContext } from '../context.ts';
import { blank, forbidden, recordInvalid, recordNotFound, taken } from '../errors.ts';
import { DEFAULTS, writtenConfiguration } from './configuration.ts';
import type { CustomRole, CustomRoleDraft } from './entities.ts';

/** The vendor's own roles that agents can have, with what sets them apart (facts of the reference; details inferred). */
const SYSTEM: readonly Pick<CustomRole, 'name' | 'description' | 'role_type' | 'configuration'>[] = [
  {
    name: 'Light agent',
    description: 'Can view and add private comments to tickets',
    role_type: 1,
    configuration: { light_agent: true, ticket_comment_access: 'none', ticket_editing: false, ticket_tag_editing: false },
  },
  {
    name: 'Contributor',
    description: 'Can provide limited support',
    role_type: 3,
    configuration: { ticket_comment_access: 'none', ticket_editing: false, ticket_tag_editing: false },
  },
];

/** Custom roles of agents. Two are always there; the others are what admins make (Enterprise). */
export class CustomRoleService {
  readonly #context: SupportContext;
  readonly #roles: Collection<CustomRole>;
  readonly #configurations: Memo<RoleConfiguration | undefined>;

  constructor(context: SupportContext) {
    this.#context = context;
    this.#roles = context.core.store.collection<CustomRole>({ name: 'custom_roles', key: (role) => role.id });
    this.#configurations = new Memo(this.#roles);
  }

  list(account: string): CustomRole[] {
    return [...this.#system(account), ...this.#roles.find(account)];
  }

  get(account: string, id: number): CustomRole | undefined {
    return this.#roles.get(account, id) ?? this.#system(account).find((role) => role.id === id);
  }

  /** What an agent of the role may do; undefined when there is no such role. */
  configuration(account: string, id: number): RoleConfiguration | undefined {
    return this.#configurations.get(`${account} ${id}`, () => this.get(account, id)?.configuration);
  }

  /** @throws ApiError 422 for a missing or taken name, 400 for a bad configuration */
  create(account: string, draft: CustomRoleDraft): CustomRole {
    const now = this.#context.now(account);
    const name = this.#freeName(account, draft.name);
    const role: CustomRole = {
      id: this.#context.ids(account)(),
      name,
      description: draft.description ?? '',
      role_type: 0,
      configuration: { ...DEFAULTS, ...writtenConfiguration(draft.configuration ?? {}, 'custom_roles/create') },
      created_at: now,
      updated_at: now,
    };
    this.#roles.insert(account, role);
    return role;
  }

  /** @throws ApiError 404, 403 for the vendor's own roles, and as `create` */
  update(account: string, id: number, patch: CustomRoleDraft): CustomRole {
    const role = this.#own(account, id);
    const updated: CustomRole = {
      ...role,
      ...(patch.name === undefined ? {} : { name: this.#freeName(account, patch.name, id) }),
      ...(patch.description === undefined ? {} : { description: patch.description ?? '' }),
      configuration: { ...role.configuration, ...writtenConfiguration(patch.configuration ?? {}, 'custom_roles/update') },
      updated_at: this.#context.now(account),
    };
    this.#roles.put(account, updated);
    return updated;
  }

  /** @throws ApiError 404, 403 for the vendor's own roles, 422 while agents have it (inferred) */
  delete(account: string, id: number): void {
    const role = this.#own(account, id);
    if (this.members(account, id) > 0) {
      throw recordInvalid({ base: [{ description: `${role.name} is still assigned to team members`, error: 'InvalidValue' }] });
    }
    this.#roles.delete(account, id);
  }

  members(account: string, id: number): number {
    return this.#context.collections.users.count(account, { where: { custom_role_id: id, role: 'agent', active: 1 } });
  }

  #own(account: string, id: number): CustomRole {
    const role = this.get(account, id);
    if (!role) throw recordNotFound();
    if (role.role_type !== 0) throw forbidden();
    return role;
  }

  #freeName(account: string, name: string | undefined, own?: number): string {
    const text = name?.trim() ?? '';
    if (text === '') throw blank('name', 'Name');
    const other = this.list(account).find((role) => role.name.toLowerCase() === text.toLowerCase());
    if (other && other.id !== own) throw taken('name', 'Name');
    return text;
  }

  /** Their ids lie below those that the account hands out. */
  #system(account: string): CustomRole[] {
    const { idBase, createdAt } = this.#context.accounts.expect(account);
    return SYSTEM.map(({ configuration, ...role }) => ({
      id: idBase + role.role_type,
      ...role,
      configuration: { ...DEFAULTS, ...configuration },
      created_at: createdAt,
      updated_at: createdAt,
    }));
  }
}

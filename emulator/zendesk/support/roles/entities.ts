import type { RoleConfiguration } from '../../account/index.ts';

/** What agents may do (vendor reference "Custom Agent Roles"). */
export interface CustomRole {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  /** 0 made by an admin; 1 light agent, 3 contributor, 4 admin, 5 billing admin are the vendor's own. */
  readonly role_type: number;
  readonly configuration: RoleConfiguration;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface CustomRoleDraft {
  name?: string;
  description?: string | null;
  configuration?: Readonly<Record<string, unknown>>;
}

import { RouteTable } from './route-table.ts';

/**
 * For whom an operation is (vendor reference, "Allowed For" of each endpoint). A role includes those below it in this
 * list; `self` is an end user for operations below `/users/{id}` of their own, `own` nobody but the user that the path names.
 */
export type Audience = 'anyone' | 'end-user' | 'self' | 'agent' | 'admin' | 'own';

/** One operation's rule. */
export interface AccessRule {
  readonly audience: Audience;
  /**
   * Property of a custom role's configuration: opens an admins' operation to agents of a role that has it, and closes an
   * agents' operation to agents of a role that lacks it.
   */
  readonly permission?: string;
}

/** What the configuration of an agent's custom role says; undefined without a custom role. */
export type RoleConfiguration = Readonly<Record<string, unknown>>;

interface Caller {
  readonly userId: number;
  readonly role: 'end-user' | 'agent' | 'admin';
  readonly can?: RoleConfiguration;
}

/** An operation that no table names is for agents: what is added without an entry stays closed to end users. */
const UNLISTED: AccessRule = { audience: 'agent' };

/** Who may use which operation under `/api/v2`: tables of the rooms, put together. */
export class AccessRules {
  readonly #rules = new RouteTable<AccessRule>();

  /**
   * @param allowed lines of `METHOD… /path` by audience, as `RouteTable` reads paths
   * @param permissions lines of `METHOD… /path` by property of a custom role's configuration
   */
  add(allowed: Readonly<Partial<Record<Audience, string>>>, permissions: Readonly<Record<string, string>> = {}): void {
    for (const [audience, lines] of Object.entries(allowed)) {
      for (const operation of operations(lines)) this.#rules.add(operation, { audience: audience as Audience });
    }
    for (const [permission, lines] of Object.entries(permissions)) {
      for (const operation of operations(lines)) {
        const [method = '', path = ''] = operation.split(' ');
        const { audience } = this.rule(method, path.replaceAll('{id}', '1').replaceAll('*', 'x'));
        this.#rules.add(operation, { audience, permission });
      }
    }
  }

  rule(method: string, path: string): AccessRule {
    return this.#rules.find(method, path) ?? UNLISTED;
  }

  /** Whether the rule lets the caller do this. */
  admits(rule: AccessRule, caller: Caller, path: string): boolean {
    const { audience, permission } = rule;
    if (audience === 'own') return ownId(path) === caller.userId;
    switch (caller.role) {
      case 'admin':
        return true;
      case 'agent':
        if (audience === 'admin') return permission !== undefined && caller.can !== undefined && granted(caller.can[permission]);
        return permission === undefined || caller.can === undefined || granted(caller.can[permission]);
      default:
        return audience === 'anyone' || audience === 'end-user' || (audience === 'self' && ownId(path) === caller.userId);
    }
  }
}

/** One entry per method and path: `GET PUT /a` is `GET /a` and `PUT /a`. */
export function operations(lines: string): string[] {
  return lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .flatMap((line) => {
      const words = line.split(/\s+/);
      const path = words.pop() ?? '';
      return words.map((method) => `${method} ${path}`);
    });
}

/** Configuration values that grant nothing; others are `true` or the name of some access (`full`, `edit-within-org`). */
const REFUSALS: ReadonlySet<unknown> = new Set([undefined, null, false, '', 'none', 'no', 'readonly', 'not-allowed']);

/** Whether a property of a custom role's configuration grants what it is about. */
export function granted(value: unknown): boolean {
  return !REFUSALS.has(value);
}

/** The user whose records a path under `/users/{id}` or `/end_users/{id}` is about. */
function ownId(path: string): number | undefined {
  const id = /^\/(?:end_)?users\/(\d{1,16})(?:\/|$)/.exec(path)?.[1];
  return id === undefined ? undefined : Number(id);
}

import { RouteTable } from './route-table.ts';

/** Resources whose scope is not called like the first segment of their path (vendor article "OAuth Tokens", "Scopes"). */
const RESOURCES: Readonly<Record<string, string>> = { audit_logs: 'auditlogs', help_center: 'hc', guide: 'hc' };

/** Operations for which a resource's own scope does not do, or none is needed. */
const EXCEPTIONS = new RouteTable<'global' | 'none'>()
  // Documented: audits need the global `read`.
  .add('GET /tickets/{id}/audits/**', 'global')
  .add('GET /ticket_audits', 'global')
  // Documented: passwords need `read` or `write` (vendor article "User Passwords").
  .add('POST PUT /users/{id}/password', 'global')
  .add('GET /users/{id}/password/requirements', 'global')
  // Whoever holds a token may look at it and give it up (inferred from the vendor's advice for tokens of few scopes).
  .add('GET DELETE /oauth/tokens/current', 'none');

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/**
 * The scopes of which a token needs one, the resource's own first (`tickets:read`, then `read`); none for an operation
 * that any token may use. `read` is for GET, `write` for the rest.
 */
export function requiredScopes(method: string, path: string): readonly string[] {
  const kind = READS.has(method) ? 'read' : 'write';
  const exception = EXCEPTIONS.find(method, path);
  if (exception === 'none') return [];
  const root = path.slice(1).split('/', 1)[0] ?? '';
  return exception === 'global' || root === '' ? [kind] : [`${RESOURCES[root] ?? root}:${kind}`, kind];
}

/** A resource without an access (`tickets`) means both (documented). */
export function scopesSuffice(held: readonly string[], required: readonly string[]): boolean {
  return (
    required.length === 0 || required.some((scope) => held.includes(scope) || (scope.includes(':') && held.includes(resourceOf(scope))))
  );
}

function resourceOf(scope: string): string {
  return scope.slice(0, scope.indexOf(':'));
}

import type { Router } from 'express';
import { sendJson } from '../../../account/index.ts';
import type { Support } from '../../index.ts';
import { idOf, scopeOf } from '../../routes/http.ts';
import { arrayListing } from '../../routes/listing.ts';
import { sendPage } from '../../routes/page.ts';
import { conditionDefinitions } from '../definitions.ts';
import type { SlaPolicy } from '../entities.ts';
import { wireSlaPolicy } from '../wire.ts';

/** `/slas/policies` to read. */
export function slaPolicyRoutes(router: Router, support: Support): void {
  const { slaPolicies } = support.rules;

  router.get('/slas/policies', (req, res) => {
    const { account, base } = scopeOf(res);
    const spec = { key: 'sla_policies', action: 'slas/policies/index', order: { by: 'position', descending: false } };
    const listing = arrayListing<SlaPolicy>(slaPolicies.list(account), ['position']);
    sendPage(req, res, spec, listing, (policy) => wireSlaPolicy(policy, base));
  });

  router.get('/slas/policies/definitions', (_req, res) => {
    const { all, any } = conditionDefinitions(support, scopeOf(res).account, 'automation');
    const shown = (rows: readonly Record<string, unknown>[]): object[] => rows.filter((row) => row['type'] !== 'hours').map(filterItem);
    sendJson(res, 200, { definitions: { all: shown(all), any: shown(any) } });
  });

  router.get('/slas/policies/:sla_policy_id', (req, res) => {
    const { account, base } = scopeOf(res);
    const policy = slaPolicies.expect(account, idOf(req, 'sla_policy_id', 'slas/policies/show'));
    sendJson(res, 200, { sla_policy: wireSlaPolicy(policy, base) });
  });
}

/** The same definitions in the form that SLA policies have of their own (documented). */
function filterItem({ title, subject, group, operators, values }: Record<string, unknown>): object {
  const list = (rows: unknown): { value: unknown; title: unknown }[] =>
    (Array.isArray(rows) ? (rows as { value: unknown; title: unknown }[]) : []).map((row) => ({ value: row.value, title: row.title }));
  const shown = values === undefined ? {} : { values: { type: 'list', list: list(values) } };
  return { value: subject, title, group, target: null, operators: list(operators), ...shown };
}

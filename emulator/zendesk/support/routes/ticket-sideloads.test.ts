import { describe, expect, it } from 'vitest';
import { testServer } from '../testing/test-server.ts';

const ALL = 'users,groups,organizations,last_audits,metric_sets,dates,sharing_agreements,comment_count,incident_counts,ticket_forms,brands,custom_statuses'; // prettier-ignore
const BESIDE = ['users', 'groups', 'organizations', 'sharing_agreements', 'ticket_forms', 'brands', 'custom_statuses'];
const WITHIN = ['last_audit', 'metric_set', 'dates', 'comment_count', 'incident_count'];

async function world() {
  const server = await testServer();
  await server.call('POST', '/tickets', { ticket: { comment: 'problem', type: 'problem' } });
  await server.call('POST', '/tickets', { ticket: { comment: 'incident', type: 'incident', problem_id: 1 } });
  return server;
}

type Row = Record<string, unknown>;

describe('side-loads of tickets', () => {
  it('stand beside a list where tickets share them, in the ticket where it has them alone', async () => {
    await using server = await world();
    for (const path of ['/tickets', '/tickets?page[size]=10', '/tickets/show_many?ids=1,2', '/tickets/1/incidents', '/problems']) {
      const { body } = await server.call<Row & { tickets: Row[] }>('GET', `${path}${path.includes('?') ? '&' : '?'}include=${ALL}`);
      const missing = [
        ...BESIDE.filter((name) => !Array.isArray(body[name])),
        ...body.tickets.flatMap((ticket) => WITHIN.filter((name) => ticket[name] === undefined)),
      ];
      expect({ path, missing }).toEqual({ path, missing: [] });
    }
    const { body } = await server.call<{ tickets: Row[]; brands: Row[]; custom_statuses: Row[] }>('GET', `/tickets?include=${ALL}`);
    expect(body.tickets).toMatchObject([
      { id: 1, incident_count: 1, comment_count: 1, metric_set: { ticket_id: 1 }, last_audit: { ticket_id: 1 } },
      { id: 2, incident_count: 0 },
    ]);
    expect(body.brands).toHaveLength(1);
    expect(body.custom_statuses).toMatchObject([{ status_category: 'new' }]);
  });

  it('of many tickets by id have the metrics beside them too', async () => {
    await using server = await world();
    const { body } = await server.call<{ metric_sets: Row[] }>('GET', '/tickets/show_many?ids=1,2&include=metric_sets');
    expect(body.metric_sets).toMatchObject([{ ticket_id: 1 }, { ticket_id: 2 }]);
  });

  it('of one ticket have its SLAs and metric events; unknown words say nothing', async () => {
    await using server = await world();
    const { body } = await server.call<{ ticket: Row }>('GET', `/tickets/1?include=${ALL},slas,metric_events,nonsense`);
    expect(body.ticket).toMatchObject({ slas: { policy_metrics: [] }, incident_count: 1 });
    expect(body.ticket['metric_events']).toMatchObject({ requester_wait_time: [{ type: 'activate', instance_id: 1 }] });
    expect(Object.keys(body)).not.toContain('nonsense');
    const bare = (await server.call<{ ticket: Row }>('GET', '/tickets/1')).body;
    expect([Object.keys(bare), WITHIN.filter((name) => name in bare.ticket)]).toEqual([['ticket'], []]);
  });
});

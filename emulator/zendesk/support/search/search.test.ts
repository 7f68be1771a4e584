import { describe, expect, it, vi } from 'vitest';
import { refusal, testSupport } from '../testing/test-support.ts';
import { RecordTable } from './index/record-table.ts';
import type { Hit } from './search-service.ts';

function world(settings: Record<string, unknown> = {}) {
  const made = testSupport({ settings });
  const { support, api, ownerId } = made;
  const tier = support.fields.create('acme', 'ticket', { type: 'text', title: 'Tier' });
  support.fields.create('acme', 'user', { type: 'text', key: 'plan', title: 'Plan' });
  const globex = support.organizations.create('acme', { name: 'Globex', domain_names: ['globex.example'] }, api);
  const hank = support.users.create('acme', { name: 'Hank Scorpio', email: 'hank@globex.example', phone: '+14155550100', user_fields: { plan: 'gold' } }, api); // prettier-ignore
  const ada = support.users.create('acme', { name: 'Ada Lovelace', email: 'ada@x.example', phone: '+14155550101' }, api);
  const fire = support.tickets.create('acme', { subject: 'Printer on fire', comment: 'It burns since order-17', requester_id: hank.id, priority: 'urgent', type: 'incident', tags: ['hot', 'gold'], custom_fields: [{ id: tier.id, value: 'silver' }] }, api).ticket; // prettier-ignore
  const cold = support.tickets.create('acme', { subject: 'Fridge', comment: 'Too cold', requester_id: ada.id, priority: 'low', tags: ['hot'], external_id: 'X-9' }, api).ticket; // prettier-ignore
  const found = (query: string): string[] =>
    support.search
      .find('acme', { query, me: ownerId })
      .slice()
      .map((hit: Hit) => (hit.type === 'ticket' ? `#${hit.record.id}` : hit.record.name));
  return { ...made, tier, globex, hank, ada, fire, cold, found };
}

describe('search', () => {
  it('finds tickets by each keyword', () => {
    const { found, fire, cold, tier, hank, support, api, ownerId, advance } = world();
    support.tickets.update('acme', cold.id, { assignee_id: ownerId, comment: { body: 'Turned the dial', public: false } }, api);
    advance(3 * 3_600_000);
    support.tickets.update('acme', cold.id, { status: 'solved' }, api);
    const [one, two] = [`#${fire.id}`, `#${cold.id}`];
    const cases: [string, string[]][] = [
      ['printer', [one]],
      ['print', []],
      ['print*', [one]],
      ['"on fire"', [one]],
      ['"fire on"', []],
      ['order-17', [one]],
      ['dial', [two]],
      ['silver', [one]],
      ['type:ticket tags:hot', [two, one]],
      ['tags:"hot gold"', [one]],
      ['tags:hot -tags:gold', [two]],
      ['status:new', [one]],
      ['status<solved', [one]],
      ['status>=solved', [two]],
      ['status:new status:solved', [two, one]],
      ['priority>low', [one]],
      ['ticket_type:incident', [one]],
      ['ticket_type:none', [two]],
      ['requester:hank@globex.example', [one]],
      [`requester:${hank.id}`, [one]],
      ['requester:"ada lovelace"', [two]],
      ['assignee:me', [two]],
      ['assignee:none', [one]],
      ['submitter:me type:ticket', [two, one]],
      ['commenter:me type:ticket', [two, one]],
      ['type:ticket organization:globex', [one]],
      ['subject:fire', [one]],
      ['subject:burns', []],
      ['description:burns', [one]],
      ['type:ticket external_id:x-9', [two]],
      ['via:api type:ticket', [two, one]],
      ['channel:voice', []],
      [`custom_field_${tier.id}:silver`, [one]],
      ['fieldvalue:silver', [one]],
      ['type:ticket created>2hours', []],
      ['type:ticket created<2hours', [two, one]],
      ['type:ticket created:2026-01-05', [two, one]],
      ['type:ticket created>2026-01-05', []],
      ['type:ticket updated>1hour', [two]],
      ['solved>=2026-01-05T12:00:00Z', [two]],
      ['solved<2026-01-05T12:00:00Z', []],
    ];
    expect(cases.map(([query]) => [query, found(query)])).toEqual(cases);
  });

  it('finds people, organizations and groups', () => {
    const { found } = world();
    const cases: [string, string[]][] = [
      ['globex -type:ticket', ['Globex', 'Hank Scorpio']],
      ['type:organization glob*', ['Globex']],
      ['domain_names:globex.example', ['Globex']],
      ['type:user hank@globex.example', ['Hank Scorpio']],
      ['email:ada@x.example', ['Ada Lovelace']],
      ['name:lovelace', ['Ada Lovelace']],
      ['role:admin', ['owner']],
      ['phone:+14155550100', ['Hank Scorpio']],
      ['phone:415555010*', ['Ada Lovelace', 'Hank Scorpio']],
      ['plan:gold', ['Hank Scorpio']],
      ['type:user organization:globex', ['Hank Scorpio']],
      ['type:group support', ['Support']],
      ['type:user created_at>=2026-01-05', ['Ada Lovelace', 'Hank Scorpio', 'owner']],
    ];
    expect(cases.map(([query]) => [query, found(query)])).toEqual(cases);
  });

  it('takes a word with a colon that is no keyword as text', () => {
    const { found, support, api } = world();
    support.tickets.create('acme', { subject: 'See http://x.example/a', comment: 'c' }, api);
    expect(found('http://x.example/a')).toEqual(['#3']);
  });

  it('finds no deleted records', () => {
    const { found, fire, ada, support, api } = world();
    support.tickets.delete('acme', fire.id, api);
    support.users.delete('acme', ada.id, api);
    expect([found('printer'), found('name:ada')]).toEqual([[], []]);
  });

  it('takes the names of things of JavaScript as text', () => {
    const { found, support, api } = world();
    support.tickets.create('acme', { subject: 'constructor:printer of __proto__:x', comment: 'c' }, api);
    expect(['constructor:printer', '__proto__:x', 'order_by:constructor fridge'].map(found)).toEqual([['#3'], ['#3'], ['#2']]);
  });

  it('finds, counts and pages the tickets within a limit alone, as they are now, however late the index is', () => {
    const { support, api, ada, hank, fire, cold, advance } = world({ searchIndexDelayMs: 5_000 });
    advance(5_000);
    const within = (id: number): unknown[] => {
      const hits = support.search.find('acme', { query: 'type:ticket *', me: null, limit: { column: 'requester_id', values: [id] } });
      return [hits.count, hits.slice(0, 10).map(({ record }) => record.id), hits.after(undefined, 10).map(({ record }) => record.id)];
    };
    expect([within(hank.id), within(ada.id), within(-1)]).toEqual([
      [1, [fire.id], [fire.id]],
      [1, [cold.id], [cold.id]],
      [0, [], []],
    ]);
    support.tickets.update('acme', fire.id, { requester_id: ada.id }, api);
    expect([within(hank.id)[0], within(ada.id)[0]]).toEqual([0, 2]);
    advance(5_000);
    expect([within(hank.id)[0], within(ada.id)[0]]).toEqual([0, 2]);
  });

  it('knows a rating after the lag too', () => {
    const { found, support, api, hank, fire, ownerId, advance } = world({ searchIndexDelayMs: 5_000 });
    support.tickets.update('acme', fire.id, { assignee_id: ownerId, status: 'solved' }, api);
    advance(5_000);
    support.satisfaction.rate('acme', fire.id, { score: 'bad' }, { ...api, userId: hank.id });
    expect([found('satisfaction:bad'), found('satisfaction:unoffered')]).toEqual([[], ['#2', '#1']]);
    advance(5_000);
    expect([found('satisfaction:bad'), found('satisfaction:unoffered')]).toEqual([['#1'], ['#2']]);
  });

  it('looks no further once nothing is left, and for nothing twice, however long the query is', () => {
    const { found } = world();
    found('warm');
    const looked = vi.spyOn(RecordTable.prototype, 'worded');
    expect(found(`type:ticket nothing ${Array.from({ length: 500 }, (_, at) => `word${at}`).join(' ')}`)).toEqual([]);
    expect(looked.mock.calls.length).toBe(1);
    expect(found(`type:ticket ${'fire '.repeat(500)}`)).toEqual(['#1']);
    expect(looked.mock.calls.length).toBeLessThan(5);
    looked.mockRestore();
  });

  it('refuses what is no date and what it does not keep', () => {
    const { found } = world();
    expect(refusal(() => found('created>soon')).status).toBe(422);
    expect(refusal(() => found('sla:breached')).status).toBe(422);
    expect(refusal(() => found('nothing at all created>soon')).status).toBe(422);
  });

  it('lags behind the records by the time the account says', () => {
    const { found, fire, tier, advance, support, api } = world({ searchIndexDelayMs: 5_000 });
    expect(found('printer')).toEqual([]);
    advance(5_000);
    expect(found('printer')).toEqual([`#${fire.id}`]);
    support.tickets.update('acme', fire.id, { subject: 'Copier', custom_fields: [{ id: tier.id, value: 'lead' }] }, api);
    advance(4_999);
    expect([found('printer'), found('copier'), found('silver'), found('lead')]).toEqual([['#1'], [], ['#1'], []]);
    advance(1);
    expect([found('printer'), found('copier'), found('silver'), found('lead')]).toEqual([[], ['#1'], [], ['#1']]);
  });

  it('finds tickets by their files, form, brand, custom status, problem, and by who called', () => {
    const { found, support, api, hank, accounts } = world();
    const { upload } = support.attachments.upload('acme', { name: 'a.wav', contentType: 'audio/wav', bytes: new Uint8Array([1]) });
    const problem = support.tickets.create('acme', { subject: 'Outage', comment: 'c', type: 'problem', requester_id: hank.id }, api).ticket;
    const incident = support.tickets.create('acme', { subject: 'Mine', comment: { body: 'c', uploads: [upload.token] }, type: 'incident', problem_id: problem.id }, api).ticket; // prettier-ignore
    const rating = { id: 1, score: 'good', comment: 'fast' };
    support.context.collections.tickets.replace('acme', problem, { ...problem, satisfaction: rating });
    const all = ['#4', '#3', '#2', '#1'];
    const cases: [string, string[]][] = [
      ['has_attachment:true', [`#${incident.id}`]],
      ['has_attachment:false', ['#3', '#2', '#1']],
      ['satisfaction:goodwithcomment', [`#${problem.id}`]],
      ['satisfaction:good', [`#${problem.id}`]],
      ['satisfaction:unoffered', ['#4', '#2', '#1']],
      ['form:"Default Ticket Form"', all],
      ['form:Other', []],
      [`form:${problem.ticket_form_id}`, all],
      ['ticket_form_id:1', []],
      [`brand:"${accounts.expect('acme').brand.name}"`, all],
      [`brand_id:${problem.brand_id}`, all],
      [`custom_status_id:${problem.custom_status_id}`, all],
      [`incident_of:${problem.id}`, [`#${incident.id}`]],
      ['requester:+14155550100', ['#3', '#1']],
      ['type:ticket order_by:ticket_type sort:asc', ['#2', '#1', '#4', '#3']],
      ['type:ticket order_by:priority sort:desc', ['#1', '#2', '#4', '#3']],
      ['type:ticket type:group order_by:created sort:asc', ['#1', '#2', '#3', '#4', 'Support']],
      ['type:ticket -status:new', []],
      ['type:ticket -requester:hank', ['#4', '#2']],
    ];
    expect(cases.map(([query]) => [query, found(query)])).toEqual(cases);
  });

  it('does not know a comment before its time', () => {
    const { found, fire, advance, support, api } = world({ searchIndexDelayMs: 5_000 });
    advance(5_000);
    support.tickets.update('acme', fire.id, { comment: { body: 'extinguished', public: false } }, api);
    expect(found('extinguished')).toEqual([]);
    advance(5_000);
    expect(found('extinguished')).toEqual(['#1']);
  });
});

import { describe, expect, it } from 'vitest';
import type { User } from '../entities.ts';
import { refusal, testSupport } from '../testing/test-support.ts';

const about = (data: unknown): number => (data as { record: { id: number } }).record.id;

describe('creating a user', () => {
  it('makes an end user as recorded', () => {
    const { support, api } = testSupport();
    expect(support.users.create('acme', { name: '  Bob ' }, api)).toMatchObject({
      name: 'Bob',
      email: null,
      phone: null,
      shared_phone_number: null,
      role: 'end-user',
      verified: false,
      active: true,
      moderator: false,
      ticket_restriction: 'requested',
      restricted_agent: true,
      created_at: '2026-01-05T09:00:00Z',
    });
  });

  it('gives 13-digit ids', () => {
    const { support, api } = testSupport();
    expect(String(support.users.create('acme', { name: 'Bob' }, api).id)).toMatch(/^\d{13}$/);
  });

  it('has a primary e-mail identity, in lower case', () => {
    const { support, api } = testSupport();
    const user = support.users.create('acme', { name: 'Bob', email: 'Bob@X.example' }, api);
    expect(user.email).toBe('bob@x.example');
    expect(support.users.identities('acme', user.id)).toMatchObject([
      { type: 'email', value: 'bob@x.example', primary: true, verified: false },
    ]);
    expect(support.users.findByEmail('acme', 'BOB@x.example')?.id).toBe(user.id);
  });

  it('keeps its e-mail when it is named again among the identities, as the first', () => {
    const { core, support, api } = testSupport();
    const email = 'bob@x.example';
    const identities = [{ type: 'email', value: 'BOB@x.example', primary: true } as const];
    const user = support.users.create('acme', { name: 'Bob', email, identities }, api);
    expect(user.email).toBe(email);
    expect(support.users.identities('acme', user.id)).toMatchObject([{ type: 'email', value: email, primary: true }]);
    expect(core.journal.read({ kind: 'user.identity_created' }).filter(({ data }) => about(data) === user.id)).toHaveLength(1);
  });

  it('has the phone as its first number, whatever the identities say', () => {
    const { support, api } = testSupport();
    const [a, b] = ['+14155550100', '+14155550101'];
    const identities = [{ type: 'phone_number', value: a } as const, { type: 'phone_number', value: b, primary: true } as const];
    const user = support.users.create('acme', { name: 'Bob', phone: a, identities }, api);
    expect(user).toMatchObject({ phone: a, other_phones: [b] });
    expect(support.users.identities('acme', user.id)).toMatchObject([
      { value: a, primary: true },
      { value: b, primary: false },
    ]);
  });

  it('does not say that a number is an e-mail when somebody has it', () => {
    const { support, api } = testSupport();
    const identities = [{ type: 'phone_number', value: '+14155550100' } as const];
    support.users.create('acme', { name: 'Bob', identities }, api);
    const { status, body } = refusal(() => support.users.create('acme', { name: 'Eve', identities }, api));
    expect(status).toBe(422);
    expect(Object.keys((body as { details: object }).details)).toEqual(['value']);
  });

  it('waits for its tables: nothing of what was just written is looked at', () => {
    const { core, support, api } = testSupport();
    const { id } = support.organizations.create('acme', { name: 'Globex' }, api);
    const create = (number: string): User =>
      support.users.create('acme', { name: 'Caller', phone: number, email: `${number}@x.example`, organization_id: id }, api);
    // The greatest key of a table is looked up until there is one.
    for (const number of ['+14155550100', '+14155550200']) create(number);
    const run: string[] = [];
    const statement = core.store.statement.bind(core.store);
    core.store.statement = (sql) => (run.push(sql.split(' ', 1)[0] ?? ''), statement(sql));
    const lines = Array.from({ length: 10 }, (_, line) => create(`+1415555010${line + 1}`));
    expect(new Set(run)).toEqual(new Set(['SELECT']));
    const memberships = support.people.organizationMemberships.list('acme', { where: { user_id: lines[9]?.id ?? 0 } });
    expect(memberships).toMatchObject([{ organization_id: id, default: true }]);
  });

  it('looks for nobody but the owner of the number when somebody calls', () => {
    const { core, support, talk } = testSupport();
    const call = (number: string): void => void support.users.create('acme', { name: 'Caller', phone: number }, talk);
    call('+14155550100');
    let reads = 0;
    const statement = core.store.statement.bind(core.store);
    core.store.statement = (sql) => ((reads += 1), statement(sql));
    for (let line = 1; line <= 10; line += 1) call(`+1415555010${line}`);
    expect(reads).toBe(10);
  });

  it.each([
    ['a blank name', { name: ' ' }, 'name'],
    ['a name without end', { name: 'x'.repeat(256) }, 'name'],
    ['a bad e-mail', { name: 'Bob', email: 'bob' }, 'email'],
    ['a taken e-mail', { name: 'Bob', email: 'owner@acme.example' }, 'email'],
    ['an unknown role', { name: 'Bob', role: 'boss' as never }, 'role'],
    ['an unknown organization', { name: 'Bob', organization_id: 5 }, 'organization'],
  ])('refuses %s', (_what, draft, property) => {
    const { support, api } = testSupport();
    const before = support.users.count('acme');
    const { status, body } = refusal(() => support.users.create('acme', draft, api));
    expect(status).toBe(422);
    expect(body).toMatchObject({ error: 'RecordInvalid', details: { [property]: [{ description: expect.any(String) }] } });
    expect(support.users.count('acme')).toBe(before);
  });

  it('says who has the e-mail in the recorded words', () => {
    const { support, api } = testSupport();
    expect(refusal(() => support.users.create('acme', { name: 'Bob', email: 'owner@acme.example' }, api)).body).toMatchObject({
      details: { email: [{ description: 'Email: owner@acme.example is already being used by another user', error: 'DuplicateValue' }] },
    });
  });

  it('keeps external ids unique, whatever their case', () => {
    const { support, api } = testSupport();
    const bob = support.users.create('acme', { name: 'Bob', external_id: 'CRM-1' }, api);
    expect(support.users.findByExternalId('acme', 'crm-1')?.id).toBe(bob.id);
    expect(refusal(() => support.users.create('acme', { name: 'Eve', external_id: 'crm-1' }, api)).status).toBe(422);
    expect(support.users.update('acme', bob.id, { external_id: 'CRM-1', name: 'Robert' }, api).name).toBe('Robert');
    expect(support.users.update('acme', bob.id, { external_id: '' }, api).external_id).toBeNull();
    expect(support.users.create('acme', { name: 'Eve', external_id: '' }, api).external_id).toBeNull();
  });

  it('finds the organization by name, else by mail domain', () => {
    const { support, api } = testSupport();
    const globex = support.organizations.create('acme', { name: 'Globex', domain_names: ['globex.example'] }, api);
    expect(support.users.create('acme', { name: 'A', email: 'a@globex.example' }, api).organization_id).toBe(globex.id);
    expect(support.users.create('acme', { name: 'B', organization: { name: 'globex' } }, api).organization_id).toBe(globex.id);
    const named = support.users.create('acme', { name: 'C', organization: { name: 'Initech' } }, api);
    expect(support.organizations.get('acme', named.organization_id ?? 0)?.name).toBe('Initech');
    expect(support.users.create('acme', { name: 'D', email: 'd@elsewhere.example' }, api).organization_id).toBeNull();
  });
});

describe('phone numbers', () => {
  it('are an identity when the line is direct', () => {
    const { support, api } = testSupport();
    const bob = support.users.create('acme', { name: 'Bob', phone: '+14155550100' }, api);
    expect(bob).toMatchObject({ phone: '+14155550100', shared_phone_number: false });
    expect(support.users.findByDirectPhone('acme', '+14155550100')?.id).toBe(bob.id);
    expect(support.users.identities('acme', bob.id)).toMatchObject([{ type: 'phone_number', value: '+14155550100' }]);
  });

  it('are none when shared', () => {
    const { support, api } = testSupport();
    const bob = support.users.create('acme', { name: 'Bob', phone: '+14155550100', shared_phone_number: true }, api);
    expect(bob.shared_phone_number).toBe(true);
    expect(support.users.findByDirectPhone('acme', '+14155550100')).toBeUndefined();
  });

  it('become shared when somebody else has the line', () => {
    const { support, api } = testSupport();
    const bob = support.users.create('acme', { name: 'Bob', phone: '+14155550100' }, api);
    const eve = support.users.create('acme', { name: 'Eve', phone: '+14155550100' }, api);
    expect(eve.shared_phone_number).toBe(true);
    expect(support.users.findByDirectPhone('acme', '+14155550100')?.id).toBe(bob.id);
  });

  it('match character by character: another spelling or country is another number', () => {
    const { support, api } = testSupport();
    support.users.create('acme', { name: 'Bob', phone: '+1 (415)-555-0100' }, api);
    support.users.create('acme', { name: 'Cem', phone: '+442079460018' }, api);
    support.users.create('acme', { name: 'Dan', phone: '+14155550177x123' }, api);
    expect(support.users.findByDirectPhone('acme', '+14155550100')).toBeUndefined();
    expect(support.users.findByDirectPhone('acme', '+12079460018')).toBeUndefined();
    expect(support.users.findByDirectPhone('acme', '+14155550177')).toBeUndefined();
    expect(support.users.findByDirectPhone('acme', '+14155550177x123')?.name).toBe('Dan');
  });

  it('stay the same identity when written again', () => {
    const { support, api } = testSupport();
    const bob = support.users.create('acme', { name: 'Bob', phone: '+14155550100' }, api);
    const before = support.users.identities('acme', bob.id);
    support.users.update('acme', bob.id, { phone: '+14155550100', notes: 'n' }, api);
    expect(support.users.identities('acme', bob.id)).toEqual(before);
  });

  it('move with an update and leave with the user', () => {
    const { support, api } = testSupport();
    const bob = support.users.create('acme', { name: 'Bob', phone: '+14155550100' }, api);
    support.users.update('acme', bob.id, { phone: '+14155550199' }, api);
    expect(support.users.findByDirectPhone('acme', '+14155550100')).toBeUndefined();
    expect(support.users.findByDirectPhone('acme', '+14155550199')?.id).toBe(bob.id);
    expect(support.users.update('acme', bob.id, { shared_phone_number: true }, api).shared_phone_number).toBe(true);
    expect(support.users.findByDirectPhone('acme', '+14155550199')).toBeUndefined();
    expect(support.users.update('acme', bob.id, { phone: null }, api)).toMatchObject({ phone: null, shared_phone_number: null });
  });

  it('can be further identities', () => {
    const { support, api } = testSupport();
    const draft = { name: 'Bob', identities: [{ type: 'phone_number', value: '+14155550188' } as const] };
    const bob = support.users.create('acme', draft, api);
    expect(support.users.findByDirectPhone('acme', '+14155550188')?.id).toBe(bob.id);
    expect(
      support.search
        .users('acme', '4155550188')
        .slice()
        .map((user) => user.id),
    ).toEqual([bob.id]);
  });
});

describe('updating a user', () => {
  it('adds a new e-mail as a secondary identity', () => {
    const { support, api } = testSupport();
    const bob = support.users.create('acme', { name: 'Bob', email: 'bob@x.example' }, api);
    expect(support.users.update('acme', bob.id, { email: 'bobby@x.example' }, api).email).toBe('bob@x.example');
    expect(support.users.findByEmail('acme', 'bobby@x.example')?.id).toBe(bob.id);
    expect(support.users.identities('acme', bob.id).map((identity) => identity.primary)).toEqual([true, false]);
  });

  it('journals what changed, and nothing when nothing did', () => {
    const { core, support, api } = testSupport();
    const bob = support.users.create('acme', { name: 'Bob' }, api);
    support.users.update('acme', bob.id, { name: 'Bob' }, api);
    expect(core.journal.read({ kind: 'user.updated' })).toEqual([]);
    support.users.update('acme', bob.id, { name: 'Robert', notes: 'n' }, api);
    expect(core.journal.read({ kind: 'user.updated' })[0]?.data).toMatchObject({
      record: { id: bob.id, name: 'Robert' },
      changes: [
        { field: 'name', previous: 'Bob', current: 'Robert' },
        { field: 'notes', previous: null, current: 'n' },
      ],
    });
  });

  it('gives each action a sequence of its own', () => {
    const { core, support, api } = testSupport();
    const bob = support.users.create('acme', { name: 'Bob' }, api);
    support.users.update('acme', bob.id, { name: 'Robert' }, api);
    const sequences = core.journal
      .read({ kind: 'user.' })
      .filter((entry) => (entry.data as { record: { id: number } }).record.id === bob.id)
      .map((entry) => (entry.data as { sequence: string }).sequence);
    expect(new Set(sequences).size).toBe(2);
  });

  it('to another role gives what goes with it, and takes what went with the old one', () => {
    const { support, api } = testSupport();
    const bob = support.users.create('acme', { name: 'Bob' }, api);
    const { id: custom_role_id } = support.roles.create('acme', { name: 'Merger' });
    const agent = support.users.update('acme', bob.id, { role: 'agent', custom_role_id }, api);
    expect(agent).toMatchObject({ ticket_restriction: null, moderator: true, restricted_agent: false, custom_role_id, role_type: 0 });
    const light = support.roles.list('acme').find(({ role_type }) => role_type === 1);
    expect(support.users.update('acme', bob.id, { custom_role_id: light?.id ?? 0 }, api).role_type).toBe(1);
    expect(refusal(() => support.users.update('acme', bob.id, { custom_role_id: 7 }, api)).status).toBe(422);
    const admin = support.users.update('acme', bob.id, { role: 'admin' }, api);
    expect(admin).toMatchObject({ role_type: 4, custom_role_id: null });
    const end = support.users.update('acme', bob.id, { role: 'end-user' }, api);
    expect(end).toMatchObject({ role_type: null, ticket_restriction: 'requested', moderator: false, restricted_agent: true });
  });

  it('tells the time zone in both names, and takes no other', () => {
    const { support, api } = testSupport();
    const bob = support.users.create('acme', { name: 'Bob', time_zone: 'London' }, api);
    expect(bob).toMatchObject({ time_zone: 'London', iana_time_zone: 'Europe/London' });
    expect(support.users.update('acme', bob.id, { time_zone: 'Berlin' }, api).iana_time_zone).toBe('Europe/Berlin');
    expect(refusal(() => support.users.update('acme', bob.id, { time_zone: 'Atlantis' }, api)).status).toBe(422);
  });

  it('keeps typed field values', () => {
    const { support, api } = testSupport();
    support.fields.create('acme', 'user', { key: 'vip', type: 'checkbox', title: 'VIP' });
    support.fields.create('acme', 'user', { key: 'seats', type: 'integer', title: 'Seats' });
    const bob = support.users.create('acme', { name: 'Bob', user_fields: { vip: true, seats: '3', unknown: 'x' } }, api);
    expect(bob.user_fields).toEqual({ vip: true, seats: 3 });
    expect(support.users.update('acme', bob.id, { user_fields: { seats: null } }, api).user_fields).toEqual({ vip: true });
    expect(refusal(() => support.users.update('acme', bob.id, { user_fields: { seats: 'three' } }, api)).status).toBe(422);
  });

  it('answers 404 for unknown and deleted users', () => {
    const { support, api } = testSupport();
    const bob = support.users.create('acme', { name: 'Bob' }, api);
    expect(support.users.delete('acme', bob.id, api).active).toBe(false);
    for (const id of [bob.id, 99]) expect(refusal(() => support.users.update('acme', id, { name: 'x' }, api)).status).toBe(404);
    expect(refusal(() => support.users.delete('acme', bob.id, api)).status).toBe(404);
  });
});

describe('deleting a user', () => {
  it('takes agents off the tickets that they work on', () => {
    const { support, api } = testSupport();
    const lee = support.users.create('acme', { name: 'Lee', role: 'agent' }, api);
    const ticket = (status: 'open' | 'solved'): number =>
      support.tickets.create('acme', { comment: 'x', assignee_id: lee.id, status }, api).ticket.id;
    const [open, solved] = [ticket('open'), ticket('solved')];
    support.users.delete('acme', lee.id, api);
    expect([open, solved].map((id) => support.tickets.get('acme', id)?.assignee_id)).toEqual([null, lee.id]);
  });

  it('keeps the record and frees its identities', () => {
    const { support, api } = testSupport();
    const draft = { name: 'Bob', email: 'bob@x.example', phone: '+14155550100' };
    const bob = support.users.create('acme', draft, api);
    support.users.delete('acme', bob.id, api);
    expect(support.users.get('acme', bob.id)).toMatchObject({ active: false, email: 'bob@x.example' });
    expect(support.users.list('acme').map((user) => user.id)).not.toContain(bob.id);
    expect(support.search.users('acme', 'bob').slice()).toEqual([]);
    expect(support.users.create('acme', draft, api).shared_phone_number).toBe(false);
  });
});

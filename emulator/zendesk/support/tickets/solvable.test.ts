import { describe, expect, it } from 'vitest';
import { basic, testServer, type TestServer } from '../testing/test-server.ts';

type Refusal = { details: { base: { description: string; ticket_field_id: number; ticket_field_type: string; error: null }[] } };

async function field(server: TestServer, written: object): Promise<number> {
  const { body } = await server.call<{ ticket_field: { id: number } }>('POST', '/ticket_fields', { ticket_field: written });
  return body.ticket_field.id;
}

const solve = (server: TestServer, ticket: object = {}): Promise<{ status: number; body: Refusal }> =>
  server.call<Refusal>('PUT', '/tickets/1', { ticket: { status: 'solved', ...ticket } });

describe('required fields', () => {
  it('keep an agent from solving a ticket, all of them named at once', async () => {
    await using server = await testServer();
    const count = await field(server, { type: 'integer', title: 'Count', required: true });
    const options = [{ name: 'A', value: 'choice_a' }];
    const choice = await field(server, { type: 'tagger', title: 'Choice', required: true, custom_field_options: options });
    await field(server, { type: 'text', title: 'Not asked' });
    await server.call('POST', '/tickets', { ticket: { comment: 'x' } });
    const refused = await solve(server);
    expect([
      refused.status,
      refused.body.details.base.map(({ description, ticket_field_type }) => [description, ticket_field_type]),
    ]).toEqual([
      422,
      [
        ['Assignee: is required when solving a ticket', 'FieldAssignee'],
        ['Count: is required when solving a ticket', 'FieldInteger'],
        ['Choice: is required when solving a ticket', 'FieldTagger'],
      ],
    ]);
    expect(refused.body.details.base.slice(1)).toMatchObject([{ ticket_field_id: count, error: null }, { ticket_field_id: choice }]);
    expect((await server.call('GET', '/tickets/1')).body).toMatchObject({ ticket: { status: 'new' } });
    const custom_fields = [
      { id: count, value: 0 },
      { id: choice, value: 'choice_a' },
    ];
    expect((await solve(server, { assignee_id: server.ownerId, custom_fields })).status).toBe(200);
  });

  it('are those of the system too, when they are made so', async () => {
    await using server = await testServer();
    const { body } = await server.call<{ ticket_fields: { id: number; type: string }[] }>('GET', '/ticket_fields');
    for (const { id, type } of body.ticket_fields)
      if (!['assignee', 'group'].includes(type)) await server.call('PUT', `/ticket_fields/${id}`, { ticket_field: { required: true } });
    await server.call('POST', '/tickets', { ticket: { comment: 'x', assignee_id: server.ownerId } });
    const refused = await solve(server);
    expect(refused.body.details.base.map(({ ticket_field_type }) => ticket_field_type)).toEqual([
      'FieldSubject',
      'FieldTickettype',
      'FieldPriority',
    ]);
    expect((await solve(server, { subject: 'x', type: 'question', priority: 'low' })).status).toBe(200);
  });

  it('are asked of a new ticket that is solved too, and once it is solved no more', async () => {
    await using server = await testServer();
    const box = await field(server, { type: 'checkbox', title: 'Done', required: true });
    const create = (custom_fields: object[]): Promise<{ status: number }> =>
      server.call('POST', '/tickets', { ticket: { comment: 'x', status: 'solved', assignee_id: server.ownerId, custom_fields } });
    expect((await create([{ id: box, value: false }])).status).toBe(422);
    expect(await create([{ id: box, value: true }])).toMatchObject({ status: 201, body: { ticket: { id: 1 } } });
    expect((await solve(server, { custom_fields: [{ id: box, value: false }] })).status).toBe(200);
  });

  it('count when the form of the ticket has them', async () => {
    await using server = await testServer();
    const id = await field(server, { type: 'text', title: 'Elsewhere', required: true });
    const form = { ticket_form: { name: 'Short', ticket_field_ids: [] } };
    const short = await server.call<{ ticket_form: { id: number } }>('POST', '/ticket_forms', form);
    await server.call('POST', '/tickets', { ticket: { comment: 'x', assignee_id: server.ownerId } });
    expect((await solve(server)).body.details.base).toMatchObject([{ ticket_field_id: id }]);
    expect((await solve(server, { ticket_form_id: short.body.ticket_form.id })).status).toBe(200);
  });

  it('are not asked of rules, nor of end users, nor when they are put aside', async () => {
    await using server = await testServer();
    const id = await field(server, { type: 'text', title: 'Agents only', required: true });
    const actions = [{ field: 'status', value: 'solved' }];
    const all = [{ field: 'subject_includes_word', operator: 'includes', value: 'solve' }];
    await server.call('POST', '/triggers', { trigger: { title: 'Solve', all, actions } });
    const create = async (subject: string, requester: object): Promise<unknown> =>
      (await server.call('POST', '/tickets', { ticket: { subject, comment: 'x', assignee_id: server.ownerId, requester } })).body;
    const eve = { name: 'Eve', email: 'eve@x.example' };
    expect(await create('solve', eve)).toMatchObject({ ticket: { id: 1, status: 'solved' } });
    expect(await create('wait', eve)).toMatchObject({ ticket: { id: 2, requester_id: expect.any(Number), status: 'open' } });
    const user = server.support.users.findByEmail('acme', 'eve@x.example');
    await server.call('PUT', `/users/${user?.id}`, { user: { verified: true } });
    const byEve = { authorization: basic('eve@x.example', 'test-api-token') };
    expect((await server.call('PUT', '/requests/2', { request: { solved: true } }, byEve)).status).toBe(200);
    await server.call('PUT', `/ticket_fields/${id}`, { ticket_field: { active: false } });
    await create('third', eve);
    expect((await server.call('PUT', '/tickets/3', { ticket: { status: 'solved' } })).status).toBe(200);
  });

  it('are asked as the conditions of the form have it', async () => {
    await using server = await testServer();
    const box = await field(server, { type: 'checkbox', title: 'Repaired' });
    const part = await field(server, { type: 'text', title: 'Part', required: true });
    const reason = await field(server, { type: 'text', title: 'Reason' });
    const price = await field(server, { type: 'text', title: 'Price' });
    const solved = { type: 'SOME_STATUSES', statuses: ['solved'] };
    const child_fields = [
      { id: part, is_required: true, required_on_statuses: { type: 'NO_STATUSES' } },
      { id: price, is_required: true, required_on_statuses: { type: 'SOME_STATUSES', statuses: ['pending'] } },
    ];
    const agent_conditions = [
      { parent_field_id: box, value: true, child_fields },
      { parent_field_id: box, value: false, child_fields: [{ id: reason, is_required: true, required_on_statuses: solved }] },
      // Of a field that is itself hidden.
      { parent_field_id: reason, value: 'none', child_fields: [{ id: price, is_required: true, required_on_statuses: solved }] },
    ];
    const form = { ticket_form: { name: 'Repair', ticket_field_ids: [box, part, reason, price], agent_conditions } };
    const made = await server.call<{ ticket_form: { id: number } }>('POST', '/ticket_forms', form);
    await server.call('POST', '/tickets', {
      ticket: { comment: 'x', assignee_id: server.ownerId, ticket_form_id: made.body.ticket_form.id },
    });
    const needed = async (...custom_fields: object[]): Promise<number[]> =>
      (await solve(server, { custom_fields })).body.details.base.map(({ ticket_field_id }) => ticket_field_id);
    expect(await needed()).toEqual([reason]);
    expect(await needed({ id: box, value: true })).toEqual([part]);
    expect(await needed({ id: reason, value: 'none' })).toEqual([price]);
    expect(await needed({ id: box, value: true }, { id: reason, value: 'none' })).toEqual([part]);
    expect((await server.call('PUT', '/tickets/1', { ticket: { status: 'pending' } })).status).toBe(200);
    expect((await solve(server, { custom_fields: [{ id: reason, value: 'worn' }] })).status).toBe(200);
  });
});

import { describe, expect, it } from 'vitest';
import { basic, testServer, type TestServer } from '../testing/test-server.ts';

const PORTAL = { visible_in_portal: true, editable_in_portal: true };
const ADA = { authorization: basic('ada@x.example', 'test-api-token') };

const ask = (server: TestServer, request: object, headers: Record<string, string> = ADA): Promise<{ status: number; body: unknown }> =>
  server.call('POST', '/requests', { request: { subject: 'Printer', comment: { body: 'On fire' }, ...request } }, headers);

async function world(): Promise<TestServer> {
  const server = await testServer();
  server.support.users.create('acme', { name: 'Ada', email: 'ada@x.example', verified: true }, server.api);
  return server;
}

async function field(server: TestServer, written: object): Promise<number> {
  const made = await server.call<{ ticket_field: { id: number } }>('POST', '/ticket_fields', { ticket_field: { ...PORTAL, ...written } });
  return made.body.ticket_field.id;
}

async function systemField(server: TestServer, type: string): Promise<number> {
  const { body } = await server.call<{ ticket_fields: { id: number; type: string }[] }>('GET', '/ticket_fields');
  return body.ticket_fields.find((each) => each.type === type)?.id ?? 0;
}

describe('what fields require of end users', () => {
  it('is asked of their requests, all of it named at once', async () => {
    await using server = await world();
    const plan = await field(server, { type: 'text', title: 'Plan', required_in_portal: true });
    await field(server, { type: 'text', title: 'Not asked' });
    await field(server, { type: 'text', title: 'Agents fill it in', required_in_portal: true, editable_in_portal: false });
    await server.call('PUT', `/ticket_fields/${await systemField(server, 'tickettype')}`, {
      ticket_field: { ...PORTAL, required_in_portal: true },
    });
    const refused = {
      error: 'RecordInvalid',
      description: 'Record validation errors',
      details: {
        base: [
          { description: 'Subject: cannot be blank', error: 'BlankValue', field_key: 'subject' },
          { description: 'Type: cannot be blank', error: 'BlankValue', field_key: 'type' },
          { description: 'Plan: cannot be blank', error: 'BlankValue', field_key: plan },
        ],
      },
    };
    expect(await ask(server, { subject: ' ' })).toMatchObject({ status: 422, body: refused });
    const requester = { name: 'Eve', email: 'eve@x.example' };
    expect(await ask(server, { subject: '', requester }, { authorization: '' })).toMatchObject({ status: 422, body: refused });
    expect(server.support.tickets.get('acme', 1)).toBeUndefined();
    expect((await ask(server, { type: 'question', custom_fields: [{ id: plan, value: 'gold' }] })).status).toBe(201);
  });

  it('is not asked of agents, who say what it is about and no more', async () => {
    await using server = await world();
    await field(server, { type: 'text', title: 'Plan', required_in_portal: true });
    expect((await ask(server, {}, {})).status).toBe(201);
    expect((await ask(server, { subject: '' }, {})).status).toBe(422);
  });

  it('depends on the form, and on what its conditions show', async () => {
    await using server = await world();
    const options = ['broken', 'late'].map((value) => ({ name: value, value }));
    const what = await field(server, { type: 'tagger', title: 'What', custom_field_options: options });
    const serial = await field(server, { type: 'text', title: 'Serial' });
    const order = await field(server, { type: 'text', title: 'Order', required_in_portal: true });
    const condition = (value: string, child: object): object => ({ parent_field_id: what, value, child_fields: [child] });
    const form = {
      name: 'Complaint',
      end_user_visible: true,
      ticket_field_ids: [what, serial, order],
      end_user_conditions: [condition('broken', { id: serial, is_required: true }), condition('late', { id: order, is_required: false })],
    };
    const { body } = await server.call<{ ticket_form: { id: number } }>('POST', '/ticket_forms', { ticket_form: form });
    const complain = async (value: string | null, ...rest: object[]): Promise<unknown> => {
      const answer = await ask(server, { ticket_form_id: body.ticket_form.id, custom_fields: [{ id: what, value }, ...rest] });
      const { details } = answer.body as { details?: { base: { field_key: number }[] } };
      return details?.base.map(({ field_key }) => field_key) ?? answer.status;
    };
    expect(await complain(null)).toBe(201);
    expect(await complain('broken')).toEqual([serial]);
    expect(await complain('late')).toEqual([order]);
    expect(await complain('broken', { id: serial, value: 'A1' })).toBe(201);
    expect((await ask(server, { subject: '', ticket_form_id: body.ticket_form.id })).status).toBe(422);
    // The other form has the field, and no conditions.
    expect((await ask(server, {})).status).toBe(422);
  });
});

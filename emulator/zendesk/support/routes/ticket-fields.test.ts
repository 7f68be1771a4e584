import { describe, expect, it } from 'vitest';
import { testServer } from '../testing/test-server.ts';

interface Row {
  id: number;
  [property: string]: unknown;
}

const colour = { type: 'tagger', title: 'Colour', custom_field_options: [{ name: 'Red', value: 'red' }, { name: 'Blue', value: 'blue' }] }; // prettier-ignore

describe('ticket fields', () => {
  it('are created, shown on tickets, changed and deleted', async () => {
    await using server = await testServer();
    const made = await server.call<{ ticket_field: Row }>('POST', '/ticket_fields', {
      ticket_field: { ...colour, required_in_portal: true, agent_description: 'of the thing' },
    });
    expect(made.status).toBe(201);
    const { id } = made.body.ticket_field;
    expect(made.headers.get('location')).toBe(`${server.url}/ticket_fields/${id}.json`);
    expect(made.body.ticket_field).toMatchObject({ key: 'colour', required_in_portal: true, agent_description: 'of the thing', visible_in_portal: false, removable: true, position: 9999, custom_field_options: [{ value: 'red', position: 0 }, { value: 'blue', position: 1 }] }); // prettier-ignore
    const ticket = { comment: 'x', custom_fields: [{ id, value: 'red' }] };
    const created = await server.call<{ ticket: Row }>('POST', '/tickets', { ticket });
    expect(created.body.ticket).toMatchObject({ custom_fields: [{ id, value: 'red' }], tags: ['red'] });
    const changed = await server.call<{ ticket_field: Row }>('PUT', `/ticket_fields/${id}`, { ticket_field: { title: 'Paint', required_in_portal: false } }); // prettier-ignore
    expect(changed.body.ticket_field).toMatchObject({ title: 'Paint', required_in_portal: false, agent_description: 'of the thing' });
    const [red] = made.body.ticket_field['custom_field_options'] as Row[];
    const custom_field_options = [
      { id: 5, name: 'Green', value: 'green' },
      { id: red?.id, name: 'Rot', value: 'red' },
    ];
    const replaced = await server.call<{ ticket_field: { custom_field_options: Row[] } }>('PUT', `/ticket_fields/${id}`, { ticket_field: { custom_field_options } }); // prettier-ignore
    expect(replaced.body.ticket_field.custom_field_options).toMatchObject([{ value: 'green' }, { id: red?.id, name: 'Rot', value: 'red' }]);
    expect(replaced.body.ticket_field.custom_field_options[0]?.id).not.toBe(5);
    const many = await server.call<{ ticket_fields: Row[] }>(
      'GET',
      `/ticket_fields/show_many?keys=colour&exclude_sub_selection_options=true`,
    );
    expect(many.body.ticket_fields).toMatchObject([{ id, custom_field_options: [] }]);
    expect((await server.call('DELETE', `/ticket_fields/${id}`)).status).toBe(204);
    expect((await server.call('GET', `/ticket_fields/${id}`)).status).toBe(404);
    expect((await server.call('GET', '/tickets/1')).body['ticket']).toMatchObject({ custom_fields: [] });
  });

  it.each([
    [{ type: 'text' }, 422],
    [{ type: 'ring', title: 'x' }, 422],
    [{ type: 'regexp', title: 'x' }, 422],
    [{ type: 'regexp', title: 'x', regexp_for_validation: '[' }, 422],
    [{ type: 'regexp', title: 'x', regexp_for_validation: '(?=a)a' }, 501],
    [{ type: 'lookup', title: 'x' }, 501],
    [{ type: 'lookup', title: 'x', relationship_target_type: 'zen:user' }, 501],
    [{ ...colour, custom_field_options: [{ name: 'Red', value: 'red' }, { name: 'Rot', value: 'red' }] }, 422], // prettier-ignore
    [{ ...colour, custom_field_options: [{ name: 'Red' }] }, 422],
    [{ ...colour, custom_field_options: Array.from({ length: 2_001 }, (_, at) => ({ name: `${at}`, value: `${at}` })) }, 422],
  ])('%j answers %i', async (ticket_field, status) => {
    await using server = await testServer();
    expect((await server.call('POST', '/ticket_fields', { ticket_field })).status).toBe(status);
  });

  it('refuse values that are none of theirs', async () => {
    await using server = await testServer();
    const fieldOf = (type: string, more = {}): number => server.support.fields.create('acme', 'ticket', { type, title: type, ...more }).id;
    const options = { custom_field_options: colour.custom_field_options };
    const fields = { tagger: fieldOf('tagger', options), multiselect: fieldOf('multiselect', options), regexp: fieldOf('regexp', { regexp_for_validation: '\\d{5}' }), card: fieldOf('partialcreditcard'), integer: fieldOf('integer') }; // prettier-ignore
    const write = async (name: keyof typeof fields, value: unknown): Promise<unknown> => {
      const ticket = { comment: 'x', custom_fields: [{ id: fields[name], value }] };
      const answer = await server.call<{ ticket: { custom_fields: Row[] } }>('POST', '/tickets', { ticket });
      return answer.status === 201 ? answer.body.ticket.custom_fields.find(({ id }) => id === fields[name])?.['value'] : answer.status;
    };
    expect(await write('tagger', 'green')).toBe(422);
    expect(await write('multiselect', ['red', 'green'])).toBe(422);
    expect(await write('multiselect', ['red', 'blue'])).toEqual(['red', 'blue']);
    expect([await write('regexp', '12345'), await write('regexp', '1234')]).toEqual(['12345', 422]);
    expect([await write('card', '4111 1111 1111 1234'), await write('card', 'abc')]).toEqual(['XXXXXXXXXXXX1234', 422]);
    expect(await write('integer', '3.5')).toBe(422);
  });

  it('are put in order', async () => {
    await using server = await testServer();
    const before = (await server.call<{ ticket_fields: Row[] }>('GET', '/ticket_fields')).body.ticket_fields;
    const last = before.at(-1)?.id;
    expect((await server.call('PUT', '/ticket_fields/reorder', { ticket_field_ids: [last, 99] })).status).toBe(200);
    const after = (await server.call<{ ticket_fields: Row[] }>('GET', '/ticket_fields')).body.ticket_fields;
    expect(after.map(({ id }) => id)).toEqual([last, ...before.slice(0, -1).map(({ id }) => id)]);
    expect(after.map(({ position }) => position)).toEqual(after.map((_, index) => index + 1));
    for (const body of [{}, { ticket_field_ids: 'x' }]) expect((await server.call('PUT', '/ticket_fields/reorder', body)).status).toBe(400);
  });
});

describe('options', () => {
  it.each(['ticket', 'user'] as const)('of %s fields are added, changed and deleted one by one', async (owner) => {
    await using server = await testServer();
    const field = server.support.fields.create('acme', owner, { ...colour, type: owner === 'ticket' ? 'tagger' : 'dropdown' });
    const root = `/${owner}_fields/${field.id}/options`;
    const put = (custom_field_option: unknown): ReturnType<typeof server.call<{ custom_field_option: Row }>> => server.call('POST', root, { custom_field_option }); // prettier-ignore
    const made = await put({ name: 'Green', value: 'green', position: 0 });
    expect(made.status).toBe(201);
    const { id } = made.body.custom_field_option;
    expect(made.body.custom_field_option).toEqual({ id, name: 'Green', raw_name: 'Green', value: 'green', position: 0, url: `${server.url}/${owner}_fields/${field.id}/options/${id}.json` }); // prettier-ignore
    const changed = await put({ id, name: 'Lime', value: 'lime' });
    expect(changed.status).toBe(200);
    expect((await server.call('GET', `${root}/${id}`)).body['custom_field_option']).toMatchObject({ name: 'Lime', value: 'lime' });
    const listed = await server.call<{ custom_field_options: Row[]; count: number }>('GET', root);
    expect(listed.body.custom_field_options.map(({ value }) => value)).toEqual(['lime', 'red', 'blue']);
    expect(listed.body.count).toBe(3);
    expect((await server.call('DELETE', `${root}/${id}`)).status).toBe(204);
    expect((await server.call('DELETE', `${root}/${id}`)).status).toBe(404);
    for (const [bad, status] of [
      [{ name: 'x' }, 422],
      [{ name: 'x', value: 'red' }, 422],
      [{ id: 9, name: 'x', value: 'red' }, 422],
    ] as const)
      // prettier-ignore
      expect((await put(bad)).status).toBe(status);
    const text = server.support.fields.create('acme', owner, { type: 'text', title: 'Text' });
    expect(
      (await server.call('POST', `/${owner}_fields/${text.id}/options`, { custom_field_option: { name: 'x', value: 'x' } })).status,
    ).toBe(404);
  });
});

describe('user and organization fields', () => {
  it('are put in order, and found by key', async () => {
    await using server = await testServer();
    for (const owner of ['user', 'organization'] as const) {
      const [a, b] = ['a', 'b'].map((key) => server.support.fields.create('acme', owner, { key, type: 'text', title: key }).id);
      expect((await server.call('PUT', `/${owner}_fields/reorder`, { [`${owner}_field_ids`]: [b, a] })).status).toBe(200);
      const key = `${owner}_fields`;
      expect((await server.call<Record<string, Row[]>>('GET', `/${key}`)).body[key]?.map(({ id }) => id)).toEqual([b, a]);
    }
    const many = await server.call<{ user_fields: Row[] }>('GET', '/user_fields/show_many?keys=b,none');
    expect(many.body.user_fields.map(({ key }) => key)).toEqual(['b']);
  });
});

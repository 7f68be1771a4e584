import { describe, expect, it } from 'vitest';
import { testServer } from '../testing/test-server.ts';

interface Row {
  id: number;
  [property: string]: unknown;
}

const option = (value: string): { name: string; value: string } => ({ name: value.toUpperCase(), value });

describe('values of options that are removed', () => {
  it('go from tickets with their tags, as a write of the system', async () => {
    await using server = await testServer();
    const { fields, tickets, context } = server.support;
    const colour = fields.create('acme', 'ticket', { type: 'tagger', title: 'Colour', custom_field_options: ['red', 'blue'].map(option) });
    const parts = fields.create('acme', 'ticket', {
      type: 'multiselect',
      title: 'Parts',
      custom_field_options: ['lid', 'red'].map(option),
    });
    const make = (custom_fields: object[]): number =>
      tickets.create('acme', { comment: 'x', tags: ['vip'], custom_fields: custom_fields as never }, server.api).ticket.id;
    const red = make([{ id: colour.id, value: 'red' }, { id: parts.id, value: ['lid', 'red'] }]); // prettier-ignore
    const blue = make([{ id: colour.id, value: 'blue' }]);
    const gone = make([{ id: colour.id, value: 'red' }]);
    tickets.delete('acme', gone, server.api);
    server.advance(60_000);
    const before = tickets.get('acme', red);
    const audits = tickets.countAudits('acme', red);
    const put = await server.call('PUT', `/ticket_fields/${colour.id}`, { ticket_field: { custom_field_options: [option('blue')] } });
    expect(put.status).toBe(200);
    const shown = (await server.call<{ ticket: Row }>('GET', `/tickets/${red}`)).body.ticket;
    expect(shown).toMatchObject({ tags: ['lid', 'red', 'vip'], custom_fields: [{ id: colour.id, value: null }, { id: parts.id, value: ['lid', 'red'] }] }); // prettier-ignore
    expect(shown).toMatchObject({ updated_at: before?.updated_at, generated_timestamp: (before?.generated_timestamp ?? 0) + 60 });
    expect(tickets.countAudits('acme', red)).toBe(audits);
    expect(tickets.get('acme', blue)).toMatchObject({ tags: ['blue', 'vip'], custom_fields: [{ id: colour.id, value: 'blue' }] });
    expect(context.collections.tickets.get('acme', gone)).toMatchObject({ tags: ['vip'], custom_fields: [] });
    const lid = fields.expect('acme', 'ticket', parts.id).options[0]?.id;
    expect((await server.call('DELETE', `/ticket_fields/${parts.id}/options/${lid}`)).status).toBe(204);
    expect(tickets.get('acme', red)?.custom_fields).toEqual([{ id: parts.id, value: ['red'] }]);
  });

  it('take no tag with them that was not the field’s', async () => {
    await using server = await testServer();
    const { fields, tickets } = server.support;
    const { id } = fields.create('acme', 'ticket', { type: 'tagger', title: 'Colour', custom_field_options: ['red', 'blue'].map(option) });
    const { ticket } = tickets.create('acme', { comment: 'x', tags: ['blue', 'vip'], custom_fields: [{ id, value: 'red' }] }, server.api);
    fields.update('acme', 'ticket', id, { custom_field_options: [] });
    expect(tickets.get('acme', ticket.id)).toMatchObject({ tags: ['blue', 'vip'], custom_fields: [] });
  });

  it('leave a tag that another field has put there too, as a change of the value does', async () => {
    await using server = await testServer();
    const { fields, tickets } = server.support;
    const two = ['Inside', 'Outside'].map((title) => fields.create('acme', 'ticket', { type: 'tagger', title, custom_field_options: ['red', 'blue'].map(option) })); // prettier-ignore
    const [inside = 0, outside = 0] = two.map(({ id }) => id);
    const { ticket } = tickets.create('acme', { comment: 'x', custom_fields: two.map(({ id }) => ({ id, value: 'red' })) }, server.api);
    const painted = (id: number): readonly string[] => tickets.update('acme', ticket.id, { custom_fields: [{ id, value: 'blue' }] }, server.api).ticket.tags; // prettier-ignore
    expect([painted(inside), painted(outside)]).toEqual([['blue', 'red'], ['blue']]);
    fields.update('acme', 'ticket', inside, { custom_field_options: [option('red')] });
    expect(tickets.get('acme', ticket.id)).toMatchObject({ tags: ['blue'], custom_fields: [{ id: outside, value: 'blue' }] });
    fields.update('acme', 'ticket', outside, { custom_field_options: [option('red')] });
    expect(tickets.get('acme', ticket.id)).toMatchObject({ tags: [], custom_fields: [] });
  });

  it('go from macros', async () => {
    await using server = await testServer();
    const { fields, rules } = server.support;
    const { id } = fields.create('acme', 'ticket', { type: 'tagger', title: 'Colour', custom_field_options: ['red', 'blue'].map(option) });
    const paint = (value: string): object[] => [{ field: `custom_fields_${id}`, value }, { field: 'priority', value: 'high' }]; // prettier-ignore
    for (const value of ['red', 'blue']) expect((await server.call('POST', '/macros', { macro: { title: value, actions: paint(value) } })).status).toBe(201); // prettier-ignore
    fields.update('acme', 'ticket', id, { custom_field_options: [option('blue')] });
    expect(rules.macros.book.list('acme').map(({ actions }) => actions)).toEqual([[{ field: 'priority', value: 'high' }], paint('blue')]);
  });

  it('go from macros that name what is gone', async () => {
    await using server = await testServer();
    const { fields, groups, rules } = server.support;
    const { id } = fields.create('acme', 'ticket', { type: 'tagger', title: 'Colour', custom_field_options: ['red', 'blue'].map(option) });
    const group = groups.create('acme', { name: 'Painters' }).id;
    const assign = { field: 'group_id', value: String(group) };
    const actions = [{ field: `custom_fields_${id}`, value: 'red' }, assign];
    await server.call('POST', '/macros', { macro: { title: 'Red', actions } });
    groups.delete('acme', group, server.api);
    fields.update('acme', 'ticket', id, { custom_field_options: [option('blue')] });
    expect(rules.macros.book.list('acme').map((macro) => macro.actions)).toEqual([[assign]]);
  });

  it('go from the lists that macros set, and the action with the last of them', async () => {
    await using server = await testServer();
    const { fields, rules } = server.support;
    const { id } = fields.create('acme', 'ticket', {
      type: 'multiselect',
      title: 'Parts',
      custom_field_options: ['lid', 'rim'].map(option),
    });
    const set = (value: string[]): object[] => [{ field: `custom_fields_${id}`, value }, { field: 'priority', value: 'high' }]; // prettier-ignore
    for (const value of [['lid', 'rim'], ['rim']]) expect((await server.call('POST', '/macros', { macro: { title: 'x', actions: set(value) } })).status).toBe(201); // prettier-ignore
    fields.update('acme', 'ticket', id, { custom_field_options: [option('lid')] });
    expect(rules.macros.book.list('acme').map(({ actions }) => actions)).toEqual([set(['lid']), [{ field: 'priority', value: 'high' }]]);
  });

  it('go from users and organizations', async () => {
    await using server = await testServer();
    const { fields, users, organizations } = server.support;
    for (const owner of ['user', 'organization'] as const) fields.create('acme', owner, { key: 'plan.x', type: 'dropdown', title: 'Plan', custom_field_options: ['gold', 'lead'].map(option) }); // prettier-ignore
    const user = users.create('acme', { name: 'A', user_fields: { 'plan.x': 'gold' } }, server.api);
    const organization = organizations.create('acme', { name: 'O', organization_fields: { 'plan.x': 'gold' } }, server.api);
    const other = organizations.create('acme', { name: 'P', organization_fields: { 'plan.x': 'lead' } }, server.api);
    for (const owner of ['user', 'organization']) {
      const field = { [`${owner}_field`]: { custom_field_options: [option('lead')] } };
      expect((await server.call('PUT', `/${owner}_fields/plan.x`, field)).status).toBe(200);
    }
    expect(users.get('acme', user.id)?.user_fields).toEqual({});
    expect(organizations.get('acme', organization.id)?.organization_fields).toEqual({});
    expect(organizations.get('acme', other.id)?.organization_fields).toEqual({ 'plan.x': 'lead' });
  });

  it('stay when an option is only given another value, or another place', async () => {
    await using server = await testServer();
    const { fields, tickets } = server.support;
    const { id, options } = fields.create('acme', 'ticket', { type: 'tagger', title: 'Colour', custom_field_options: ['red', 'blue'].map(option) }); // prettier-ignore
    const ticket = tickets.create('acme', { comment: 'x', custom_fields: [{ id, value: 'red' }] }, server.api).ticket.id;
    fields.update('acme', 'ticket', id, { custom_field_options: [option('blue'), { id: options[0]?.id ?? 0, name: 'Rot', value: 'rot' }] });
    expect(tickets.get('acme', ticket)).toMatchObject({ tags: ['red'], custom_fields: [{ id, value: 'red' }] });
  });
});

describe('ticket fields', () => {
  it('may share a title, have one in any script, and are texts unless they say otherwise', async () => {
    await using server = await testServer();
    for (const title of ['Age', 'Age', '年齢']) {
      const made = await server.call<{ ticket_field: Row }>('POST', '/ticket_fields', { ticket_field: { title } });
      expect([made.status, made.body.ticket_field?.['type'], made.body.ticket_field?.['title']]).toEqual([201, 'text', title]);
    }
    const keys = server.support.fields.custom('acme', 'ticket').map(({ key }) => key);
    expect(new Set(keys).size).toBe(3);
    expect((await server.call('POST', '/ticket_fields', { ticket_field: { title: 'X', key: 'age' } })).status).toBe(422);
  });

  it('that the portal does not show, and what agents are told of them, are nothing for end users', async () => {
    await using server = await testServer();
    for (const shown of [true, false]) await server.call('POST', '/ticket_fields', { ticket_field: { title: `T${shown}`, visible_in_portal: shown, agent_description: 'secret' } }); // prettier-ignore
    const anybody = await server.call<{ ticket_fields: Row[]; count: number }>('GET', '/ticket_fields', undefined, { authorization: '' });
    expect(anybody.body.ticket_fields.map(({ title }) => title)).toEqual(['Subject', 'Description', 'Ttrue']);
    expect(JSON.stringify(anybody.body)).not.toContain('secret');
    const staff = await server.call<{ ticket_fields: Row[] }>('GET', '/ticket_fields');
    expect(staff.body.ticket_fields).toHaveLength(10);
  });

  it('get a new option where the id given is none of theirs', async () => {
    await using server = await testServer();
    const { id } = server.support.fields.create('acme', 'ticket', {
      type: 'tagger',
      title: 'Colour',
      custom_field_options: [option('red')],
    });
    const post = (custom_field_option: object): ReturnType<typeof server.call<{ custom_field_option: Row }>> =>
      server.call<{ custom_field_option: Row }>('POST', `/ticket_fields/${id}/options`, { custom_field_option });
    const made = await post({ id: 5, ...option('blue') });
    expect([made.status, made.headers.get('location')]).toEqual([201, `${server.url}/ticket_fields/${id}/options.json`]);
    expect((await post({ id: made.body.custom_field_option.id, name: 'Blau' })).status).toBe(200);
  });
});

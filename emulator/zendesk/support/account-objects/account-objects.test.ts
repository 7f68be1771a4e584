import { get } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import { Collection } from '../../../core/collection.ts';
import { basic, testServer } from '../testing/test-server.ts';

type Rows = Record<string, Record<string, unknown>[]>;

describe('what every account has', () => {
  it('custom statuses: one of each category, unpaged, the ones that tickets name', async () => {
    await using server = await testServer();
    const { body } = await server.call<Rows>('GET', '/custom_statuses.json');
    expect(Object.keys(body)).toEqual(['custom_statuses']);
    expect(body['custom_statuses']?.map((each) => each['status_category'])).toEqual(['new', 'open', 'pending', 'hold', 'solved']);
    const { body: made } = await server.call<{ ticket: Record<string, number> }>('POST', '/tickets', { ticket: { comment: 'x' } });
    const shown = await server.call('GET', `/custom_statuses/${made.ticket['custom_status_id']}`);
    expect(shown.body).toMatchObject({ custom_status: { status_category: 'new', agent_label: 'New', default: true, active: true } });
    expect((await server.call<Rows>('GET', '/custom_statuses?status_categories=open,hold')).body['custom_statuses']).toHaveLength(2);
    expect((await server.call('GET', '/custom_statuses?active=false')).body).toEqual({ custom_statuses: [] });
    expect((await server.call('GET', '/custom_statuses/1')).status).toBe(404);
    expect((await server.call<Rows>('GET', '/custom_statuses?default=false')).body).toEqual({ custom_statuses: [] });
  });

  it('the brand and the form that tickets name', async () => {
    await using server = await testServer();
    const { body } = await server.call<{ ticket: Record<string, number> }>('POST', '/tickets', { ticket: { comment: 'x' } });
    const { brand_id: brand, ticket_form_id: form } = body.ticket;
    expect((await server.call('GET', `/brands/${brand}`)).body).toMatchObject({ brand: { id: brand, subdomain: 'acme', default: true } });
    expect((await server.call('GET', '/brands')).body).toMatchObject({ brands: [{ id: brand, ticket_form_ids: [form] }], count: 1 });
    const field = server.support.fields.create('acme', 'ticket', { type: 'text', title: 'Order' });
    const shown = await server.call<{ ticket_form: { ticket_field_ids: number[] } }>('GET', `/ticket_forms/${form}`);
    expect(shown.body.ticket_form.ticket_field_ids).toContain(field.id);
    expect((await server.call('GET', '/ticket_forms')).body).toMatchObject({ ticket_forms: [{ id: form, default: true }], count: 1 });
    expect((await server.call('GET', `/ticket_forms/show_many?ids=${form},1`)).body).toMatchObject({
      ticket_forms: [{ id: form }],
      count: 1,
    });
    for (const path of ['/brands/1', '/ticket_forms/1']) expect((await server.call('GET', path)).status).toBe(404);
  });
});

interface Row {
  id: number;
  [property: string]: unknown;
}

describe('custom statuses', () => {
  it('are created, given to tickets, changed and deleted', async () => {
    await using server = await testServer();
    const made = await server.call<{ custom_status: Row }>('POST', '/custom_statuses', { custom_status: { status_category: 'hold', agent_label: 'At the lab' } }); // prettier-ignore
    expect(made.status).toBe(201);
    const { id } = made.body.custom_status;
    expect(made.body.custom_status).toMatchObject({ agent_label: 'At the lab', end_user_label: 'At the lab', description: '', active: true, default: false }); // prettier-ignore
    const ticket = await server.call<{ ticket: Row }>('POST', '/tickets', { ticket: { comment: 'x', custom_status_id: id } });
    expect(ticket.body.ticket).toMatchObject({ status: 'hold', custom_status_id: id });
    const field = server.support.fields.list('acme', 'ticket').find(({ type }) => type === 'custom_status');
    const shown = await server.call<{ ticket_field: { custom_statuses: Row[] } }>('GET', `/ticket_fields/${field?.id}`);
    expect(shown.body.ticket_field.custom_statuses.map((each) => each['agent_label'])).toEqual(['New', 'Open', 'Pending', 'On-hold', 'At the lab', 'Solved']); // prettier-ignore
    const changed = await server.call<{ custom_status: Row }>('PUT', `/custom_statuses/${id}`, { custom_status: { active: false, end_user_label: 'Lab' } }); // prettier-ignore
    expect(changed.body.custom_status).toMatchObject({ active: false, agent_label: 'At the lab', end_user_label: 'Lab' });
    expect((await server.call('POST', '/tickets', { ticket: { comment: 'x', custom_status_id: id } })).status).toBe(422);
    expect((await server.call('DELETE', `/custom_statuses/${id}`)).status).toBe(204);
    const heir = server.support.statuses.list('acme').find(({ status_category }) => status_category === 'hold')?.id;
    expect(server.support.tickets.get('acme', Number(ticket.body.ticket['id']))).toMatchObject({ status: 'hold', custom_status_id: heir });
    expect((await server.call('GET', `/custom_statuses/${id}`)).status).toBe(404);
  });

  it('become the default of their category, which stays', async () => {
    await using server = await testServer();
    const { statuses } = server.support;
    const { id } = statuses.create('acme', { status_category: 'open', agent_label: 'In work' });
    const before = server.support.defaults('acme').custom_status_ids.open;
    expect((await server.call('PUT', '/custom_status/default', { ids: String(id) })).status).toBe(200);
    expect((await server.call<Rows>('GET', '/custom_statuses?default=true')).body['custom_statuses']?.map((row) => row['agent_label'])).toContain('In work'); // prettier-ignore
    const ticket = await server.call<{ ticket: Row }>('POST', '/tickets', { ticket: { comment: 'x', status: 'open' } });
    expect(ticket.body.ticket['custom_status_id']).toBe(id);
    expect((await server.call('PUT', `/custom_statuses/${id}`, { custom_status: { active: false } })).status).toBe(422);
    expect((await server.call('DELETE', `/custom_statuses/${id}`)).status).toBe(422);
    expect((await server.call('DELETE', `/custom_statuses/${before}`)).status).toBe(204);
    expect((await server.call('PUT', '/custom_status/default', { ids: String(before) })).status).toBe(404);
    expect((await server.call('PUT', '/custom_status/default', {})).status).toBe(400);
  });

  it.each([
    {},
    { status_category: 'closed', agent_label: 'x' },
    { status_category: 'open' },
    { status_category: 'open', agent_label: 'x'.repeat(49) },
    { status_category: 'open', agent_label: 'x', end_user_description: 'x'.repeat(256) },
  ])('refuse %j', async (custom_status) => {
    await using server = await testServer();
    expect((await server.call('POST', '/custom_statuses', { custom_status })).status).toBe(422);
  });
});

describe('ticket forms', () => {
  it('take conditions on their own fields alone', async () => {
    await using server = await testServer();
    const [on, off] = ['On', 'Off'].map((title) => server.support.fields.create('acme', 'ticket', { type: 'checkbox', title }).id);
    const form = (parent: unknown, child_fields: unknown): object => ({
      ticket_form: { name: 'F', ticket_field_ids: [on], agent_conditions: [{ parent_field_id: parent, value: true, child_fields }] },
    });
    const refused = [form(off, []), form(on, [{ id: off }]), form(on, [null]), form(on, {}), form('x', []), form(on, [{}])];
    for (const each of refused) {
      const { status, body } = await server.call('POST', '/ticket_forms', each);
      expect([status, Object.keys((body as { details: object }).details)]).toEqual([422, ['agent_conditions']]);
    }
    const made = await server.call<{ ticket_form: Row }>('POST', '/ticket_forms', form(on, []));
    const path = `/ticket_forms/${made.body.ticket_form.id}`;
    expect((await server.call('PUT', path, { ticket_form: { ticket_field_ids: [] } })).status).toBe(422);
    expect((await server.call('PUT', path, { ticket_form: { ticket_field_ids: [], agent_conditions: [] } })).status).toBe(200);
  });

  it('are written anew for a deleted field only when they have it', async () => {
    await using server = await testServer();
    const { fields, forms } = server.support;
    const [a, b] = ['A', 'B'].map((title) => fields.create('acme', 'ticket', { type: 'checkbox', title }).id) as [number, number];
    const conditions = [{ parent_field_id: a, value: true, child_fields: [{ id: b, is_required: true }] }];
    forms.create('acme', { name: 'Without', ticket_field_ids: [b] });
    forms.create('acme', { name: 'With', ticket_field_ids: [a, b] });
    forms.update('acme', forms.list('acme')[0]?.id ?? 0, { agent_conditions: conditions });
    const put = vi.spyOn(Collection.prototype, 'put');
    fields.delete('acme', 'ticket', a);
    const written = put.mock.calls.flatMap(([, row]) => ('ticket_field_ids' in row ? [(row as { name?: string }).name] : []));
    put.mockRestore();
    expect(written).toEqual(['Default Ticket Form', 'With']);
    expect(forms.list('acme').map((form) => form.agent_conditions)).toEqual([[], [], []]);
  });

  it('lose what conditions say of fields that are deleted, and show nothing of inactive ones', async () => {
    await using server = await testServer();
    const { fields } = server.support;
    const [a, b, c] = ['A', 'B', 'C'].map((title) => fields.create('acme', 'ticket', { type: 'checkbox', title }).id) as [number, number, number]; // prettier-ignore
    const condition = (parent_field_id: number, ...ids: number[]): object => ({ parent_field_id, value: true, child_fields: ids.map((id) => ({ id, is_required: true })) }); // prettier-ignore
    const drawn = { name: 'F', ticket_field_ids: [a, b, c], agent_conditions: [condition(a, b, c), condition(b, c)], end_user_conditions: [condition(c, b)] }; // prettier-ignore
    const made = await server.call<{ ticket_form: Row }>('POST', '/ticket_forms', { ticket_form: drawn });
    const path = `/ticket_forms/${made.body.ticket_form.id}`;
    const shown = async (): Promise<Row> => (await server.call<{ ticket_form: Row }>('GET', path)).body.ticket_form;
    fields.delete('acme', 'ticket', b);
    expect(await shown()).toMatchObject({ ticket_field_ids: [a, c], agent_conditions: [condition(a, c)], end_user_conditions: [condition(c)] }); // prettier-ignore
    expect((await server.call('POST', `${path}/clone`, {})).status).toBe(200);
    fields.update('acme', 'ticket', c, { active: false });
    const before = await shown();
    expect(before).toMatchObject({ ticket_field_ids: [a], agent_conditions: [condition(a)], end_user_conditions: [] });
    fields.update('acme', 'ticket', c, { active: true });
    expect(await shown()).toMatchObject({ agent_conditions: [condition(a, c)] });
    expect((await server.call('PUT', path, { ticket_form: before })).status).toBe(200);
  });

  it('are created, cloned, put in order and deleted; conditions are kept', async () => {
    await using server = await testServer();
    const field = server.support.fields.create('acme', 'ticket', { type: 'checkbox', title: 'Broken' });
    const agent_conditions = [{ parent_field_id: field.id, value: true, child_fields: [] }];
    const made = await server.call<{ ticket_form: Row }>('POST', '/ticket_forms', { ticket_form: { name: 'Repair', end_user_visible: true, ticket_field_ids: [field.id], agent_conditions } }); // prettier-ignore
    expect(made.status).toBe(201);
    const { id } = made.body.ticket_form;
    expect(made.body.ticket_form).toMatchObject({ name: 'Repair', display_name: 'Repair', position: 2, ticket_field_ids: [field.id], agent_conditions, default: false }); // prettier-ignore
    const copy = await server.call<{ ticket_form: Row }>('POST', `/ticket_forms/${id}/clone`, { prepend_clone_title: true });
    expect(copy.body.ticket_form).toMatchObject({ name: 'Clone of Repair', agent_conditions, position: 3 });
    const ordered = await server.call<{ ticket_forms: Row[] }>('PUT', '/ticket_forms/reorder', { ticket_form_ids: [copy.body.ticket_form.id, id] }); // prettier-ignore
    expect(ordered.body.ticket_forms.map(({ name }) => name)).toEqual(['Clone of Repair', 'Repair', 'Default Ticket Form']);
    server.support.fields.delete('acme', 'ticket', field.id);
    expect((await server.call('GET', `/ticket_forms/${id}`)).body['ticket_form']).toMatchObject({ ticket_field_ids: [] });
    expect((await server.call('DELETE', `/ticket_forms/${id}`)).status).toBe(204);
    expect((await server.call('GET', `/ticket_forms/${id}`)).status).toBe(404);
  });

  it('have one default, which stays active', async () => {
    await using server = await testServer();
    const first = server.support.defaults('acme').ticket_form_id;
    const { id } = server.support.forms.create('acme', { name: 'Other' });
    const other = await server.call<{ ticket_form: Row }>('PUT', `/ticket_forms/${id}`, { ticket_form: { default: true, name: 'Main' } });
    expect(other.body.ticket_form).toMatchObject({ default: true, name: 'Main' });
    expect((await server.call('GET', `/ticket_forms/${first}`)).body['ticket_form']).toMatchObject({ default: false });
    const ticket = await server.call<{ ticket: Row }>('POST', '/tickets', { ticket: { comment: 'x' } });
    expect(ticket.body.ticket['ticket_form_id']).toBe(id);
    expect((await server.call('PUT', `/ticket_forms/${id}`, { ticket_form: { active: false } })).status).toBe(422);
    expect((await server.call('DELETE', `/ticket_forms/${id}`)).status).toBe(422);
    expect((await server.call('PUT', `/ticket_forms/${first}`, { ticket_form: { active: false } })).status).toBe(200);
    const names = async (query: string): Promise<unknown> => (await server.call<{ ticket_forms: Row[] }>('GET', `/ticket_forms?${query}`)).body.ticket_forms.map(({ id: each }) => each); // prettier-ignore
    expect([await names('active=true'), await names('active=false'), await names('active=false&end_user_visible=false')]).toEqual([[id], [first], []]); // prettier-ignore
    expect(await names('active=false&end_user_visible=false&fallback_to_default=true')).toEqual([id]);
  });

  it('refuse a missing name and fields that are none', async () => {
    await using server = await testServer();
    for (const ticket_form of [{}, { name: ' ' }, { name: 'x', ticket_field_ids: [1] }])
      expect((await server.call('POST', '/ticket_forms', { ticket_form })).status).toBe(422);
    expect((await server.call('PUT', '/ticket_forms/reorder', { ticket_form_ids: [1] })).status).toBe(404);
  });
});

describe('brands', () => {
  it('are created, changed and deleted', async () => {
    await using server = await testServer();
    const made = await server.call<{ brand: Row }>('POST', '/brands', { brand: { name: 'Acme Pro', subdomain: 'acmepro' } });
    expect(made.status).toBe(201);
    const { id } = made.body.brand;
    expect(made.body.brand).toMatchObject({
      brand_url: 'https://acmepro.zendesk.com',
      default: false,
      active: true,
      has_help_center: false,
    });
    const changed = await server.call<{ brand: Row }>('PUT', `/brands/${id}`, {
      brand: { host_mapping: 'help.acme.example', active: false },
    });
    expect(changed.body.brand).toMatchObject({ name: 'Acme Pro', brand_url: 'https://help.acme.example', active: false });
    const ticket = await server.call<{ ticket: Row }>('POST', '/tickets', { ticket: { comment: 'x', brand_id: id } });
    expect(ticket.body.ticket['brand_id']).toBe(id);
    const [open, closed] = [ticket.body.ticket['id'], server.support.tickets.create('acme', { comment: 'x', brand_id: id, status: 'closed' }, server.api).ticket.id]; // prettier-ignore
    expect((await server.call('DELETE', `/brands/${id}`)).status).toBe(204);
    const brandOf = async (one: unknown): Promise<unknown> => (await server.call<{ ticket: Row }>('GET', `/tickets/${one}`)).body.ticket['brand_id']; // prettier-ignore
    expect([await brandOf(open), await brandOf(closed)]).toEqual([server.support.brands.list('acme')[0]?.id, id]);
    expect((await server.call('GET', `/brands/${id}`)).status).toBe(404);
    const all = await server.call<{ brands: Row[] }>('GET', '/brands?include_deleted=true');
    expect(all.body.brands.map((brand) => brand['is_deleted'])).toEqual(expect.arrayContaining([true, false]));
  });

  it('refuse bad and taken subdomains, and leave the default brand', async () => {
    await using server = await testServer();
    for (const brand of [
      { name: 'x' },
      { subdomain: 'x' },
      { name: 'x', subdomain: 'a b' },
      { name: 'x', subdomain: 'acme' },
      { name: 'x', subdomain: 'y', host_mapping: 'no host' },
    ])
      // prettier-ignore
      expect((await server.call('POST', '/brands', { brand })).status).toBe(422);
    const own = server.support.brands.list('acme')[0]?.id;
    expect((await server.call('DELETE', `/brands/${own}`)).status).toBe(422);
    expect((await server.call('PUT', `/brands/${own}`, { brand: { active: false } })).status).toBe(422);
    expect((await server.call('PUT', `/brands/${own}`, { brand: { default: false } })).status).toBe(422);
  });

  it('become the default, of tickets and settings; the Help Center stays with the one that has it', async () => {
    await using server = await testServer();
    server.support.seed('acme', { help_center: { categories: [{ name: 'C' }] } });
    const { id: first } = server.support.brands.list('acme')[0] ?? { id: 0 };
    const made = await server.call<{ brand: Row }>('POST', '/brands', { brand: { name: 'Ab', subdomain: 'pro', default: true } });
    const { id } = made.body.brand;
    expect(made.body.brand).toMatchObject({ default: true, has_help_center: false });
    const listed = (await server.call<{ brands: Row[] }>('GET', '/brands')).body.brands;
    expect(listed).toMatchObject([{ id, default: true }, { id: first, name: 'Acme', default: false, has_help_center: true }]); // prettier-ignore
    const ticket = await server.call<{ ticket: Row }>('POST', '/tickets', { ticket: { comment: 'x' } });
    expect(ticket.body.ticket['brand_id']).toBe(id);
    expect((await server.call('GET', '/account/settings')).body['settings']).toMatchObject({ brands: { default_brand_id: id } });
    expect((await server.call('DELETE', `/brands/${id}`)).status).toBe(422);
    expect((await server.call('PUT', `/brands/${first}`, { brand: { default: true } })).body['brand']).toMatchObject({ default: true, has_help_center: true }); // prettier-ignore
    expect((await server.call('DELETE', `/brands/${id}`)).status).toBe(204);
  });

  it('take the Help Center with them when they are deleted', async () => {
    await using server = await testServer();
    server.support.seed('acme', { help_center: { categories: [{ name: 'C' }] } });
    const { id: first } = server.support.brands.list('acme')[0] ?? { id: 0 };
    const file = { name: 'a', contentType: 'text/plain', bytes: Buffer.from('x'), inline: false, locale: null };
    const attachment = server.support.helpCenter.attachments.create('acme', file, null);
    const headers = { authorization: basic('owner@acme.example', 'test-api-token') };
    const content = async (): Promise<number> => (await fetch(server.url.replace('/api/v2', `/hc/article_attachments/${attachment.id}`), { headers })).status; // prettier-ignore
    await server.call('POST', '/brands', { brand: { name: 'Ab', subdomain: 'pro', default: true } });
    expect([(await server.call('GET', '/help_center/categories')).status, await content()]).toEqual([200, 200]);
    expect((await server.call('DELETE', `/brands/${first}`)).status).toBe(204);
    expect(await content()).toBe(404);
    for (const path of ['/help_center/categories', '/help_center/articles/search?query=x', '/guide/search?filter[locales]=en-us'])
      expect([path, (await server.call('GET', path)).status]).toEqual([path, 404]);
    const { brands } = (await server.call<{ brands: Row[] }>('GET', '/brands')).body;
    expect(brands).toMatchObject([{ subdomain: 'pro', default: true, has_help_center: false }]);
  });

  it('have no host of the emulator’s own', async () => {
    await using server = await testServer();
    server.accounts.baseUrl = 'http://ringback.example:4010';
    const write = async (host_mapping: string): Promise<number> =>
      (await server.call('POST', '/brands', { brand: { name: 'Pro', subdomain: 'pro', host_mapping } })).status;
    expect([await write('Ringback.example'), await write('help.ringback.example')]).toEqual([422, 201]);
  });

  it('have hosts that name the account, and nobody else’s', async () => {
    await using server = await testServer();
    server.accounts.create({ subdomain: 'globex' });
    const made = await server.call<{ brand: Row }>('POST', '/brands', { brand: { name: 'Pro', subdomain: 'acme-pro', host_mapping: 'Help.acme.example' } }); // prettier-ignore
    const { id } = made.body.brand;
    const { port } = new URL(server.url);
    const ask = (host: string): Promise<number> =>
      new Promise((resolve, reject) => {
        const headers = { host, authorization: basic('owner@acme.example', 'test-api-token') };
        get({ port, path: '/api/v2/users/me.json', headers }, (answer) => resolve(answer.resume().statusCode ?? 0)).on('error', reject);
      });
    for (const host of ['acme.zendesk.com', 'acme-pro.zendesk.com', `ACME-PRO.zendesk.com:${port}`, 'help.acme.example']) expect(await ask(host)).toBe(200); // prettier-ignore
    expect((await fetch(`${server.url.replace('/acme/', '/acme-pro/')}/locales`)).status).toBe(200);
    for (const brand of [{ subdomain: 'globex' }, { host_mapping: 'globex.zendesk.com' }]) expect((await server.call('PUT', `/brands/${id}`, { brand })).status).toBe(422); // prettier-ignore
    expect(() => server.accounts.create({ subdomain: 'acme-pro' })).toThrow(/already/);
    await server.call('POST', '/ticket_forms', { ticket_form: { name: 'Pro', end_user_visible: true, in_all_brands: false, restricted_brand_ids: [id] } }); // prettier-ignore
    const forms = async (url: string): Promise<number> => ((await (await fetch(`${url}/ticket_forms?associated_to_brand=true`)).json()) as { count: number }).count; // prettier-ignore
    expect([await forms(server.url), await forms(server.url.replace('/acme/', '/acme-pro/'))]).toEqual([1, 2]);
    await server.call('DELETE', `/brands/${id}`);
    expect(await ask('acme-pro.zendesk.com')).toBe(404);
  });
});

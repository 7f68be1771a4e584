import { describe, expect, it } from 'vitest';
import { testServer } from '../testing/test-server.ts';

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
    expect((await server.call('POST', '/custom_statuses', { custom_status: {} })).status).toBe(501);
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

  it('one locale', async () => {
    await using server = await testServer();
    const english = { id: 1, locale: 'en-US', name: 'English', url: `${server.url}/locales/en-US.json` };
    for (const path of ['/locales', '/locales/agent', '/locales/public'])
      expect((await server.call('GET', path)).body).toMatchObject({ locales: [english] });
    for (const path of ['/locales/1', '/locales/en-US', '/locales/current', '/locales/detect_best_locale'])
      expect((await server.call('GET', path)).body).toMatchObject({ locale: english });
    expect((await server.call('GET', '/locales/8')).status).toBe(404);
  });
});

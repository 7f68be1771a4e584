import { describe, expect, it } from 'vitest';
import { basic, testServer, type TestServer } from './testing/test-server.ts';

const shown = async (server: TestServer, id: number): Promise<unknown> => (await server.call('GET', `/users/${id}`)).body['user'];

describe('languages', () => {
  it('are listed, and found by number and by code', async () => {
    await using server = await testServer();
    const english = { id: 1, locale: 'en-US', name: 'English', url: `${server.url}/locales/en-US.json` };
    const german = { id: 8, locale: 'de', name: 'German' };
    for (const path of ['/locales', '/locales/agent', '/locales/public'])
      expect((await server.call('GET', path)).body).toMatchObject({ locales: expect.arrayContaining([expect.objectContaining(german)]) });
    for (const path of ['/locales/1', '/locales/en-US', '/locales/EN-us', '/locales/current', '/locales/detect_best_locale'])
      expect((await server.call('GET', path)).body).toMatchObject({ locale: english });
    expect((await server.call('GET', '/locales/8')).body).toMatchObject({ locale: german });
    for (const path of ['/locales/3', '/locales/tlh']) expect((await server.call('GET', path)).status).toBe(404);
  });

  it('are spoken by users, who are made or changed with one', async () => {
    await using server = await testServer();
    const { body } = await server.call<{ user: { id: number } }>('POST', '/users', { user: { name: 'Ada', locale_id: 8 } });
    expect(body.user).toMatchObject({ locale_id: 8, locale: 'de' });
    const write = (user: object): Promise<{ status: number; body: object }> => server.call('PUT', `/users/${body.user.id}`, { user });
    await write({ locale: 'pt-BR' });
    expect(await shown(server, body.user.id)).toMatchObject({ locale_id: 19, locale: 'pt-br' });
    await write({ locale_id: null, notes: 'x' });
    expect(await shown(server, body.user.id)).toMatchObject({ locale: 'pt-br', notes: 'x' });
    for (const user of [{ locale_id: 3 }, { locale: 'tlh' }, { locale: {} }, { locale_id: 'de' }, { locale: '8' }])
      expect(await write(user)).toMatchObject({ status: 422, body: { details: { locale: [{ error: 'InvalidValue' }] } } });
  });

  it("come with a requester who is made by a ticket, and are the caller's own", async () => {
    await using server = await testServer();
    const requester = { name: 'Ada', email: 'ada@x.example', locale_id: 16 };
    const { body } = await server.call<{ ticket: { requester_id: number } }>('POST', '/tickets', {
      ticket: { comment: { body: 'x' }, requester },
    });
    expect(await shown(server, body.ticket.requester_id)).toMatchObject({ locale: 'fr' });
    await server.call('PUT', `/users/${body.ticket.requester_id}`, { user: { verified: true } });
    const asAda = { authorization: basic('ada@x.example', 'test-api-token') };
    expect((await server.call('GET', '/locales/current', undefined, asAda)).body).toMatchObject({ locale: { name: 'French' } });
  });

  it('are known to conditions and placeholders', async () => {
    await using server = await testServer();
    const conditions = { all: [{ field: 'locale_id', operator: 'is', value: '16' }] };
    const actions = [{ field: 'comment_value', value: '{{ticket.requester.language}} {{ticket.requester.locale}}' }];
    expect((await server.call('POST', '/triggers', { trigger: { title: 'French', conditions, actions } })).status).toBe(201);
    const said = async (locale_id: number): Promise<(string | undefined)[]> => {
      const requester = { name: 'Ada', email: `ada-${locale_id}@x.example`, locale_id };
      const { body } = await server.call<{ ticket: { id: number } }>('POST', '/tickets', { ticket: { comment: { body: 'x' }, requester } });
      const { comments } = (await server.call<{ comments: { body: string }[] }>('GET', `/tickets/${body.ticket.id}/comments`)).body;
      return comments.map((comment) => comment.body);
    };
    expect(await said(16)).toEqual(['x', 'French fr']);
    expect(await said(8)).toEqual(['x']);
  });
});

import { describe, expect, it } from 'vitest';
import { testServer } from '../../emulator/zendesk/support/testing/test-server.ts';
import { connect, result, type Row, rows } from './connect.ts';

/** Lists that the client does not page come in their wrapper, or as they are. */
const within = async (call: Promise<unknown>, key: string): Promise<Row[]> => {
  const found: unknown = await result(call);
  return (Array.isArray(found) ? found : (found as Record<string, Row[]>)[key]) as Row[];
};

describe('node-zendesk on the objects of an account', () => {
  it('defines ticket fields and their options', async () => {
    await using server = await testServer();
    const { ticketfields } = connect(server);
    const made = await result(ticketfields.create({ ticket_field: { type: 'tagger', title: 'Colour', custom_field_options: [{ name: 'Red', value: 'red' }] } } as never)); // prettier-ignore
    const option = await result(
      ticketfields.createOrUpdateOption(made.id, { custom_field_option: { name: 'Blue', value: 'blue' } } as never),
    );
    expect(option['custom_field_option'] ?? option).toMatchObject({ value: 'blue' });
    expect(await within(ticketfields.listOptions(made.id), 'custom_field_options')).toHaveLength(2);
    const optionId = ((option['custom_field_option'] ?? option) as Row).id;
    await ticketfields.deleteOption(made.id, optionId);
    expect(await result(ticketfields.update(made.id, { ticket_field: { title: 'Paint' } } as never))).toMatchObject({ title: 'Paint' });
    expect((await rows(ticketfields.list())).map((field) => field['title'])).toContain('Paint');
    await ticketfields.delete(made.id);
    expect((await rows(ticketfields.list())).map((field) => field['title'])).not.toContain('Paint');
  });

  it('defines user and organization fields, and puts them in order', async () => {
    await using server = await testServer();
    const { userfields, organizationfields } = connect(server);
    const make = async (key: string): Promise<Row> => await result(userfields.create({ user_field: { key, type: 'dropdown', title: key } } as never)); // prettier-ignore
    const [a, b] = [await make('a'), await make('b')];
    await userfields.reorder([b.id, a.id] as never);
    expect((await rows(userfields.list())).map(({ key }) => key)).toEqual(['b', 'a']);
    await userfields.createOrUpdateOption(a.id, { custom_field_option: { name: 'Gold', value: 'gold' } } as never);
    expect(await within(userfields.listOptions(a.id), 'custom_field_options')).toMatchObject([{ value: 'gold' }]);
    const tier = await result(organizationfields.create({ organization_field: { key: 'tier', type: 'text', title: 'Tier' } } as never));
    await organizationfields.reorder([tier.id] as never);
    expect(await rows(organizationfields.list())).toMatchObject([{ key: 'tier' }]);
  });

  it('writes forms and brands', async () => {
    await using server = await testServer();
    const { ticketforms, brand } = connect(server);
    const form = await result(ticketforms.create({ ticket_form: { name: 'Repair' } } as never));
    const copy = await result(ticketforms.clone(form.id, true));
    expect(copy).toMatchObject({ name: 'Clone of Repair' });
    await ticketforms.reorder([copy.id, form.id] as never);
    expect((await rows(ticketforms.list())).map(({ name }) => name)).toEqual(expect.arrayContaining(['Repair', 'Clone of Repair']));
    await ticketforms.delete(copy.id);
    const made = await result(brand.create({ brand: { name: 'Pro', subdomain: 'acmepro' } } as never));
    const { id } = (made['brand'] ?? made) as Row;
    await brand.update({ brand: { name: 'Pro 2' } } as never, id);
    const brands = await within(brand.list(), 'brands');
    expect(brands.map(({ name }) => name)).toEqual(expect.arrayContaining(['Acme', 'Pro 2']));
    await brand.delete(id);
  });

  it('reads and writes settings, ratings, activities and suspended tickets', async () => {
    await using server = await testServer();
    const { users, tickets } = server.support;
    const hank = users.create('acme', { name: 'Hank', email: 'hank@x.example', verified: true }, server.api);
    const amy = users.create('acme', { name: 'Amy', role: 'agent' }, server.api);
    const draft = { comment: 'x', requester_id: hank.id, assignee_id: server.ownerId };
    tickets.create('acme', draft, { userId: amy.id, via: 'web' });
    tickets.update('acme', 1, { status: 'solved' }, server.api);
    const client = connect(server);
    const settings = await result(client.accountsettings.show());
    expect(settings['settings'] ?? settings).toMatchObject({ tickets: { tagging: true } });
    await client.accountsettings.update({ settings: { tickets: { tagging: false } } } as never);
    await connect(server, { username: 'hank@x.example' }).satisfactionratings.create(1, { satisfaction_rating: { score: 'good' } });
    expect(await rows(client.satisfactionratings.list() as never)).toMatchObject([{ score: 'good', ticket_id: 1 }]);
    const count = await result(client.activitystream.count());
    expect(count['count'] ?? count).toMatchObject({ value: 1 });
    const ids = ['a', 'b', 'c'].map((name) => server.support.suspended.suspend('acme', { author: { email: `${name}@s.example` }, content: name }).id); // prettier-ignore
    expect((await rows(client.suspendedtickets.list())).map(({ id }) => id).toSorted()).toEqual(ids);
    await client.suspendedtickets.recover(ids[0] ?? 0);
    await client.suspendedtickets.recoverMany([ids[1] ?? 0]);
    await client.suspendedtickets.delete(ids[2] ?? 0);
    expect(await rows(client.suspendedtickets.list())).toEqual([]);
    expect(tickets.list('acme').map(({ description }) => description)).toEqual(['x', 'a', 'b']);
    expect(await within(client.sharingagreement.show(), 'sharing_agreements')).toEqual([]);
  });
});

describe('node-zendesk on the Help Center', () => {
  it('writes, lists, searches and deletes', async () => {
    await using server = await testServer();
    server.support.helpCenter.setLocales('acme', ['en-us', 'de']);
    const { helpcenter } = connect(server, { path: '/help_center' });
    const category = await result(helpcenter.categories.create({ category: { name: 'Shop' } }));
    const section = await result(helpcenter.sections.createWithLocale('en-us', category.id, { section: { name: 'Orders' } }));
    const article = await result(helpcenter.articles.create(section.id, { article: { title: 'Returns', body: '<p>Within a month</p>', label_names: ['refund'] } })); // prettier-ignore
    expect(article).toMatchObject({ title: 'Returns', locale: 'en-us', section_id: section.id });
    for (const call of [
      helpcenter.articles.list(),
      helpcenter.articles.listByLocale('en-us'),
      helpcenter.articles.listBySection(section.id),
      helpcenter.articles.listBySectionByLocale('en-us', section.id),
      helpcenter.articles.listByCategory(category.id),
      helpcenter.articles.listByUser(server.ownerId),
      helpcenter.articles.listByLabelNames(['refund']),
    ])
      expect((await rows(call)).map(({ id }) => id)).toEqual([article.id]);
    expect(await rows(helpcenter.sections.listByCategory(category.id))).toMatchObject([{ name: 'Orders' }]);
    expect(await rows(helpcenter.categories.listWithLocale('en-us'))).toMatchObject([{ name: 'Shop' }]);
    expect(await within(helpcenter.search.searchArticles('month'), 'results')).toMatchObject([{ id: article.id, snippet: 'Within a <em>month</em>' }]); // prettier-ignore
    await helpcenter.translations.createForArticle(article.id, { translation: { locale: 'de', title: 'Rückgabe', body: 'x' } });
    await helpcenter.translations.updateForArticle(article.id, 'de', { translation: { body: 'y' } });
    expect(await result(helpcenter.articles.showWithLocale('de', article.id))).toMatchObject({ title: 'Rückgabe', body: 'y' });
    expect(await result(helpcenter.articles.update(article.id, { article: { promoted: true } }))).toMatchObject({ promoted: true });
    expect(await within(helpcenter.articlelabels.listByArticle(article.id), 'labels')).toMatchObject([{ name: 'refund' }]);
    await helpcenter.articles.delete(article.id);
    await helpcenter.categories.delete(category.id);
    expect(await rows(helpcenter.sections.list())).toEqual([]);
  });
});

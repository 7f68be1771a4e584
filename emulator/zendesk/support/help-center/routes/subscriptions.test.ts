import { expect, it } from 'vitest';
import { basic, testServer, type TestServer } from '../../testing/test-server.ts';

interface Row extends Record<string, unknown> {
  readonly id: number;
}

interface Body {
  readonly subscription: Row;
  readonly subscriptions: Row[];
  readonly users: Row[];
  readonly articles: Row[];
  readonly sections: Row[];
}

interface Reader {
  readonly id: number;
  readonly headers: Record<string, string>;
}

interface World extends TestServer {
  readonly section: number;
  readonly article: number;
  readonly ann: Reader;
  readonly bob: Reader;
  follow(path: string, who?: Reader, more?: object): Promise<Row>;
  /** To whom e-mails went since it was asked last, and about what. */
  mails(): unknown[];
}

async function world(): Promise<World> {
  const server = await testServer();
  const { helpCenter, users } = server.support;
  helpCenter.setLocales('acme', ['en-us', 'de']);
  const category = helpCenter.createCategory('acme', { name: 'Shop' }, server.api);
  const section = helpCenter.createSection('acme', category.id, { name: 'Orders', translations: [{ locale: 'de', title: 'Bestellungen' }] }, server.api).id; // prettier-ignore
  const article = helpCenter.createArticle('acme', section, { title: 'Returns' }, server.api).id;
  const reader = (name: string): Reader => {
    const { id } = users.create('acme', { name, email: `${name}@x.example`, verified: true }, server.api);
    return { id, headers: { authorization: basic(`${name}@x.example`, 'test-api-token') } };
  };
  let since = 0;
  return Object.assign(server, {
    section,
    article,
    ann: reader('ann'),
    bob: reader('bob'),
    async follow(path: string, who?: Reader, more: object = {}): Promise<Row> {
      const answer = await server.call<Body>('POST', `/help_center/${path}/subscriptions`, { subscription: { source_locale: 'en-us', ...more } }, who?.headers); // prettier-ignore
      expect(answer).toMatchObject({ status: 201 });
      return answer.body.subscription;
    },
    mails(): unknown[] {
      const found = server.core.journal.read({ account: 'acme', kind: 'mail.due', since });
      since = found.at(-1)?.seq ?? since;
      return found.map(({ data }) => [(data as Row)['to'], (data as Row)['about']]);
    },
  });
}

it('readers follow articles and sections, and see their own subscriptions', async () => {
  await using server = await world();
  const { section, article, ann, bob, follow } = server;
  const one = await follow(`articles/${article}`, ann);
  expect(one).toMatchObject({ user_id: ann.id, content_id: article, content_type: 'Article', locale: 'en-us' });
  expect(one).not.toHaveProperty('include_comments');
  expect(await follow(`articles/${article}`, ann)).toMatchObject({ id: one.id });
  const two = await follow(`de/sections/${section}`, ann, { source_locale: undefined, include_comments: true });
  expect(two).toMatchObject({ content_type: 'Section', content_id: section, locale: 'de', include_comments: true });
  const three = await follow(`articles/${article}`, undefined, { user_id: bob.id });
  expect(three).toMatchObject({ user_id: bob.id });
  expect(await follow(`articles/${article}`, ann, { user_id: bob.id })).toMatchObject({ user_id: ann.id });
  const ids = async (path: string, who?: Reader): Promise<number[]> => (await server.call<Body>('GET', `/help_center/${path}`, undefined, who?.headers)).body.subscriptions.map(({ id }) => id); // prettier-ignore
  expect(await ids(`articles/${article}/subscriptions`)).toEqual([one.id, three.id]);
  expect(await ids(`en-us/articles/${article}/subscriptions`, ann)).toEqual([one.id]);
  expect(await ids('users/me/subscriptions', ann)).toEqual([one.id, two.id]);
  expect(await ids(`users/${bob.id}/subscriptions?page[size]=1`)).toEqual([three.id]);
  const beside = await server.call<Body>('GET', `/help_center/articles/${article}/subscriptions?include=users,articles,sections`);
  expect(beside.body).toMatchObject({ users: [{ id: ann.id }, { id: bob.id }], articles: [{ id: article }], sections: [{ id: section }] });
  const status = async (method: string, path: string, who?: Reader): Promise<number> => (await server.call(method, `/help_center/${path}`, undefined, who?.headers)).status; // prettier-ignore
  const mine = `en-us/articles/${article}/subscriptions/${three.id}`;
  expect([await status('GET', mine, ann), await status('GET', mine, bob), await status('GET', `articles/${article}/subscriptions`, ann)]).toEqual([404, 200, 403]); // prettier-ignore
  expect([await status('DELETE', mine, ann), await status('DELETE', mine, bob), await status('GET', mine)]).toEqual([404, 204, 404]);
  expect(await status('GET', `sections/${section}/subscriptions/${one.id}`)).toBe(404);
});

it('subscriptions refuse what cannot be, and go with what they are to', async () => {
  await using server = await world();
  const { section, article, ann, follow } = server;
  const path = `/help_center/articles/${article}/subscriptions`;
  const status = async (subscription: unknown, headers?: Record<string, string>): Promise<number> => (await server.call('POST', path, { subscription }, headers)).status; // prettier-ignore
  for (const wrong of [{}, { source_locale: 'fr' }, { source_locale: 'en-us', user_id: 9 }]) expect(await status(wrong)).toBe(422);
  expect([await status(undefined), await status({ source_locale: 'en-us' }, { authorization: '' })]).toEqual([400, 401]);
  expect((await server.call('POST', '/help_center/articles/9/subscriptions', { subscription: { source_locale: 'en-us' } })).status).toBe(
    404,
  );
  await follow(`articles/${article}`, ann);
  await follow(`sections/${section}`, ann);
  await server.call('DELETE', `/help_center/articles/${article}`);
  expect(server.support.helpCenter.subscriptions.by('acme', ann.id)).toMatchObject([{ content: { type: 'Section' } }]);
  await server.call('DELETE', `/help_center/sections/${section}`);
  expect(server.support.helpCenter.subscriptions.by('acme', ann.id)).toEqual([]);
});

it('those who follow are told of new articles and comments in their language, as far as they may read them', async () => {
  await using server = await world();
  const { section, article, ann, bob, follow, mails } = server;
  await follow(`sections/${section}`, ann);
  await follow(`articles/${article}`, ann);
  await follow(`de/sections/${section}`, bob, { source_locale: 'de', include_comments: true });
  const write = async (draft: object, more: object = {}): Promise<number> => (await server.call<{ article: Row }>('POST', `/help_center/sections/${section}/articles`, { article: draft, ...more })).body.article.id; // prettier-ignore
  const fresh = await write({ title: 'New' });
  expect(mails()).toEqual([['ann@x.example', `new article ${fresh}`]]);
  await write({ title: 'Quiet' }, { notify_subscribers: false });
  await write({ title: 'Staff', user_segment_id: server.support.helpCenter.settings('acme').segment_ids.staff });
  const draft = await write({ title: 'Draft', draft: true });
  expect(mails()).toEqual([]);
  await server.call('PUT', `/help_center/articles/${draft}/translations/en-us`, { translation: { draft: false } });
  await server.call('POST', `/help_center/articles/${draft}/translations`, { translation: { locale: 'de', title: 'Entwurf' } });
  await server.call('PUT', `/help_center/articles/${draft}/translations/de`, { translation: { title: 'Text' } });
  expect(mails()).toEqual([['ann@x.example', `new article ${draft}`], ['bob@x.example', `new article ${draft}`]]); // prettier-ignore
  const comment = async (on: number, locale: string, who?: Reader, more: object = {}): Promise<void> => {
    expect(await server.call('POST', `/help_center/articles/${on}/comments`, { comment: { body: 'x', locale }, ...more }, who?.headers)).toMatchObject({ status: 201 }); // prettier-ignore
  };
  await comment(article, 'en-us', bob);
  expect(mails()).toEqual([['ann@x.example', `new comment on the article ${article}`]]);
  await comment(article, 'en-us', ann);
  await comment(article, 'en-us', bob, { notify_subscribers: false });
  expect(mails()).toEqual([]);
  await comment(draft, 'de');
  expect(mails()).toEqual([['bob@x.example', `new comment on the article ${draft}`]]);
});

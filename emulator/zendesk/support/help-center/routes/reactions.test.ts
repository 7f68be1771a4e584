import { describe, expect, it } from 'vitest';
import { basic, testServer, type TestServer } from '../../testing/test-server.ts';

interface Body {
  readonly article: Record<string, unknown>;
  readonly comment: { id: number } & Record<string, unknown>;
  readonly comments: (Record<string, unknown> & { id: number })[];
  readonly users: Record<string, unknown>[];
  readonly articles: Record<string, unknown>[];
  readonly vote: { id: number } & Record<string, unknown>;
  readonly votes: Record<string, unknown>[];
  readonly count: number;
  readonly page_count: number;
}

interface World extends TestServer {
  readonly article: number;
  readonly path: string;
  readonly ann: Reader;
  readonly bob: Reader;
  readonly lee: Reader;
}

interface Reader {
  readonly id: number;
  readonly headers: Record<string, string>;
}

/** An article in two languages, two end users and an agent. */
async function world(): Promise<World> {
  const server = await testServer();
  const { helpCenter, users } = server.support;
  helpCenter.setLocales('acme', ['en-us', 'de']);
  const category = helpCenter.createCategory('acme', { name: 'Shop' }, server.api);
  const section = helpCenter.createSection('acme', category.id, { name: 'Orders' }, server.api);
  const texts = { title: 'Returns', body: 'Within a month', translations: [{ locale: 'de', title: 'Rückgabe' }] };
  const article = helpCenter.createArticle('acme', section.id, texts, server.api).id;
  const reader = (name: string, role: 'end-user' | 'agent' = 'end-user'): Reader => {
    const email = `${name}@x.example`;
    const { id } = users.create('acme', { name, email, role, verified: true }, server.api);
    return { id, headers: { authorization: basic(email, 'test-api-token') } };
  };
  return Object.assign(server, { article, path: `/help_center/articles/${article}`, ann: reader('ann'), bob: reader('bob'), lee: reader('lee', 'agent') }); // prettier-ignore
}

const anonymous = { authorization: '' };

describe('votes', () => {
  it('count on the article, one of each user, which may change', async () => {
    await using server = await world();
    const { path, article, ann, bob } = server;
    const first = await server.call<Body>('POST', `${path}/up`, undefined, ann.headers);
    expect(first).toMatchObject({ status: 200, body: { vote: { user_id: ann.id, value: 1, item_id: article, item_type: 'Article' } } });
    expect(first.headers.get('location')).toMatch(new RegExp(`/help_center/votes/${first.body.vote.id}.json$`));
    await server.call('POST', `/help_center/de/articles/${article}/up`, undefined, bob.headers);
    const shown = async (): Promise<unknown> => {
      const { vote_sum, vote_count, updated_at, created_at } = (await server.call<Body>('GET', path)).body.article;
      return { vote_sum, vote_count, changed: updated_at !== created_at };
    };
    server.advance(5_000);
    expect(await shown()).toEqual({ vote_sum: 2, vote_count: 2, changed: false });
    const again = await server.call<Body>('POST', `${path}/down`, undefined, ann.headers);
    expect(again.body.vote).toMatchObject({ id: first.body.vote.id, value: -1 });
    expect(await shown()).toEqual({ vote_sum: 0, vote_count: 2, changed: false });
    const { votes } = (await server.call<Body>('GET', `${path}/votes?per_page=1`, undefined, ann.headers)).body;
    expect(votes).toMatchObject([{ user_id: ann.id, value: -1 }]);
    expect((await server.call('DELETE', `/help_center/votes/${first.body.vote.id}`, undefined, ann.headers)).status).toBe(204);
    expect(await shown()).toEqual({ vote_sum: 1, vote_count: 1, changed: false });
    expect((await server.call('GET', `/help_center/votes/${first.body.vote.id}`)).status).toBe(404);
  });

  it('are their caster’s and the agents’; an admin casts them for others', async () => {
    await using server = await world();
    const { path, ann, bob, lee } = server;
    const { vote } = (await server.call<Body>('POST', `${path}/up`, { vote: { user_id: bob.id } }, ann.headers)).body;
    expect(vote).toMatchObject({ user_id: ann.id });
    expect((await server.call<Body>('POST', `${path}/up`, { vote: { user_id: bob.id } })).body.vote).toMatchObject({ user_id: bob.id });
    expect((await server.call('POST', `${path}/up`, { vote: { user_id: 9 } })).status).toBe(422);
    const status = async (method: string, where: string, who: Record<string, string>): Promise<number> => (await server.call(method, where, undefined, who)).status; // prettier-ignore
    expect(await status('GET', `/help_center/votes/${vote.id}`, bob.headers)).toBe(403);
    expect(await status('DELETE', `/help_center/votes/${vote.id}`, bob.headers)).toBe(403);
    expect(await status('GET', `/help_center/votes/${vote.id}`, lee.headers)).toBe(200);
    expect(await status('GET', `/help_center/users/${ann.id}/votes`, bob.headers)).toBe(403);
    expect(await status('GET', `/help_center/users/9/votes`, lee.headers)).toBe(404);
    for (const [who, of] of [
      [ann, 'me'],
      [lee, ann.id],
    ] as const)
      // prettier-ignore
      expect((await server.call<Body>('GET', `/help_center/users/${of}/votes`, undefined, who.headers)).body.votes).toMatchObject([{ id: vote.id }]);
    expect(await status('POST', `${path}/up`, anonymous)).toBe(401);
    expect(await status('POST', '/help_center/articles/9/up', ann.headers)).toBe(404);
  });
});

describe('comments on articles', () => {
  it('are written in a language, shown, changed and deleted', async () => {
    await using server = await world();
    const { path, article, ann, lee } = server;
    const made = await server.call<Body>('POST', `${path}/comments`, { comment: { body: 'Thanks', locale: 'en-us' } }, ann.headers);
    const { comment } = made.body;
    expect(made.status).toBe(201);
    expect(comment).toMatchObject({ author_id: ann.id, body: 'Thanks', locale: 'en-us', source_id: article, source_type: 'Article', vote_sum: 0, vote_count: 0, non_author_editor_id: null }); // prettier-ignore
    expect(comment['html_url']).toBe(`https://acme.zendesk.com/hc/en-us/articles/${article}-Returns/comments/${comment.id}`);
    expect((await fetch(String(made.headers.get('location')), { headers: ann.headers })).status).toBe(200);
    await server.call('POST', `/help_center/de/articles/${article}/comments`, { comment: { body: 'Danke' } }, ann.headers);
    const bodies = async (where: string): Promise<unknown[]> => (await server.call<Body>('GET', where)).body.comments.map(({ body }) => body); // prettier-ignore
    expect(await bodies(`${path}/comments?sort_by=created_at&sort_order=desc`)).toEqual(['Danke', 'Thanks']);
    expect(await bodies(`/help_center/de/articles/${article}/comments`)).toEqual(['Danke']);
    await server.call('PUT', `${path}/comments/${comment.id}`, { comment: { body: 'Thank you' } }, ann.headers);
    server.advance(1_000);
    const edited = await server.call<Body>('PUT', `${path}/comments/${comment.id}`, { comment: { body: '***' } }, lee.headers);
    expect(edited.body.comment).toMatchObject({ author_id: ann.id, body: '***', non_author_editor_id: lee.id, non_author_updated_at: '2026-01-05T09:00:01Z' }); // prettier-ignore
    const beside = await server.call<Body>('GET', `${path}/comments?include=users,articles`);
    expect(beside.body).toMatchObject({
      count: 2,
      page_count: 1,
      users: [{ id: ann.id, email: 'ann@x.example' }],
      articles: [{ id: article }],
    });
    expect((await server.call('DELETE', `${path}/comments/${comment.id}`, undefined, ann.headers)).status).toBe(204);
    expect(await bodies(`${path}/comments`)).toEqual(['Danke']);
  });

  it('have votes of their own, which go with them', async () => {
    await using server = await world();
    const { path, ann, bob } = server;
    const { id } = (await server.call<Body>('POST', `${path}/comments`, { comment: { body: 'B', locale: 'en-us' } }, ann.headers)).body
      .comment;
    const { vote } = (await server.call<Body>('POST', `${path}/comments/${id}/down`, undefined, bob.headers)).body;
    expect(vote).toMatchObject({ item_type: 'Comment', item_id: id, value: -1 });
    await server.call('POST', `${path}/comments/${id}/up`, undefined, ann.headers);
    expect((await server.call<Body>('GET', `${path}/comments/${id}`)).body.comment).toMatchObject({ vote_sum: 0, vote_count: 2 });
    expect((await server.call<Body>('GET', path)).body.article).toMatchObject({ vote_count: 0 });
    expect((await server.call<Body>('GET', `${path}/comments/${id}/votes`)).body.votes).toHaveLength(2);
    expect((await server.call('GET', `${path}/comments/${id}/votes`, undefined, ann.headers)).status).toBe(403);
    const german = `/help_center/en-us${path.replace('/help_center', '')}/comments/${id}/votes`;
    expect((await server.call('GET', german, undefined, ann.headers)).status).toBe(200);
    await server.call('DELETE', `${path}/comments/${id}`);
    expect((await server.call('GET', `/help_center/votes/${vote.id}`)).status).toBe(404);
  });

  it('are listed to end users as far as they are theirs, and changed by nobody else but agents', async () => {
    await using server = await world();
    const { path, article, ann, bob, lee } = server;
    const { id } = (await server.call<Body>('POST', `${path}/comments`, { comment: { body: 'B', locale: 'en-us' } }, ann.headers)).body
      .comment;
    const status = async (method: string, where: string, who: Record<string, string>, body?: object): Promise<number> => (await server.call(method, where, body, who)).status; // prettier-ignore
    const english = `/help_center/en-us/articles/${article}/comments`;
    expect((await server.call<Body>('GET', english, undefined, bob.headers)).body.comments).toEqual([]);
    expect((await server.call<Body>('GET', english, undefined, ann.headers)).body.comments).toHaveLength(1);
    expect(await status('GET', `${path}/comments`, ann.headers)).toBe(403);
    expect(await status('GET', `${english}/${id}`, anonymous)).toBe(200);
    expect(await status('GET', `${path}/comments/${id}`, bob.headers)).toBe(403);
    expect(await status('PUT', `${english}/${id}`, bob.headers, { comment: { body: 'x' } })).toBe(403);
    expect(await status('DELETE', `${english}/${id}`, bob.headers)).toBe(403);
    expect(await status('POST', english, anonymous, { comment: { body: 'x' } })).toBe(401);
    expect((await server.call<Body>('GET', '/help_center/users/me/comments', undefined, ann.headers)).body.comments).toHaveLength(1);
    expect((await server.call<Body>('GET', `/help_center/users/${ann.id}/comments`, undefined, lee.headers)).body.comments).toHaveLength(1);
    expect(await status('GET', `/help_center/users/${ann.id}/comments`, bob.headers)).toBe(403);
  });

  it('refuse what cannot be; admins may say who wrote them, and when', async () => {
    await using server = await world();
    const { path, ann } = server;
    const post = async (comment: object, headers?: Record<string, string>): Promise<{ status: number; body: Body }> => server.call<Body>('POST', `${path}/comments`, { comment }, headers); // prettier-ignore
    for (const wrong of [{ body: 'x' }, { locale: 'en-us' }, { body: ' ', locale: 'en-us' }, { body: 'x', locale: 'fr' }]) expect((await post(wrong)).status).toBe(422); // prettier-ignore
    const past = { body: 'x', locale: 'en-us', author_id: ann.id, created_at: '2020-02-03T04:05:06+01:00' };
    expect((await post(past)).body.comment).toMatchObject({ author_id: ann.id, created_at: '2020-02-03T03:05:06Z' });
    expect((await post({ ...past, author_id: 9 })).status).toBe(422);
    for (const created_at of ['x', '+020000-01-01T00:00:00Z']) expect((await post({ ...past, created_at })).status).toBe(422);
    expect((await post(past, ann.headers)).body.comment).toMatchObject({ author_id: ann.id, created_at: '2026-01-05T09:00:00Z' });
    await server.call('PUT', path, { article: { comments_disabled: true } });
    expect((await post(past, ann.headers)).status).toBe(403);
    const journal = server.core.journal.read({ account: 'acme', kind: 'article.comment_created' });
    expect(journal.at(-1)?.data).toMatchObject({ record: { id: server.article }, about: { comment: { author_id: ann.id } } });
    await server.call('DELETE', path);
    expect(server.support.helpCenter.comments.by('acme', ann.id)).toEqual([]);
  });
});

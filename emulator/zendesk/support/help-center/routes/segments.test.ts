import { describe, expect, it } from 'vitest';
import { basic, testServer, type TestServer } from '../../testing/test-server.ts';
import type { UserSegment } from '../segments.ts';

interface Body {
  readonly user_segment: UserSegment;
  readonly user_segments: UserSegment[];
  readonly articles: { id: number; user_segment_id: number | null; user_segment_ids: number[] }[];
  readonly article: Body['articles'][number];
}

interface World extends TestServer {
  readonly section: number;
  make(segment: object): Promise<UserSegment>;
  reader(name: string, more?: object): Promise<{ id: number; headers: Record<string, string> }>;
}

async function world(): Promise<World> {
  const server = await testServer();
  const { helpCenter, users } = server.support;
  const category = helpCenter.createCategory('acme', { name: 'Shop' }, server.api);
  const section = helpCenter.createSection('acme', category.id, { name: 'Orders' }, server.api).id;
  return Object.assign(server, {
    section,
    async make(segment: object): Promise<UserSegment> {
      const answer = await server.call<Body>('POST', '/help_center/user_segments', { user_segment: segment });
      expect(answer).toMatchObject({ status: 201 });
      return answer.body.user_segment;
    },
    async reader(name: string, more: object = {}): Promise<{ id: number; headers: Record<string, string> }> {
      const { id } = users.create('acme', { name, email: `${name}@x.example`, verified: true, ...more }, server.api);
      return { id, headers: { authorization: basic(`${name}@x.example`, 'test-api-token') } };
    },
  });
}

describe('user segments', () => {
  it('are made, listed, shown, changed and deleted beside the built-in ones', async () => {
    await using server = await world();
    const made = await server.make({ name: 'Gold', user_type: 'signed_in_users', tags: ['Gold', 'gold'], or_tags: 'a,b' });
    expect(made).toEqual({ id: expect.any(Number) as number, name: 'Gold', user_type: 'signed_in_users', group_ids: [], organization_ids: [], tags: ['gold'], or_tags: ['a', 'b'], added_user_ids: [], built_in: false, created_at: '2026-01-05T09:00:00Z', updated_at: '2026-01-05T09:00:00Z' }); // prettier-ignore
    const names = async (query: string): Promise<string[]> => (await server.call<Body>('GET', `/help_center/user_segments${query}`)).body.user_segments.map(({ name }) => name); // prettier-ignore
    expect(await names('')).toEqual(['Signed-in users', 'Agents and admins', 'Gold']);
    expect(await names('?built_in=true')).toEqual(['Signed-in users', 'Agents and admins']);
    expect(await names('/applicable?page[size]=5')).toHaveLength(3);
    const path = `/help_center/user_segments/${made.id}`;
    const changed = await server.call<Body>('PUT', path, { user_segment: { name: 'Golden', added_user_ids: [server.ownerId] } });
    expect(changed.body.user_segment).toMatchObject({ name: 'Golden', tags: ['gold'], added_user_ids: [server.ownerId] });
    expect((await server.call('GET', path)).body).toEqual(changed.body);
    expect((await server.call('DELETE', path)).status).toBe(204);
    expect((await server.call('GET', path)).status).toBe(404);
  });

  it('open articles to those who are in one of them', async () => {
    await using server = await world();
    const { users, organizations, groups } = server.support;
    const globex = organizations.create('acme', { name: 'Globex', tags: ['vip'] }, server.api);
    const desk = groups.create('acme', { name: 'Desk' });
    const ids = {
      gold: (await server.make({ name: 'Gold', user_type: 'signed_in_users', tags: ['gold', 'big'] })).id,
      either: (await server.make({ name: 'Either', user_type: 'signed_in_users', or_tags: ['vip', 'gold'] })).id,
      company: (await server.make({ name: 'Company', user_type: 'signed_in_users', organization_ids: [globex.id] })).id,
      desk: (await server.make({ name: 'Desk', user_type: 'staff', group_ids: [desk.id] })).id,
    };
    const gold = await server.reader('gold', { tags: ['gold', 'big'] });
    const half = await server.reader('half', { tags: ['gold'] });
    const member = await server.reader('member', { organization_id: globex.id });
    const agent = await server.reader('agent', { role: 'agent', group_ids: [desk.id] });
    const added = await server.reader('added');
    await server.call('PUT', `/help_center/user_segments/${ids.desk}`, { user_segment: { added_user_ids: [added.id] } });
    const segmentsOf = async ({ id }: { id: number }): Promise<string[]> => (await server.call<Body>('GET', `/help_center/users/${id}/user_segments`)).body.user_segments.map(({ name }) => name).filter((name) => name !== 'Signed-in users'); // prettier-ignore
    expect(await segmentsOf(gold)).toEqual(['Gold', 'Either']);
    expect(await segmentsOf(half)).toEqual(['Either']);
    expect(await segmentsOf(member)).toEqual(['Either', 'Company']);
    expect(await segmentsOf(agent)).toEqual(['Agents and admins', 'Desk']);
    expect(await segmentsOf(added)).toEqual(['Desk']);

    const write = async (draft: object): Promise<number> => (await server.call<Body>('POST', `/help_center/sections/${server.section}/articles`, { article: { title: 'A', ...draft } })).body.article.id; // prettier-ignore
    const [forGold, forTwo, forDesk] = [await write({ user_segment_id: ids.gold }), await write({ user_segment_ids: [ids.gold, ids.company] }), await write({ user_segment_id: ids.desk })]; // prettier-ignore
    const seen = async (headers: Record<string, string>): Promise<number[]> => (await server.call<Body>('GET', '/help_center/en-us/articles', undefined, headers)).body.articles.map(({ id }) => id); // prettier-ignore
    expect(await seen(gold.headers)).toEqual([forGold, forTwo]);
    expect(await seen(half.headers)).toEqual([]);
    expect(await seen(member.headers)).toEqual([forTwo]);
    expect(await seen(added.headers)).toEqual([forDesk]);
    expect(await seen({ authorization: '' })).toEqual([]);
    expect(await seen(agent.headers)).toEqual([forDesk]);
    expect(await seen({})).toEqual([forGold, forTwo, forDesk]);
    expect((await server.call<Body>('GET', '/help_center/user_segments/applicable', undefined, agent.headers)).body.user_segments).toEqual([]); // prettier-ignore
    users.update('acme', gold.id, { tags: [] }, server.api);
    expect(await seen(gold.headers)).toEqual([]);

    expect((await server.call<Body>('GET', `/help_center/articles/${forTwo}`)).body.article).toMatchObject({ user_segment_id: ids.gold, user_segment_ids: [ids.gold, ids.company] }); // prettier-ignore
    expect((await server.call('DELETE', `/help_center/user_segments/${ids.company}`)).status).toBe(422);
    await server.call('PUT', `/help_center/articles/${forTwo}`, { article: { user_segment_ids: [] } });
    expect((await server.call('DELETE', `/help_center/user_segments/${ids.company}`)).status).toBe(204);
    expect(await seen(half.headers)).toEqual([forTwo]);
  });

  it('can be changed though a group, an organization or a user of theirs is gone', async () => {
    await using server = await world();
    const { users, organizations, groups } = server.support;
    const lists = {
      group_ids: [groups.create('acme', { name: 'Desk' }).id],
      organization_ids: [organizations.create('acme', { name: 'Globex' }, server.api).id],
      added_user_ids: [(await server.reader('ann')).id],
    };
    const { id } = await server.make({ name: 'S', user_type: 'staff', ...lists });
    groups.delete('acme', lists.group_ids[0] ?? 0, server.api);
    organizations.delete('acme', lists.organization_ids[0] ?? 0, server.api);
    users.delete('acme', lists.added_user_ids[0] ?? 0, server.api);
    const put = async (patch: object): Promise<number> => (await server.call('PUT', `/help_center/user_segments/${id}`, { user_segment: patch })).status; // prettier-ignore
    expect([await put({ name: 'T' }), await put({ name: 'U', ...lists }), await put({ group_ids: [9] })]).toEqual([200, 200, 422]);
  });

  it('refuse what cannot be; those that every Help Center has stay', async () => {
    await using server = await world();
    const status = async (segment: object): Promise<number> => (await server.call('POST', '/help_center/user_segments', { user_segment: segment })).status; // prettier-ignore
    const whole = { name: 'A', user_type: 'staff' };
    for (const wrong of [{ name: 'A' }, { user_type: 'staff' }, { ...whole, user_type: 'x' }, { ...whole, group_ids: [9] }, { ...whole, organization_ids: [9] }, { ...whole, added_user_ids: [9] }]) expect(await status(wrong)).toBe(422); // prettier-ignore
    expect(await status({ ...whole, group_ids: 'x' })).toBe(400);
    const { signed_in_users } = server.support.helpCenter.settings('acme').segment_ids;
    const path = `/help_center/user_segments/${signed_in_users}`;
    expect((await server.call('PUT', path, { user_segment: { name: 'x' } })).status).toBe(403);
    expect((await server.call('DELETE', path)).status).toBe(403);
    const ann = await server.reader('ann');
    expect((await server.call('GET', '/help_center/user_segments', undefined, ann.headers)).status).toBe(403);
    const own = await server.call<Body>('GET', '/help_center/users/me/user_segments');
    expect(own.body.user_segments.map(({ name }) => name)).toEqual(['Signed-in users', 'Agents and admins']);
  });
});

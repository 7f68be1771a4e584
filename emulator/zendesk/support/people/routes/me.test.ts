import { expect, it } from 'vitest';
import { basic, testServer } from '../../testing/test-server.ts';

interface Settings {
  readonly settings: Record<string, unknown> & { readonly lotus: Record<string, unknown> };
}

it('settings are one’s own, changed by what is named', async () => {
  await using server = await testServer();
  server.support.users.create('acme', { name: 'Lee', email: 'lee@acme.example', role: 'agent', verified: true }, server.api);
  const lee = { authorization: basic('lee@acme.example', 'test-api-token') };
  const put = async (settings: unknown): Promise<{ status: number; body: Settings }> => server.call<Settings>('PUT', '/users/me/settings', { settings }, lee); // prettier-ignore
  const first = (await server.call<Settings>('GET', '/users/me/settings', undefined, lee)).body.settings;
  expect(first).toMatchObject({ agent_home_pinned_views: null, shared_views_order: null, lotus: { two_factor_authentication: false } });
  const changed = await put({ lotus: { show_onboarding_tooltips: false, mine: 'kept', two_factor_authentication: true }, agent_home_pinned_views: [2, 1] }); // prettier-ignore
  expect(changed.body.settings).toEqual({ ...first, agent_home_pinned_views: [2, 1], lotus: { ...first.lotus, show_onboarding_tooltips: false, mine: 'kept' } }); // prettier-ignore
  await put({ shared_views_order: ['3', 1], agent_home_pinned_views: null });
  const { settings } = (await server.call<Settings>('GET', '/users/me/settings', undefined, lee)).body;
  expect(settings).toEqual({ ...changed.body.settings, shared_views_order: [3, 1], agent_home_pinned_views: null });
  expect((await server.call<Settings>('GET', '/users/me/settings')).body.settings).toEqual(first);
  const wrong = [{ lotus: { agent_workspace_theme_preference: '3' } }, { admin_center: { has_admin_center_side_nav_open: 'yes' } }, { agent_home_pinned_views: [1, 1] }, { agent_home_pinned_views: [1, 2, 3, 4, 5, 6, 7, 8, 9] }, { lotus: 'x' }, { shared_views_order: ['x'] }, undefined]; // prettier-ignore
  for (const each of wrong) expect(await put(each)).toMatchObject({ status: 400, body: { error: 'Invalidattribute' } });
  expect((await server.call<Settings>('GET', '/users/me/settings', undefined, lee)).body.settings).toEqual(settings);
});

it('settings and the wish for another agent are not for end users', async () => {
  await using server = await testServer();
  server.support.users.create('acme', { name: 'Ann', email: 'ann@x.example', verified: true }, server.api);
  const headers = { authorization: basic('ann@x.example', 'test-api-token') };
  expect((await server.call('GET', '/users/me/settings', undefined, headers)).status).toBe(403);
  expect((await server.call('POST', '/users/request_create', { user: { name: 'x' } }, headers)).status).toBe(403);
});

it('who wants another agent has the owner reminded', async () => {
  await using server = await testServer();
  const { id } = server.support.users.create('acme', { name: 'Lee', email: 'lee@acme.example', role: 'agent', verified: true }, server.api);
  const headers = { authorization: basic('lee@acme.example', 'test-api-token') };
  const user = { name: 'New', email: 'new@x.example', role: 'agent' };
  expect(await server.call('POST', '/users/request_create', { user }, headers)).toMatchObject({ status: 200, body: '' });
  const [mail] = server.core.journal.read({ account: 'acme', kind: 'mail.due' });
  expect(mail?.data).toEqual({ to: 'owner@acme.example', about: 'another agent is wanted', asked_by: id, user: { name: 'New', email: 'new@x.example' } }); // prettier-ignore
  expect(server.support.users.findByEmail('acme', 'new@x.example')).toBeUndefined();
  expect((await server.call('POST', '/users/request_create', {}, headers)).status).toBe(400);
});

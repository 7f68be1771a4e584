import { expect, it } from 'vitest';
import { basic, testServer } from '../../testing/test-server.ts';

const PIXEL = Buffer.from('R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=', 'base64');
const PART = 'user[photo][uploaded_data]';
const BY_OWNER = basic('owner@acme.example', 'test-api-token');

const form = (type = 'image/gif', part = PART): FormData => {
  const data = new FormData();
  data.append(part, new Blob([PIXEL], { type }), 'ada.gif');
  return data;
};

it('a photo comes with a form, in the place of the one before', async () => {
  await using server = await testServer();
  const { support, core, api } = server;
  const { id } = support.users.create('acme', { name: 'Ada', email: 'ada@x.example', verified: true }, api);
  const send = async (
    body: FormData,
    authorization = BY_OWNER,
  ): Promise<{ status: number; body: { user: { photo: { content_url: string } } } }> => {
    const response = await fetch(`${server.url}/users/${id}`, { method: 'PUT', headers: { authorization }, body });
    return { status: response.status, body: (await response.json()) as { user: { photo: { content_url: string } } } };
  };
  const open = async (url: string): Promise<number> => (await fetch(url)).status;

  const first = await send(form());
  expect(first).toMatchObject({ status: 200, body: { user: { name: 'Ada', photo: { file_name: 'ada.gif', content_type: 'image/gif', width: 1, height: 1 } } } }); // prettier-ignore
  const second = await send(form());
  const [old, now] = [first, second].map(({ body }) => body.user.photo.content_url);
  expect([await open(old ?? ''), await open(now ?? '')]).toEqual([404, 200]);
  expect((await server.call('GET', `/users/${id}`)).body).toMatchObject({ user: { photo: { content_url: now } } });
  await server.call('PUT', `/users/${id}`, { user: { alias: 'A' } });
  expect((await server.call('GET', `/users/${id}`)).body).toMatchObject({ user: { alias: 'A', photo: { content_url: now } } });
  const told = core.journal.read({ kind: 'user.updated' }).map(({ data }) => (data as { changes: object[] }).changes);
  expect(told.slice(0, 2)).toEqual([[{ field: 'photo', previous: null, current: old }], [{ field: 'photo', previous: old, current: now }]]);

  expect([(await send(form('text/plain'))).status, (await send(form('image/gif', 'photo'))).status]).toEqual([422, 400]);
  expect((await send(form(), basic('ada@x.example', 'test-api-token'))).status).toBe(403);
  await server.call('DELETE', `/users/${id}`);
  expect((await send(form())).status).toBe(404);
  await server.call('DELETE', `/deleted_users/${id}`);
  expect(await open(now ?? '')).toBe(404);
});

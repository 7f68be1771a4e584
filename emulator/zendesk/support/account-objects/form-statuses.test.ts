import { expect, it } from 'vitest';
import { basic, testServer, type TestServer } from '../testing/test-server.ts';

interface Row {
  readonly id: string;
  readonly custom_status_id: number;
  readonly ticket_form_id: number;
}

/** A form, three custom statuses, and a call that answers with ticket form statuses. */
async function world(): Promise<
  TestServer & { form: number; path: string; ids: number[]; rows: (method: string, path: string, body?: unknown) => Promise<Row[]> }
> {
  const server = await testServer();
  const { forms, statuses } = server.support;
  const form = forms.create('acme', { name: 'Repair' }).id;
  const ids = ['A', 'B', 'C'].map((agent_label) => statuses.create('acme', { status_category: 'open', agent_label }).id);
  const rows = async (method: string, path: string, body?: unknown): Promise<Row[]> => {
    const answer = await server.call<{ ticket_form_statuses: Row[] }>(method, path, body);
    expect(answer).toMatchObject({ status: 200 });
    return answer.body.ticket_form_statuses;
  };
  return Object.assign(server, { form, path: `/ticket_forms/${form}/ticket_form_statuses`, ids, rows });
}

const wanted = (...ids: (number | undefined)[]): object => ({ ticket_form_status: ids.map((custom_status_id) => ({ custom_status_id })) });

it('ticket form statuses are made for a form or a status, listed and shown', async () => {
  await using server = await world();
  const { form, path, ids, rows } = server;
  const [a, b, c] = ids;
  expect(await rows('GET', path)).toEqual([]);
  const made = await rows('POST', path, wanted(a, b));
  expect(made).toEqual([a, b].map((custom_status_id) => ({ id: expect.stringMatching(/^[0-9A-Z]{26}$/) as string, custom_status_id, ticket_form_id: form }))); // prettier-ignore
  const other = server.support.forms.create('acme', { name: 'Other' }).id;
  const more = await rows('POST', `/custom_statuses/${c}/ticket_form_statuses`, { ticket_form_status: [form, other].map((id) => ({ ticket_form_id: id })) }); // prettier-ignore
  expect(await rows('GET', path)).toEqual([...made, more[0]]);
  expect(await rows('GET', '/ticket_form_statuses')).toEqual([...made, ...more]);
  expect(await rows('GET', `/ticket_form_statuses?ticket_form_id=${other}`)).toEqual([more[1]]);
  expect(await rows('GET', `/ticket_form_statuses?filter[custom_status_id]=${a},${b}`)).toEqual(made);
  expect(await rows('GET', `/ticket_form_statuses?filter[id]=${more[0]?.id}`)).toEqual([more[0]]);
  expect(await rows('GET', `/ticket_form_statuses/show_many?ids=${more[1]?.id},x,${made[0]?.id}`)).toEqual([more[1], made[0]]);
});

it('ticket form statuses are changed and deleted, many at once or none', async () => {
  await using server = await world();
  const { path, ids, rows } = server;
  const [a, b, c] = ids;
  const [one, two] = await rows('POST', path, wanted(a, b));
  const change = { ticket_form_status: [{ id: one?.id, _destroy: '1' }, { custom_status_id: c }] };
  expect((await rows('PUT', path, change)).map((row) => row.custom_status_id)).toEqual([b, c]);
  expect((await rows('PUT', `${path}/${two?.id}`, wanted(a))).find(({ id }) => id === two?.id)?.custom_status_id).toBe(a);
  expect((await rows('PUT', `${path}/${two?.id}`, { ticket_form_status: [{ _destroy: '1' }] })).map((row) => row.custom_status_id)).toEqual([c]); // prettier-ignore
  const [last] = await rows('GET', path);
  const half = await server.call('PUT', path, { ticket_form_status: [{ id: last?.id, _destroy: '1' }, { custom_status_id: 9 }] });
  expect([half.status, await rows('GET', path)]).toEqual([422, [last]]);
  expect((await server.call('DELETE', `${path}/${last?.id}`)).status).toBe(204);
  expect((await server.call('DELETE', `${path}/${last?.id}`)).status).toBe(404);
  const again = await rows('POST', path, wanted(a, b, c));
  expect((await server.call('DELETE', path, { id: ['x', again[0]?.id, again[2]?.id] })).status).toBe(204);
  expect(await rows('GET', path)).toEqual([again[1]]);
});

it('ticket form statuses go with their form and with their status', async () => {
  await using server = await world();
  const { form, path, ids, rows } = server;
  await rows('POST', path, wanted(...ids));
  server.support.statuses.delete('acme', ids[0] ?? 0);
  expect((await rows('GET', path)).map((row) => row.custom_status_id)).toEqual(ids.slice(1));
  server.support.forms.delete('acme', form);
  expect(await rows('GET', '/ticket_form_statuses')).toEqual([]);
});

it('ticket form statuses refuse what cannot be, and are read by agents', async () => {
  await using server = await world();
  const { path, ids, rows } = server;
  const status = async (method: string, where: string, body?: unknown, headers?: Record<string, string>): Promise<number> =>
    (await server.call(method, where, body, headers)).status;
  await rows('POST', path, wanted(ids[0]));
  expect(await status('POST', path, wanted(ids[1], ids[0]))).toBe(422);
  expect(await rows('GET', path)).toHaveLength(1);
  for (const body of [{}, { ticket_form_status: [{}] }, { ticket_form_status: 'x' }, wanted(undefined)]) expect(await status('POST', path, body)).toBe(400); // prettier-ignore
  expect(await status('POST', '/ticket_forms/9/ticket_form_statuses', wanted(ids[0]))).toBe(404);
  expect(await status('POST', '/custom_statuses/9/ticket_form_statuses', { ticket_form_status: [] })).toBe(404);
  expect(await status('PUT', `${path}/x`, wanted(ids[0]))).toBe(404);
  expect(await status('DELETE', path)).toBe(400);
  expect(await status('DELETE', path, { id: 'x' })).toBe(400);
  server.support.users.create('acme', { name: 'Lee', email: 'lee@acme.example', role: 'agent', verified: true }, server.api);
  const headers = { authorization: basic('lee@acme.example', 'test-api-token') };
  for (const where of [path, '/ticket_form_statuses']) expect(await status('GET', where, undefined, headers)).toBe(200);
  for (const method of ['POST', 'PUT']) expect(await status(method, path, wanted(ids[1]), headers)).toBe(403);
});

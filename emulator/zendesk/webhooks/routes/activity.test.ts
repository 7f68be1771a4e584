import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AnswerBody, InvocationBody } from '../testing/answer-body.ts';
import { Receiver } from '../testing/receiver.ts';
import { World } from '../testing/world.ts';

let world: World;

beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

describe('activity', () => {
  it('lists invocations newest first with their attempts, filtered and paged', async () => {
    const receiver = await Receiver.open((_request, response, index) => response.writeHead([200, 403, 500][index] ?? 200).end('body'));
    const { id } = await world.hook(receiver.url);
    for (const count of [1, 2, 3]) {
      world.createTicket();
      await world.ended(count);
      world.advance(1_000);
    }
    const list = async (query = ''): Promise<InvocationBody[]> =>
      (await world.api('GET', `/webhooks/${id}/invocations${query}`)).body.invocations;
    expect((await list()).map(({ status, status_code: code }) => [status, code])).toEqual([
      ['terminated', 500],
      ['terminated', 403],
      ['success', 200],
    ]);
    expect((await list('?filter[status]=client%20error')).map((one) => one.status_code)).toEqual([403]);
    expect((await list('?filter[status]=server%20error')).map((one) => one.status_code)).toEqual([500]);
    expect((await list('?sort=latest_completed_at')).map((one) => one.status_code)).toEqual([200, 403, 500]);
    const page = (await world.api('GET', `/webhooks/${id}/invocations?page[size]=2`)).body;
    expect(Buffer.from(page.meta.after_cursor ?? '', 'base64').toString()).toMatch(/^[0-9A-Z]{26},desc$/);
    expect(Object.keys(page.meta)).toEqual(['has_more', 'after_cursor']);
    const { data } = await world.attempt(2);
    const { attempts } = (await world.api('GET', `/webhooks/${id}/invocations/${data.invocation}/attempts`)).body;
    expect(attempts).toHaveLength(1);
    expect(attempts[0]).toMatchObject({
      id,
      invocation_id: data.invocation,
      status_code: 403,
      status: 'terminated',
      response: { payload: 'body' },
    });
    expect(attempts[0]?.request?.headers[0]?.key).toBe('X-Zendesk-Webhook-Signature-Timestamp');
    expect((await world.api('GET', `/webhooks/${id}/invocations/nope/attempts`)).status).toBe(404);
    world.advance(7 * 24 * 3_600_000);
    expect(await list(), 'nothing older than seven days').toEqual([]);
    await receiver.close();
  });

  it('pages through what ended at the same moment and at others, in both directions and orders, with and without a filter', async () => {
    world.accounts.update('acme', { settings: { rateLimits: false } });
    const receiver = await Receiver.open((_request, response, index) => response.writeHead(index % 3 === 0 ? 500 : 200).end());
    const { id } = await world.hook(receiver.url);
    for (const count of [1, 2, 3]) {
      for (let at = 0; at < 5; at += 1) world.createTicket();
      await world.ended(count * 5);
      world.advance(1_000);
    }
    const path = `/webhooks/${id}/invocations`;
    const ids = ({ invocations }: AnswerBody): string[] => invocations.map((one) => one.id);
    for (const query of [
      '',
      'sort=latest_completed_at&',
      'filter[status]=success&',
      'filter[status]=server error&sort=latest_completed_at&',
    ]) {
      const all = ids((await world.api('GET', `${path}?${query}`)).body);
      expect(all.length).toBe(query.includes('success') ? 10 : query.includes('error') ? 5 : 15);
      let page = (await world.api('GET', `${path}?${query}page[size]=4`)).body;
      const pages = [ids(page)];
      while (page.links?.next) pages.push(ids((page = await world.follow(page.links.next))));
      expect([query, pages.flat(), page.meta.has_more]).toEqual([query, all, false]);
      const back = [ids(page)];
      while (page.links?.prev) back.unshift(ids((page = await world.follow(page.links.prev))));
      expect([query, back.flat()]).toEqual([query, all]);
    }
    const other = await world.hook(receiver.url);
    const cursor = Buffer.from(`${ids((await world.api('GET', path)).body)[0]},desc`).toString('base64');
    for (const wrong of [
      `${path}?sort=latest_completed_at&page[after]=${cursor}`,
      `/webhooks/${other.id}/invocations?page[before]=${cursor}`,
    ])
      expect((await world.api('GET', wrong)).status).toBe(400);
    await receiver.close();
  });

  it('reads no more of the log than the page that is asked for', async () => {
    world.accounts.update('acme', { settings: { rateLimits: false } });
    const receiver = await Receiver.open();
    const { id } = await world.hook(receiver.url);
    for (let count = 0; count < 600; count++) world.createTicket();
    await world.ended(600);
    const parse = vi.spyOn(JSON, 'parse');
    const { body } = await world.api('GET', `/webhooks/${id}/invocations?page[size]=50`);
    expect([body.invocations.length, body.meta.has_more]).toEqual([50, true]);
    expect(parse.mock.calls.length).toBeLessThan(300);
    parse.mockRestore();
    await receiver.close();
  });

  it('reads of the log what a filter lets through, and no more', async () => {
    world.accounts.update('acme', { settings: { rateLimits: false } });
    const receiver = await Receiver.open((_request, response, index) => response.writeHead(index === 7 ? 403 : 200).end());
    const { id } = await world.hook(receiver.url);
    for (let count = 0; count < 400; count++) world.createTicket();
    await world.ended(400);
    for (const [filter, count] of [
      ['client error', 1],
      ['failed', 1],
      ['server error', 0],
      ['timeout', 0],
      ['throttled', 0],
      ['unknown', 0],
    ]) {
      const parse = vi.spyOn(JSON, 'parse');
      const { body } = await world.api('GET', `/webhooks/${id}/invocations?filter[status]=${filter}`);
      expect([filter, body.invocations.length, body.meta.has_more]).toEqual([filter, count, false]);
      expect(parse.mock.calls.length).toBeLessThan(50);
      parse.mockRestore();
    }
    await receiver.close();
  });

  it('forgets what is older than seven days, or beyond its bound', async () => {
    world.accounts.update('acme', { settings: { webhookActivityKept: 100, webhookConcurrency: 500, rateLimits: false } });
    const receiver = await Receiver.open();
    const { id } = await world.hook(receiver.url);
    for (let count = 0; count < 500; count++) world.createTicket();
    await world.ended(500);
    const { body } = await world.api('GET', `/webhooks/${id}/invocations`);
    expect([body.invocations.length, body.meta.has_more]).toEqual([100, false]);
    await receiver.close();
  });
});

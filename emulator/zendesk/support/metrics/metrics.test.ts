import { describe, expect, it } from 'vitest';
import { testServer } from '../testing/test-server.ts';

const MINUTE = 60_000;

/** A ticket with a life, in a clock that stands still but for what is said. It begins on a Monday at 9:00 UTC. */
async function world(openHours = false) {
  const server = await testServer();
  const { support, ownerId, api } = server;
  const ada = support.users.create('acme', { name: 'Ada' }, api);
  const asAda = { userId: ada.id, via: 'web' } as const;
  if (openHours) support.hours.create('acme', { name: 'Office', time_zone: 'UTC' });
  support.tickets.create('acme', { subject: 'S', comment: 'first', requester_id: ada.id }, asAda);
  const update = (patch: object, actor: typeof api | typeof asAda = api): void => void support.tickets.update('acme', 1, patch, actor);
  const metric = async (): Promise<Record<string, unknown>> =>
    (await server.call<{ ticket_metric: Record<string, unknown> }>('GET', '/tickets/1/metrics')).body.ticket_metric;
  const wait = (minutes: number): void => server.advance(minutes * MINUTE);
  return { server, update, metric, wait, asAda, ownerId };
}

const both = (minutes: number): object => ({ calendar: minutes, business: minutes });

describe('ticket metrics', () => {
  it('of a new ticket know little', async () => {
    const { server, metric } = await world();
    await using _ = server;
    const none = { calendar: null, business: null };
    expect(await metric()).toMatchObject({
      ticket_id: 1,
      group_stations: 0,
      assignee_stations: 0,
      reopens: 0,
      replies: 0,
      requester_updated_at: '2026-01-05T09:00:00Z',
      assignee_updated_at: null,
      status_updated_at: '2026-01-05T09:00:00Z',
      solved_at: null,
      reply_time_in_minutes: none,
      full_resolution_time_in_minutes: none,
      agent_wait_time_in_minutes: none,
      on_hold_time_in_minutes: both(0),
    });
  });

  it('follow the ticket through its life', async () => {
    const { server, update, metric, wait, asAda, ownerId } = await world();
    await using _ = server;
    wait(10);
    update({ assignee_id: ownerId, comment: { body: 'internal', public: false } });
    wait(5);
    update({ comment: 'reply', status: 'pending' });
    wait(20);
    update({ comment: 'thanks' }, asAda);
    wait(7);
    update({ status: 'hold' });
    wait(3);
    update({ status: 'solved' });
    wait(30);
    update({ comment: 'not quite' }, asAda);
    wait(1);
    update({ comment: 'now', status: 'solved' });
    expect(await metric()).toMatchObject({
      assignee_stations: 1,
      group_stations: 1,
      reopens: 1,
      replies: 2,
      initially_assigned_at: '2026-01-05T09:10:00Z',
      assigned_at: '2026-01-05T09:10:00Z',
      assignee_updated_at: '2026-01-05T10:16:00Z',
      requester_updated_at: '2026-01-05T10:15:00Z',
      status_updated_at: '2026-01-05T10:16:00Z',
      latest_comment_added_at: '2026-01-05T10:16:00Z',
      solved_at: '2026-01-05T10:16:00Z',
      reply_time_in_minutes: both(15),
      reply_time_in_seconds: { calendar: 900 },
      first_resolution_time_in_minutes: both(45),
      full_resolution_time_in_minutes: both(76),
      agent_wait_time_in_minutes: both(20),
      requester_wait_time_in_minutes: both(26),
      on_hold_time_in_minutes: both(3),
    });
  });

  it('count business minutes by the account’s schedule', async () => {
    const { server, update, metric, wait, ownerId } = await world(true);
    await using _ = server;
    wait(24 * 60);
    update({ comment: 'a day later', assignee_id: ownerId, status: 'solved' });
    expect(await metric()).toMatchObject({ reply_time_in_minutes: { calendar: 1_440, business: 480 } });
  });

  it('are listed from the newest ticket on, and found by their own id', async () => {
    const { server } = await world();
    await using _ = server;
    await server.call('POST', '/tickets', { ticket: { comment: 'second' } });
    const { ticket_metrics: rows } = (await server.call<{ ticket_metrics: { id: number; ticket_id: number; url: string }[] }>('GET', '/ticket_metrics')).body; // prettier-ignore
    expect(rows.map(({ ticket_id }) => ticket_id)).toEqual([2, 1]);
    expect((await server.call('GET', `/ticket_metrics/${rows[0]?.id}`)).body).toEqual({ ticket_metric: rows[0] });
    expect((await server.call('GET', '/ticket_metrics/5')).status).toBe(404);
    await server.call('DELETE', '/tickets/2');
    expect((await server.call('GET', `/ticket_metrics/${rows[0]?.id}`)).status).toBe(404);
    expect((await server.call('GET', '/tickets/2/metrics')).status).toBe(404);
  });
});

describe('ticket metric events', () => {
  it('start, pause and end the clocks, and tell how long they ran', async () => {
    const { server, update, wait, asAda, ownerId } = await world();
    await using _ = server;
    wait(10);
    update({ comment: 'reply', status: 'pending', assignee_id: ownerId });
    wait(5);
    update({ comment: 'more' }, asAda);
    wait(5);
    update({ status: 'solved', comment: 'done' });
    wait(2);
    const { body } = await server.call<{ ticket_metric_events: Record<string, unknown>[] }>('GET', '/incremental/ticket_metric_events?start_time=0'); // prettier-ignore
    const told = (metric: string): unknown[] =>
      body.ticket_metric_events
        .filter((event) => event['metric'] === metric)
        .map(({ type, instance_id, status }) => (status ? [type, instance_id, status] : [type, instance_id]));
    expect(told('reply_time')).toEqual([
      ['activate', 1],
      ['fulfill', 1],
      ['update_status', 1, both(10)],
      ['activate', 2],
      ['fulfill', 2],
      ['update_status', 2, both(5)],
    ]);
    expect(told('requester_wait_time')).toEqual([
      ['activate', 1],
      ['pause', 1],
      ['update_status', 1, both(10)],
      ['activate', 1],
      ['fulfill', 1],
      ['update_status', 1, both(15)],
    ]);
    expect(new Set(body.ticket_metric_events.map(({ id }) => id)).size).toBe(body.ticket_metric_events.length);
    expect(body).toMatchObject({ count: body.ticket_metric_events.length });
    expect(body).not.toHaveProperty('end_of_stream');
  });

  it('are exported by cursor too, in the order of time, forwards and back', async () => {
    await using server = await testServer();
    for (let index = 0; index < 4; index += 1) {
      server.support.tickets.create('acme', { comment: 'x', requester: 'hank@x.example' }, server.api);
      server.advance(1_000);
    }
    server.support.tickets.update('acme', 1, { status: 'pending' }, server.api);
    server.advance(120_000);
    interface Page {
      ticket_metric_events: { id: number; time: string }[];
      links: { next: string | null; prev: string };
    }
    const read = async (query: string): Promise<Page> => (await server.call<Page>('GET', query.startsWith('http') ? query : `/incremental/ticket_metric_events?${query}`)).body; // prettier-ignore
    const all = (await read('start_time=0')).ticket_metric_events;
    expect(all.length).toBeGreaterThan(8);
    const first = await read('start_time=0&page[size]=4');
    const walked: unknown[] = [];
    for (let page = first; page.links.next !== null; page = await read(page.links.next)) walked.push(...page.ticket_metric_events);
    expect(walked).toEqual(all);
    const second = await read(first.links.next ?? '');
    expect((await read(second.links.prev)).ticket_metric_events).toEqual(first.ticket_metric_events);
    for (const bad of ['start_time=0&page[after]=x', 'page[size]=4', 'start_time=0&page[size]=4&sort=id']) expect((await server.call('GET', `/incremental/ticket_metric_events?${bad}`)).status).toBe(400); // prettier-ignore
  });
});

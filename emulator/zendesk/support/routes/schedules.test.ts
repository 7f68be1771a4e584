import { describe, expect, it } from 'vitest';
import { basic, testServer } from '../testing/test-server.ts';

interface Schedule {
  id: number;
  intervals: { start_time: number; end_time: number }[];
}

const ROOT = '/business_hours/schedules';
const draft = { schedule: { name: 'Europe', time_zone: 'Berlin' } };

describe('schedules', () => {
  it('are created open from nine to five, changed and deleted', async () => {
    await using server = await testServer();
    const made = await server.call<{ schedule: Schedule }>('POST', ROOT, draft);
    expect(made.status).toBe(201);
    const { schedule } = made.body;
    expect(schedule).toMatchObject({ name: 'Europe', time_zone: 'Berlin', created_at: '2026-01-05T09:00:00Z' });
    expect(schedule.intervals[0]).toEqual({ start_time: 1980, end_time: 2460 });
    expect(made.headers.get('location')).toBe(`${server.url}${ROOT}/${schedule.id}.json`);
    const changed = await server.call('PUT', `${ROOT}/${schedule.id}`, { schedule: { time_zone: 'Europe/London' } });
    expect(changed.body['schedule']).toMatchObject({ name: 'Europe', time_zone: 'Europe/London' });
    expect((await server.call('GET', `${ROOT}.json`)).body['schedules']).toHaveLength(1);
    expect((await server.call('DELETE', `${ROOT}/${schedule.id}`)).status).toBe(204);
    expect((await server.call('GET', `${ROOT}/${schedule.id}`)).status).toBe(404);
    expect((await server.call('DELETE', `${ROOT}/${schedule.id}`)).status).toBe(404);
  });

  it.each([
    [{ time_zone: 'Berlin' }, 'name'],
    [{ name: 'x' }, 'time_zone'],
    [{ name: 'x', time_zone: 'Mars' }, 'time_zone'],
  ])('%j is refused for its %s', async (schedule, property) => {
    await using server = await testServer();
    const answer = await server.call<{ details: object }>('POST', ROOT, { schedule });
    expect(answer.status).toBe(422);
    expect(Object.keys(answer.body.details)).toEqual([property]);
  });

  it('take a workweek, in order, whose times neither overlap nor span midnight', async () => {
    await using server = await testServer();
    const { body } = await server.call<{ schedule: Schedule }>('POST', ROOT, draft);
    const path = `${ROOT}/${body.schedule.id}/workweek`;
    const put = (intervals: unknown): ReturnType<typeof server.call> => server.call('PUT', path, { workweek: { intervals } });
    const late = { start_time: 10_000, end_time: 10_080 };
    const early = { start_time: 0, end_time: 1_440 };
    expect((await put([late, early])).body).toEqual({ workweek: { intervals: [early, late] } });
    const bad = [[{ start_time: 1_400, end_time: 1_500 }], [early, { start_time: 100, end_time: 200 }], [{ start_time: 5, end_time: 5 }], [{ start_time: -5, end_time: 5 }], [{ start_time: 10_070, end_time: 10_090 }], [{ start_time: 1.5, end_time: 9 }], [{}]]; // prettier-ignore
    for (const intervals of bad) expect((await put(intervals)).status).toBe(422);
    for (const intervals of [null, 'x', [3]]) expect((await put(intervals)).status).toBe(400);
    expect(server.support.hours.get('acme', body.schedule.id)?.intervals).toEqual([early, late]);
  });

  it('have holidays, which close them', async () => {
    await using server = await testServer();
    const { body } = await server.call<{ schedule: Schedule }>('POST', ROOT, draft);
    const root = `${ROOT}/${body.schedule.id}/holidays`;
    const christmas = { name: 'Christmas', start_date: '2026-12-24', end_date: '2026-12-26' };
    const made = await server.call<{ holiday: { id: number } }>('POST', root, { holiday: christmas });
    expect(made.status).toBe(201);
    const { id } = made.body.holiday;
    expect(made.body.holiday).toEqual({ id, ...christmas });
    const noon = Date.parse('2026-12-24T11:00:00Z');
    expect(server.support.hours.isOpen('acme', noon)).toBe(false);
    expect(server.support.hours.isHoliday('acme', noon)).toBe(true);
    expect((await server.call('PUT', `${root}/${id}`, { holiday: { start_date: '2026-12-25' } })).status).toBe(200);
    expect(server.support.hours.isOpen('acme', noon)).toBe(true);
    expect((await server.call('GET', `${root}?start_date=2026-12-26&end_date=2027-01-31`)).body['holidays']).toHaveLength(1);
    expect((await server.call('GET', `${root}?start_date=2026-12-27`)).body['holidays']).toEqual([]);
    expect((await server.call('GET', `${root}?start_date=soon`)).status).toBe(400);
    expect((await server.call('GET', `${root}/${id}`)).body).toEqual({ holiday: { id, ...christmas, start_date: '2026-12-25' } });
    expect((await server.call('DELETE', `${root}/${id}`)).status).toBe(204);
    expect((await server.call('GET', `${root}/${id}`)).status).toBe(404);
    const bad = [{}, { ...christmas, start_date: '2026-12-27' }, { ...christmas, end_date: '24.12.' }, { ...christmas, name: ' ' }];
    for (const holiday of bad) expect((await server.call('POST', root, { holiday })).status).toBe(422);
  });

  it('are written by admins and read by agents', async () => {
    await using server = await testServer();
    for (const [name, role] of [
      ['agent', 'agent'],
      ['user', 'end-user'],
    ] as const)
      // prettier-ignore
      server.support.users.create('acme', { name, email: `${name}@x.example`, role, verified: true }, server.api);
    const as = (name: string): Record<string, string> => ({ authorization: basic(`${name}@x.example`, 'test-api-token') });
    expect((await server.call('POST', ROOT, draft, as('agent'))).status).toBe(403);
    expect((await server.call('GET', ROOT, undefined, as('agent'))).status).toBe(200);
    expect((await server.call('GET', ROOT, undefined, as('user'))).status).toBe(403);
  });

  it('refuse times that are no numbers', async () => {
    await using server = await testServer();
    const { id } = server.support.hours.create('acme', { name: 'S', time_zone: 'UTC' });
    for (const start_time of [{ toString: 1 }, [0], true, '', null, 'x']) {
      const workweek = { intervals: [{ start_time, end_time: 60 }] };
      expect((await server.call('PUT', `${ROOT}/${id}/workweek`, { workweek })).status).toBe(422);
    }
    const written = await server.call('PUT', `${ROOT}/${id}/workweek`, { workweek: { intervals: [{ start_time: '0', end_time: 60 }] } });
    expect(written.body).toEqual({ workweek: { intervals: [{ start_time: 0, end_time: 60 }] } });
  });
});

describe('a seed', () => {
  it('lays schedules down', async () => {
    await using server = await testServer();
    const christmas = { name: 'Christmas', start_date: '2026-12-24', end_date: '2026-12-26' };
    const sunday = { start_time: 0, end_time: 60 };
    server.support.seed('acme', { schedules: [{ name: 'Night', time_zone: 'UTC', intervals: [sunday], holidays: [christmas] }] });
    expect(server.support.hours.list('acme')).toMatchObject([{ name: 'Night', intervals: [sunday], holidays: [christmas] }]);
  });
});

describe('the first schedule', () => {
  it('counts where none is named; without any, business never closes', async () => {
    await using server = await testServer();
    const { hours } = server.support;
    const [sunday, monday] = [Date.parse('2026-01-04T10:00:00Z'), Date.parse('2026-01-05T10:00:00Z')];
    expect(hours.isOpen('acme', sunday)).toBe(true);
    expect(hours.minutesBetween('acme', sunday, monday)).toBe(1_440);
    const first = hours.create('acme', { name: 'First', time_zone: 'UTC' });
    const second = hours.create('acme', { name: 'Second', time_zone: 'UTC' });
    hours.setWorkweek('acme', second.id, [{ start_time: 0, end_time: 1_440 }]);
    expect(hours.isOpen('acme', sunday)).toBe(false);
    expect(hours.isOpen('acme', sunday, second.id)).toBe(true);
    expect(hours.minutesBetween('acme', sunday, monday, first.id)).toBe(60);
  });
});

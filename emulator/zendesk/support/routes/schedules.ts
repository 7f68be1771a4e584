import type { Request, Response, Router } from 'express';
import { sendJson } from '../../account/index.ts';
import { invalidAttribute } from '../errors.ts';
import type { HolidayDraft, Interval, Schedule, ScheduleDraft } from '../hours/entities.ts';
import { dayOf } from '../hours/zone-clock.ts';
import type { Support } from '../index.ts';
import type { Json } from '../wire.ts';
import { idOf, queryOf, scopeOf } from './http.ts';
import { permit, type Shape } from './permit.ts';

/** `intervals` are written by the workweek only (documented). */
const SCHEDULE: Shape = { name: 'text', time_zone: 'text' };
const WORKWEEK: Shape = { intervals: 'objects' };
const HOLIDAY: Shape = { name: 'text', start_date: 'text', end_date: 'text' };
const ROOT = '/business_hours/schedules';

/** Business hours (vendor article "Schedules"). Lists are not paged (documented by their examples). */
export function scheduleRoutes(router: Router, support: Support): void {
  const { hours } = support;

  router.get(ROOT, (_req, res) => {
    const { account, base } = scopeOf(res);
    sendJson(res, 200, { schedules: hours.list(account).map(wireSchedule), url: `${base}/api/v2${ROOT}.json` });
  });

  router.post(ROOT, (req, res) => {
    const draft = permit<ScheduleDraft>(res, req.body, 'schedule', SCHEDULE, 'schedules/create');
    const { account, base } = scopeOf(res);
    const schedule = hours.create(account, draft);
    res.set('Location', `${base}/api/v2${ROOT}/${schedule.id}.json`);
    sendJson(res, 201, { schedule: wireSchedule(schedule) });
  });

  router.get(`${ROOT}/:schedule_id`, (req, res) => {
    sendJson(res, 200, { schedule: wireSchedule(hours.expect(scopeOf(res).account, idOf(req, 'schedule_id', 'schedules/show'))) });
  });

  router.put(`${ROOT}/:schedule_id`, (req, res) => {
    const patch = permit<ScheduleDraft>(res, req.body, 'schedule', SCHEDULE, 'schedules/update');
    const schedule = hours.update(scopeOf(res).account, idOf(req, 'schedule_id', 'schedules/update'), patch);
    sendJson(res, 200, { schedule: wireSchedule(schedule) });
  });

  router.delete(`${ROOT}/:schedule_id`, (req, res) => {
    hours.delete(scopeOf(res).account, idOf(req, 'schedule_id', 'schedules/destroy'));
    res.status(204).end();
  });

  router.put(`${ROOT}/:schedule_id/workweek`, (req, res) => {
    const action = 'schedules/workweek';
    const { intervals } = permit<{ intervals?: Partial<Interval>[] | null }>(res, req.body, 'workweek', WORKWEEK, action);
    if (!intervals) throw invalidAttribute('workweek.intervals', 'is required', action);
    const schedule = hours.setWorkweek(scopeOf(res).account, idOf(req, 'schedule_id', action), intervals);
    sendJson(res, 200, { workweek: { intervals: schedule.intervals } });
  });

  /** With both dates, the holidays that touch the time between them (documented parameters). */
  router.get(`${ROOT}/:schedule_id/holidays`, (req, res) => {
    const action = 'holidays/index';
    const { account, base } = scopeOf(res);
    const schedule = hours.expect(account, idOf(req, 'schedule_id', action));
    const from = dateOf(req, 'start_date', action) ?? '';
    const to = dateOf(req, 'end_date', action) ?? '9999-12-31';
    const holidays = schedule.holidays.filter(({ start_date, end_date }) => start_date <= to && end_date >= from);
    sendJson(res, 200, { holidays, url: `${base}/api/v2${ROOT}/${schedule.id}/holidays.json` });
  });

  router.post(`${ROOT}/:schedule_id/holidays`, (req, res) => {
    const draft = permit<HolidayDraft>(res, req.body, 'holiday', HOLIDAY, 'holidays/create');
    sendJson(res, 201, { holiday: hours.addHoliday(scopeOf(res).account, idOf(req, 'schedule_id', 'holidays/create'), draft) });
  });

  router.get(`${ROOT}/:schedule_id/holidays/:holiday_id`, (req, res) => {
    sendJson(res, 200, { holiday: hours.holiday(...place(req, res, 'holidays/show')) });
  });

  router.put(`${ROOT}/:schedule_id/holidays/:holiday_id`, (req, res) => {
    const patch = permit<HolidayDraft>(res, req.body, 'holiday', HOLIDAY, 'holidays/update');
    sendJson(res, 200, { holiday: hours.updateHoliday(...place(req, res, 'holidays/update'), patch) });
  });

  router.delete(`${ROOT}/:schedule_id/holidays/:holiday_id`, (req, res) => {
    hours.deleteHoliday(...place(req, res, 'holidays/destroy'));
    res.status(204).end();
  });
}

function wireSchedule({ id, name, time_zone, intervals, created_at, updated_at }: Schedule): Json {
  return { id, name, time_zone, intervals, created_at, updated_at };
}

function place(req: Request, res: Response, action: string): [account: string, schedule: number, holiday: number] {
  return [scopeOf(res).account, idOf(req, 'schedule_id', action), idOf(req, 'holiday_id', action)];
}

/** @throws ApiError 400 for what is no date */
function dateOf(req: Request, name: string, action: string): string | undefined {
  const text = queryOf(req).get(name);
  if (text === null || text === '') return undefined;
  if (dayOf(text) === undefined) throw invalidAttribute(name, 'must be a date', action);
  return text;
}

import type { Call } from './support-drive-bulk.ts';

/** Uses the objects of an account that are neither tickets nor people. */
export async function driveObjects(call: Call): Promise<void> {
  await driveSchedules(call);
}

async function driveSchedules(call: Call): Promise<void> {
  const root = '/business_hours/schedules';
  const { schedule } = await call('POST', root, { schedule: { name: 'Europe', time_zone: 'Berlin' } });
  const one = `${root}/${schedule?.id}`;
  await call('POST', root, { schedule: { name: 'Mars', time_zone: 'Mars' } });
  await call('GET', root);
  await call('GET', one);
  await call('PUT', one, { schedule: { name: 'EMEA' } });
  await call('PUT', `${one}/workweek`, { workweek: { intervals: [{ start_time: 0, end_time: 60 }] } });
  const { holiday } = await call('POST', `${one}/holidays`, { holiday: { name: 'H', start_date: '2026-12-24', end_date: '2026-12-24' } });
  await call('GET', `${one}/holidays`);
  await call('GET', `${one}/holidays/${holiday?.id}`);
  await call('PUT', `${one}/holidays/${holiday?.id}`, { holiday: { name: 'Eve' } });
  await call('DELETE', `${one}/holidays/${holiday?.id}`);
  await call('DELETE', one);
}

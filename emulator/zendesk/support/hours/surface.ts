import type { SurfaceRow } from '../../account/index.ts';
import { CONTRACT, row } from '../surface-rows.ts';

const TESTS = ['emulator/zendesk/support/routes/schedules.test.ts', CONTRACT];
const ONE = '/business_hours/schedules/{schedule_id}';
const READ = ['GET', 'PUT', 'DELETE'] as const;

export const HOURS: readonly SurfaceRow[] = [
  row('GET', '/business_hours/schedules', 'documented', TESTS),
  row('POST', '/business_hours/schedules', 'documented', TESTS),
  ...READ.map((method) => row(method, ONE, 'documented', TESTS)),
  row('PUT', `${ONE}/workweek`, 'documented', TESTS),
  row('GET', `${ONE}/holidays`, 'documented', TESTS),
  row('POST', `${ONE}/holidays`, 'documented', TESTS),
  ...READ.map((method) => row(method, `${ONE}/holidays/{holiday_id}`, 'documented', TESTS)),
];

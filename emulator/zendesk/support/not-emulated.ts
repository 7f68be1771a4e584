import type { SurfaceRow } from '../account/index.ts';
import { documentedOperations, documentedPath } from './documented.ts';
import { SURFACE } from './surface.ts';

const emulated = new Set(SURFACE.map(({ method, path }) => `${method} ${documentedPath(method, path.replaceAll(/\{\w+\}/g, '1'))}`));

/** What the vendor documents besides `SURFACE`: it answers 501 (`routes/fallback.ts`). Parameters of paths are all called `id`. */
export const NOT_EMULATED: readonly SurfaceRow[] = documentedOperations()
  .filter(({ method, path }) => !emulated.has(`${method} ${path}`))
  .map((operation) => ({
    ...operation,
    status: 'none',
    evidence: 'documented',
    tests: ['emulator/zendesk/support/not-emulated.test.ts'],
  }));

import type { SurfaceRow } from '../account/index.ts';
import { documentedOperations, documentedPath } from './documented.ts';
import { SURFACE } from './surface.ts';

const emulated = new Set(SURFACE.map(({ method, path }) => `${method} ${documentedPath(method, path.replaceAll(/\{\w+\}/g, '1'))}`));

/** Why operations of resources that are emulated otherwise are not. */
const WHY: readonly (readonly [paths: RegExp, why: string])[] = [
  [/^\/brands\/.*check_host_mapping$/, 'would have to ask the name servers of the Internet'],
  [/^\/oauth\/global_clients/, 'no client is known to several accounts'],
  [/\/sessions?(\/|$)|\/logout(_many)?$/, 'there are no browsers that could be signed in'],
  [/^\/users\/.*\/entitlements\/full$/, 'seats of the other products are not known'],
  [/^\/groups\/available_agents$/, 'part of omnichannel routing'],
  [/^\/tickets\/messaging\//, 'the Conversations API is not emulated'],
  [/^\/guide\/permission_groups/, 'admins edit, and nobody else'],
  [/^\/help_center\/user_segments\/.*\/(sections|topics)$/, 'sections have no segments of their own, and there is no community'],
  [/^\/slas\/policies/, 'policies are those of the seed, to be read'],
];

/** What the vendor documents besides `SURFACE`: it answers 501 (`routes/fallback.ts`). Parameters of paths are all called `id`. */
export const NOT_EMULATED: readonly SurfaceRow[] = documentedOperations()
  .filter(({ method, path }) => !emulated.has(`${method} ${path}`))
  .map((operation) => {
    const note = WHY.find(([paths]) => paths.test(operation.path))?.[1];
    const tests = ['emulator/zendesk/support/not-emulated.test.ts'];
    return { ...operation, status: 'none', evidence: 'documented', tests, ...(note === undefined ? {} : { note }) };
  });

import { type RequestHandler, type RequestParamHandler, Router } from 'express';

const OPTIONS = { caseSensitive: true };
/** Paths of any first segment, or of any number of segments. */
const OPEN = /^\/:|[{}*()]/;

/** With its routes by kind, for whoever wants to know what is mounted: they do not stand in its own stack. */
export type SortedRouter = Router & { readonly kinds: ReadonlyMap<string, Router> };

/**
 * A router whose routes lie sorted by the first segment of their path and by how many segments it has. Express tries one route
 * after the other, which takes longer than the answer where there are hundreds. Routes are found where the first of them was
 * added; among those of one kind the first that fits wins, as always. What is for several routes is used before there are any:
 * later it would come after routes that are added after it. Paths are case sensitive, as the vendor's are.
 */
export function sortedRouter(): SortedRouter {
  const router = Router(OPTIONS);
  const kinds = new Map<string, Router>();
  const params: [name: string, handler: RequestParamHandler][] = [];
  const find: RequestHandler = (req, res, next) => {
    const routes = kinds.get(kindOf(req.path));
    if (routes) routes(req, res, next);
    else next();
  };
  // `router.get()` and its like all ask for a route.
  const route = (path: string): ReturnType<Router['route']> => {
    if (OPEN.test(path))
      throw new RangeError(`a route with the path ${path} cannot be sorted: it has no first segment, or any number of them`);
    if (kinds.size === 0) plain(find);
    let routes = kinds.get(kindOf(path));
    if (!routes) {
      kinds.set(kindOf(path), (routes = Router(OPTIONS)));
      for (const each of params) routes.param(...each);
    }
    return routes.route(path);
  };
  const plain = router.use.bind(router) as (...handlers: unknown[]) => Router;
  const use = (...handlers: unknown[]): Router => {
    if (kinds.size > 0) throw new RangeError('what is used of a sorted router must be used before its first route');
    return plain(...handlers);
  };
  const param = (name: string, handler: RequestParamHandler): Router => {
    params.push([name, handler]);
    for (const routes of kinds.values()) routes.param(name, handler);
    return router;
  };
  return Object.assign(router, { route, param, use, kinds }) as SortedRouter;
}

/** First segment and number of slashes: `/tickets/7` is one of `tickets 2`. */
function kindOf(path: string): string {
  let slashes = 0;
  let end = path.length;
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
    slashes += 1;
    if (slashes === 2) end = at;
  }
  return `${path.slice(1, end)} ${slashes}`;
}

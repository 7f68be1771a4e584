import type { RequestHandler } from 'express';

/** A router that is read with its first request, so that a start neither waits for it nor holds it. A failure to read it is that request's. */
export function lazily(load: () => Promise<RequestHandler>): RequestHandler {
  let router: RequestHandler | undefined;
  let loading: Promise<RequestHandler> | undefined;
  return (req, res, next) => {
    if (router) return router(req, res, next);
    loading ??= load();
    return loading.then((loaded) => {
      router = loaded;
      return loaded(req, res, next);
    }, next);
  };
}

import type { NextFunction, Request, RequestParamHandler, Response } from 'express';

/** What Express keeps of a router (package `router`, `index.js`). */
export interface Engine {
  /** What was added, in order. */
  readonly stack: readonly Layer[];
  readonly params: Readonly<Record<string, readonly RequestParamHandler[]>>;
  handle: Handle;
}

export type Handle = (req: Request, res: Response, out: NextFunction) => void;

/** What Express keeps of a route or of what is used (package `router`, `lib/layer.js`). */
export interface Layer {
  readonly rawPath: unknown;
  readonly route?: { _handlesMethod(method: string): boolean };
  match(path: string): Match | false;
  handleRequest(req: Request, res: Response, next: NextFunction): void;
  handleError(error: unknown, req: Request, res: Response, next: NextFunction): void;
}

/** How a path fits. */
export interface Match {
  readonly params: Request['params'];
  /** The part that is taken off for what is used below a path. */
  readonly path: string;
}

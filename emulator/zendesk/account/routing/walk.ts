import type { NextFunction, Request, RequestParamHandler, Response } from 'express';
import type { Match } from './engine.ts';
import { segmentsOf } from './pattern.ts';
import type { Step, Table } from './table.ts';

type Value = Request['params'][string];

/** What became of a parameter when those who watch it were asked. */
interface Asked {
  readonly value: Value;
  /** What it was made into. */
  result: Value;
  problem: unknown;
}

/** What the request says outside the router. */
type Outer = Pick<Request, 'baseUrl' | 'params' | 'next'>;

/** What was taken off an address for what is used below a path. */
interface Below {
  readonly path: string;
  /** The rest needed a slash to begin with. */
  readonly slashed: boolean;
}

/** One request's way through a router, step by step; `Router.handle` of the package `router` says the same more slowly. */
export class Walk {
  readonly #table: Table;
  readonly #req: Request;
  readonly #res: Response;
  readonly #out: NextFunction;
  readonly #outer: Outer;
  #url = '';
  #path = '';
  #segments: readonly string[] | undefined;
  /** The path may be one that cannot be decoded, which a route tells before it looks at the method. */
  #encoded = false;
  #steps: readonly Step[] = [];
  /** The next of the steps. */
  #at = 0;
  /** Where the last step stands that was tried. */
  #order = -1;
  #below: Below | undefined;
  #asked: Map<string, Asked> | undefined;

  constructor(table: Table, req: Request, res: Response, out: NextFunction) {
    const { baseUrl = '', params, next } = req;
    this.#table = table;
    this.#req = req;
    this.#res = res;
    this.#out = out;
    this.#outer = { baseUrl, params, next } as Outer;
    req.baseUrl = baseUrl;
    req.originalUrl ||= req.url;
    req.next = this.next;
  }

  readonly next: NextFunction = (problem?: unknown): void => {
    const req = this.#req;
    if (this.#below) this.#comeBack(this.#below);
    if (problem === 'router') return this.#leave();
    let error = problem === 'route' ? undefined : problem;
    if (req.url !== this.#url) this.#look();
    while (this.#at < this.#steps.length) {
      const step = this.#steps[this.#at++] as Step;
      this.#order = step.order;
      if ((error && step.layer.route) || (step.idle && !this.#encoded)) continue;
      let match: Match | false = false;
      try {
        match = this.#matched(step);
      } catch (unreadable) {
        error ||= unreadable;
      }
      if (match && !step.idle) return this.#take(step, match, error);
    }
    this.#leave(error);
  };

  /** At first, and again after somebody wrote another address into the request. */
  #look(): void {
    const { url } = this.#req;
    const mark = url.indexOf('?');
    this.#url = url;
    this.#path = mark < 0 ? url : url.slice(0, mark);
    this.#encoded = this.#path.includes('%');
    this.#segments = undefined;
    this.#steps = this.#table.stepsFor(this.#path);
    this.#at = 0;
    while ((this.#steps[this.#at]?.order ?? Infinity) <= this.#order) this.#at += 1;
  }

  /** @throws URIError when a parameter cannot be decoded */
  #matched({ open, pattern, layer }: Step): Match | false {
    if (open) return { params: {}, path: '' };
    return pattern ? pattern.match((this.#segments ??= segmentsOf(this.#path))) : layer.match(this.#path);
  }

  #take(step: Step, match: Match, error: unknown): void {
    this.#req.params = match.params;
    if (step.layer.route) this.#req.route = step.layer.route;
    if (step.watched.length === 0) return this.#run(step, match, error);
    this.#ask(step.watched, 0, (problem) => (problem ? this.next(error || problem) : this.#run(step, match, error)));
  }

  #run({ layer }: Step, { path }: Match, error: unknown): void {
    if (!layer.route && path !== '' && !this.#goBelow(path)) this.next(error);
    else if (error) layer.handleError(error, this.#req, this.#res, this.next);
    else layer.handleRequest(this.#req, this.#res, this.next);
  }

  /** Whether the path ends where a segment does; what is used below it then gets to see the rest of the address alone. */
  #goBelow(path: string): boolean {
    const req = this.#req;
    if (!this.#path.startsWith(path) || (this.#path[path.length] ?? '/') !== '/') return false;
    const rest = req.url.slice(path.length);
    this.#below = { path, slashed: !rest.startsWith('/') };
    req.url = this.#below.slashed ? `/${rest}` : rest;
    req.baseUrl = this.#outer.baseUrl + (path.endsWith('/') ? path.slice(0, -1) : path);
    return true;
  }

  #comeBack({ path, slashed }: Below): void {
    const req = this.#req;
    const { url } = req;
    const added = slashed && (url === '/' || url.startsWith('/?') || (path.endsWith('/') && url.startsWith('/')));
    req.url = path + (added ? url.slice(1) : url);
    req.baseUrl = this.#outer.baseUrl;
    this.#below = undefined;
  }

  /** Asks those who watch the step's parameters, once for the same value. */
  #ask(watched: Step['watched'], index: number, done: (problem?: unknown) => void): void {
    const watch = watched[index];
    if (!watch) return done();
    const [name, watchers] = watch;
    const goOn = (problem?: unknown): void => (problem ? done(problem) : this.#ask(watched, index + 1, done));
    const { params } = this.#req;
    const value: Value | undefined = params[name];
    if (value === undefined) return goOn();
    this.#asked ??= new Map();
    const known = this.#asked.get(name);
    if (known && (known.value === value || (known.problem && known.problem !== 'route'))) {
      params[name] = known.result;
      return goOn(known.problem);
    }
    const asked: Asked = { value, result: value, problem: undefined };
    this.#asked.set(name, asked);
    askAll(watchers, name, value, this.#req, this.#res, (problem) => {
      asked.result = params[name] ?? value;
      asked.problem = problem;
      goOn(problem);
    });
  }

  #leave(error?: unknown): void {
    Object.assign(this.#req, this.#outer);
    this.#out(error);
  }
}

/** Asks one after the other until one has a problem. */
function askAll(
  watchers: readonly RequestParamHandler[],
  name: string,
  value: unknown,
  req: Request,
  res: Response,
  done: (problem?: unknown) => void,
): void {
  let at = 0;
  const rejected = (reason: unknown): void => next(reason || new Error('Rejected promise'));
  const next: NextFunction = (problem?: unknown) => {
    const watcher = watchers[at++];
    if (problem || !watcher) return done(problem);
    try {
      const said: unknown = watcher(req, res, next, value, name);
      if (said instanceof Promise) said.then(undefined, rejected);
    } catch (thrown) {
      next(thrown);
    }
  };
  next();
}

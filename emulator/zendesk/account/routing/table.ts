import type { RequestParamHandler } from 'express';
import type { Engine, Layer } from './engine.ts';
import { Pattern } from './pattern.ts';

/** A layer as it is looked for. */
export interface Step {
  readonly layer: Layer;
  /** Where it stands in the router. */
  readonly order: number;
  /** A route for other methods. */
  readonly idle: boolean;
  /** Undefined: Express's own way tells whether a path fits. */
  readonly pattern: Pattern | undefined;
  /** Used without a path: everything fits. */
  readonly open: boolean;
  /** Who watches its parameters. */
  readonly watched: readonly (readonly [name: string, watchers: readonly RequestParamHandler[]])[];
}

/** What a router has for requests of one method, by the first segment of their path. */
export class Table {
  readonly #sorted = new Map<string, Step[]>();
  /** For paths with any other first segment. */
  readonly #others: Step[] = [];

  constructor(engine: Engine, method: string) {
    const steps = stepsOf(engine, method);
    for (const { pattern } of steps) if (pattern) this.#sorted.set(pattern.first, []);
    for (const step of steps) {
      const lists = step.pattern ? [this.#sorted.get(step.pattern.first)] : [...this.#sorted.values(), this.#others];
      for (const list of lists) list?.push(step);
    }
  }

  /** What may fit the path, in order. */
  stepsFor(path: string): readonly Step[] {
    const end = path.indexOf('/', 1);
    return this.#sorted.get(path.slice(1, end < 0 ? undefined : end)) ?? this.#others;
  }
}

function stepsOf({ stack, params }: Engine, method: string): Step[] {
  return stack.map((layer, order) => {
    // With HEAD, also a route that has no answer to it is tried: what watches its parameters may have one.
    const idle = layer.route !== undefined && method !== 'HEAD' && !layer.route._handlesMethod(method);
    const pattern = layer.route && Pattern.of(layer.rawPath);
    const open = !layer.route && layer.rawPath === '/';
    const names = pattern?.names ?? (open ? [] : Object.keys(params));
    const watched = names.flatMap((name) => (params[name] ? [[name, params[name]] as const] : []));
    return { layer, order, idle, pattern, open, watched };
  });
}

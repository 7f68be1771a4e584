import { createRequire } from 'node:module';
import type { Liquid, Template } from 'liquidjs';
import type * as Library from 'liquidjs';

/** Longer templates and outputs are refused: a trigger sends at most 16,000 characters anyway. */
const LONGEST_TEMPLATE = 100_000;
const LARGEST_OUTPUT = 5_000_000;
/** How long one template may run, in milliseconds. */
const LONGEST_RUN = 250;

export type Escaping = 'json' | 'none';

export interface Rendered {
  readonly text: string;
  /** Why the template could not be rendered; the text is then the template as it is. */
  readonly problem?: string;
}

/** The renderers, made when the first template asks for one: most accounts never do, and loading the library takes time. */
let loaded: Record<Escaping, Renderer> | undefined;

/** An engine and what it has read: rules render the same few templates over and over. */
interface Renderer {
  readonly engine: Liquid;
  readonly read: Map<string, Template[]>;
}

const MOST_READ = 500;

function renderer(escaping: Escaping): Renderer {
  if (!loaded) {
    // Rules run inside the transaction of a ticket's write, which cannot wait for an import.
    const library = createRequire(import.meta.url)('liquidjs') as typeof Library;
    const limits = { parseLimit: LONGEST_TEMPLATE, renderLimit: LONGEST_RUN, memoryLimit: LARGEST_OUTPUT };
    // Own templates instead of files: `{% include %}` and `{% render %}` find nothing.
    const common = { ...limits, templates: {}, jekyllInclude: false, greedy: true };
    const json = new library.Liquid({ ...common, outputEscape: asJsonText });
    loaded = { none: { engine: new library.Liquid(common), read: new Map() }, json: { engine: json, read: new Map() } };
  }
  return loaded[escaping];
}

/** Renders placeholders and Liquid. Never throws: a template that cannot be rendered stays as it is (inferred). */
export function render(template: string, scope: object, escaping: Escaping = 'none'): Rendered {
  if (!template.includes('{{') && !template.includes('{%')) return { text: template };
  try {
    const { engine, read } = renderer(escaping);
    const known = read.get(template) ?? engine.parse(template);
    if (read.size >= MOST_READ) read.clear();
    read.set(template, known);
    return { text: String(engine.renderSync(known, scope)) };
  } catch (error) {
    return { text: template, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** As part of a JSON string: quotes, backslashes and line ends escaped. */
function asJsonText(value: unknown): string {
  return JSON.stringify(String(value ?? '')).slice(1, -1);
}

import { createRequire } from 'node:module';
import type { Liquid } from 'liquidjs';
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
let loaded: Record<Escaping, Liquid> | undefined;

function engine(escaping: Escaping): Liquid {
  if (!loaded) {
    // Rules run inside the transaction of a ticket's write, which cannot wait for an import.
    const library = createRequire(import.meta.url)('liquidjs') as typeof Library;
    const limits = { parseLimit: LONGEST_TEMPLATE, renderLimit: LONGEST_RUN, memoryLimit: LARGEST_OUTPUT };
    // Own templates instead of files: `{% include %}` and `{% render %}` find nothing.
    const common = { ...limits, templates: {}, jekyllInclude: false, greedy: true };
    loaded = { none: new library.Liquid(common), json: new library.Liquid({ ...common, outputEscape: asJsonText }) };
  }
  return loaded[escaping];
}

/** Renders placeholders and Liquid. Never throws: a template that cannot be rendered stays as it is (inferred). */
export function render(template: string, scope: object, escaping: Escaping = 'none'): Rendered {
  if (!template.includes('{{') && !template.includes('{%')) return { text: template };
  try {
    return { text: engine(escaping).parseAndRenderSync(template, scope) as string };
  } catch (error) {
    return { text: template, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** As part of a JSON string: quotes, backslashes and line ends escaped. */
function asJsonText(value: unknown): string {
  return JSON.stringify(String(value ?? '')).slice(1, -1);
}

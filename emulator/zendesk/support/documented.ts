import { VENDOR_PATHS } from './vendor-paths.ts';

const LETTERS: Readonly<Record<string, string>> = { GET: 'G', HEAD: 'G', POST: 'C', PUT: 'U', PATCH: 'P', DELETE: 'D' };

interface Template {
  readonly segments: readonly string[];
  readonly methods: string;
}

/** An operation that the vendor documents; parameters of the path are `{id}`. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
}

const METHODS: readonly Operation['method'][] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

let parsed: Map<string, readonly Template[]> | undefined;

/** The vendor's template for a request under `/api/v2`, or undefined; literal segments win over parameters. */
export function documentedPath(method: string, path: string): string | undefined {
  const [root = '', ...rest] = path.split('/').filter((segment) => segment !== '');
  const letter = LETTERS[method] ?? '?';
  const matching = (templates: readonly Template[], segments: readonly string[]): Template | undefined =>
    templates
      .filter((template) => template.methods.includes(letter) && fits(template.segments, segments))
      .toSorted((a, b) => parameters(a) - parameters(b))[0];
  const own = matching(table().get(root) ?? [], rest);
  if (own) return shown([root, ...own.segments]);
  const anyRoot = matching(table().get('*') ?? [], rest);
  return anyRoot ? shown(['*', ...anyRoot.segments]) : undefined;
}

/** Every operation under `/api/v2` that the vendor documents. */
export function documentedOperations(): Operation[] {
  return [...table()].flatMap(([root, templates]) =>
    templates.flatMap(({ segments, methods }) =>
      METHODS.filter((method) => methods.includes(LETTERS[method] ?? '?')).map((method) => ({ method, path: shown([root, ...segments]) })),
    ),
  );
}

function table(): Map<string, readonly Template[]> {
  return (parsed ??= new Map(Object.entries(VENDOR_PATHS).map(([root, text]) => [root, text.split(' ').map(templateOf)])));
}

function templateOf(text: string): Template {
  const [path = '', methods = ''] = text.split(':');
  return { segments: path.split('/').filter((segment) => segment !== ''), methods };
}

function fits(template: readonly string[], segments: readonly string[]): boolean {
  return template.length === segments.length && template.every((part, index) => part === '*' || part === segments[index]);
}

function parameters(template: Template): number {
  return template.segments.filter((segment) => segment === '*').length;
}

function shown(segments: readonly string[]): string {
  return `/${segments.map((segment) => (segment === '*' ? '{id}' : segment)).join('/')}`;
}

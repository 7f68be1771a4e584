import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentedPath } from './documented.ts';
import { supportRouter } from './routes/router.ts';
import { SURFACE } from './surface.ts';
import { testSupport } from './testing/test-support.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

interface Mounted {
  readonly stack?: readonly Layer[];
}

interface Layer {
  readonly handle: Mounted;
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
}

/** The routes that the router really has, written as the surface writes them. */
function mounted({ stack = [] }: Mounted = supportRouter(testSupport().support) as unknown as Mounted): string[] {
  return stack.flatMap(({ route, handle }) => {
    if (!route) return mounted(handle);
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    return Object.keys(route.methods).map((method) => `${method.toUpperCase()} ${path}`);
  });
}

describe('the surface', () => {
  it('lists exactly what is mounted', () => {
    expect(SURFACE.map((row) => `${row.method} ${row.path}`).toSorted()).toEqual(mounted().toSorted());
  });

  it('names tests that exist', () => {
    const tests = new Set(SURFACE.flatMap((row) => row.tests));
    expect([...tests].filter((test) => !existsSync(resolve(ROOT, test)))).toEqual([]);
    expect(SURFACE.filter((row) => row.tests.length === 0)).toEqual([]);
  });

  it('says what is missing where it is partial, and only there', () => {
    expect(SURFACE.filter((row) => (row.note !== undefined) !== (row.status === 'partial'))).toEqual([]);
  });

  it('holds nothing that the vendor does not document', () => {
    expect(SURFACE.filter((row) => documentedPath(row.method, row.path.replace(/\{\w+\}/g, '1')) === undefined)).toEqual([]);
  });
});

import { execFile } from 'node:child_process';
import { cpSync, globSync, mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';

const ROOT = resolve(import.meta.dirname, '../..');
/** What the package is not made of. `dist` above all: somebody may be using it, or it may be old. */
const LEFT_OUT = new Set(['.git', 'node_modules', 'dist', 'test', 'docker', 'ringback-report', 'coverage', '.vitest']);

const run = promisify(execFile);

/** The environment of somebody who has nothing to do with this test run. */
export function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST|NODE_ENV$|NODE_OPTIONS$|RINGBACK_)/i.test(name)),
  );
}

/** A project that has Ringback in its `node_modules`, as `npm install` would leave it. */
export interface Project {
  readonly folder: string;
  /** Where the package lies. */
  readonly ringback: string;
  /** Its files, relative to it. */
  readonly files: readonly string[];
}

/**
 * Packs a copy of the working tree, which compiles it on the way, and unpacks what would be published into a new project. Nothing comes from
 * a registry: what the package says that it depends on, and nothing else, is linked from here.
 */
export async function install(place: string): Promise<Project> {
  const [copy, folder] = [join(place, 'copy'), join(place, 'project')];
  cpSync(ROOT, copy, { recursive: true, filter: (file) => !LEFT_OUT.has(relative(ROOT, file)) });
  const modules = realpathSync(join(ROOT, 'node_modules'));
  symlinkSync(modules, join(copy, 'node_modules'), 'junction');
  await run('npm', ['pack', '--ignore-scripts=false', '--pack-destination', place], { cwd: copy, env: environment() });
  const [tarball = 'none'] = globSync(join(place, '*.tgz'));

  const ringback = join(folder, 'node_modules', 'ringback');
  mkdirSync(ringback, { recursive: true });
  await run('tar', ['-xzf', tarball, '-C', ringback, '--strip-components=1']);
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(ringback, 'package.json'), 'utf8')) as Record<string, object>;
  for (const name of Object.keys({ ...dependencies, ...peerDependencies })) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(modules, name), link, 'junction');
  }
  writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}\n');
  const files = globSync('**/*', { cwd: ringback, withFileTypes: true }).filter((entry) => entry.isFile());
  return { folder, ringback, files: files.map((entry) => relative(ringback, join(entry.parentPath, entry.name))) };
}

#!/usr/bin/env node
// The package's command. A launcher in plain JavaScript, because Node runs no TypeScript inside node_modules: there, and
// wherever the sources are not beside it, it starts what `npm run build` compiled; in the repository it starts the sources.
import { existsSync } from 'node:fs';
import module from 'node:module';

const LEAST = [22, 18];
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < LEAST[0] || (major === LEAST[0] && minor < LEAST[1])) {
  const inRepository = existsSync(new URL('./main.ts', import.meta.url));
  const remedy = inRepository
    ? 'run `npm ci` with install scripts allowed: it brings the right Node along'
    : 'use a newer Node, or add the npm package "node" beside ringback';
  process.stderr.write(`ringback: needs Node ${LEAST.join('.')} or newer, this is ${process.versions.node}; ${remedy}\n`);
  process.exitCode = 1;
} else {
  module.enableCompileCache?.();
  const installed = import.meta.url.includes('/node_modules/');
  const sources = new URL('./main.ts', import.meta.url);
  const compiled = new URL('../../dist/harness/cli/main.js', import.meta.url);
  const { main } = await import(!installed && existsSync(sources) ? sources.href : compiled.href);
  await main(process.argv);
}

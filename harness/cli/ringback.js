#!/usr/bin/env node
// The package's command. A launcher in plain JavaScript, because Node runs no TypeScript inside node_modules: there, and
// wherever the sources are not beside it, it starts what `npm run build` compiled; in the repository it starts the sources.
import { existsSync } from 'node:fs';
import module from 'node:module';
import { complaintAboutNode } from './node-version.js';

const complaint = complaintAboutNode();
if (complaint) {
  process.stderr.write(`${complaint}\n`);
  process.exitCode = 1;
} else {
  module.enableCompileCache?.();
  const sources = new URL('./main.ts', import.meta.url);
  const fromSource = !import.meta.url.includes('/node_modules/') && existsSync(sources);
  // `ringback.config.ts` of the repository imports `ringback`: the sources, too, however the launcher was started.
  if (fromSource) {
    module.registerHooks({
      resolve: (specifier, context, next) => next(specifier, { ...context, conditions: [...context.conditions, 'ringback-source'] }),
    });
  }
  const { main } = await import(fromSource ? sources.href : new URL('../../dist/harness/cli/main.js', import.meta.url).href);
  await main(process.argv);
}

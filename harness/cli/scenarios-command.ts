import { Command } from 'commander';
import { StartupError } from '../bridge/startup-error.ts';
import { whenOrphaned } from './orphan-guard.ts';

export function scenariosCommand(): Command {
  return new Command('scenarios')
    .description('run scenarios against the bridge that ringback.config.ts names')
    .argument('[filters...]', 'only files whose path contains one of these')
    .allowUnknownOption()
    .addHelpText(
      'after',
      `
  --config <file>       instead of the ringback.config.ts of this directory

Every other option is vitest's (npx vitest --help lists them):
  -t <name>             only scenarios whose name contains this
  --watch               again whenever a file changes
  --shard=1/3           a part of the files, to run several parts at once
  --reporter=default --reporter=junit --outputFile=junit.xml
                        for CI: the usual output, and a JUnit file

The HTML report goes to ringback-report (\`report.dir\` of the configuration, or RINGBACK_REPORT_DIR).
docs/scenarios.md describes ringback.config.ts and what scenarios can say.`,
    )
    .action(async (args: string[]) => {
      refuseVitest(await import('vitest/node').catch(() => undefined));
      const { runScenarios } = await import('../scenario/run.ts');
      // Somebody who reads no further, as `| head` does, ends what is said, not the run.
      process.stdout.on('error', () => {});
      // Emulator and bridge end with this process, whatever ends it.
      whenOrphaned(() => process.exit(143));
      process.exitCode = await runScenarios(args);
    });
}

/** The oldest vitest that will do (see `peerDependencies`); npm on an old Node installs an older one all the same. */
const VITEST = 5;

/** @throws StartupError when vitest is missing or too old */
export function refuseVitest(vitest: { readonly version: string } | undefined): void {
  if (vitest && Number.parseInt(vitest.version) >= VITEST) return;
  throw new StartupError({
    what: `Scenarios run on vitest ${VITEST}, ${vitest ? `but ${vitest.version} is installed` : 'which is not installed'}.`,
    toDo: `npm install --save-dev vitest@${VITEST}`,
  });
}

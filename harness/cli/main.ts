import { createRequire, enableCompileCache } from 'node:module';
import { Command, CommanderError } from 'commander';
import { failed } from './failed.ts';
import { scenariosCommand } from './scenarios-command.ts';
import { upCommand } from './up-command.ts';

/** Runs the command line. `argv` as `process.argv`. What goes wrong is one line on standard error and exit code 1. */
export async function main(argv: readonly string[]): Promise<void> {
  enableCompileCache();
  const program = new Command('ringback')
    .description('A local Zendesk and telephone network to test voice bridges against.')
    .version((createRequire(import.meta.url)('ringback/package.json') as { version: string }).version)
    .enablePositionalOptions()
    .addCommand(upCommand())
    .addCommand(scenariosCommand())
    .showHelpAfterError('(ringback --help lists the commands, ringback COMMAND --help their options)');
  for (const command of [program, ...program.commands]) command.exitOverride();
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    // Commander has said what is wrong; asking for help is nothing wrong.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 1;
    else failed(error);
  }
}

if (import.meta.main) await main(process.argv);

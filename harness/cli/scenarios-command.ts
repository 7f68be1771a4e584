import { Command } from 'commander';

export function scenariosCommand(): Command {
  return new Command('scenarios')
    .description('run scenarios against the bridge that ringback.config.ts names; options and filters are those of vitest')
    .argument('[vitest...]', 'file filters and vitest options: -t NAME, --reporter=junit, --shard=1/2, --watch …')
    .allowUnknownOption()
    .passThroughOptions()
    .helpOption('--help-ringback', 'show this help')
    .action(async (args: string[]) => {
      const { runScenarios } = await import('../scenario/run.ts');
      process.exitCode = await runScenarios(args);
    });
}

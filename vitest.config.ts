import { defineConfig } from 'vitest/config';
import { SkippedReporter } from './test/setup/skipped-reporter.ts';

export default defineConfig({
  resolve: { conditions: ['ringback-source'] },
  ssr: { resolve: { conditions: ['ringback-source'] } },
  test: {
    include: ['emulator/**/*.test.ts', 'harness/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'dist/**'],
    execArgv: ['--conditions=ringback-source'],
    pool: 'forks',
    reporters: ['default', ...(process.env['GITHUB_ACTIONS'] === 'true' ? ['github-actions'] : []), new SkippedReporter()],
    setupFiles: ['test/setup/second-parser.ts', 'test/setup/frozen-documents.ts', 'test/setup/described-answers.ts'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});

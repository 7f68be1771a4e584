import { describe, expect, it } from 'vitest';
import { SURFACE } from '../../emulator/zendesk/support/surface.ts';
import { testServer } from '../../emulator/zendesk/support/testing/test-server.ts';
import { AnswerCheck, type Exchange, MISSING } from './answers.ts';
import { driveSupport } from './support-drive.ts';
import { EXCEPTIONS } from './support-exceptions.ts';

async function drive(): Promise<Exchange[]> {
  await using server = await testServer();
  return await driveSupport(server);
}

/** Documented in prose only: the vendor's description knows nothing of them. */
const PROSE_ONLY = /^\/api\/v2\/(business_hours|help_center|guide)\//;

describe('the driven run', () => {
  it('uses every operation of the surface and never meets a 500', async () => {
    const exchanges = await drive();
    const used = (method: string, path: string): boolean => {
      const pattern = new RegExp(`^/api/v2${path.replace(/\{\w+\}/g, '[^/]+')}$`);
      return exchanges.some((exchange) => exchange.method === method && exchange.status < 300 && pattern.test(exchange.path));
    };
    expect(SURFACE.filter((row) => !used(row.method, row.path)).map((row) => `${row.method} ${row.path}`)).toEqual([]);
    expect(exchanges.filter(({ status }) => status >= 500)).toEqual([]);
    // Whatever a request names by what an earlier one answered was answered.
    expect(exchanges.filter(({ path }) => path.includes('undefined'))).toEqual([]);
  });
});

describe.skipIf(MISSING !== undefined)(
  `answers against the vendor’s description${MISSING === undefined ? '' : ` (skipped: ${MISSING})`}`,
  () => {
    it('deviate only where recordings do', async () => {
      const check = new AnswerCheck();
      for (const exchange of await drive()) {
        const { method, path } = exchange;
        if (PROSE_ONLY.test(path)) continue;
        expect(check.describes(method, path), `${method} ${path} is in the description`).toBe(true);
        check.read(exchange);
      }
      expect([...check.unexplained]).toEqual([]);
      expect(
        EXCEPTIONS.filter((exception) => !check.usedExceptions.has(exception)).map(({ why }) => why),
        'exceptions that nothing needs any more',
      ).toEqual([]);
    });
  },
);

import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SURFACE } from '../../emulator/zendesk/support/surface.ts';
import { testServer } from '../../emulator/zendesk/support/testing/test-server.ts';
import { type OpenApi, Oracle } from './open-api.ts';
import { driveSupport, type Exchange } from './support-drive.ts';
import { EXCEPTIONS, exceptionFor } from './support-exceptions.ts';

const SHARED = resolve(process.env['RINGBACK_SHARED'] ?? '../shared');
const DESCRIPTION = resolve(SHARED, 'reference/zendesk-support.oas.json');

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

/** The vendor's description is no part of Ringback: where it is missing this is skipped and says so. */
const there = existsSync(DESCRIPTION);
const hint = there ? '' : ` (skipped: there is no ${DESCRIPTION}; set RINGBACK_SHARED to the folder that holds reference/)`;

describe.skipIf(!there)(`answers against the vendor’s description${hint}`, () => {
  it('deviate only where recordings do', async () => {
    const oracle = new Oracle(JSON.parse(readFileSync(DESCRIPTION, 'utf8')) as OpenApi);
    const used = new Set<(typeof EXCEPTIONS)[number]>();
    const unexplained = new Set<string>();
    for (const { method, path, status, body } of await drive()) {
      if (PROSE_ONLY.test(path)) continue;
      const template = oracle.template(method, path);
      expect(template, `${method} ${path} is not in the description`).toBeDefined();
      for (const deviation of oracle.deviations(method, template ?? '', status, body)) {
        const exception = exceptionFor(deviation);
        if (exception) used.add(exception);
        else unexplained.add(`${deviation.operation}: ${deviation.at} ${deviation.rule}: ${deviation.detail}`);
      }
    }
    expect([...unexplained]).toEqual([]);
    expect(
      EXCEPTIONS.filter((exception) => !used.has(exception)).map(({ why }) => why),
      'exceptions that nothing needs any more',
    ).toEqual([]);
  });
});

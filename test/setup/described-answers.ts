import { ServerResponse } from 'node:http';
import { afterAll, expect } from 'vitest';
import type { Exchange } from '../compliance/answers.ts';

/**
 * Setup of every test file: what the REST API answers in it is held against the vendor's description, so that an answer is not
 * right only where the driven run (support-contract.test.ts) asks for it. Exceptions are those of support-exceptions.ts.
 *
 * Read is every JSON answer below `/api/v2` for an account, of each emulator in the test's own process. Not read are answers of 500
 * and above (a test's own breakage, or "not emulated", of which the vendor knows nothing), paths that neither the description has nor the
 * reconstruction of the webhooks API, what random damage is answered with (it gives back what was sent), and emulators that a test starts
 * as programs.
 */
const answers: (Omit<Exchange, 'body'> & { readonly text: string })[] = [];
const PATH = /\/api\/v2\/[^?]*/;
const METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);

type End = (this: ServerResponse, ...args: unknown[]) => ServerResponse;

const end = ServerResponse.prototype.end as End; // oxlint-disable-line typescript/unbound-method
ServerResponse.prototype.end = function (...args: unknown[]): ServerResponse {
  keep(this, args[0]);
  return end.apply(this, args);
} as End;

function keep(response: ServerResponse & { locals?: { account?: unknown } }, text: unknown): void {
  const { req, statusCode: status } = response;
  if (!response.locals?.account || !METHODS.has(req.method ?? '') || status === 304 || status >= 500) return;
  const path = PATH.exec((req as { originalUrl?: string }).originalUrl ?? '')?.[0]
    .replace(/\/$/, '')
    .replace(/\.json$/, '');
  if (path === undefined || (typeof text !== 'string' && text !== undefined)) return;
  answers.push({ method: req.method ?? '', path, status, text: text ?? '' });
}

const RANDOM_DAMAGE = /test\/compliance\/generated\//;

afterAll(async () => {
  if (answers.length === 0 || RANDOM_DAMAGE.test(expect.getState().testPath ?? '')) return;
  const { AnswerCheck, MISSING } = await import('../compliance/answers.ts');
  if (MISSING !== undefined) return;
  const check = new AnswerCheck();
  for (const { text, ...answer } of answers) check.read({ ...answer, body: text === '' ? null : (JSON.parse(text) as unknown) });
  answers.length = 0;
  if (check.unexplained.size > 0)
    throw new Error(`the vendor's description does not allow what was answered here:\n\n${[...check.unexplained].join('\n')}`);
});

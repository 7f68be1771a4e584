import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Contract, CONTRACT_MISSING } from '../../emulator/zendesk/webhooks/testing/contract.ts';
import { type OpenApi, Oracle } from './open-api.ts';
import { type Exception, exceptionFor } from './support-exceptions.ts';

/** One answer of the REST API. */
export interface Exchange {
  readonly method: string;
  /** With `/api/v2`, without `.json` and query. */
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
}

const DESCRIPTION = resolve(process.env['RINGBACK_SHARED'] ?? '../shared', 'reference/zendesk-support.oas.json');

/** The vendor's description is no part of Ringback: where it is missing nothing is checked. */
export const MISSING = existsSync(DESCRIPTION)
  ? undefined
  : `there is no ${DESCRIPTION}; set RINGBACK_SHARED to the folder that holds reference/`;

/** What answers do that neither the vendor's description nor a listed exception allows. */
export class AnswerCheck {
  readonly #oracle = new Oracle(JSON.parse(readFileSync(DESCRIPTION, 'utf8')) as OpenApi);
  /** The webhooks API, of which there is a reconstruction. */
  readonly #webhooks = CONTRACT_MISSING === undefined ? new Contract() : undefined;
  readonly usedExceptions = new Set<Exception>();
  readonly unexplained = new Set<string>();

  describes(method: string, path: string): boolean {
    return this.#oracle.template(method, path) !== undefined;
  }

  /** Paths that nobody describes are passed over; so are errors of the webhooks API, most of which are in no source. */
  read({ method, path, status, body }: Exchange): void {
    if (path.startsWith('/api/v2/webhooks') && status < 300) {
      const problems = this.#webhooks?.problems(method, path, status, body ?? undefined) ?? [];
      for (const problem of problems) this.unexplained.add(`${method} ${path}: ${problem}`);
    }
    const template = this.#oracle.template(method, path);
    if (template === undefined) return;
    for (const deviation of this.#oracle.deviations(method, template, status, body)) {
      const exception = exceptionFor(deviation);
      if (exception) this.usedExceptions.add(exception);
      else this.unexplained.add(`${deviation.operation} ${status}: ${deviation.at} ${deviation.rule}: ${deviation.detail}`);
    }
  }
}

import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';

/** Where the shared reference files lie; they are not part of the repository. */
const FILE = join(resolve(process.env['RINGBACK_SHARED'] ?? '../shared'), 'reference', 'zendesk-webhooks.oas.json');

export const CONTRACT_MISSING = existsSync(FILE)
  ? undefined
  : `${FILE} is missing: set RINGBACK_SHARED to the folder that holds reference/`;

interface Operation {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>>;
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: object;
}

/** Checks responses against the reconstructed description of the webhooks API. */
export class Contract {
  readonly #description = JSON.parse(readFileSync(FILE, 'utf8')) as Description;
  readonly #ajv = new Ajv({ strict: false, formats: { 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/ } });
  readonly #checks = new Map<string, ValidateFunction>();

  /** Every operation as `METHOD /path`. */
  get operations(): string[] {
    return Object.entries(this.#description.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
  }

  /** What is wrong with a response; empty when it fits. */
  problems(method: string, path: string, status: number, body: unknown): string[] {
    const template = Object.keys(this.#description.paths)
      .toSorted((a, b) => a.split('{').length - b.split('{').length)
      .find((candidate) => new RegExp(`^${candidate.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(path));
    const operation = template && this.#description.paths[template]?.[method.toLowerCase()];
    if (!operation) return [`${method} ${path} is not described`];
    const response = operation.responses[String(status)];
    if (!response) return [`${method} ${template} does not describe a ${status}`];
    const schema = response.content?.['application/json']?.schema;
    if (!schema) return body === undefined ? [] : [`${method} ${template} ${status} has no body`];
    const check = this.#check(`${method} ${template} ${status}`, schema);
    return check(body) ? [] : (check.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
  }

  #check(name: string, schema: object): ValidateFunction {
    let check = this.#checks.get(name);
    if (!check) {
      check = this.#ajv.compile({ ...schema, components: this.#description.components });
      this.#checks.set(name, check);
    }
    return check;
  }
}

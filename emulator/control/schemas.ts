import { createRequire } from 'node:module';
import type { ValidateFunction } from 'ajv';
import { controlErrors } from './errors.ts';

/** The schemas of docs/control-api.md, by name. */
export const SCHEMA_NAMES = [
  'script',
  'call',
  'journey',
  'journal-entry',
  'seed',
  'agent',
  'fault',
  'settings',
  'snapshot',
  'request',
  'up',
] as const;
export type SchemaName = (typeof SCHEMA_NAMES)[number];

const require = createRequire(import.meta.url);

/** A schema as it lies in `schemas/`, which the package exports. */
export function readSchema(name: SchemaName): Record<string, unknown> {
  return require(`ringback/schemas/${name}.schema.json`) as Record<string, unknown>;
}

async function createValidator() {
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  return new Ajv2020({
    schemas: SCHEMA_NAMES.map(readSchema),
    allErrors: false,
    // Errors bring the schema that refused: it has the names that are known.
    verbose: true,
    allowUnionTypes: true,
    strictRequired: false,
    discriminator: false,
  });
}

let validator: ReturnType<typeof createValidator> | undefined;

/** The compiled check of a schema, or of a part of it (`up#/$defs/accountView`). Loads ajv on first use: starting must be quick. */
export async function schemaCheck(reference: string): Promise<ValidateFunction> {
  const ajv = await (validator ??= createValidator());
  const check = ajv.getSchema(`ringback:${reference}`);
  if (!check) throw new Error(`there is no schema "${reference}"`);
  return check as ValidateFunction;
}

/** @returns the body, known to fit. @throws ControlError `invalid_body` naming the property and what was expected. */
export async function fitting<Body>(name: string, body: unknown): Promise<Body> {
  const problem = await misfit(name, body);
  if (problem !== undefined) throw controlErrors.invalidBody(name, problem);
  return body as Body;
}

/** Why the value does not fit the schema; undefined when it does. */
export async function misfit(name: string, value: unknown): Promise<string | undefined> {
  const check = await schemaCheck(name);
  return check(value) ? undefined : explain(check, value);
}

/** The error that lies deepest: the nearest miss among alternatives. */
async function explain(check: ValidateFunction, body: unknown): Promise<string> {
  const depth = (path: string): number => path.split('/').length;
  const errors = check.errors ?? [];
  const deepest = Math.max(...errors.map((error) => depth(error.instancePath)));
  const error = errors.find((candidate) => depth(candidate.instancePath) === deepest && candidate.keyword !== 'oneOf') ?? errors[0];
  if (!error) return 'it was refused';
  const where = error.instancePath === '' ? (body === undefined ? 'the body' : 'it') : error.instancePath.slice(1).replaceAll('/', '.');
  const params = error.params as { additionalProperty?: string; unevaluatedProperty?: string; allowedValues?: unknown[] };
  const odd = params.additionalProperty ?? params.unevaluatedProperty;
  if (odd !== undefined) return `${where} has a property "${odd}" that it does not know${await hint(odd, error.parentSchema ?? {})}`;
  const missing = errors.filter((other) => other.keyword === 'required' && other.instancePath === error.instancePath);
  if (missing.length > 1) {
    const names = missing.map((other) => (other.params as { missingProperty: string }).missingProperty);
    return `${where} must have one of the properties ${names.join(', ')}`;
  }
  if (params.allowedValues) return `${where} must be one of ${params.allowedValues.map((value) => JSON.stringify(value)).join(', ')}`;
  return `${where} ${withArticle(error.message ?? 'was refused')}`;
}

const MOST_LISTED = 6;

/** Loads what finds it on first use. */
async function hint(odd: string, schema: object): Promise<string> {
  const [{ nearest }, known] = await Promise.all([import('./nearest.ts'), propertyNames(schema)]);
  const near = nearest(odd, known);
  if (near !== undefined) return `; did you mean "${near}"?`;
  return known.length > 0 && known.length <= MOST_LISTED ? `; it knows ${known.join(', ')}` : '';
}

/** Reads the names of the properties that an object schema knows, those of the schemas that it is made of included. */
async function propertyNames(schema: object): Promise<string[]> {
  const ajv = await (validator ??= createValidator());
  const namesOf = (schema: { properties?: object; allOf?: { $ref?: string }[] }): string[] => [
    ...Object.keys(schema.properties ?? {}),
    ...(schema.allOf ?? []).flatMap(({ $ref = '' }) => namesOf((ajv.getSchema($ref)?.schema ?? {}) as object)),
  ];
  return namesOf(schema);
}

/** "must be object" of ajv, as people say it. */
const withArticle = (message: string): string =>
  message.replace(/^must be (?=(?:object|array|integer)$)/, '$&an ').replace(/^must be (?=(?:string|number|boolean)$)/, '$&a ');

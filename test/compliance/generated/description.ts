import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

interface Media {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

interface Parameter {
  readonly $ref?: string;
  readonly name?: string;
  readonly in?: string;
  readonly schema?: Schema;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Media;
  readonly responses?: Readonly<Record<string, Media>>;
}

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>> & { readonly parameters?: readonly Parameter[] }>>;
  readonly components: {
    readonly schemas?: Readonly<Record<string, Schema>>;
    readonly parameters?: Readonly<Record<string, Parameter>>;
  };
}

const REFERENCE = resolve(process.env['RINGBACK_SHARED'] ?? '../shared', 'reference');

/** What an operation takes, as far as anybody describes it. */
export interface Described {
  readonly query: readonly { readonly name: string; readonly schema: Schema }[];
  readonly body: Schema | undefined;
}

/** The vendor's descriptions. They are no part of Ringback: where they are missing nothing is described. */
export class Descriptions {
  readonly #apis: OpenApi[];

  constructor() {
    const files = ['zendesk-support.oas.json', 'zendesk-webhooks.oas.json'].map((name) => resolve(REFERENCE, name));
    this.#apis = files.filter((file) => existsSync(file)).map((file) => JSON.parse(readFileSync(file, 'utf8')) as OpenApi);
  }

  /** Half of the writes are described by their answer only: what is written is what is read, less what is read-only. */
  of(method: string, path: string): Described {
    for (const api of this.#apis) {
      const template = Object.keys(api.paths).find((known) => plain(known) === plain(`/api/v2${path}`));
      const item = template === undefined ? undefined : api.paths[template];
      const operation = item?.[method.toLowerCase()] as Operation | undefined;
      if (!item || !operation) continue;
      const answer = Object.entries(operation.responses ?? {}).find(([status]) => status.startsWith('2'))?.[1];
      const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((one) => this.#parameter(api, one));
      return {
        query: parameters.flatMap(({ name, schema, in: place }) => (place === 'query' && name ? [{ name, schema: schema ?? {} }] : [])),
        body: schemaOf(operation.requestBody) ?? schemaOf(answer),
      };
    }
    return { query: [], body: undefined };
  }

  /** A schema with its reference followed, alternatives decided by `pick` and parts joined. */
  plain(schema: Schema, pick: <T>(items: readonly T[]) => T): Schema {
    if (schema.$ref !== undefined) {
      const name = schema.$ref.split('/').at(-1) ?? '';
      const target = this.#apis.map((api) => api.components.schemas?.[name]).find((found) => found !== undefined);
      return target ? this.plain(target, pick) : {};
    }
    const alternatives = schema.oneOf ?? schema.anyOf;
    if (alternatives && alternatives.length > 0) return this.plain(pick(alternatives), pick);
    if (!schema.allOf) return schema;
    const parts = schema.allOf.map((part) => this.plain(part, pick));
    return {
      type: 'object',
      properties: Object.assign({}, schema.properties, ...parts.map((part) => part.properties)) as Schema['properties'] & object,
    };
  }

  #parameter(api: OpenApi, parameter: Parameter): Parameter {
    if (parameter.$ref === undefined) return parameter;
    return api.components.parameters?.[parameter.$ref.split('/').at(-1) ?? ''] ?? {};
  }
}

function schemaOf(media: Media | undefined): Schema | undefined {
  return Object.values(media?.content ?? {})[0]?.schema;
}

/** Parameters have other names here and there. */
function plain(path: string): string {
  return path.replace(/\.json$/, '').replaceAll(/\{\w+\}/g, '{}');
}

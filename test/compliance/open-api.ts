import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';

/** A vendor's OpenAPI 3.0 description, as far as checking answers needs it. */
export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

interface Operation {
  readonly responses?: Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }>>;
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: boolean | Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** What an answer does that the description does not say: `GET /tickets tickets/[]/recipient type`. */
export interface Deviation {
  readonly operation: string;
  /** Property path in the body, array positions as `[]`; empty for the answer as a whole. */
  readonly at: string;
  /** The schema keyword that it breaks, `undeclared` property or undeclared `status`. */
  readonly rule: string;
  readonly detail: string;
}

/** Checks answers against the description. */
export class Oracle {
  readonly #api: OpenApi;
  readonly #ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, logger: false });
  readonly #compiled = new Map<Schema, ValidateFunction>();

  constructor(api: OpenApi) {
    this.#api = api;
    this.#ajv.addSchema({ $id: 'vendor', components: relocated(api.components) });
  }

  /** The template of a path under `/api/v2`, literal segments before parameters. */
  template(method: string, path: string): string | undefined {
    const segments = path.split('/');
    const fits = (template: string): boolean => {
      const parts = template.replace(/\.json$/, '').split('/');
      return parts.length === segments.length && parts.every((part, index) => part.startsWith('{') || part === segments[index]);
    };
    const parameters = (template: string): number => template.split('{').length;
    return Object.keys(this.#api.paths)
      .filter((template) => this.#api.paths[template]?.[method.toLowerCase()] && fits(template))
      .toSorted((a, b) => parameters(a) - parameters(b))[0];
  }

  deviations(method: string, template: string, status: number, body: unknown): Deviation[] {
    const operation = `${method} ${template.replace('/api/v2', '')}`;
    const declared = this.#api.paths[template]?.[method.toLowerCase()]?.responses?.[String(status)];
    if (!declared) return [{ operation, at: '', rule: 'status', detail: String(status) }];
    const schema = Object.values(declared.content ?? {})[0]?.schema;
    if (!schema || body === null) return [];
    const validate = this.#check(schema);
    validate(body);
    const broken = (validate.errors ?? []).filter((error) => error.keyword !== 'anyOf' && error.keyword !== 'oneOf');
    const extra = [...undeclared(this.#api, [schema], body, '')];
    return [
      ...broken.map((error) => ({ operation, at: placeOf(error), rule: error.keyword, detail: error.message ?? '' })),
      ...extra.map((at) => ({ operation, at, rule: 'undeclared', detail: 'property is not in the description' })),
    ];
  }

  #check(schema: Schema): ValidateFunction {
    const known = this.#compiled.get(schema);
    if (known) return known;
    const made = this.#ajv.compile(relocated(schema) as object);
    this.#compiled.set(schema, made);
    return made;
  }
}

function placeOf(error: ErrorObject): string {
  return error.instancePath.slice(1).replace(/(^|\/)\d+(?=\/|$)/g, '$1[]');
}

/** References into the description made absolute, so that a schema taken out of it still resolves. */
function relocated(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll('"#/components/', '"vendor#/components/')) as unknown;
}

/** Places of properties that no alternative of the schema names. */
function* undeclared(api: OpenApi, schemas: readonly Schema[], value: unknown, at: string): Generator<string> {
  const all = schemas.flatMap((schema) => alternatives(api, schema));
  if (Array.isArray(value)) {
    const items = all.flatMap((schema) => schema.items ?? []);
    const places = new Set(items.length === 0 ? [] : value.flatMap((each) => [...undeclared(api, items, each, `${at}[]/`)]));
    yield* places;
  } else if (typeof value === 'object' && value !== null) {
    const known = all.filter((schema) => schema.properties);
    if (known.length === 0 || all.some((schema) => schema.additionalProperties)) return;
    for (const [name, inner] of Object.entries(value)) {
      const next = known.flatMap((schema) => schema.properties?.[name] ?? []);
      if (next.length === 0) yield at + name;
      else yield* undeclared(api, next, inner, `${at}${name}/`);
    }
  }
}

function alternatives(api: OpenApi, schema: Schema): Schema[] {
  const name = schema.$ref?.split('/').at(-1);
  const target = name === undefined ? schema : api.components.schemas[name];
  if (!target) return [];
  return [
    target,
    ...[...(target.allOf ?? []), ...(target.anyOf ?? []), ...(target.oneOf ?? [])].flatMap((each) => alternatives(api, each)),
  ];
}

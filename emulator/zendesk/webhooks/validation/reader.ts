/** Reads properties of a JSON object and gathers what is wrong with them. */
export class Reader {
  readonly problems: string[] = [];
  readonly #from: Readonly<Record<string, unknown>>;

  constructor(from: unknown) {
    this.#from = isObject(from) ? from : {};
  }

  has(name: string): boolean {
    return this.#from[name] !== undefined;
  }

  raw(name: string): unknown {
    return this.#from[name];
  }

  complain(problem: string): undefined {
    this.problems.push(problem);
    return undefined;
  }

  /** Undefined when absent or null. */
  text(name: string): string | undefined {
    const value = this.#from[name];
    if (value === undefined || value === null) return undefined;
    return typeof value === 'string' ? value : this.complain(`${name} must be a string`);
  }

  oneOf<Value extends string>(name: string, values: readonly Value[]): Value | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    return values.find((known) => known === value) ?? this.complain(`${name} must be one of ${values.join(', ')}`);
  }

  texts(name: string): string[] | undefined {
    const value = this.#from[name];
    if (value === undefined || value === null) return undefined;
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
    return this.complain(`${name} must be a list of strings`);
  }

  object(name: string): Readonly<Record<string, unknown>> | undefined {
    const value = this.#from[name];
    if (value === undefined || value === null) return undefined;
    return isObject(value) ? value : this.complain(`${name} must be an object`);
  }

  require(names: readonly string[]): void {
    for (const name of names) if (this.#from[name] === undefined || this.#from[name] === null) this.complain(`${name} is required`);
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

interface Node<Value> {
  readonly literal: Map<string, Node<Value>>;
  /** `{id}`: digits. */
  id?: Node<Value>;
  /** `*`: any one segment. */
  any?: Node<Value>;
  /** `**`: whatever follows, nothing included. */
  rest?: Map<string, Value>;
  readonly values: Map<string, Value>;
}

/** A value for each operation, looked up by method and path. Literal segments win over `{id}`, `{id}` over `*`, all over `**`. */
export class RouteTable<Value> {
  readonly #root: Node<Value> = node();

  /** @param operation `GET /tickets/{id}`; several methods have spaces between them. */
  add(operation: string, value: Value): this {
    const words = operation.trim().split(/\s+/);
    const path = words.pop() ?? '/';
    let at = this.#root;
    const segments = path.split('/').filter((segment) => segment !== '');
    const open = segments.at(-1) === '**';
    for (const segment of open ? segments.slice(0, -1) : segments) at = child(at, segment);
    const values = open ? (at.rest ??= new Map()) : at.values;
    for (const method of words) values.set(method, value);
    return this;
  }

  /** HEAD is looked up as GET. */
  find(method: string, path: string): Value | undefined {
    return search(this.#root, method === 'HEAD' ? 'GET' : method, path, 1);
  }
}

function node<Value>(): Node<Value> {
  return { literal: new Map(), values: new Map() };
}

function child<Value>(parent: Node<Value>, segment: string): Node<Value> {
  if (segment === '{id}') return (parent.id ??= node());
  if (segment === '*') return (parent.any ??= node());
  const known = parent.literal.get(segment);
  if (known) return known;
  const fresh = node<Value>();
  parent.literal.set(segment, fresh);
  return fresh;
}

/** The value below a node for the path from position `at` on, which is just behind a slash. */
function search<Value>(from: Node<Value>, method: string, path: string, at: number): Value | undefined {
  if (at >= path.length) return from.values.get(method) ?? from.rest?.get(method);
  const slash = path.indexOf('/', at);
  const end = slash < 0 ? path.length : slash;
  const segment = path.slice(at, end);
  const literal = from.literal.get(segment);
  const found = literal && search(literal, method, path, end + 1);
  if (found !== undefined) return found;
  const byId = from.id && digits(segment) ? search(from.id, method, path, end + 1) : undefined;
  if (byId !== undefined) return byId;
  const byAny = from.any && search(from.any, method, path, end + 1);
  return byAny ?? from.rest?.get(method);
}

function digits(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) return false;
  }
  return text !== '';
}

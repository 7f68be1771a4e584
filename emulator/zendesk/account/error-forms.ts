import { RouteTable } from './access/route-table.ts';
import { ApiError } from './errors.ts';

/** `list`: `errors` with `code` and `title`, as newer services have it; `text`: `error` is no object. */
export type ErrorForm = 'list' | 'text';

/** Which operations answer their errors in one form, whatever form those have elsewhere. */
export class ErrorForms {
  readonly #forms = new RouteTable<ErrorForm>();

  /** @param operations as in `RouteTable.add`, below `/api/v2` */
  add(form: ErrorForm, operations: readonly string[]): void {
    for (const operation of operations) this.#forms.add(operation, form);
  }

  /** The error as the operation answers it. */
  formed(error: ApiError, method: string, path: string): ApiError {
    const form = FORMED.has(error.status) ? this.#forms.find(method, path.replace(/^\/api\/v2/, '')) : undefined;
    const said = form && saidOf(error);
    if (!said) return error;
    const { code, title } = said;
    return new ApiError(error.status, form === 'list' ? { errors: [said] } : { error: code, description: title }, error.headers);
  }
}

/** Those of the operation itself; what stands before it (401, 429) knows one form only. */
const FORMED: ReadonlySet<number> = new Set([400, 403, 404]);

/** Undefined for a list, which stays one. */
function saidOf({ body: { error, description } }: ApiError): { code: string; title: string } | undefined {
  if (typeof error === 'string') return { code: error, title: String(description ?? error) };
  if (typeof error !== 'object') return undefined;
  const { title, message } = error as { title: string; message: string };
  return { code: title.replaceAll(' ', ''), title: message };
}

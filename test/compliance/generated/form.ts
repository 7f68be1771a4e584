import type { Answered } from './run.ts';

/** A request and its answer in one line, for a failure's message. */
export const told = ({ method, path, body, status, text }: Omit<Answered, 'row'>): string =>
  `${method} ${path.slice(0, 300)} ${body?.slice(0, 600) ?? ''} -> ${status} ${text.slice(0, 300)}`;

/** Errors: `error` as a name, `error` as title and message, or a list of errors. Successes: JSON, nothing, or a file. */
export function inForm({ status, text, type }: Pick<Answered, 'status' | 'text' | 'type'>): boolean {
  if (status < 400) return !type.includes('json') || isJson(text);
  if (!isJson(text)) return false;
  const { error, errors } = JSON.parse(text) as { error?: unknown; errors?: readonly Record<string, unknown>[] };
  if (typeof error === 'string') return error !== '';
  if (Array.isArray(errors)) return errors.length > 0 && errors.every((one) => typeof one['title'] === 'string');
  const { title, message } = (error ?? {}) as { title?: unknown; message?: unknown };
  return typeof title === 'string' && typeof message === 'string';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

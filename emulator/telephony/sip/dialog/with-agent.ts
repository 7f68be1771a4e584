import type { HeaderList } from '../call-types.ts';
import { headerKey } from '../message/compact-names.ts';

/** The rows with our User-Agent, unless they bring their own. */
export function withAgent(headers: HeaderList = [], userAgent: string | undefined): HeaderList {
  const given = userAgent === undefined || headers.some(([name]) => headerKey(name) === 'user-agent');
  return given ? headers : [...headers, ['User-Agent', userAgent]];
}

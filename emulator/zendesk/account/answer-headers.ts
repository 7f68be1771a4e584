import type { Response } from 'express';
import { http } from '../../core/node-http.ts';
import { localsOf } from './locals.ts';

const writeHead = http.ServerResponse.prototype.writeHead as (this: Response, status: number, ...others: unknown[]) => unknown;

/**
 * Adds a header that the answer does not have yet. Node writes a list that comes with the status in half the time that it takes
 * when each was set for itself (`res.setHeader`), which routes may do nevertheless: those are sent too, and win.
 */
export function addHeader(res: Response, name: string, value: string): void {
  const locals = localsOf(res);
  if (!locals.headers) {
    locals.headers = [];
    res.writeHead = writeHeadWithAll as Response['writeHead'];
  }
  locals.headers.push(name, value);
}

/** Names in lower case and values of all headers that were added or set. */
export function headersOf(res: Response): [name: string, value: string][] {
  const all: [string, string][] = [];
  const { headers = [] } = localsOf(res);
  for (let at = 0; at < headers.length; at += 2) all.push([String(headers[at]).toLowerCase(), String(headers[at + 1])]);
  for (const name of res.getHeaderNames()) all.push([name, String(res.getHeader(name))]);
  return all;
}

function writeHeadWithAll(this: Response, status: number, ...others: unknown[]): Response {
  const { headers = [] } = localsOf(this);
  if (others.length === 0 && this.getHeaderNames().length === 0) return writeHead.call(this, status, headers) as Response;
  for (let at = 0; at < headers.length; at += 2) {
    const name = String(headers[at]);
    if (!this.hasHeader(name)) this.setHeader(name, String(headers[at + 1]));
  }
  return writeHead.call(this, status, ...others) as Response;
}

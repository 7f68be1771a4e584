import type { SipHeaders } from './headers.ts';
import { splitList } from './list.ts';
import { type Parameters, parseParameters } from './parameters.ts';

/** One Via value (RFC 3261 20.42). */
export interface Via {
  /** `UDP`, upper case. */
  transport: string;
  /** IPv6 without brackets. */
  host: string;
  port?: number;
  params: Parameters;
}

const VIA = /^SIP\s*\/\s*[\d.]+\s*\/\s*([^\s/;,]+)\s+(\[[^\]\s]+\]|[^\s:;,]+)(?:\s*:\s*(\d{1,5}))?\s*(;.*)?$/is;

/** Reads one value; undefined when it is none, or has empty parameters. */
export function parseVia(value: string): Via | undefined {
  const match = VIA.exec(value);
  if (!match || (match[4] !== undefined && /;\s*(;|$)/.test(match[4]))) return undefined;
  const [, transport = '', host = '', port, params] = match;
  const via: Via = {
    transport: transport.toUpperCase(),
    host: host.startsWith('[') ? host.slice(1, -1) : host,
    params: params === undefined ? new Map() : parseParameters(params),
  };
  if (port !== undefined) {
    if (Number(port) > 65_535) return undefined;
    via.port = Number(port);
  }
  return via;
}

/** The topmost Via value, raw. */
export function topVia(headers: SipHeaders): string | undefined {
  const row = headers.get('Via');
  return row === undefined || !row.includes(',') ? row : splitList(row)[0];
}

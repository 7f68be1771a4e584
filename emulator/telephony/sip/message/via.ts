import type { SipHeaders } from './headers.ts';
import { plainHostPort } from './host-port.ts';
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

const USUAL = 'SIP/2.0/UDP ';
const VIA = /^SIP\s*\/\s*[\d.]+\s*\/\s*([^\s/;,]+)\s+(\[[^\]\s]+\]|[^\s:;,]+)(?:\s*:\s*(\d{1,5}))?\s*(;.*)?$/is;

/** Reads one value; undefined when it is none, or has empty parameters. */
export function parseVia(value: string): Via | undefined {
  if (value.startsWith(USUAL)) {
    const usual = plainHostPort(value, USUAL.length);
    if (usual && (usual.end === value.length || value[usual.end] === ';'))
      return via('UDP', usual.host, usual.port, value.slice(usual.end));
  }
  const match = VIA.exec(value);
  if (!match) return undefined;
  const [, transport = '', host = '', port, params = ''] = match;
  if (port !== undefined && Number(port) > 65_535) return undefined;
  return via(
    transport.toUpperCase(),
    host.startsWith('[') ? host.slice(1, -1) : host,
    port === undefined ? undefined : Number(port),
    params,
  );
}

function via(transport: string, host: string, port: number | undefined, params: string): Via | undefined {
  if (/;\s*(;|$)/.test(params)) return undefined;
  const read: Via = { transport, host, params: parseParameters(params) };
  if (port !== undefined) read.port = port;
  return read;
}

/** The topmost Via value, raw. */
export function topVia(headers: SipHeaders): string | undefined {
  const row = headers.get('Via');
  return row === undefined || !row.includes(',') ? row : splitList(row)[0];
}

/** The topmost Via value, read. */
export function topmostVia(headers: SipHeaders): Via | undefined {
  const top = topVia(headers);
  return top === undefined ? undefined : parseVia(top);
}

import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

const WILDCARDS = new Set(['0.0.0.0', '::', '']);
/** A host name; its last label is no number, which would make it an address (RFC 3986 §3.2.2). */
const HOST_NAME = /^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)*(?!\d+\.?$)[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.?$/i;

/** Whether a listener there is bound to every address of the machine. */
export const isWildcard = (host: string): boolean => WILDCARDS.has(host);

/** How others reach a listener that is bound to this address: the machine's own first one for a wildcard. */
export function reachable(host: string): string {
  if (!isWildcard(host)) return host;
  const external = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find((address) => !address.internal && address.family === 'IPv4');
  return external?.address ?? '127.0.0.1';
}

/**
 * An address under which others shall find the emulator, as it is written into URLs, SIP headers and SDP: without the brackets
 * of an IPv6 address. @throws Error that says what to give
 */
export function addressToTell(flag: string, text: string): string {
  const address = /^\[(.*:.*)\]$/.exec(text)?.[1] ?? text;
  const usable = (isIP(address) > 0 || HOST_NAME.test(address)) && URL.canParse(`http://${hostPort(address, 1)}`);
  if (usable && !WILDCARDS.has(address)) return address;
  const why = WILDCARDS.has(address) ? 'nobody can be reached there' : 'it is neither an IP address nor a host name';
  throw new Error(
    `cannot use "${text}" as ${flag}: ${why}; give the address alone under which others reach this machine, such as 192.0.2.10, ` +
      'without scheme and port (--port and --sip-port choose those)',
  );
}

/** `host:port`, an IPv6 address in brackets. */
export function hostPort(host: string, port: number): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]:${port}` : `${host}:${port}`;
}

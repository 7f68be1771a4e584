/** A UDP endpoint. IPv6 hosts are written without brackets. */
export interface Address {
  host: string;
  port: number;
}

/** `host:port`, with brackets round IPv6. */
export function formatAddress(address: Address): string {
  return `${formatHost(address.host)}:${address.port}`;
}

function formatHost(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}

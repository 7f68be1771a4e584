/** An IP address and a UDP port. */
export interface RtpAddress {
  readonly host: string;
  readonly port: number;
}

export function formatAddress(address: RtpAddress): string {
  return address.host.includes(':') ? `[${address.host}]:${address.port}` : `${address.host}:${address.port}`;
}

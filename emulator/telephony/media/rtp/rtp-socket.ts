import type { RemoteInfo, Socket } from 'node:dgram';
import type { RtpAddress } from './address.ts';

/** Who a socket's datagrams are for at the moment. */
export interface RtpTenant {
  onDatagram(bytes: Uint8Array, remote: RtpAddress): void;
  onSendError(): void;
}

/** A bound UDP socket that changes hands. Without a tenant it drops what arrives. */
export class RtpSocket {
  readonly port: number;
  readonly #socket: Socket;
  tenant: RtpTenant | undefined;
  #closed: Promise<void> | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.port = socket.address().port;
    socket.on('message', (bytes: Buffer, remote: RemoteInfo) =>
      this.tenant?.onDatagram(bytes, { host: remote.address, port: remote.port }),
    );
    socket.on('error', () => this.tenant?.onSendError());
  }

  /** @param remote its host is an IP address, not a name. */
  send(bytes: Uint8Array, remote: RtpAddress): void {
    if (this.#closed) return;
    try {
      this.#socket.send(bytes, remote.port, remote.host);
    } catch {
      this.tenant?.onSendError();
    }
  }

  close(): Promise<void> {
    return (this.#closed ??= new Promise((resolve) => {
      this.#socket.close(() => resolve());
    }));
  }
}

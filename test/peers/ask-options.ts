import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** Sends an OPTIONS request to `host:port` over UDP, once, and returns the answer's text. */
export async function askOptions(address: string): Promise<string> {
  const [host, port] = address.split(':') as [string, string];
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const request = [
    `OPTIONS sip:${address} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:${socket.address().port};branch=z9hG4bKask;rport`,
    `From: <sip:ask@127.0.0.1>;tag=a`,
    `To: <sip:${address}>`,
    `Call-ID: ask-${socket.address().port}`,
    'CSeq: 1 OPTIONS',
    'Max-Forwards: 70',
    'Content-Length: 0',
  ];
  const answer = once(socket, 'message') as Promise<[Buffer]>;
  socket.send(`${request.join('\r\n')}\r\n\r\n`, Number(port), host);
  const [bytes] = await answer;
  socket.close();
  return bytes.toString('latin1');
}

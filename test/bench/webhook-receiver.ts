import http from 'node:http';
import net, { type AddressInfo } from 'node:net';

// Webhook endpoints in a process of their own: `/hook/…` answers at once and remembers when which ticket's event reached
// its socket; `GET /arrivals` tells and forgets; the other port takes connections and never answers.

const arrivals: [ticket: number, at: number][] = [];
const TICKET = /"subject": "zen:ticket:(\d+)"/;

const server = http.createServer((request, response) => {
  const at = Date.now();
  if (request.method === 'GET') {
    response.end(JSON.stringify(arrivals.splice(0)));
    return;
  }
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    arrivals.push([Number(TICKET.exec(Buffer.concat(chunks).toString('latin1'))?.[1]), at]);
    response.end();
  });
});
const sockets = new Set<net.Socket>();
const dead = net.createServer((socket) => {
  sockets.add(socket);
  socket.on('error', () => undefined);
  socket.on('close', () => sockets.delete(socket));
  socket.resume();
});

const url = (of: net.Server): string => `http://127.0.0.1:${(of.address() as AddressInfo).port}`;
server.listen(0, '127.0.0.1', () => {
  dead.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ url: url(server), deadUrl: url(dead) })));
});
process.once('SIGTERM', () => {
  for (const socket of sockets) socket.destroy();
  server.closeAllConnections();
  server.close();
  dead.close();
});

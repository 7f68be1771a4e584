import type { AddressInfo } from 'node:net';
import express from 'express';

// An Express app that parses JSON and answers with a fixed body: the most that an Express surface could do.
const app = express();
app.use(express.json());
app.get('/read', (_request, response) => {
  response.type('json').send(process.env['READ']);
});
app.post('/create', (_request, response) => {
  response.status(201).type('json').send(process.env['CREATED']);
});
const server = app.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }));
});
process.once('SIGTERM', () => {
  server.closeAllConnections();
  server.close();
});

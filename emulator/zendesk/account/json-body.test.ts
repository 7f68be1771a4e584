import { once } from 'node:events';
import { request, type RequestOptions } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import express, { type ErrorRequestHandler } from 'express';
import { expect, it, onTestFinished } from 'vitest';
import { jsonBody } from './json-body.ts';

const refusals: ErrorRequestHandler = (error: { type?: string; status?: number }, _req, res, _next) => {
  res.json({ refused: error.type, status: error.status });
};

async function serve(onBody: (body: unknown) => void = () => undefined): Promise<(path: string) => RequestOptions> {
  const app = express();
  for (const [path, parser] of [
    ['/ours', [jsonBody(), jsonBody()]],
    ['/express', [express.json({ limit: '6mb' }), express.json({ limit: '6mb' })]],
  ] as const) {
    app.post(path, ...parser, (req, res) => {
      onBody(req.body);
      res.json({ body: req.body as unknown, there: req.body !== undefined });
    });
  }
  app.use(refusals);
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return (path) => ({ host: '127.0.0.1', port, path, method: 'POST' });
}

function send(options: RequestOptions, headers: Record<string, string>, body: string | Uint8Array): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ ...options, headers }, (incoming) => {
      let text = '';
      incoming.on('data', (part: Buffer) => (text += part.toString()));
      incoming.on('end', () => resolve(JSON.parse(text)));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const JSON_TYPE = { 'content-type': 'application/json' };

it.each<[what: string, body: string | Uint8Array, headers?: Record<string, string>]>([
  ['an object', '{"a":[1,"ü"]}'],
  ['an array', ' [1]'],
  ['a charset', '{"a":"ü"}', { 'content-type': 'application/json; charset=utf-8' }],
  ['a charset in capitals', '{"a":"ü"}', { 'content-type': 'Application/JSON;charset=UTF-8' }],
  ['another charset', '{"a":1}', { 'content-type': 'application/json; charset=latin1' }],
  ['UTF-16', Buffer.from('{"a":"ü"}', 'utf16le'), { 'content-type': 'application/json; charset=utf-16le' }],
  ['a byte order mark', '\ufeff{"a":1}'],
  ['bytes that are no UTF-8', Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d])],
  ['half a body', '{"a":'],
  ['a number', '7'],
  ['null', 'null'],
  ['white space', '  '],
  ['nothing', ''],
  ['compression', gzipSync('{"a":1}'), { ...JSON_TYPE, 'content-encoding': 'gzip' }],
  ['chunks', '{"a":1}', { ...JSON_TYPE, 'transfer-encoding': 'chunked' }],
  ['no type', '{"a":1}', {}],
  ['another type', '{"a":1}', { 'content-type': 'text/plain' }],
  ['much', JSON.stringify({ a: 'x'.repeat(1_000_000) })],
  ['too much', JSON.stringify({ a: 'x'.repeat(7_000_000) })],
])('reads a body with %s as Express does', async (_what, body, headers = JSON_TYPE) => {
  const to = await serve();
  const sent = { ...headers, ...('transfer-encoding' in headers ? {} : { 'content-length': String(Buffer.byteLength(body)) }) };
  expect(await send(to('/ours'), sent, body)).toEqual(await send(to('/express'), sent, body));
});

it.each<[how: string, headers: Record<string, string>, encode?: (body: string) => Uint8Array]>([
  ['as it is', JSON_TYPE],
  ['compressed', { ...JSON_TYPE, 'content-encoding': 'gzip' }, gzipSync],
])('refuses what is nested too deep to be written down again, %s', async (_how, headers, encode = (body) => Buffer.from(body)) => {
  const to = await serve();
  const nested = (levels: number): Uint8Array => encode('['.repeat(levels) + ']'.repeat(levels));
  const answer = (body: Uint8Array): Promise<unknown> => send(to('/ours'), { ...headers, 'content-length': String(body.length) }, body);
  expect(await answer(nested(100))).toMatchObject({ there: true });
  for (const levels of [101, 100_000]) expect(await answer(nested(levels))).toEqual({ refused: 'entity.parse.failed', status: 400 });
});

it('has done when the body is there, whatever becomes of the client', async () => {
  const parser = jsonBody();
  const calls: unknown[] = [];
  const request = Object.assign(new Readable({ autoDestroy: false, read: () => undefined }), {
    headers: { ...JSON_TYPE, 'content-length': '7' },
    body: undefined as unknown,
  });
  parser(request as never, {} as never, (error?: unknown) => calls.push(error));
  request.push('{"a":1}');
  request.push(null);
  await once(request, 'end');
  request.on('error', () => undefined);
  request.destroy(new Error('aborted'));
  await new Promise((resolve) => request.on('close', resolve));
  expect([calls, request.body]).toEqual([[undefined], { a: 1 }]);
});

it('gives a body that breaks off to nobody', async () => {
  const bodies: unknown[] = [];
  const to = await serve((body) => bodies.push(body));
  const broken = request({ ...to('/ours'), headers: { ...JSON_TYPE, 'content-length': '100' } });
  broken.on('error', () => undefined);
  await new Promise<void>((resolve) => broken.write('{"a":1}', () => resolve()));
  broken.destroy();
  await send(to('/ours'), JSON_TYPE, '{"b":2}');
  expect(bodies).toEqual([{ b: 2 }]);
});

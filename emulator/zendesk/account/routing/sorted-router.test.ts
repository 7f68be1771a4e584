import { once } from 'node:events';
import { request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import express, { type Request, type RequestHandler, Router } from 'express';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sortedRouter } from './sorted-router.ts';

type Add = (router: Router, kind: () => Router) => void;

const KINDS = { express: () => Router({ caseSensitive: true }), ours: sortedRouter };

/** What a router with these routes answers to `METHOD /path`, below `/api`. */
async function serve(add: Add, kind: () => Router): Promise<(request: string) => Promise<string>> {
  const router = kind();
  add(router, kind);
  const app = express().use('/api', router);
  app.use((req, res) => void res.send(`nobody: ${told(req)}`));
  app.use(((error, req, res, _next) => void res.send(`error ${describeError(error)}: ${told(req)}`)) as express.ErrorRequestHandler);
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  // Not by `fetch`, which makes paths tidy before it sends them.
  return async (request) => {
    const [method = '', path = ''] = request.split(' ');
    const [response] = await once(send({ method, port, path: path.replace(/^\//, '/api/') }).end(), 'response');
    return `${response.statusCode} ${response.headers.allow ?? ''}${response.headers.said ?? ''} ${await text(response)}`;
  };
}

/** All that a handler reads of where a request was found. */
function told(req: Request): string {
  const { method, url, baseUrl, originalUrl, path } = req;
  const params = Object.entries(req.params ?? {}).map(([name, value]) => `${name}=${String(value)}`);
  return [method, url, baseUrl, originalUrl, path, params, (req as { seen?: string[] }).seen?.join()].join(' ');
}

function describeError(error: unknown): string {
  return error instanceof Error ? `${error.name} ${error.message} ${(error as { status?: number }).status ?? ''}` : String(error);
}

const words = (text: string): string[] => text.trim().split(/\s+/);
const tell: (name: string) => RequestHandler = (name) => (req, res) => void res.set('said', name).send(`${name}: ${told(req)}`);
const note: (name: string) => RequestHandler = (name) => (req, _res, next) => {
  ((req as { seen?: string[] }).seen ??= []).push(`${name}(${req.url}|${req.baseUrl}|${Object.keys(req.params).join('+')})`);
  next();
};

const CASES: Record<string, { add: Add; requests: string[] }> = {
  'the first that fits': {
    add(router) {
      router.get('/tickets', tell('list'));
      router.post('/tickets', tell('create'));
      router.get('/tickets/count', tell('count'));
      router.get('/tickets/:id', tell('ticket'));
      router.get('/tickets/:id/comments', tell('comments'));
      router.get('/tickets/:id/comments/:comment_id', tell('comment'));
      router.get('/users/:id', tell('user'));
      router.get('/users/me', tell('too late'));
      router.head('/groups', tell('head of groups'));
      router.post('/groups/:id', tell('group'));
      router.all('/all/:id', tell('any method'));
      router.route('/both').get(tell('get')).put(tell('put'));
    },
    requests: words(`
        /tickets /tickets?a=/b/c /tickets/ /tickets// /Tickets /tickets/count /tickets/7 /tickets/7/ /tickets/a%2Fb
        /tickets/%E2%82%AC?x /tickets/%ff /tickets/%ff/comments/%ff /tickets/count/ /tickets/7/comments /tickets/7/comments/8
        /tickets//comments /tickets/7/x /users/me /groups / /?a /all/7 /both /a#b /tickets#a /tickets/7?a=b#c /constructor
        /__proto__/x
      `).flatMap((path) => ['GET', 'HEAD', 'POST', 'PUT', 'OPTIONS'].map((method) => `${method} ${path}`)),
  },
  'patterns that only Express can read': {
    add(router) {
      router.get('/files/*path', tell('file'));
      router.get('/help{/:locale}/articles', tell('articles'));
      router.get('/report.:format', tell('report'));
      router.get(['/one', '/two/:id'], tell('one of two'));
      router.get(/^\/number-(\d+)$/, tell('number'));
      router.get('/:any', tell('any'));
      router.get('/late', tell('too late'));
      router.get('/:any/b', tell('any b'));
    },
    requests: words(`
        /files/a/b /help/en/articles /help/articles /report.csv /one /two/3 /number-7 /late /x/b /%ff
      `).map((path) => `GET ${path}`),
  },
  'what is used': {
    add(router, kind) {
      const inner = kind();
      inner.use(note('inner'));
      inner.get('/', tell('root of inner'));
      inner.get('/thing/:id', tell('thing'));
      inner.get('/onwards/:id', (_req, _res, next) => next('router'));
      inner.get('/onwards/7', tell('not reached'));
      router.use(note('first'));
      router.use('/deep', note('deep'), inner);
      router.use(['/deep/thing', '/other'], note('either'));
      router.use('/param/:id', note('param'), inner);
      router.use('/deep/', note('deep again'));
      router.use((req, _res, next) => {
        req.url = req.url.replace('/old', '/new').replace(/\.json$/, '');
        next();
      });
      router.get('/old', tell('old'));
      router.get('/new', tell('new'));
      router.get('/new/:id', tell('new with id'));
      router.use('/deep', (req, _res, next) => {
        req.url = '/rewritten';
        next();
      });
      router.get('/deep/rewritten', tell('rewritten'));
    },
    requests: words(`
        /deep /deep/ /deep?a /deep/thing/7 /deep/thing /deep/x /deeper /Deep /deep/onwards/7 /other/a /param/7 /param/7/thing/8
        /param /old /old/7 /new/7.json /old/7.json / /nothing /param/%ff
      `).map((path) => `GET ${path}`),
  },
  'next and errors': {
    add(router) {
      const pass: RequestHandler = (_req, _res, next) => next();
      router.get('/pass', pass, pass, tell('passed'));
      router.get('/route/:id', (_req, _res, next) => next('route'), tell('not reached'));
      router.get('/route/7', tell('next route'));
      router.get('/leave', (_req, _res, next) => next('router'));
      router.get('/leave', tell('not reached'));
      router.get('/throw/:id', () => {
        throw new RangeError('thrown');
      });
      router.get('/reject', () => Promise.reject(new TypeError('rejected')));
      router.get('/reject-nothing', () => Promise.reject());
      router.get('/later', async (_req, res) => {
        await Promise.resolve();
        res.send('later');
      });
      router.get('/given', (_req, _res, next) => next('given'));
      const forgive: express.ErrorRequestHandler = (error, _req, _res, next) => next(error === 'caught' ? null : error);
      const fail: RequestHandler = (_req, _res, next) => next('caught');
      router.get('/caught', fail, forgive);
      router.get('/caught', tell('caught on the way'));
      router.get('/throw/7', tell('not reached'));
      const giveUp: express.ErrorRequestHandler = (error, req, res, next) =>
        error === 'given' ? void res.send(`given: ${told(req)}`) : next(error);
      router.use(giveUp);
      router.use(tell('last'));
    },
    requests: words(`
        /pass /route/7 /route/8 /leave /throw/7 /throw/%ff /reject /reject-nothing /later /given /caught /else
      `).map((path) => `GET ${path}`),
  },
  'watched parameters': {
    add(router) {
      router.param('id', (req, res, next, id: string) => {
        note(`id ${id}`)(req, res, () => undefined);
        if (id === '3') res.send('closed');
        else if (id === '4') next(new Error('refused'));
        else if (id === '5') next('route');
        else if (id === '6') throw new Error('thrown');
        else next();
      });
      router.use((req, res, next) => (req.path === '/tickets/9' ? res.send('gone') : next()));
      router.get('/tickets/:id', (_req, _res, next) => next());
      router.get('/tickets/:id', (req, _res, next) => {
        req.params['id'] = 'changed';
        next();
      });
      router.get('/tickets/:id', tell('ticket'));
      router.get('/tickets/:other', tell('other'));
      router.get('/tickets/:id/of/:user', tell('of'));
      router.get('/files/*id', tell('file'));
      router.post('/uploads/:id', tell('upload'));
      router.param('id', async (req, res, next) => {
        await Promise.resolve();
        req.params['id'] += '!';
        note('late')(req, res, next);
      });
      router.param('user', async (_req, _res, next, user) => (user === '0' ? Promise.reject(new Error('nobody')) : next()));
    },
    requests: words('2 3 4 5 6 7/of/8 5/of/8 7/of/0 9 %ff')
      .map((rest) => `GET /tickets/${rest}`)
      .concat(['GET /files/4', 'GET /files/7', 'HEAD /uploads/3', 'HEAD /uploads/7', 'POST /uploads/7', 'POST /uploads/4']),
  },
};

describe.each(Object.entries(CASES))('%s', (_name, { add, requests }) => {
  it('is what it is with Express', async () => {
    const [theirs, ours] = await Promise.all([serve(add, KINDS.express), serve(add, KINDS.ours)]);
    const answers = async (call: typeof ours): Promise<string[]> =>
      Promise.all(requests.map(async (request) => `${request} -> ${await call(request)}`));
    const expected = await answers(theirs);
    expect(await answers(ours)).toEqual(expected);
    expect(new Set(expected.map((answer) => answer.replace(/.*-> /, '').replace(/:.*/, ''))).size).toBeGreaterThan(3);
  });
});

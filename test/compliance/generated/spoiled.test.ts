import { expect, it } from 'vitest';
import { Random } from '../../../emulator/core/random.ts';
import { basic, testServer, type TestServer } from '../../../emulator/zendesk/support/testing/test-server.ts';
import { driveSupport } from '../support-drive.ts';
import { inForm, told } from './form.ts';
import { spoiledPath, spoiledValue } from './spoil.ts';

const SEED = Number(process.env['GENERATED_SEED'] ?? Date.now() % 1_000_000);
/** Of each request; more for a longer search. */
const VARIANTS = Number(process.env['GENERATED_VARIANTS'] ?? 3);

interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

it(
  'what the driven run sends, each time with something wrong in it, is answered in the vendor’s form',
  { timeout: 20_000 * VARIANTS },
  async () => {
    await using server = await testServer();
    const calls = await recorded(server);
    const owner = String(server.ownerId);
    const random = new Random(SEED);
    const hint = `GENERATED_SEED=${SEED} repeats this run`;
    const problems: string[] = [];
    let unauthorized = 0;
    let sent = 0;
    for (const call of calls) {
      for (let variant = 0; variant < VARIANTS; variant++) {
        const atPath = call.body === undefined || call.body === null || random.next() < 0.25;
        const path = atPath ? spoiledPath(call.path, random) : call.path;
        const body = atPath || typeof call.body === 'string' ? call.body : spoiledValue(call.body, random);
        const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
        // Whoever asks must stay who they are.
        if (call.method !== 'GET' && (path.includes(owner) || (path.startsWith('/users') && text?.includes(owner)))) continue;
        const response = await fetch(path.startsWith('http') ? path : server.url + path, {
          method: call.method,
          headers: { authorization: basic('owner@acme.example', 'test-api-token'), 'content-type': 'application/json' },
          redirect: 'manual',
          ...(text === undefined ? {} : { body: text }),
        });
        const answer = {
          method: call.method,
          path,
          body: text,
          status: response.status,
          type: response.headers.get('content-type') ?? '',
          text: await response.text(),
        };
        sent += 1;
        if (answer.status === 401) unauthorized += 1;
        if ((answer.status >= 500 && answer.status !== 501) || !inForm(answer)) problems.push(told(answer));
      }
    }
    console.log(`GENERATED_SEED=${SEED}: ${sent} requests`);
    expect(problems, `${hint}`).toEqual([]);
    expect(unauthorized / sent, `the run lost its credentials; ${hint}`).toBeLessThan(0.05);
    expect(await server.call('GET', '/users/me'), `${hint}`).toMatchObject({ status: 200, body: { user: { role: 'admin' } } });
    expect(await server.call('POST', '/tickets', { ticket: { comment: 'still at work' } }), `${hint}`).toMatchObject({ status: 201 });
  },
);

/** Runs the driven run and keeps what it sent. */
async function recorded(server: TestServer): Promise<Call[]> {
  const calls: Call[] = [];
  await driveSupport({
    ...server,
    call: (method, path, body, headers) => {
      calls.push({ method, path, body });
      return server.call(method, path, body, headers);
    },
  });
  return calls;
}

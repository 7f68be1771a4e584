import { expect, test } from 'vitest';
import { fitting } from '../schemas.ts';
import { testEmulator } from '../test-emulator.ts';

test('GET /control is what `up --json` prints, and fits its schema', async () => {
  await using world = await testEmulator({ bridge: 'sip:127.0.0.1:5070' });
  const { status, body } = await world.send('GET', '');
  expect(status).toBe(200);
  expect(body).toEqual(world.emulator.describe());
  expect(body).toMatchObject({
    controlUrl: world.url,
    account: { subdomain: 'acme', email: 'admin@acme.example', apiToken: 'acme-demo-api-token' },
    line: { number: '+14155550150', overflowTo: '+14155550199' },
    sipIn: { uri: 'sip:support@acme.zendesk.sip.twilio.com', host: 'acme.zendesk.sip.twilio.com', user: 'support' },
    trunk: { number: '+14155550199', domainName: 'acme.pstn.twilio.com', originationUri: 'sip:127.0.0.1:5070' },
    randomSeed: 1,
  });
  await expect(fitting('up', body)).resolves.toBe(body);
});

test('GET /carriers names the profiles', async () => {
  await using world = await testEmulator();
  const { body } = await world.send<{ carriers: { name: string; title: string }[] }>('GET', '/carriers');
  expect(body.carriers.map((carrier) => carrier.name)).toEqual(
    expect.arrayContaining(['clean', 'national', 'replaced-caller', 'anonymous-asserted']),
  );
  expect(body.carriers.every((carrier) => carrier.title.length > 0)).toBe(true);
});

test('GET /schemas/{name} serves the schemas, and names them when asked for another', async () => {
  await using world = await testEmulator();
  expect(await world.send('GET', '/schemas/script')).toMatchObject({ status: 200, body: { $id: 'ringback:script' } });
  expect(await world.send('GET', '/schemas/sonnet')).toEqual({
    status: 404,
    body: {
      error: 'unknown_route',
      message: 'there is no schema "sonnet"',
      hint: expect.stringContaining('script, call, journey'),
    },
  });
});

test('what is no route, no JSON, or too large is said in the one shape of errors', async () => {
  await using world = await testEmulator();
  expect(await world.send('GET', '/nowhere')).toMatchObject({
    status: 404,
    body: { error: 'unknown_route', message: 'the control plane has no GET /control/nowhere' },
  });
  expect(await world.send('PATCH', '/calls')).toMatchObject({ status: 404, body: { error: 'unknown_route' } });
  expect(await world.send('GET', '/journeys/%E0%A4%A')).toMatchObject({ status: 404, body: { error: 'unknown_route' } });
  const broken = await fetch(`${world.url}/calls`, { method: 'POST', body: '{' });
  expect({ status: broken.status, body: await broken.json() }).toMatchObject({ status: 400, body: { error: 'invalid_json' } });
  const large = await fetch(`${world.url}/calls`, { method: 'POST', body: JSON.stringify('x'.repeat(10 * 2 ** 20 + 1)) });
  expect({ status: large.status, body: await large.json() }).toMatchObject({ status: 413, body: { error: 'too_large' } });
});

test('elsewhere than under /control and /zendesk there is nothing, and it says where to look', async () => {
  await using world = await testEmulator();
  const response = await fetch(new URL('/', world.url));
  expect({ status: response.status, body: await response.json() }).toMatchObject({
    status: 404,
    body: { error: 'unknown_route', hint: expect.stringContaining('/zendesk/SUBDOMAIN/api/v2') },
  });
});

test("Talk's own REST API says that it is not emulated", async () => {
  await using world = await testEmulator();
  const { url, email, apiToken } = world.emulator.describe().account;
  const headers = { authorization: `Basic ${Buffer.from(`${email}/token:${apiToken}`).toString('base64')}` };
  const response = await fetch(`${url}/api/v2/channels/voice/lines.json`, { headers });
  expect({ status: response.status, body: await response.json() }).toMatchObject({
    status: 501,
    body: {
      error: 'NotEmulated',
      description: expect.stringMatching(/^GET \/api\/v2\/channels\/voice\/lines is not emulated by Ringback/),
    },
  });
  expect((await fetch(`${url}/api/v2/channels/voice/lines.json`)).status).toBe(401);
});

test.each(['/api/v2/tickets.json', '/attachments/token/x/?name=y', '/oauth/authorizations/new'])(
  '%s without an account is told how to name one',
  async (path) => {
    await using world = await testEmulator();
    const response = await fetch(new URL(path, world.url));
    expect([response.status, await response.json()]).toMatchObject([404, { error: 'unknown_route', hint: expect.stringContaining('/zendesk/SUBDOMAIN') }]); // prettier-ignore
  },
);

import { expect, it } from 'vitest';
import { basic, testServer } from '../testing/test-server.ts';

interface Logo {
  readonly content_url: string;
  readonly [property: string]: unknown;
}

/** A GIF of two pixels by one. */
const GIF = Buffer.from('R0lGODlhAgABAIAAAAAAAP///yH5BAAAAAAALAAAAAACAAEAAAICBAoAOw==', 'base64');

it('a brand’s logo is a form’s file, at its own path or the brand’s', async () => {
  await using server = await testServer();
  const { id } = server.support.brands.list('acme')[0] ?? { id: 0 };
  const headers = { authorization: basic('owner@acme.example', 'test-api-token') };
  const put = async (
    path: string,
    name = 'brand[logo][uploaded_data]',
    type = 'image/gif',
  ): Promise<{ status: number; logo: Logo | null }> => {
    const form = new FormData();
    form.set(name, new Blob([GIF], { type }), 'logo.gif');
    const answer = await fetch(`${server.url}/brands/${path}`, { method: 'PUT', body: form, headers });
    return { status: answer.status, logo: ((await answer.json()) as { brand?: { logo: Logo } }).brand?.logo ?? null };
  };
  const { status, logo: first } = await put(`${id}/logo`);
  expect([status, first]).toMatchObject([
    200,
    { file_name: 'logo.gif', content_type: 'image/gif', size: GIF.byteLength, width: 2, height: 1 },
  ]);
  expect((await fetch(first?.content_url ?? '')).status).toBe(200);
  const { logo: second } = await put(String(id));
  expect((await fetch(first?.content_url ?? '')).status).toBe(404);
  const shown = async (): Promise<unknown> => (await server.call<{ brand: { logo: unknown } }>('GET', `/brands/${id}`)).body.brand.logo;
  expect(await shown()).toEqual(second);
  // A brand that is written back as it was read.
  const renamed = await server.call<{ brand: object }>('PUT', `/brands/${id}`, { brand: { name: 'New', logo: second } });
  expect(renamed.body.brand).toMatchObject({ name: 'New', logo: second });
  for (const [path, name, type, expected] of [
    [`${id}/logo`, 'logo', 'image/gif', 400],
    [`${id}/logo`, undefined, 'text/plain', 422],
    ['9/logo', undefined, 'image/gif', 404],
  ] as const)
    // prettier-ignore
    expect((await put(path, name, type)).status).toBe(expected);
  expect((await server.call('PUT', `/brands/${id}/logo`, {})).status).toBe(400);
  expect((await server.call('DELETE', `/brands/${id}/logo`)).status).toBe(204);
  expect([await shown(), (await fetch(second?.content_url ?? '')).status]).toEqual([null, 404]);
});

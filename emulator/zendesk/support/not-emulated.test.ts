import { expect, it } from 'vitest';
import { NOT_EMULATED } from './not-emulated.ts';
import { testServer } from './testing/test-server.ts';

it('is what the vendor documents besides the surface', () => {
  const paths = NOT_EMULATED.map(({ method, path }) => `${method} ${path}`);
  expect(paths).toEqual(expect.arrayContaining(['GET /audit_logs/{id}', 'PUT /slas/policies/{id}', 'POST /saved_searches']));
  for (const emulated of ['GET /slas/policies/{id}', 'PUT /tickets/{id}', 'GET /incremental/{id}/sample'])
    expect(paths).not.toContain(emulated);
});

it('says why, where the rest of the resource is emulated', () => {
  const whys = (root: string): (string | undefined)[] => NOT_EMULATED.filter(({ path }) => path.startsWith(root)).map(({ note }) => note);
  const notes = ['/brands/check', '/users/me', '/oauth', '/groups', '/slas', '/sessions', '/help_center/user_segments'].flatMap(whys);
  expect(notes.length).toBeGreaterThan(10);
  expect(notes).not.toContain(undefined);
});

it("answers 501 in the vendor's error form, with and without .json", async () => {
  await using server = await testServer();
  const asked = NOT_EMULATED.flatMap(({ method, path }) =>
    ['', '.json'].map(async (suffix) => {
      const { status, body } = await server.call(method, path.replaceAll('{id}', '7') + suffix);
      expect({ method, path, suffix, status, body }).toMatchObject({
        status: 501,
        body: { error: 'NotEmulated', description: expect.stringContaining(`${method} /api/v2`) },
      });
    }),
  );
  await Promise.all(asked);
});

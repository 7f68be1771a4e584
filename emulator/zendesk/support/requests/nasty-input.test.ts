import { expect, it } from 'vitest';
import { CREATE, UPDATE } from './routes.ts';
import { IMPORTED_COMMENT, TICKET_IMPORT } from '../routes/shapes.ts';
import { testServer } from '../testing/test-server.ts';

const NASTY: readonly unknown[] = [
  null, '', 'x', '1', '💥\u0000', 'x'.repeat(5_000), -1, 1e300, true, [], [null], [1], ['a@b.example'], [[]], [{}], {},
  { name: null }, { email: 5 }, { name: {} }, [{ user_id: {} }], [{ user_email: 5 }], [{ id: null, value: {} }], '<redact>', '<a redact',
]; // prettier-ignore

it.each([
  ['POST', '/requests', 'request', CREATE, { subject: 'S', comment: 'x', requester: { name: 'N' } }, false],
  ['POST', '/requests', 'request', CREATE, { subject: 'S', comment: 'x', requester: { name: 'N' } }, true],
  ['PUT', '/requests/1', 'request', UPDATE, {}, false],
  ['POST', '/imports/tickets', 'ticket', TICKET_IMPORT, { comment: 'x' }, false],
] as const)('nasty input in any property of %s %s is never a bug', async (method, path, wrapper, shape, base, anonymous) => {
  await using server = await testServer();
  await server.call('POST', '/tickets', { ticket: { comment: 'x' } });
  const bugs: string[] = [];
  for (const name of Object.keys(shape)) {
    for (const value of NASTY) {
      const { status } = await server.call(method, path, { [wrapper]: { ...base, [name]: value } }, anonymous ? { authorization: '' } : {});
      if (status >= 500 && status !== 501) bugs.push(`${name}: ${JSON.stringify(value)?.slice(0, 60)}`);
    }
  }
  expect(bugs).toEqual([]);
});

it('nasty input inside comments of imports, redactions and queries is never a bug', async () => {
  await using server = await testServer();
  await server.call('POST', '/tickets', { ticket: { comment: 'x' } });
  const [comment] = server.support.tickets.comments('acme', 1);
  const bugs: string[] = [];
  const tell = async (method: string, path: string, body?: unknown): Promise<void> => {
    const { status } = await server.call(method, path, body);
    if (status >= 500 && status !== 501) bugs.push(`${method} ${path} ${JSON.stringify(body)?.slice(0, 80)}`);
  };
  for (const value of NASTY) {
    for (const name of Object.keys(IMPORTED_COMMENT))
      await tell('POST', '/imports/tickets', { ticket: { comments: [{ body: 'x', [name]: value }] } });
    await tell('PUT', `/tickets/1/comments/${comment?.id}/redact`, { text: value });
    for (const name of ['html_body', 'external_attachment_urls', 'ticket_id'])
      await tell('PUT', `/comment_redactions/${comment?.id}`, { ticket_id: 1, [name]: value });
    const text = encodeURIComponent(typeof value === 'string' ? value.slice(0, 50) : JSON.stringify(value));
    for (const path of ['/requests/search?query=', '/requests/1/comments?since=', '/tickets/1/audits?filter_events[]=', '/ticket_audits?page[after]=', '/ticket_metrics/', '/tickets?sort_by=', '/attachments/']) await tell('GET', path + text); // prettier-ignore
  }
  expect(bugs).toEqual([]);
});

import type { TestServer } from '../../emulator/zendesk/support/testing/test-server.ts';
import type { Call } from './support-drive-bulk.ts';

interface Rows {
  readonly comments: { readonly id: number; readonly html_body: string; readonly attachments: { readonly id: number }[] }[];
  readonly audits: { readonly id: number }[];
}

/** Uses what is done to comments and files, imports, requests and metrics, on tickets of its own. */
export async function driveTickets(_server: TestServer, call: Call): Promise<void> {
  const uploaded = async (): Promise<string> =>
    ((await call('POST', '/uploads?filename=b.txt', 'some text')) as unknown as { upload: { token: string } }).upload.token;
  const { ticket } = await call('POST', '/tickets', { ticket: { comment: { body: 'My ID is 847564', uploads: [await uploaded()] } } });
  const path = `/tickets/${ticket?.id}`;
  await call('PUT', path, { ticket: { comment: 'more' } });
  const { comments } = (await call('GET', `${path}/comments?include_inline_images=true`)) as unknown as Rows;
  const { audits } = (await call('GET', `${path}/audits`)) as unknown as Rows;
  const [first, second] = comments;
  const file = `/attachments/${first?.attachments[0]?.id}`;
  await call('GET', file);
  await call('PUT', file, { attachment: { malware_access_override: true } });
  await call('DELETE', file);
  await call('GET', '/attachments/1');
  await call('PUT', `${path}/comments/${first?.id}/redact`, { text: 'ID' });
  await call('PUT', `${path}/comments/${first?.id}/redact`, {});
  await call('PUT', `/comment_redactions/${second?.id}`, {
    ticket_id: ticket?.id,
    html_body: second?.html_body.replace('more', '<redact>more</redact>'),
  });
  await call('PUT', `${path}/comments/${first?.id}/make_private`);
  await call('PUT', `${path}/audits/${audits[1]?.id}/make_private`);
  await call('GET', `${path}/audits`);
}

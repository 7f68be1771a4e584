import type { TestServer } from '../../emulator/zendesk/support/testing/test-server.ts';
import type { Call } from './support-drive-bulk.ts';

interface Rows {
  readonly comments: { readonly id: number; readonly html_body: string; readonly attachments: { readonly id: number }[] }[];
  readonly audits: { readonly id: number }[];
}

/** Uses what is done to comments and files, imports, requests and metrics, on tickets of its own. */
export async function driveTickets(server: TestServer, call: Call): Promise<void> {
  const uploaded = async (): Promise<string> =>
    ((await call('POST', '/uploads?filename=b.txt', 'some text')) as unknown as { upload: { token: string } }).upload.token;
  const { ticket } = await call('POST', '/tickets', { ticket: { comment: { body: 'My ID is 847564', uploads: [await uploaded()] } } });
  const path = `/tickets/${ticket?.id}`;
  await call('PUT', path, { ticket: { comment: 'more' } });
  const { comments } = (await call('GET', `${path}/comments?include_inline_images=true`)) as unknown as Rows;
  const { audits } = (await call('GET', `${path}/audits`)) as unknown as Rows;
  const [first, second] = comments;
  server.support.tickets.update('acme', ticket?.id ?? 0, { subject: 'worked on' }, { userId: server.ownerId, via: 'web' });
  await call('GET', '/tickets/recent');
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
  await driveRequests(server, call);
  await driveImports(server, call);
  await driveMetrics(call);
}

const SIDELOADS = 'users,groups,organizations,last_audits,metric_sets,dates,sharing_agreements,comment_count,incident_counts,ticket_forms,brands,custom_statuses,metric_events,slas'; // prettier-ignore

async function driveMetrics(call: Call): Promise<void> {
  await call('GET', '/ticket_audits');
  await call('GET', '/ticket_audits?page[size]=2');
  const { ticket_metrics: metrics } = (await call('GET', '/ticket_metrics')) as unknown as {
    ticket_metrics: { id: number; ticket_id: number }[];
  };
  await call('GET', '/ticket_metrics?page[size]=1');
  await call('GET', `/ticket_metrics/${metrics[0]?.id}`);
  await call('GET', `/tickets/${metrics[0]?.ticket_id}/metrics`);
  await call('GET', '/ticket_metrics/1');
  for (const path of ['/tickets', `/tickets/${metrics[0]?.ticket_id}`, `/tickets/show_many`]) {
    await call('GET', `${path}?ids=${metrics[0]?.ticket_id}&include=${SIDELOADS}`);
  }
}

async function driveImports(server: TestServer, call: Call): Promise<void> {
  const past = { created_at: '2020-01-01T00:00:00Z', solved_at: '2020-01-02T00:00:00Z', status: 'closed' };
  await call('POST', '/imports/tickets', { ticket: { subject: 'Old', comments: [{ value: 'one' }, { value: 'two' }], ...past } });
  await call('POST', '/imports/tickets', { ticket: { subject: 'No comment' } });
  const { job_status: job } = await call('POST', '/imports/tickets/create_many', { tickets: [{ description: 'x' }, {}] });
  server.advance(1_000);
  await call('GET', `/job_statuses/${job?.id}`);
}

async function driveRequests({ ownerId, support }: TestServer, call: Call): Promise<void> {
  const { organization } = await call('POST', '/organizations', { organization: { name: 'Askers' } });
  support.users.update('acme', ownerId, { organization_id: organization?.id ?? 0 }, { userId: ownerId, via: 'api' });
  const { request } = await call('POST', '/requests', { request: { subject: 'Help', comment: { body: 'Please' }, email_ccs: [{ user_id: ownerId }] } }); // prettier-ignore
  await call('POST', '/requests', { request: { comment: 'no subject' } });
  for (const path of ['', '/open', '/solved', '/ccd']) await call('GET', `/requests${path}?include=users`);
  await call('GET', '/requests?page[size]=1');
  await call('GET', '/requests/search?query=Help');
  const path = `/requests/${request?.id}`;
  await call('PUT', path, { request: { comment: { body: 'And please' } } });
  await call('PUT', path, { request: { solved: true } });
  await call('GET', path);
  await call('GET', '/requests/999');
  const { comments } = (await call('GET', `${path}/comments`)) as unknown as Rows;
  await call('GET', `${path}/comments/${comments[0]?.id}`);
  await call('GET', `/users/${ownerId}/requests`);
  await call('GET', `/organizations/${organization?.id}/requests`);
  support.users.update('acme', ownerId, { organization_id: null }, { userId: ownerId, via: 'api' });
  await call('DELETE', `/organizations/${organization?.id}`);
}

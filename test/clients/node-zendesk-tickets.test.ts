import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { testServer } from '../../emulator/zendesk/support/testing/test-server.ts';
import { connect, result, type Row, rows } from './connect.ts';

/** Node's `fetch` takes a stream, which is how the client uploads, only with `duplex`. */
const more = {
  transportConfig: {
    transportFn: (uri: string, init: RequestInit) => fetch(uri, { ...init, duplex: 'half' } as RequestInit),
    responseAdapter: (response: Response) => response,
  },
};

it('node-zendesk imports tickets, one and many', async () => {
  await using server = await testServer();
  const client = connect(server, { more });
  const past = { subject: 'Old', created_at: '2020-01-01T00:00:00Z', comments: [{ value: 'one' }, { value: 'two' }] };
  const imported = (await result(client.ticketimport.import({ ticket: past } as never)))['ticket'];
  expect(imported).toMatchObject({ id: 1, created_at: '2020-01-01T00:00:00Z', description: 'one' });
  expect((await rows(client.tickets.getComments(1))).map(({ body }) => body)).toEqual(['one', 'two']);
  const job = (await result(client.ticketimport.bulkImport([past, past])))['job_status'] as Row;
  server.advance(1_000);
  expect(await result(client.jobstatuses.show(String(job.id)))).toMatchObject({ job_status: { status: 'completed', total: 2 } });
});

it('node-zendesk works requests as an end user', async () => {
  await using server = await testServer();
  const ada = server.support.users.create('acme', { name: 'Ada', email: 'ada@x.example', verified: true }, server.api);
  const client = connect(server, { username: 'ada@x.example', more });
  const made = await result(client.requests.create({ request: { subject: 'Printer', comment: { body: 'On fire' } } }));
  expect(made).toMatchObject({ id: 1, requester_id: ada.id, status: 'new' });
  expect(await result(client.requests.update(1, { request: { comment: { body: 'Still' } } }))).toMatchObject({ id: 1 });
  // The client leaves pages of comments as they come.
  const comments = (await rows(client.requests.listComments(1))).flatMap((page) => page['comments'] as Row[]);
  expect(comments.map(({ body }) => body)).toEqual(['On fire', 'Still']);
  expect(await client.requests.getComment(1, comments[0]?.id ?? 0)).toMatchObject([{ comment: { body: 'On fire' } }]);
  for (const list of [client.requests.list(), client.requests.listOpen(), client.requests.listByUser(ada.id)])
    expect(await rows(list)).toMatchObject([{ id: 1 }]);
  expect([await rows(client.requests.listSolved()), await rows(client.requests.listCCD())]).toEqual([[], []]);
  expect(await result(client.requests.search({ query: 'printer' }))).toMatchObject([{ id: 1 }]);
  expect(await result(client.requests.show(1))).toMatchObject({ subject: 'Printer' });
});

it('node-zendesk reads ticket metrics', async () => {
  await using server = await testServer();
  const client = connect(server, { more });
  for (const subject of ['A', 'B']) server.support.tickets.create('acme', { subject, comment: 'x' }, server.api);
  server.advance(600_000);
  await client.tickets.update(1, { ticket: { comment: { body: 'reply' }, assignee_id: server.ownerId, status: 'solved' } } as never);
  const metric = await result(client.ticketmetrics.list(1));
  expect(metric).toMatchObject({ ticket_id: 1, replies: 1, full_resolution_time_in_minutes: { calendar: 10, business: 10 } });
  expect(await result(client.ticketmetrics.show(metric.id))).toEqual(metric);
  expect((await rows(client.ticketmetrics.listAll())).map((each) => each['ticket_id']).toSorted()).toEqual([1, 2]);
  expect(await result(client.tickets.listMetrics(1))).toMatchObject({ ticket_metric: { ticket_id: 1 } });
});

it('node-zendesk uploads files and handles attachments', async () => {
  await using server = await testServer();
  const client = connect(server, { more });
  type Upload = { upload: { token: string; attachment: Row } };
  const uploaded = async (text: string, filename: string): Promise<Upload['upload']> =>
    ((await client.attachments.upload(Readable.from([text]) as never, { filename, binary: true })) as Upload).upload;
  const upload = await uploaded('RIFF', 'a.wav');
  expect(upload.attachment).toMatchObject({ file_name: 'a.wav', size: 4 });
  await client.tickets.create({ ticket: { comment: { body: 'see file', uploads: [upload.token] } } } as never);
  const shown = (await result(client.attachments.show(upload.attachment.id)))['attachment'];
  expect(shown).toEqual(upload.attachment);
  await client.attachments.updateAttachmentForMalware(upload.attachment.id, true);
  const [comment] = await rows(client.tickets.getComments(1));
  expect(comment?.['attachments']).toMatchObject([{ id: upload.attachment.id, malware_access_override: true }]);
  await client.attachments.deleteUpload((await uploaded('x', 'b')).token);
});

it('node-zendesk reads audits, of a ticket and of all, and hides what was said', async () => {
  await using server = await testServer();
  const client = connect(server, { more });
  for (const subject of ['A', 'B']) server.support.tickets.create('acme', { subject, comment: 'x' }, server.api);
  const audits = await rows(client.ticketaudits.list(1));
  expect(audits).toMatchObject([{ ticket_id: 1 }]);
  expect(await result(client.ticketaudits.show(1, audits[0]?.id ?? 0))).toMatchObject({ ticket_id: 1 });
  const all = (await result(client.ticketaudits.listAll() as Promise<unknown>)) as unknown as { audits?: Row[] } & Row[];
  expect((all.audits ?? all).map((audit) => audit['ticket_id'])).toEqual([1, 2]);
  await client.ticketaudits.makePrivate(1, audits[0]?.id ?? 0);
  expect(await rows(client.tickets.getComments(1))).toMatchObject([{ public: false }]);
});

import { type TestServer } from '../../emulator/zendesk/support/testing/test-server.ts';
import type { Exchange } from './answers.ts';
import { driveAccess } from './support-drive-access.ts';
import { type Call, driveBulk } from './support-drive-bulk.ts';
import { driveTickets } from './support-drive-tickets.ts';
import { driveObjects } from './support-drive-objects.ts';
import { drivePeople } from './support-drive-people.ts';
import { driveEmpty, driveRarities } from './support-drive-rarities.ts';
import { driveRules } from './support-drive-rules.ts';

/** Uses every implemented operation, with valid and with bad input, and returns all that was answered. */
export async function driveSupport(server: TestServer): Promise<Exchange[]> {
  const seen: Exchange[] = [];
  const call: Call = async (method, path, body, headers) => {
    const answer = await server.call<Record<string, { id: number }>>(method, path, body, headers);
    const plain = `/api/v2${path.split('?')[0]}`.replace(/\.json$/, '');
    seen.push({ method, path: plain, status: answer.status, body: answer.body });
    return answer.body;
  };
  const both = async (path: string): Promise<void> => {
    await call('GET', path);
    await call('GET', `${path}${path.includes('?') ? '&' : '?'}page[size]=2`);
  };

  await driveEmpty(call);
  for (const owner of ['user', 'organization']) {
    const field = (
      await call('POST', `/${owner}_fields`, {
        [`${owner}_field`]: { key: 'tier', type: 'dropdown', title: 'Tier', custom_field_options: [{ name: 'Gold', value: 'gold' }] },
      })
    )[`${owner}_field`];
    await call('POST', `/${owner}_fields`, { [`${owner}_field`]: { key: 'vip', type: 'checkbox', title: 'VIP' } });
    await both(`/${owner}_fields`);
    await call('GET', `/${owner}_fields/${field?.id}`);
    await call('PUT', `/${owner}_fields/${field?.id}`, { [`${owner}_field`]: { title: 'Level' } });
  }
  const { organization } = await call('POST', '/organizations', {
    organization: { name: 'Globex', external_id: 'g', domain_names: ['globex.example'], organization_fields: { tier: 'gold' } },
  });
  const { user } = await call('POST', '/users', {
    user: { name: 'Hank', email: 'hank@globex.example', phone: '+14155550100', external_id: 'h', user_fields: { vip: true } },
  });
  await call('POST', '/users', { user: { name: 'Nobody' } });
  await call('POST', '/users', { user: { name: 'Twin', email: 'hank@globex.example' } });
  await call('POST', '/users/create_or_update', { user: { name: 'Hank S.', email: 'hank@globex.example' } });
  await call('POST', '/users/create_or_update', { user: { name: 'New', external_id: 'n' } });
  await call('PUT', `/users/${user?.id}`, { user: { notes: 'n', tags: ['vip'] } });
  for (const path of ['/users', '/users?role[]=admin', `/organizations/${organization?.id}/users`]) await both(path);
  for (const path of ['/users/me', '/users/me?include=abilities,open_ticket_count', '/users/count', '/users/search?query=hank', '/users/search?query=%2B14155550100', '/users/search?external_id=h', `/users/show_many?ids=${user?.id}`, `/users/${user?.id}?include=organizations`, '/users/99', '/users/x']) await call('GET', path); // prettier-ignore
  await both(`/users/${user?.id}/identities`);
  await both(`/users/${server.ownerId}/groups`);
  for (const path of ['/organizations/count', '/organizations/search?name=globex', `/organizations/show_many?ids=${organization?.id}`, `/organizations/${organization?.id}`, '/organizations/99']) await call('GET', path); // prettier-ignore
  await both('/organizations');
  await call('PUT', `/organizations/${organization?.id}`, { organization: { notes: 'n' } });
  await call('POST', '/organizations', { organization: { name: 'Globex' } });

  server.support.fields.create('acme', 'ticket', { type: 'text', title: 'Order' });
  const voice = {
    from: '+14155550100',
    to: '+14155550150',
    recording_url: 'https://x.example/1',
    started_at: '2026-01-05T08:59:00Z',
    call_duration: 40,
  };
  await call('POST', '/tickets', {
    ticket: { subject: 'S', comment: { body: 'C' }, requester_id: user?.id, priority: 'high', type: 'task', tags: ['a'] },
  });
  await call('POST', '/tickets', {
    ticket: { via_id: 34, comment: { body: 'Call', public: false }, voice_comment: voice, requester_id: user?.id },
  });
  server.support.tickets.create('acme', { via_id: 34, via: { source: { from: { phone: '+14155550100', name: 'Hank' }, to: { phone: '+14155550150', name: 'Line', brand_id: 1 } } }, requester_id: user?.id ?? 0, comment: 'Call' }, server.talk); // prettier-ignore
  await call('POST', '/tickets', { ticket: {} });
  await call('POST', '/tickets', { ticket: { comment: 'x', status: 'solved' } });
  await call('POST', '/tickets', '{');
  await call('POST', '/tickets', {});
  await call('PUT', '/tickets/1', { ticket: { assignee_id: server.ownerId, comment: { body: 'note', public: false } } });
  await call('PUT', '/tickets/1', { ticket: { safe_update: true, updated_stamp: 'old', subject: 'x' } });
  await call('PUT', '/tickets/1', { ticket: { status: 'solved' } });
  for (const path of ['/tickets', '/tickets?include=users', `/users/${user?.id}/tickets/requested`, `/users/${server.ownerId}/tickets/assigned`, `/organizations/${organization?.id}/tickets`, '/tickets/2/comments', '/tickets/2/audits']) await both(path); // prettier-ignore
  for (const path of ['/tickets/count', '/tickets/show_many?ids=1,2,3', '/tickets/1', '/tickets/2', '/tickets/3?include=users,groups,organizations', '/tickets/99', '/tickets/2/comments/count', '/tickets/2/audits/count']) await call('GET', path); // prettier-ignore
  const { audits } = (await call('GET', '/tickets/1/audits')) as unknown as { audits: { id: number }[] };
  await call('GET', `/tickets/1/audits/${audits[0]?.id}`);
  for (const path of ['/groups', '/ticket_fields']) await both(path);
  const { groups } = (await call('GET', '/groups/assignable')) as unknown as { groups: { id: number }[] };
  const { ticket_fields: fields } = (await call('GET', '/ticket_fields')) as unknown as { ticket_fields: { id: number }[] };
  for (const path of [
    '/groups/count',
    `/groups/${groups[0]?.id}`,
    '/ticket_fields/count',
    ...fields.map((field) => `/ticket_fields/${field.id}`),
  ])
    await call('GET', path);

  await driveBulk(server, call, { userId: user?.id ?? 0, organizationId: organization?.id ?? 0 });
  await call('GET', '/tags/count');
  await driveObjects(server, call);
  await driveAccess(server, call);

  for (const query of ['hank', 'type:ticket status<closed', 'type:group support', 'globex', 'created>soon'])
    await call('GET', `/search?query=${query}`);
  await call('GET', '/search?query=type:ticket&include=tickets(users,groups,organizations)');
  await call('GET', '/search/count?query=hank');
  for (const type of ['ticket', 'user', 'organization', 'group', 'x']) await call('GET', `/search/export?query=*&filter[type]=${type}`);

  const uploaded = async (): Promise<string> =>
    ((await call('POST', '/uploads?filename=a.txt', 'some text')) as unknown as { upload: { token: string } }).upload.token;
  await call('DELETE', `/uploads/${await uploaded()}`);
  const withFile = (await call('POST', '/tickets', { ticket: { comment: { body: 'see file', uploads: [await uploaded()] } } })) as unknown as { ticket: { id: number } }; // prettier-ignore
  const { comments } = (await call('GET', `/tickets/${withFile.ticket.id}/comments`)) as unknown as { comments: { id: number; attachments: { id: number }[] }[] }; // prettier-ignore
  await call('PUT', `/tickets/${withFile.ticket.id}/comments/${comments[0]?.id}/attachments/${comments[0]?.attachments[0]?.id}/redact`);

  await driveTickets(server, call);
  await drivePeople(server, call, seen);
  await driveRules(server, call);
  await driveRarities(server, call);

  await call('DELETE', '/tickets/1');
  server.advance(61_000);
  for (const path of ['/tickets', '/tickets/cursor', '/users', '/users/cursor', '/organizations', '/ticket_events']) {
    await call('GET', `/incremental${path}?start_time=0&per_page=2`);
    await call('GET', `/incremental${path}`);
  }
  await call('GET', '/incremental/ticket_events?start_time=0&include=comment_events');
  for (const page of ['', '&page[size]=2', '&page[after]=x']) await call('GET', `/incremental/ticket_metric_events?start_time=0${page}`);
  await call('GET', '/incremental/tickets/cursor?start_time=0&include=users,metric_sets');
  await call('GET', '/incremental/tickets/sample?start_time=0&include=users,groups');
  await call('GET', '/incremental/ticket_events/sample?start_time=0');
  await call('DELETE', `/users/${user?.id}`);
  await call('DELETE', `/organizations/${organization?.id}`);
  for (const owner of ['user', 'organization']) await call('DELETE', `/${owner}_fields/tier`);
  return seen;
}

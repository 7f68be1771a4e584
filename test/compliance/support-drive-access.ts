import type { TestServer } from '../../emulator/zendesk/support/testing/test-server.ts';
import type { Call } from './support-drive-bulk.ts';

/** Uses custom roles, OAuth clients and tokens. The token that is used itself is not part of what is compared. */
export async function driveAccess(server: TestServer, call: Call): Promise<void> {
  const role = (await call('POST', '/custom_roles', { custom_role: { name: 'Driver', configuration: { ticket_merge: true } } }))['custom_role']; // prettier-ignore
  await call('POST', '/custom_roles', { custom_role: {} });
  await call('GET', '/custom_roles');
  await call('GET', `/custom_roles/${role?.id}`);
  await call('PUT', `/custom_roles/${role?.id}`, { custom_role: { description: 'd' } });
  await call('DELETE', `/custom_roles/${role?.id}`);

  const { client } = await call('POST', '/oauth/clients', {
    client: { name: 'App', identifier: 'app', redirect_uri: ['https://x.example/'] },
  });
  await call('POST', '/oauth/clients', { client: { name: 'App', identifier: 'app' } });
  await call('GET', '/oauth/clients');
  await call('GET', '/oauth/clients?page[size]=1');
  await call('GET', `/oauth/clients/${client?.id}`);
  await call('PUT', `/oauth/clients/${client?.id}`, { client: { company: 'Acme', kind: 'public' } });
  await call('PUT', `/oauth/clients/${client?.id}/generate_secret`);
  const create = async (): Promise<{ id: number; full_token: string }> =>
    (await call('POST', '/oauth/tokens', { token: { client_id: client?.id, scopes: ['read', 'write'] } }))['token'] as { id: number; full_token: string }; // prettier-ignore
  const { id, full_token: text } = await create();
  await call('GET', '/users/me/oauth/clients');
  await call('GET', '/oauth/tokens?all=true');
  await call('GET', '/oauth/tokens?page[size]=1');
  await call('GET', `/oauth/tokens/${id}`);
  await call('DELETE', `/oauth/tokens/${(await create()).id}`);
  const asToken = { authorization: `Bearer ${text}` };
  await call('GET', '/oauth/tokens/current', undefined, asToken);
  await call('DELETE', '/oauth/tokens/current', undefined, asToken);
  await call('GET', `/oauth/tokens/${id}`);
  await call('DELETE', `/oauth/clients/${client?.id}`);
  server.advance(1_000);
}

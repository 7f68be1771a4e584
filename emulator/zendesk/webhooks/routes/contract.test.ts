import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Contract, CONTRACT_MISSING } from '../testing/contract.ts';
import { Receiver } from '../testing/receiver.ts';
import { draft, World } from '../testing/world.ts';
import type { AnswerBody } from '../testing/answer-body.ts';

describe('contract of the webhooks API', () => {
  let world: World;
  let receiver: Receiver;
  let contract: Contract;
  const seen = new Set<string>();

  beforeAll(async () => {
    if (CONTRACT_MISSING === undefined) contract = new Contract();
    world = await World.open({ rateLimits: false });
    receiver = await Receiver.open();
  });
  afterAll(async () => {
    await world.close();
    await receiver.close();
  });

  async function checked(status: number, method: string, path: string, body?: unknown): Promise<AnswerBody> {
    const answer = await world.api(method, path, body);
    const plain = `/api/v2${path.replace(/\?.*/, '')}`;
    const problems = contract.problems(method, plain, status, answer.body);
    expect({ status: answer.status, problems, text: answer.text }).toEqual({ status, problems: [], text: answer.text });
    seen.add(`${method} ${plain.replaceAll(/\/[0-9A-HJKMNP-TV-Z]{26}/g, '/{id}')}`);
    return answer.body;
  }

  it('holds for every operation, found and not found, valid and invalid', async ({ skip }) => {
    skip(CONTRACT_MISSING !== undefined, CONTRACT_MISSING);
    const webhook = {
      ...draft(receiver.url),
      description: 'links tickets',
      authentication: { type: 'basic_auth', data: { username: 'u', password: 'p' }, add_position: 'header' },
      custom_headers: { 'X-Tenant': 'blue' },
    };
    const created = await checked(201, 'POST', '/webhooks', { webhook });
    const { id } = created.webhook;
    await checked(400, 'POST', '/webhooks', { webhook: { name: 'incomplete' } });
    await checked(201, 'POST', `/webhooks?clone_webhook_id=${id}`);
    await checked(200, 'GET', '/webhooks');
    await checked(200, 'GET', '/webhooks?page[size]=1');
    await checked(400, 'GET', '/webhooks?sort=age');
    await checked(200, 'GET', `/webhooks/${id}`);
    await checked(404, 'GET', '/webhooks/01HANAHCF4QSDH4KXY4G2SAR4C');
    await checked(204, 'PUT', `/webhooks/${id}`, { webhook });
    await checked(400, 'PUT', `/webhooks/${id}`, { webhook: { name: 'incomplete' } });
    await checked(404, 'PUT', '/webhooks/01HANAHCF4QSDH4KXY4G2SAR4C', { webhook });
    await checked(204, 'PATCH', `/webhooks/${id}`, { webhook: { name: 'renamed' } });
    await checked(400, 'PATCH', `/webhooks/${id}`, { webhook: { status: 'paused' } });
    await checked(200, 'GET', `/webhooks/${id}/signing_secret`);
    await checked(404, 'GET', '/webhooks/01HANAHCF4QSDH4KXY4G2SAR4C/signing_secret');
    await checked(201, 'POST', `/webhooks/${id}/signing_secret`);
    await checked(200, 'POST', `/webhooks/test?webhook_id=${id}`, { request: {} });
    await checked(400, 'POST', '/webhooks/test', { request: {} });
    world.createTicket();
    const { data } = await world.attempt(1);
    await world.ended(2);
    await checked(200, 'GET', `/webhooks/${id}/invocations?filter[status]=success`);
    await checked(200, 'GET', `/webhooks/${data.webhook}/invocations/${data.invocation}/attempts`);
    await checked(204, 'DELETE', `/webhooks/${id}`);
    await checked(404, 'DELETE', `/webhooks/${id}`);
    const described = contract.operations.map((operation) => operation.replaceAll(/\{[^}]+\}/g, '{id}'));
    expect([...seen].toSorted()).toEqual(described.toSorted());
  });

  it('would notice a response that does not fit', ({ skip }) => {
    skip(CONTRACT_MISSING !== undefined, CONTRACT_MISSING);
    expect(contract.problems('GET', '/api/v2/webhooks', 200, { webhooks: [{ id: 1 }] })).not.toEqual([]);
    expect(contract.problems('GET', '/api/v2/webhooks', 500, {})).not.toEqual([]);
  });
});

import { expect, test } from 'vitest';
import { anEntry, testControl } from '../test-control.ts';
import { Agent } from './agent.ts';

const IDLE = { id: 9, name: 'Grace Hopper', journey: null, state: 'idle', presence: 'online', answers: 'when-told', groups: ['Support'] };

test('an agent at whom nothing rings says what became of the transfer', async () => {
  await using world = await testControl({ expectMs: 40, settleMs: 20 });
  world.on('GET /agents/9', () => IDLE);
  const agent = new Agent(world.stage, IDLE);
  const stands = 'Grace Hopper is online and idle, in the groups Support, and answers when told';
  const message = (why: string): string => `Grace Hopper was not offered a call within 40 ms: ${why}${stands}`;
  await expect(agent.answers()).rejects.toThrow(message('the bridge has sent no INVITE to the SIP-IN line; '));

  await world.append(anEntry({ kind: 'sip.message', from: 'bridge', to: 'talk', data: { direction: 'in', method: 'INVITE' } }));
  await expect(agent.declines()).rejects.toThrow(message(''));

  await world.append(
    anEntry({ kind: 'sip.message', from: 'talk', to: 'bridge', data: { direction: 'out', status: 403, cseqMethod: 'INVITE' } }),
  );
  await expect(agent.answers()).rejects.toThrow(message("the SIP-IN line answered the transfer's INVITE with 403; "));
});

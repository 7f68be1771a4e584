import { describe, expect, it } from 'vitest';
import { aRequest, aResponse, ROUTE, transactionBench } from '../testing/transaction-bench.ts';
import type { NonInviteServer } from './non-invite-server.ts';

function start() {
  const bench = transactionBench();
  const bye = aRequest('BYE');
  const server = bench.layer.createServer('key', 'BYE', ROUTE) as NonInviteServer;
  return { ...bench, server, respond: (status: number) => server.respond(aResponse(bye, status)) };
}

describe('non-INVITE server transaction', () => {
  it('says nothing to a repetition before the first response', () => {
    const { server, sent } = start();
    server.receiveAgain();
    expect(sent).toEqual([]);
    expect(server.isOpen).toBe(true);
  });

  it('repeats the newest response on request until timer J', () => {
    const { clock, server, respond, sent, layer } = start();
    respond(100);
    server.receiveAgain();
    respond(200);
    clock.advance(20_000);
    server.receiveAgain();
    expect(sent).toEqual(['0 100 Trying', '0 100 Trying', '0 200 OK', '20000 200 OK']);
    clock.advance(11_999);
    expect(layer.serverCount).toBe(1);
    clock.advance(1);
    expect(layer.serverCount).toBe(0);
  });

  it('discards a second final response', () => {
    const { clock, server, respond, sent } = start();
    respond(200);
    respond(500);
    server.receiveAgain();
    clock.advance(32_000);
    respond(500);
    expect(sent).toEqual(['0 200 OK', '0 200 OK']);
  });
});

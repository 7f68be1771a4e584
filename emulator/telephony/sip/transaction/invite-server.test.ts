import { describe, expect, it } from 'vitest';
import { aRequest, aResponse, ROUTE, transactionBench } from '../testing/transaction-bench.ts';
import { IllegalTransition } from './machine.ts';
import type { InviteServer } from './invite-server.ts';

function start() {
  const bench = transactionBench();
  const invite = aRequest('INVITE');
  const server = bench.layer.createServer('key', 'INVITE', ROUTE, 'merge') as InviteServer;
  return { ...bench, invite, server, respond: (status: number) => server.respond(aResponse(invite, status)) };
}

describe('INVITE server transaction', () => {
  it('answers a repeated INVITE with the newest provisional response', () => {
    const { server, respond, sent } = start();
    server.receiveAgain();
    expect(sent).toEqual([]);
    respond(100);
    respond(180);
    server.receiveAgain();
    expect(sent).toEqual(['0 100 Trying', '0 180 Ringing', '0 180 Ringing']);
  });

  it('repeats a failure with timer G up to T2 until timer H', () => {
    const { clock, respond, timesOf, layer, server } = start();
    respond(486);
    clock.advance(40_000);
    expect(timesOf('486 Busy Here')).toEqual([0, 500, 1_500, 3_500, 7_500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500]);
    expect(server.state).toBe('terminated');
    expect(layer.serverCount).toBe(0);
    expect(layer.isMerged('merge')).toBe(false);
  });

  it('repeats a failure for a repeated INVITE and stops at the ACK, which it absorbs until timer I', () => {
    const { clock, respond, timesOf, server, layer } = start();
    respond(486);
    clock.advance(100);
    server.receiveAgain();
    expect(server.receiveAck()).toBe(true);
    expect(server.state).toBe('confirmed');
    clock.advance(4_999);
    server.receiveAgain();
    expect(server.receiveAck()).toBe(true);
    expect(timesOf('486 Busy Here')).toEqual([0, 100]);
    expect(layer.serverCount).toBe(1);
    clock.advance(1);
    expect(layer.serverCount).toBe(0);
  });

  it('absorbs repeated INVITEs after a 2xx until timer L and leaves the ACK to the dialog (RFC 6026)', () => {
    const { clock, respond, timesOf, server, layer } = start();
    respond(200);
    server.receiveAgain();
    expect(server.receiveAck()).toBe(false);
    clock.advance(31_999);
    expect(timesOf('200 OK')).toEqual([0]);
    expect(layer.isMerged('merge')).toBe(true);
    clock.advance(1);
    expect(layer.serverCount).toBe(0);
  });

  it('throws with both names when a second final response is sent', () => {
    const { respond } = start();
    respond(200);
    expect(() => respond(486)).toThrow(IllegalTransition);
    expect(() => respond(486)).toThrow("INVITE server transaction: 'sendFailure' cannot happen in state 'accepted'");
  });

  it('tells of a CANCEL only before the final response', () => {
    const { server, respond } = start();
    server.onCancel = () => undefined;
    respond(180);
    expect(server.onCancel).toBeDefined();
    respond(200);
    expect(server.onCancel).toBeUndefined();
  });
});

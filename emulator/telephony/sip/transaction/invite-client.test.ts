import { describe, expect, it } from 'vitest';
import { aRequest, aResponse, ROUTE, transactionBench } from '../testing/transaction-bench.ts';

function start() {
  const bench = transactionBench();
  const invite = aRequest('INVITE');
  const client = bench.layer.invite(invite, 'z9hG4bKtest', ROUTE, bench.listener);
  return {
    ...bench,
    invite,
    client,
    receive: (status: number) => bench.layer.client(aResponse(invite, status))?.receive(aResponse(invite, status), ROUTE.remote),
  };
}

describe('INVITE client transaction', () => {
  it('repeats the INVITE with timer A doubling and gives up with timer B after 64 T1', () => {
    const { clock, timesOf, heard, client, layer } = start();
    clock.advance(40_000);
    expect(timesOf('INVITE')).toEqual([0, 500, 1_500, 3_500, 7_500, 15_500, 31_500]);
    expect(heard).toEqual(['32000 timeout']);
    expect(client.state).toBe('terminated');
    expect(layer.clientCount).toBe(0);
  });

  it('stops repeating at a provisional response and then waits for ever', () => {
    const { clock, timesOf, heard, receive, client } = start();
    clock.advance(600);
    receive(180);
    clock.advance(100_000);
    receive(183);
    expect(timesOf('INVITE')).toEqual([0, 500]);
    expect(heard).toEqual(['600 180', '100600 183']);
    expect(client.state).toBe('proceeding');
  });

  it('acknowledges a failure, and each repetition of it, until timer D', () => {
    const { clock, timesOf, heard, receive, layer } = start();
    clock.advance(10);
    receive(486);
    clock.advance(500);
    receive(486);
    receive(486);
    expect(timesOf('ACK')).toEqual([10, 510, 510]);
    expect(heard).toEqual(['10 486']);
    clock.advance(31_499);
    expect(layer.clientCount).toBe(1);
    clock.advance(1);
    expect(layer.clientCount).toBe(0);
    receive(486);
    expect(timesOf('ACK')).toHaveLength(3);
  });

  it('makes the ACK of a failure from the INVITE (RFC 3261 17.1.1.3)', () => {
    const bench = transactionBench();
    const invite = aRequest('INVITE');
    invite.headers.append('Via', 'SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKbelow');
    const seen: string[] = [];
    const { layer } = bench;
    layer.invite(invite, 'z9hG4bKtest', ROUTE, bench.listener);
    const response = aResponse(invite, 404, 'theirs');
    const cancel = layer
      .invite(aRequest('INVITE', 'z9hG4bKother'), 'z9hG4bKother', ROUTE, bench.listener)
      .cancel([['Reason', 'SIP;cause=200']]);
    layer.client(response)?.receive(response, ROUTE.remote);
    for (const { name, value } of cancel?.headers.entries() ?? []) seen.push(`${name}: ${value}`);
    expect(seen).toEqual([
      'Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bKother',
      'Route: <sip:192.0.2.1;lr>',
      'Max-Forwards: 70',
      'From: <sip:a@127.0.0.1>;tag=a',
      'To: <sip:bob@192.0.2.1>',
      'Call-ID: call',
      'CSeq: 7 CANCEL',
      'Reason: SIP;cause=200',
      'Content-Length: 0',
    ]);
  });

  it('passes every 2xx on until timer M (RFC 6026)', () => {
    const { clock, heard, receive, client } = start();
    receive(200);
    expect(client.state).toBe('accepted');
    clock.advance(500);
    receive(200);
    receive(180);
    receive(486);
    clock.advance(31_500);
    receive(200);
    expect(heard).toEqual(['0 200', '500 200']);
    expect(client.state).toBe('terminated');
  });

  it('gives up 64 T1 after a CANCEL that brought no final response', () => {
    const { clock, heard, receive, client } = start();
    receive(180);
    clock.advance(1_000);
    expect(client.cancel([])?.method).toBe('CANCEL');
    clock.advance(32_000);
    expect(heard).toEqual(['0 180', '33000 timeout']);
    expect(client.cancel([])).toBeUndefined();
  });

  it('reports an unreachable peer once', () => {
    const bench = transactionBench();
    bench.breakNetwork();
    bench.layer.invite(aRequest('INVITE'), 'z9hG4bKtest', ROUTE, bench.listener);
    bench.clock.advance(60_000);
    expect(bench.heard).toEqual(['0 transport']);
    expect(bench.layer.clientCount).toBe(0);
  });
});

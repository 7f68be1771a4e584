import { describe, expect, it } from 'vitest';
import { aRequest, aResponse, ROUTE, transactionBench } from '../testing/transaction-bench.ts';

function start() {
  const bench = transactionBench();
  const options = aRequest('OPTIONS');
  const client = bench.layer.request(options, 'z9hG4bKtest', ROUTE, bench.listener);
  return {
    ...bench,
    client,
    receive: (status: number) => bench.layer.client(aResponse(options, status))?.receive(aResponse(options, status), ROUTE.remote),
  };
}

describe('non-INVITE client transaction', () => {
  it('repeats with timer E up to T2 and gives up with timer F', () => {
    const { clock, timesOf, heard, layer } = start();
    clock.advance(40_000);
    expect(timesOf('OPTIONS')).toEqual([0, 500, 1_500, 3_500, 7_500, 11_500, 15_500, 19_500, 23_500, 27_500, 31_500]);
    expect(heard).toEqual(['32000 timeout']);
    expect(layer.clientCount).toBe(0);
  });

  it('repeats every T2 once it is proceeding', () => {
    const { clock, timesOf, heard, receive } = start();
    clock.advance(100);
    receive(100);
    clock.advance(39_900);
    expect(timesOf('OPTIONS')).toEqual([0, 500, 4_500, 8_500, 12_500, 16_500, 20_500, 24_500, 28_500]);
    expect(heard).toEqual(['100 100', '32000 timeout']);
  });

  it('reports the final response once and absorbs repetitions until timer K', () => {
    const { clock, heard, receive, layer, timesOf } = start();
    receive(200);
    clock.advance(4_999);
    receive(200);
    receive(100);
    expect(layer.clientCount).toBe(1);
    clock.advance(1);
    expect(layer.clientCount).toBe(0);
    expect(heard).toEqual(['0 200']);
    expect(timesOf('OPTIONS')).toEqual([0]);
  });

  it('reports an unreachable peer once', () => {
    const bench = transactionBench();
    bench.breakNetwork();
    bench.layer.request(aRequest('OPTIONS'), 'z9hG4bKtest', ROUTE, bench.listener);
    bench.clock.advance(60_000);
    expect(bench.heard).toEqual(['0 transport']);
  });
});

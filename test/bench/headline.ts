import { control, startBridgeProcess, startEmulatorProcess } from './processes.ts';
import { atMost, figure, median, type Row } from './table.ts';

const RUNS = 7;

interface JourneyView {
  state: string;
  binding: { result: string };
  hearing: { listener: string; speaker: string; hears: boolean }[];
}

/** The headline journey with the reference bridge: dialled, answered, heard, transferred, bound, heard again, hung up. */
export async function headlineRows(): Promise<Row[]> {
  const emulator = await startEmulatorProcess();
  const up = emulator.first;
  const bridge = await startBridgeProcess(up);
  try {
    await control(up, 'PUT', `/accounts/${up.account.subdomain}/settings`, {
      bridgeToneHz: 230,
      webhookDelayMs: 0,
      trunk: { originationUri: `sip:${bridge.first.sip}` },
    });
    await control(up, 'POST', '/agents', { name: 'Bench', groups: ['Support'], answers: 'automatically', answerAfterMs: 0 });
    const times: number[] = [];
    for (let run = 0; run < RUNS; run++) times.push(await oneJourney(up));
    return [
      atMost('headline journey, delays at 0', median(times) / 1000, 1.5, 's'),
      figure('slowest of them', Math.max(...times) / 1000, 's'),
    ];
  } finally {
    await bridge.stop();
    await emulator.stop();
  }
}

async function oneJourney(up: Parameters<typeof control>[0]): Promise<number> {
  const script = [{ await: { hears: 'bridge' } }, { press: '0' }, { await: { hears: 'agent' } }, { hangUp: true }];
  const begin = performance.now();
  const { journey } = await control<{ journey: string }>(up, 'POST', '/calls', { from: '+14155550100', carrier: 'clean', script });
  for (;;) {
    const view = await control<JourneyView>(up, 'GET', `/journeys/${journey}`);
    if (view.state === 'finished') {
      if (view.binding.result !== 'bound') throw new Error(`the headline journey was ${view.binding.result}: ${JSON.stringify(view)}`);
      return performance.now() - begin;
    }
    if (performance.now() - begin > 20_000) throw new Error(`the headline journey does not end: ${JSON.stringify(view)}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}

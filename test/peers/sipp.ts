import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PeerProcess } from './peer-process.ts';
import { programPath } from './programs.ts';
import { freeUdpPort, untilBound } from './udp-ports.ts';

export interface SippOptions {
  /** `uac` or `uas` of SIPp's own, or a file of ours in `sipp/`. */
  readonly scenario: 'uac' | 'uas' | `${string}.xml`;
  /** `host:port` to call; without it SIPp waits to be called. */
  readonly target?: string;
  /** How many calls, after which it ends. Default 1. */
  readonly calls?: number;
  /** New calls a second. */
  readonly rate?: number;
  /** Length of the pause in the scenario, in milliseconds. */
  readonly pauseMs?: number;
  /** Percentage of messages that SIPp loses, in both directions. */
  readonly lost?: number;
  /** User part of the Request-URI. */
  readonly service?: string;
  /** Values of the scenario's own `[keywords]`. */
  readonly keys?: Readonly<Record<string, string>>;
}

/** What SIPp counted. */
export interface SippStatistics {
  readonly successful: number;
  readonly failed: number;
  readonly retransmissions: number;
}

/** SIPp at work. */
export class Sipp implements AsyncDisposable {
  /** `127.0.0.1:port`. */
  readonly address: string;
  readonly #process: PeerProcess;
  readonly #folder: string;

  constructor(process: PeerProcess, address: string, folder: string) {
    this.#process = process;
    this.address = address;
    this.#folder = folder;
  }

  /** Waits until all calls are done. @throws Error with SIPp's own words when one failed. */
  async done(): Promise<SippStatistics> {
    const code = await this.#process.ended();
    const statistics = readStatistics(readFileSync(join(this.#folder, 'statistics.csv'), 'utf8'));
    if (code === 0) return statistics;
    throw new Error(`SIPp ended with ${code}: ${JSON.stringify(statistics)}\n${this.#told('errors.log')}\n${this.#process.output}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process.stop('SIGKILL');
    rmSync(this.#folder, { recursive: true });
  }

  #told(file: string): string {
    try {
      return readFileSync(join(this.#folder, file), 'utf8');
    } catch {
      return '';
    }
  }
}

/** Starts SIPp on loopback; one that is to be called is ready for it. */
export async function startSipp(options: SippOptions): Promise<Sipp> {
  const { scenario, target, calls = 1, rate = 10, pauseMs = 0, lost, service, keys = {} } = options;
  const folder = mkdtempSync(join(tmpdir(), 'ringback-sipp-'));
  const [port, media] = [await freeUdpPort(), await freeUdpPort()];
  const file = scenario.endsWith('.xml') ? ['-sf', resolve(import.meta.dirname, 'sipp', scenario)] : ['-sn', scenario];
  const addresses = `-i 127.0.0.1 -bind_local -p ${port} -mi 127.0.0.1 -mp ${media}`;
  const load = `-m ${calls} -r ${rate} -l 1000 -d ${pauseMs}`;
  // More attempts than SIPp's default: what is tested is that loss is overcome, not how much of it.
  const loss = lost === undefined ? '' : `-lost ${lost} -max_invite_retrans 9 -max_non_invite_retrans 9`;
  const told = '-nostdin -trace_stat -stf statistics.csv -fd 1 -trace_err -error_file errors.log';
  const args = [
    ...(target === undefined ? [] : [target]),
    ...file,
    ...(service === undefined ? [] : ['-s', service]),
    ...[addresses, load, loss, told].join(' ').trim().split(/\s+/),
    ...Object.entries(keys).flatMap(([key, value]) => ['-key', key, value]),
  ];
  const sipp = new Sipp(new PeerProcess(programPath('sipp') ?? 'sipp', args, { cwd: folder }), `127.0.0.1:${port}`, folder);
  await untilBound(port);
  return sipp;
}

/** The last row of SIPp's statistics, where `(C)` columns count from the start. */
function readStatistics(csv: string): SippStatistics {
  const [head = '', ...rows] = csv.trim().split('\n');
  const names = head.split(';');
  const last = rows.at(-1)?.split(';') ?? [];
  const count = (name: string): number => Number(last[names.indexOf(name)] ?? Number.NaN);
  return { successful: count('SuccessfulCall(C)'), failed: count('FailedCall(C)'), retransmissions: count('Retransmissions(C)') };
}

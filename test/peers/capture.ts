import { execFile } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { PeerProcess } from './peer-process.ts';
import { programPath } from './programs.ts';

const run = promisify(execFile);

/** One RTP stream as tshark sees it. */
export interface RtpStream {
  readonly from: number;
  readonly to: number;
  readonly payload: string;
  readonly packets: number;
  readonly lost: number;
}

export interface SipStatistics {
  readonly messages: number;
  readonly resent: number;
  /** From INVITE to 200, the longest. */
  readonly setupMs: number;
}

/** A running capture of the loopback interface. */
export class Capture implements AsyncDisposable {
  readonly #process: PeerProcess;
  readonly #folder: string;
  /** Sends marks to itself: what is captured before a mark is in the file once the mark is. */
  readonly #marker: Socket;

  private constructor(process: PeerProcess, folder: string, marker: Socket) {
    this.#process = process;
    this.#folder = folder;
    this.#marker = marker;
  }

  /** Starts tcpdump. @returns the reason as text where this machine does not let us capture. */
  static async start(filter: string): Promise<Capture | string> {
    const folder = mkdtempSync(join(tmpdir(), 'ringback-capture-'));
    // tcpdump gives up its rights before it opens the file.
    chmodSync(folder, 0o777);
    const marker = createSocket('udp4').bind(0, '127.0.0.1');
    await once(marker, 'listening');
    const all = `(${filter}) or udp port ${marker.address().port}`;
    const args = ['-i', 'lo', '-n', '-U', '--immediate-mode', '-B', '8192', '-w', join(folder, 'all.pcap'), all];
    const tcpdump = new PeerProcess(programPath('tcpdump') ?? 'tcpdump', args);
    try {
      await tcpdump.printed('listening on lo');
      const capture = new Capture(tcpdump, folder, marker);
      await capture.#mark('begin');
      return capture;
    } catch {
      marker.close();
      rmSync(folder, { recursive: true });
      return `capturing is not permitted: ${tcpdump.output.trim().split('\n')[0] ?? ''}`;
    }
  }

  /** Ends the capture; tshark reads SIP on these ports. */
  async done(sipPorts: readonly number[]): Promise<CaptureFile> {
    await this.#mark('end');
    await this.#process.stop('SIGINT');
    const dropped = /(\d+) packets dropped by kernel/.exec(this.#process.output)?.[1];
    if (dropped !== '0') throw new Error(`the capture is not complete: ${this.#process.output}`);
    const file = join(this.#folder, 'call.pcap');
    const unmarked = `!(udp.port == ${this.#marker.address().port})`;
    await run('tshark', ['-n', '-r', join(this.#folder, 'all.pcap'), '-Y', unmarked, '-w', file]);
    return new CaptureFile(file, sipPorts);
  }

  /** Sends a mark until it is in the file. */
  async #mark(word: string): Promise<void> {
    const mark = `ringback capture ${word}`;
    for (let turn = 0; turn < 200; turn++) {
      this.#marker.send(mark, this.#marker.address().port, '127.0.0.1');
      await setTimeout(25);
      if (readFileSync(join(this.#folder, 'all.pcap'), 'latin1').includes(mark)) return;
    }
    throw new Error(`tcpdump listens but captures nothing: ${this.#process.output}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#marker.close();
    await this.#process.stop('SIGINT');
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** A capture as tshark reads it. */
export class CaptureFile {
  readonly #path: string;
  readonly #decode: readonly string[];

  constructor(path: string, sipPorts: readonly number[]) {
    this.#decode = sipPorts.flatMap((port) => ['-d', `udp.port==${port},sip`]);
    this.#path = path;
  }

  /** The packets that match a display filter, one line each. */
  async packets(filter: string): Promise<string[]> {
    return lines(await this.#tshark('-Y', filter));
  }

  /** Fields of the packets that match a display filter. */
  async fields(filter: string, ...names: readonly string[]): Promise<string[][]> {
    const rows = await this.#tshark('-Y', filter, '-T', 'fields', ...names.flatMap((name) => ['-e', name]));
    return lines(rows).map((row) => row.split('\t'));
  }

  /** tshark's SIP statistics and its RTP stream analysis. */
  async statistics(): Promise<{ sip: SipStatistics; streams: RtpStream[] }> {
    const tables = await this.#tshark('-q', '-z', 'sip,stat', '-z', 'rtp,streams');
    const number = (label: RegExp): number => Number(label.exec(tables)?.[1] ?? Number.NaN);
    const sip = { messages: number(/SIP messages: (\d+)/), resent: number(/resent SIP messages: (\d+)/), setupMs: number(/Max (\d+) ms/) };
    const row = /127\.0\.0\.1\s+(\d+)\s+127\.0\.0\.1\s+(\d+)\s+0x[0-9A-F]+\s+(.+?)\s+(\d+)\s+(-?\d+)\s+\(/gi;
    const streams = [...tables.matchAll(row)].map(([, from, to, payload = '', packets, lost]) => ({
      from: Number(from),
      to: Number(to),
      payload,
      packets: Number(packets),
      lost: Number(lost),
    }));
    return { sip, streams };
  }

  async #tshark(...args: readonly string[]): Promise<string> {
    // RTP is found through the session descriptions, not guessed: what is no RTP there is to be seen.
    const { stdout } = await run(programPath('tshark') ?? 'tshark', ['-n', '-r', this.#path, ...this.#decode, ...args], {
      maxBuffer: 64 * 2 ** 20,
    });
    return stdout;
  }
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

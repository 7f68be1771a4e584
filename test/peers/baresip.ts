import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { encodeWav, toneSource } from 'ringback/sip';
import { PeerProcess } from './peer-process.ts';
import { programPath } from './programs.ts';
import { freeUdpPort } from './udp-ports.ts';

const MODULE_FOLDERS = ['/usr/lib/baresip/modules', '/usr/local/lib/baresip/modules'];
const MODULES = ['account', 'g711', 'aufile', 'sndfile', 'menu'];
/** A source that ends also ends the call: longer than any test. */
const TONE_FRAMES = 50 * 30;
/** 8 kHz, 16 bit. */
const BYTES_PER_MS = 16;
const LOOK_MS = 20;
const LOOKS = 250;

export interface BaresipOptions {
  /** User part of its address: the number that its INVITE shows, and that it is called by. */
  readonly user: string;
  /** What it calls; without it, it answers whoever calls. */
  readonly dial?: string;
  /** The tone that it speaks. */
  readonly toneHz: number;
  /** Default PCMU. */
  readonly codec?: 'pcmu' | 'pcma';
}

/** A real phone that calls or is called, speaks a tone and records what it hears. */
export class Baresip implements AsyncDisposable {
  /** `127.0.0.1:port`. */
  readonly address: string;
  readonly #process: PeerProcess;
  readonly #folder: string;

  constructor(process: PeerProcess, address: string, folder: string) {
    this.#process = process;
    this.address = address;
    this.#folder = folder;
  }

  get output(): string {
    return this.#process.output;
  }

  /** Waits until it has printed the text. @throws Error with its output when it ends before. */
  printed(text: string | RegExp): Promise<void> {
    return this.#process.printed(text);
  }

  /** Makes it hang up and end. */
  quit(): Promise<void> {
    return this.#process.stop('SIGTERM');
  }

  /** Waits until it has recorded so much more, in milliseconds. @throws Error after five seconds. */
  async records(milliseconds: number): Promise<void> {
    const enough = this.#recorded() + milliseconds * BYTES_PER_MS;
    for (let look = 0; look < LOOKS; look++) {
      if (this.#recorded() >= enough) return;
      await pause(LOOK_MS);
    }
    throw new Error(`baresip did not record ${milliseconds} ms in ${LOOKS * LOOK_MS} ms:\n${this.#process.output}`);
  }

  /** What it heard, as a WAV file; complete when its call has ended. @throws Error when it recorded nothing. */
  recording(): Uint8Array {
    const file = this.#file();
    if (file === undefined) throw new Error(`baresip recorded nothing:\n${this.#process.output}`);
    return readFileSync(file);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process.stop('SIGKILL');
    rmSync(this.#folder, { recursive: true });
  }

  #recorded(): number {
    const file = this.#file();
    return file === undefined ? 0 : statSync(file).size;
  }

  #file(): string | undefined {
    const name = readdirSync(this.#folder).find((each) => each.startsWith('dump-') && each.endsWith('-dec.wav'));
    return name === undefined ? undefined : join(this.#folder, name);
  }
}

/** Starts baresip on loopback. Standard input is closed: it does not start on a file or without a console. */
export async function startBaresip(options: BaresipOptions): Promise<Baresip> {
  const { user, dial, toneHz, codec = 'pcmu' } = options;
  const folder = mkdtempSync(join(tmpdir(), 'ringback-baresip-'));
  const address = `127.0.0.1:${await freeUdpPort()}`;
  writeFileSync(join(folder, 'tone.wav'), tone(toneHz));
  writeFileSync(join(folder, 'accounts'), `<sip:${user}@127.0.0.1>;regint=0;answermode=auto;audio_codecs=${codec}\n`);
  const config = [
    `sip_listen ${address}`,
    'net_interface 127.0.0.1',
    `audio_source aufile,${join(folder, 'tone.wav')}`,
    `snd_path ${folder}`,
    `module_path ${MODULE_FOLDERS.find((path) => existsSync(path)) ?? MODULE_FOLDERS[0]}`,
    ...MODULES.map((name) => `module ${name}.so`),
  ];
  writeFileSync(join(folder, 'config'), `${config.join('\n')}\n`);
  const args = ['-f', folder, ...(dial === undefined ? [] : ['-e', `/dial ${dial}`])];
  const baresip = new Baresip(new PeerProcess(programPath('baresip') ?? 'baresip', args, { cwd: folder }), address, folder);
  await baresip.printed('baresip is ready');
  return baresip;
}

function tone(frequencyHz: number): Uint8Array {
  const source = toneSource(frequencyHz);
  const samples = new Int16Array(160 * TONE_FRAMES);
  for (let frame = 0; frame < TONE_FRAMES; frame++) samples.set(source.read(), frame * 160);
  return encodeWav(samples);
}

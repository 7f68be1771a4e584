import { Command, InvalidArgumentError } from 'commander';

/** Flags of `ringback up` as commander gives them. */
export interface UpFlags {
  json?: boolean;
  quiet?: boolean;
  port?: number;
  sipPort?: number;
  bridge?: string;
  bridgeToneHz?: number;
  seed?: string;
  data?: string;
  host?: string;
  publicAddress?: string;
  mediaAddress?: string;
  rtpPorts?: { from: number; to: number };
  randomSeed?: number;
}

export function upCommand(): Command {
  return new Command('up')
    .description('start the emulator and leave it running until Ctrl-C')
    .option('--json', 'print one line of JSON when all listeners are ready, and nothing else')
    .option('--quiet', 'do not print what happens afterwards')
    .option('--port <number>', 'TCP port of the REST API and the control plane (default: a free one)', port)
    .option('--sip-port <number>', 'UDP port of SIP (default: a free one)', port)
    .option('--bridge <uri>', 'where the trunk finds the bridge: sip:HOST:PORT', sipUri)
    .option('--bridge-tone-hz <number>', 'the tone that the bridge speaks, if it speaks one, so that hearing it is measured', wholeNumber)
    .option('--seed <file>', 'JSON file with what the account starts with (default: a demo account); not used when --data has accounts')
    .option('--data <file>', 'SQLite file that keeps the state; one with accounts goes on with them (default: in memory)')
    .option('--host <address>', 'address to listen on (default: 127.0.0.1)')
    .option('--public-address <address>', 'address (no port) that URLs and SIP headers name, for bridges in containers or on other hosts')
    .option('--media-address <address>', 'address (no port) that SDP names (default: the public address)')
    .option('--rtp-ports <from-to>', 'UDP ports for RTP, such as 20000-20100 (default: any free ones)', portRange)
    .option('--random-seed <number>', 'the same seed gives the same world (default: a new one)', wholeNumber)
    .addHelpText(
      'after',
      `
Examples:
  ringback up                                     a demo account; all it takes to connect a bridge is printed
  ringback up --json --bridge sip:127.0.0.1:5070  for programs: one line of JSON, then drive it over HTTP
  ringback up --host 0.0.0.0 --public-address 192.0.2.10 --port 4010 --sip-port 5060 --rtp-ports 20000-20100

docs/control-api.md describes the control plane, the JSON line and the seed file.`,
    )
    .action(async (flags: UpFlags) => {
      const { up } = await import('./up.ts');
      await up(flags);
    });
}

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 0 on.');
  return Number(text);
}

function port(text: string): number {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(number <= 65_535)) throw new InvalidArgumentError('It must be a port: 0 to 65535.');
  return number;
}

function portRange(text: string): { from: number; to: number } {
  const [, low = '', high = ''] = /^(\d{1,5})-(\d{1,5})$/.exec(text) ?? [];
  const range = { from: Number(low), to: Number(high) };
  if (low === '' || range.from < 1 || range.to > 65_535 || range.to <= range.from) {
    throw new InvalidArgumentError('It must be two ports such as 20000-20100, the lower first.');
  }
  return range;
}

function sipUri(text: string): string {
  if (!/^sip:\S+$/.test(text)) throw new InvalidArgumentError('It must be a SIP URI such as sip:127.0.0.1:5070.');
  return text;
}

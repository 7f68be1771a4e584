import { pause } from '../time.ts';
import type { BridgeAddress, Readiness } from './config.ts';
import type { KeptProcess, Line } from './kept-process.ts';

/** Between two looks at a readiness URL, in milliseconds. */
const LOOK_AGAIN = 25;
/** How long one look may take, in milliseconds. */
const LOOK = 2_000;

/** What a ready line of JSON may tell. */
export type Told = Partial<BridgeAddress>;

/** Resolves when the process says that it is ready, with what it told of itself. Never rejects; stops with the signal. */
export async function untilReady(process: KeptProcess, readiness: Readiness, signal: AbortSignal): Promise<Told> {
  if ('url' in readiness) {
    await untilAnswers(readiness.url, signal);
    return {};
  }
  const told = 'log' in readiness ? (line: Line) => (line.text.search(readiness.log) >= 0 ? {} : undefined) : readyLine;
  return untilLine(process, told, signal);
}

/** `{"ready":true,"sip":…}` on standard output; a line with `sip` alone counts too. */
function readyLine(line: Line): Told | undefined {
  if (line.stream !== 'stdout' || !line.text.startsWith('{')) return undefined;
  try {
    const { ready, sip, http } = JSON.parse(line.text) as { ready?: boolean; sip?: unknown; http?: unknown };
    if (ready !== true && typeof sip !== 'string') return undefined;
    return { ...(typeof sip === 'string' ? { sip } : {}), ...(typeof http === 'string' ? { http } : {}) };
  } catch {
    return undefined;
  }
}

function untilLine(process: KeptProcess, told: (line: Line) => Told | undefined, signal: AbortSignal): Promise<Told> {
  return new Promise((resolve) => {
    const hear = (line: Line): void => {
      const result = told(line);
      if (!result) return;
      process.off('line', hear);
      resolve(result);
    };
    process.lines.forEach(hear);
    process.on('line', hear);
    signal.addEventListener('abort', () => process.off('line', hear), { once: true });
  });
}

async function untilAnswers(url: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const look = AbortSignal.any([signal, AbortSignal.timeout(LOOK)]);
    const ready = await fetch(url, { signal: look }).then(
      async (response) => {
        await response.body?.cancel();
        return response.ok;
      },
      () => false,
    );
    if (ready) return;
    await pause(LOOK_AGAIN);
  }
}

/** The condition in words, for messages. */
export function describeReadiness(readiness: Readiness): string {
  if ('url' in readiness) return `GET ${readiness.url} to answer 2xx`;
  if ('log' in readiness) return `a line of output that matches ${String(readiness.log)}`;
  return 'a line of JSON on standard output with "ready": true';
}

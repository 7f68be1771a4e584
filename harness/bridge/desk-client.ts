import type { DeskPath, DeskRoutes } from './desk-messages.ts';

/** Asks the main process; throws its message when it refuses. */
export async function askDesk<Path extends DeskPath>(
  url: string,
  path: Path,
  ...[body, signal]: DeskRoutes[Path]['body'] extends undefined
    ? [body?: undefined, signal?: AbortSignal]
    : [body: DeskRoutes[Path]['body'], signal?: AbortSignal]
): Promise<DeskRoutes[Path]['answer']> {
  const response = await fetch(url + path, {
    method: 'POST',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  const answer = (await response.json()) as DeskRoutes[Path]['answer'] & { message?: string };
  if (!response.ok) throw new Error(answer.message ?? `the desk answered ${response.status}`);
  return answer;
}

/** Calls back once, when the bridge or the emulator ends; the returned function stops watching. */
export function watchForDeath(url: string, died: (message: string) => void): () => void {
  const over = new AbortController();
  const watch = async (): Promise<void> => {
    while (!over.signal.aborted) {
      const death = await askDesk(url, '/death', { wait: true, claim: false }, over.signal).catch(() => undefined);
      if (death === undefined) return;
      if (death) return died(death.message);
    }
  };
  void watch();
  return () => over.abort();
}

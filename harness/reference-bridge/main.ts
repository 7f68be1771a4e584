import { Bridge } from './bridge.ts';
import { readConfig } from './config.ts';

/** Starts the reference bridge from the environment, prints one JSON line when it is ready, and stops on a signal. */
async function main(): Promise<void> {
  const bridge = new Bridge(readConfig(process.env), (line) => process.stderr.write(`${line}\n`));
  const stop = (): void => {
    void bridge.stop().finally(() => process.exit(0));
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const addresses = await bridge.start();
  process.stdout.write(`${JSON.stringify({ ready: true, ...addresses })}\n`);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`reference bridge: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

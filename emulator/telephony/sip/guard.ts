/** Runs something that must not throw out of the stack; what it throws is reported. */
export type Guard = (run: () => void) => void;

export function createGuard(report: (problem: string) => void): Guard {
  return (run) => {
    try {
      run();
    } catch (error) {
      report(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
  };
}

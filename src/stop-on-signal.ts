/** Stops once on Ctrl-C or a service manager's request, then ends the process; a second Ctrl-C ends it at once. */
export function stopOnSignal(
  stop: () => Promise<void>,
  failed: (error: unknown) => void = console.error,
): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      stop().then(
        () => process.exit(0),
        (error) => {
          failed(error);
          process.exit(1);
        },
      );
    });
  }
}

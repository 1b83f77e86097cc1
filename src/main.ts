import { compose } from './compose.ts';
import { readConfig } from './config.ts';
import { isIcbError } from './domain/errors.ts';
import { listen } from './serve.ts';
import { stopOnSignal } from './stop-on-signal.ts';

/** Part of the time a stop has that a sync may take; the rest is for answers under way and for closing the store. */
const FOR_SYNCS = 0.75;
const FOR_STORE = 0.15;

try {
  const config = readConfig(process.env);
  const icb = await compose(config);
  const server = await listen(icb.fetch, config);
  await icb.start();
  icb.core.log.info({ port: server.port, baseUrl: config.baseUrl }, 'icb is running');
  // Doors stay open while a sync ends: whoever asks is told that icb is not ready any more.
  const stop = () =>
    icb.stop({
      withinMs: config.stopSeconds * 1000 * FOR_SYNCS,
      closeDoors: () => server.close(),
      storeWithinMs: config.stopSeconds * 1000 * FOR_STORE,
    });
  stopOnSignal(stop, (err) => icb.core.log.error({ err }, 'the stop went wrong; icb ends all the same'));
} catch (error) {
  if (!isIcbError(error)) throw error;
  console.error([error.message, ...error.details.map((detail) => `  ${detail}`)].join('\n'));
  if (error.code === 'config')
    console.error('See .env.example, or try everything without settings: npm run demo');
  process.exit(1);
}

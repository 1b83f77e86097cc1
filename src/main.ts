import { compose } from './compose.ts';
import { readConfig } from './config.ts';
import { isIcbError } from './domain/errors.ts';
import { listen } from './serve.ts';
import { stopOnSignal } from './stop-on-signal.ts';

try {
  const config = readConfig(process.env);
  const icb = await compose(config);
  const server = await listen(icb.fetch, config);
  await icb.start();
  icb.core.log.info({ port: server.port, baseUrl: config.baseUrl }, 'icb is running');
  stopOnSignal(async () => {
    await server.close();
    await icb.stop();
  });
} catch (error) {
  if (!isIcbError(error)) throw error;
  console.error([error.message, ...error.details.map((detail) => `  ${detail}`)].join('\n'));
  if (error.code === 'config')
    console.error('See .env.example, or try everything without settings: npm run demo');
  process.exit(1);
}

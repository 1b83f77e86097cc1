import { lowdbStore } from '../../../src/adapters/store-lowdb/lowdb-store.ts';

// A process of its own that holds the data folder named on its command line until it is told to stop or killed.
const store = await lowdbStore({ dir: process.argv[2] ?? '', purpose: 'the holder in a test' });
process.stdout.write('held\n');
process.stdin.once('data', () => store.close().then(() => process.exit(0)));

import { memoryStore } from '../../../src/adapters/store-memory/memory-store.ts';
import { storeContract } from '../../contract/store.ts';

storeContract('memoryStore', async () => memoryStore());

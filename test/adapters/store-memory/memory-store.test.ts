import { memoryStore } from '../../../src/adapters/store-memory/memory-store.ts';
import { storeContract } from '../../contract/store.ts';
import { storeVersionsContract } from '../../contract/store-versions.ts';

storeContract('memoryStore', async () => memoryStore());
storeVersionsContract('memoryStore', async () => memoryStore());

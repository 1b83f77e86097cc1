import { remembered } from './remembered.ts';

/** Ids of contracts, services and days of a large MSP, many times over. */
const MOST = 1_000_000;

/**
 * One text for all records that say the same: parsing makes a new one for each, and there are millions. It takes less
 * memory, and two that are the same are found to be so at a glance, without reading either.
 */
export const sharedText: (text: string) => string = remembered(MOST, (text) => text);

export const ASSET_KINDS = ['pc', 'server', 'azure'] as const;
export type AssetKind = (typeof ASSET_KINDS)[number];

/** First match wins: an Azure server is an Azure virtual machine. */
const KINDS: readonly (readonly [RegExp, AssetKind])[] = [
  [/azure/, 'azure'],
  [/server/, 'server'],
  [/\b(pc|pcs|workstation|desktop|laptop|notebook|endpoint)\b/, 'pc'],
];

/** Which of the three products a Direct-to-Cloud asset belongs to; undefined for a type icb does not know. */
export function assetKind(type: string | null): AssetKind | undefined {
  const words = (type ?? '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[_-]/g, ' ')
    .toLowerCase();
  return KINDS.find(([pattern]) => pattern.test(words))?.[1];
}

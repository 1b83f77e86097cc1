import { describe, expect, it } from 'vitest';
import { BUILT_IN } from '../../src/catalog/catalogue.ts';
import { editDistance } from '../../src/catalog/edit-distance.ts';
import { findModuleByText } from '../../src/catalog/find-module-by-text.ts';

const found = (text: string): string | undefined => {
  const result = findModuleByText(BUILT_IN, text);
  return 'module' in result ? result.module.id : undefined;
};
const nearest = (text: string): string[] => {
  const result = findModuleByText(BUILT_IN, text);
  return 'nearest' in result ? result.nearest.map((module) => module.id) : [];
};

describe('findModuleByText', () => {
  it.each([
    ['datto-rmm', 'datto-rmm'],
    ['Datto RMM', 'datto-rmm'],
    ['  dattormm ', 'datto-rmm'],
    ['SAAS protection', 'saas-protection'],
    ['vsa10', 'vsa-10'],
    ['Datto Endpoint Backup for PCs', 'datto-endpoint-backup-pcs'],
  ])('%j is %s', (text, id) => expect(found(text)).toBe(id));

  it.each([
    ['dato rmm', 'datto-rmm'],
    ['rmm', 'datto-rmm'],
    ['rokcetcyber', 'rocketcyber'],
    ['bcrd', 'datto-bcdr'],
    ['grafus', 'graphus'],
    ['spaning o365', 'spanning-o365'],
    ['edr', 'datto-edr'],
  ])('%j is unknown, nearest is %s', (text, id) => {
    expect(found(text)).toBeUndefined();
    expect(nearest(text)[0]).toBe(id);
  });

  it.each(['', '   ', '!!!', 'quickbooks online'])('%j is near nothing', (text) => {
    expect(findModuleByText(BUILT_IN, text)).toEqual({ nearest: [] });
  });

  it('offers at most three', () => expect(nearest('datto')).toHaveLength(3));
});

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['abc', '', 3],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
    ['rmm', 'rnm', 1],
    ['bcdr', 'bcrd', 1],
    ['same', 'same', 0],
  ])('%j to %j takes %d', (a, b, edits) => expect(editDistance(a, b)).toBe(edits));
});

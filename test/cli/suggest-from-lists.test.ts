import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { suggestFromLists } from '../../src/cli/suggest-from-lists.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'icb-lists-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const files = async (left: string, right: string) => {
  const paths = {
    left: join(folder, 'left.csv'),
    right: join(folder, 'right.csv'),
    out: join(folder, 'out.csv'),
  };
  await writeFile(paths.left, left);
  await writeFile(paths.right, right);
  return paths;
};

test('writes one row for each module organization in its order, blank where nothing fits', async () => {
  const paths = await files(
    '\ufeffleft_id,name,slice\nL1,"Fennwick & Sons, Ltd",a\n"L,2",Ostermann GmbH,a\n',
    'name,right_id\nOstermann AG,R2\nNobody at all,R1\n"FENNWICK AND SONS",R3\n,R4\n',
  );
  const said = await suggestFromLists(paths);
  expect(await readFile(paths.out, 'utf8')).toBe(
    'right_id,left_id,confidence\nR2,"L,2",0.95\nR1,,\nR3,L1,0.95\nR4,,\n',
  );
  expect(said.json).toMatchObject({ sure: 2, likely: 0, ambiguous: 0, none: 2 });
  expect(said.text).toContain('Wrote 4 suggestions');
});

test.each([
  ['left_id,name\nL1,A\n', 'id,name\nR1,A\n', /right\.csv cannot be read: row 1, right_id/],
  ['left_id,name\n"L1,A\n', 'right_id,name\nR1,A\n', /left\.csv cannot be read/],
])('says what is wrong with %j beside %j', async (left, right, words) => {
  const paths = await files(left, right);
  await expect(suggestFromLists(paths)).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringMatching(words),
  });
});

test('says which file is missing', async () => {
  const paths = { ...(await files('', '')), left: join(folder, 'none.csv') };
  await expect(suggestFromLists(paths)).rejects.toMatchObject({
    message: expect.stringContaining('none.csv'),
  });
});

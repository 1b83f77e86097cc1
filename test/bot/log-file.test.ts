import { afterEach, expect, test } from 'vitest';
import { csv } from '../../bot/words/csv.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { type BotWorld, startBotWorld, VIEWER } from './bot-world.ts';
import { person } from './person.ts';

let world: BotWorld | undefined;
afterEach(() => world?.close());

test('a cell is quoted where it must be, and none is run as a formula', () => {
  expect(
    csv(
      ['a', 'b'],
      [
        ['=1+1', 'x "y", z'],
        ['Ä', ''],
      ],
    ),
  ).toBe('a,b\r\n\'=1+1,"x ""y"", z"\r\nÄ,\r\n');
});

test('/icb log csv: the whole log as a file to the person alone, and said where', async () => {
  world = await startBotWorld();
  await enableModule(world.core, { module: 'datto-rmm', by: { kind: 'cli', name: '=HYPERLINK()' } });
  const vera = person(world, VIEWER);
  await vera.type('/icb log csv');
  await vera.told(/The log is a CSV file in your direct messages with icb: \d+ changes?, newest first\./);
  const [opened] = world.slack.log.of('conversations.open');
  expect(JSON.stringify(opened?.request)).toContain(VIEWER);
  expect(world.slack.log.of('files.completeUploadExternal')).toHaveLength(1);
  expect(world.logged).toEqual([]);
});

import type { ModuleView } from '../../src/usecases/list-modules.ts';
import { type Message, section } from '../blocks.ts';
import { runRows } from '../run-buttons.ts';
import { escapeName } from '../words/escape.ts';

export function moduleSwitchedMessage(module: ModuleView): Message {
  const name = escapeName(module.name);
  if (!module.enabled)
    return {
      text: `${name} is off`,
      blocks: [
        section(`*${name}* is off. Its counts are frozen; mappings and history stay.`),
        ...runRows([{ label: 'Switch it on again', command: `enable ${module.name}` }]),
      ],
    };
  return {
    text: `${name} is on`,
    blocks: [
      section(`*${name}* is on. It is counted every night; count it now to see its organizations.`),
      ...runRows([
        { label: 'Sync now', command: 'sync now', style: 'primary' },
        { label: 'Map organizations', command: 'map' },
      ]),
    ],
  };
}

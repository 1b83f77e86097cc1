import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** A file of a package's `build` folder, which its `exports` do not name. */
const built = (name: string, file: string) =>
  readFile(new URL(`../build/${file}`, import.meta.resolve(name)), 'utf8');
const own = async (name: string) =>
  withoutComments(await readFile(new URL(`../public/embed/${name}`, import.meta.url), 'utf8'));

/** Comments that stand on lines of their own: a quarter of what every frame would load. */
const withoutComments = (text: string): string => text.replaceAll(/^ *(?:\/\/.*|\/\*\*[\s\S]*?\*\/)\n/gm, '');

/** The package's file without the map, which would be asked for in vain. */
const withoutMap = (text: string): string => text.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n');

/** The interpreter is one module that asks for `vega-util` by name; Vega's own bundle holds all of that. */
const UTIL = /^import \{([^}]*)\} from ["']vega-util["'];/m;

const SCRIPTS = {
  'embed.js': () => own('embed.js'),
  'host.js': () => own('host.js'),
  'interactive.js': () => own('interactive.js'),
  'vega.js': async () => withoutMap(await built('vega', 'vega.min.js')),
  'vega-interpreter.js': async () => {
    const text = await built('vega-interpreter', 'vega-interpreter.js');
    if (!UTIL.test(text)) throw new Error('The interpreter of this vega-interpreter is packed otherwise.');
    return withoutMap(text.replace(UTIL, 'const {$1} = globalThis.vega;'));
  },
} satisfies Record<string, () => Promise<string>>;
export type EmbedScript = keyof typeof SCRIPTS;

export const isEmbedScript = (name: string): name is EmbedScript => Object.hasOwn(SCRIPTS, name);

export async function readEmbedScript(name: EmbedScript): Promise<{ text: string; etag: string }> {
  const text = await SCRIPTS[name]();
  return { text, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 16)}"` };
}

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { embedKey, embedTokenOpener, keyId } from '../../src/auth/embed-token.ts';
import { EmbedClaims } from '../../src/widgets/embed-grant.ts';

const doc = readFileSync(new URL('../../docs/embedding.md', import.meta.url), 'utf8');
const example = (language: string): string =>
  doc.match(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``))?.[1] ?? '';

const secret = 'a secret of sixteen or more';
const key = embedKey(secret);
const env = { PATH: process.env.PATH ?? '', ICB_EMBED_KID: keyId(key), ICB_EMBED_KEY: key };

function expectOpens(address: string): void {
  const token = new URL(address.trim()).searchParams.get('t') ?? '';
  const claims = EmbedClaims.parse(embedTokenOpener([secret])(token));
  expect(claims).toMatchObject({ widget: 'pending-by-module', filters: { organization: ['101'] } });
}

test('the Node example of the docs signs a token that opens', () => {
  const code = `${example('js').replace('export function', 'function')}\nconsole.log(icbAddress('pending-by-module', '101'));`;
  expectOpens(execFileSync(process.execPath, ['--input-type=module', '-e', code], { env, encoding: 'utf8' }));
});

const hasPython = (() => {
  try {
    return execFileSync('python3', ['--version'], { stdio: 'pipe' }).length > 0;
  } catch {
    return false;
  }
})();

test.skipIf(!hasPython)('the Python example of the docs signs a token that opens', () => {
  const code = `${example('python')}\nprint(icb_address("pending-by-module", "101"))`;
  expectOpens(execFileSync('python3', ['-c', code], { env, encoding: 'utf8' }));
});

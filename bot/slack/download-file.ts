import { IcbError } from '../../src/domain/errors.ts';
import type { SlackSettings } from './slack-clients.ts';

const MOST_BYTES = 5 * 1024 * 1024;
const WITHIN_MS = 20_000;

/**
 * The bytes of a file that people shared. The token goes to Slack's own hosts alone (or to where the Web API is set to
 * be), and no redirect is followed with it. Errors: `bad-input` with what to do.
 */
export async function downloadFile(settings: SlackSettings, url: string): Promise<Uint8Array> {
  if (!isSlacks(url, settings.apiUrl))
    throw new IcbError(
      'bad-input',
      'The file is not kept by Slack itself. Upload it here as a file, not as a link.',
    );
  const send = (settings.fetch ?? fetch) as typeof fetch;
  const answer = await send(url, {
    headers: { authorization: `Bearer ${settings.botToken}` },
    redirect: 'manual',
    signal: AbortSignal.timeout(WITHIN_MS),
  }).catch(() => undefined);
  // Without the right to read files Slack answers with its sign-in page instead of an error.
  const isPage = /^text\/html\b/.test(answer?.headers.get('content-type') ?? '');
  if (!answer?.ok || isPage)
    throw new IcbError(
      'bad-input',
      isPage || answer?.status === 401 || answer?.status === 403 || answer?.status === 302
        ? 'Slack does not let icb read the file. Add the scope files:read to the Slack app (its manifest has it) and reinstall the app, then share the file again.'
        : 'Slack did not hand over the file. Share it again in a minute.',
    );
  return bytesOf(answer);
}

export function isSlacks(text: string, apiUrl?: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (apiUrl && URL.canParse(apiUrl) && url.origin === new URL(apiUrl).origin) return true;
  return (
    url.protocol === 'https:' &&
    url.port === '' &&
    (url.hostname === 'slack.com' || url.hostname.endsWith('.slack.com'))
  );
}

async function bytesOf(answer: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    size += chunk.byteLength;
    if (size > MOST_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export const tooLarge = (): IcbError =>
  new IcbError(
    'bad-input',
    'The file is larger than 5 MB, the most icb takes. Leave out columns that are not needed, or split it by date.',
  );

export const isTooLarge = (bytes: number): boolean => bytes > MOST_BYTES;

import type { EmbedGrant } from '../../src/widgets/embed-grant.ts';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const attribute = (text: string): string => text.replace(/[&<>"]/g, (char) => ESCAPES[char] ?? '');

/**
 * Markup to paste into a host: the frame, and the script that lets it grow and shrink with what it shows. Attributes
 * rather than a `style`, which a host's own policy may refuse.
 */
export function snippetOf(baseUrl: string, url: string, { widget, tab }: EmbedGrant): string {
  const title = attribute(`icb: ${widget ?? tab ?? ''}`);
  return [
    `<iframe src="${attribute(url)}" title="${title}" data-icb sandbox="allow-scripts allow-downloads allow-popups"`,
    `  loading="lazy" width="100%" height="420" frameborder="0"></iframe>`,
    `<script src="${attribute(baseUrl)}/embed/assets/host.js" async></script>`,
  ].join('\n');
}

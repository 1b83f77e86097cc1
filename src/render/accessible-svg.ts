const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? '');

// Characters that XML refuses even as references would make the whole picture unreadable.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to remove
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

// Vega escapes `>` and `"` in attributes and `<` in text, so this can only be a whole tag.
const CONTAINER = /<g class="mark-[^>]*>/g;
const OWN_WORDS = / (?:role|aria-roledescription|aria-label)="[^"]*"/g;

// Labels that Vega hides because they overlap. Besides, resvg aborts on a transparent text outside the picture.
const HIDDEN_TEXT = /<text [^>]*opacity="0"[^>]*>(?:[^<]|<\/?tspan[^>]*>)*<\/text>/g;

/**
 * Vega's SVG has no role or name, and its inner containers have roles that hide what is inside them. With links the
 * root is a group, because the children of an `img` do not exist for assistive technology.
 */
export function accessibleSvg(
  svg: string,
  options: { readonly title: string; readonly description: string; readonly linked: boolean },
): string {
  const role = options.linked ? 'group' : 'img';
  const title = escapeXml(options.title);
  const head = `<title>${title}</title><desc>${escapeXml(options.description)}</desc>`;
  return svg
    .replace(HIDDEN_TEXT, '')
    .replace(CONTAINER, (tag) => tag.replace(OWN_WORDS, ''))
    .replace(
      /^<svg([^>]*)>/,
      (_all, attributes) => `<svg${attributes} role="${role}" aria-label="${title}">${head}`,
    )
    .replace(NOT_XML, '');
}

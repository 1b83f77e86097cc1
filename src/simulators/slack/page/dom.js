/**
 * Makes an element. Attributes: `class`, `on*` listeners, `style` as an object, booleans; children
 * are nodes, strings or nested arrays; null and false are left out. Text is never read as HTML.
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'style') Object.assign(element.style, value);
    else if (name === 'value') element.value = value;
    else if (name === 'checked') element.checked = value;
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(
    ...children
      .flat(Number.POSITIVE_INFINITY)
      .filter((child) => child !== null && child !== false && child !== undefined),
  );
  return element;
}

let count = 0;
/** An id for label and description references. */
export const freshId = (prefix) => `${prefix}-${++count}`;

/** Links leave the page only for the web. */
export function safeUrl(url) {
  try {
    const parsed = new URL(url, location.href);
    return ['http:', 'https:', 'mailto:'].includes(parsed.protocol) ? parsed.href : undefined;
  } catch {
    return undefined;
  }
}

export function link(url, ...children) {
  const href = safeUrl(url);
  return href
    ? h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, ...children)
    : h('span', {}, ...children);
}

let toastTimer;
export function toast(text) {
  const place = document.getElementById('toast');
  place.textContent = text;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => {
    place.textContent = '';
  }, 5000);
}

import { h, safeUrl } from './dom.js';
import { workspace } from './workspace.js';

/** Uploaded files come through the stand-in, whatever address they were given. */
const fileUrl = (file) => (file?.url_private ? new URL(file.url_private).pathname : undefined);

export function sourceOf({ image_url, slack_file }) {
  if (image_url) return safeUrl(image_url);
  const files = Object.values(workspace.current.files);
  return fileUrl(
    workspace.current.files[slack_file?.id] ?? files.find((file) => file.url_private === slack_file?.url),
  );
}

export function imageOf(_context, element) {
  const src = sourceOf(element);
  return src
    ? h('img', { src, alt: element.alt_text, class: 'picture' })
    : h('span', { class: 'hint' }, element.alt_text);
}

/** A file shared in a message: pictures are shown, others are linked. */
export function sharedFile(file) {
  const url = fileUrl(file);
  const name = file.title ?? file.name;
  const picture = file.mimetype?.startsWith('image/')
    ? h('img', { src: url, alt: file.alt_txt ?? name, class: 'picture' })
    : null;
  return h(
    'figure',
    { class: 'file' },
    h('figcaption', {}, h('a', { href: url, target: '_blank' }, name)),
    picture,
  );
}

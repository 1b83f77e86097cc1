import { IcbError } from '../../domain/errors.ts';

/** The API's root with a closing slash; what people paste behind it (`ending`) is forgiven. */
export function apiRoot(
  apiUrl: string,
  options: { readonly setting: string; readonly example: string; readonly ending: RegExp },
): URL {
  const parsed = URL.parse(apiUrl.trim());
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    throw new IcbError(
      'config',
      `${options.setting} is not a web address: it looks like ${options.example}.`,
    );
  }
  const path = parsed.pathname.replace(/\/*$/, '/').replace(options.ending, '/');
  return new URL(parsed.origin + path);
}

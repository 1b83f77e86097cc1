import type { html } from 'hono/html';

/** Escaped markup, as hono's `html` template makes it. */
export type Html = ReturnType<typeof html> | '';

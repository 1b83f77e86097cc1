/** Names that break out of HTML, Slack, XML, expressions or a layout where one of them is not escaped. */
export const HOSTILE_NAMES = [
  '</script><script>alert(1)</script>',
  '<!channel> & <@U123>',
  '"><img src=x onerror=alert(1)>',
  "'; DROP TABLE items; --",
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  "datum['value'] + event.view",
  '=HYPERLINK("http://example.com")',
  'Zoë & Søn ﻿👩‍💻🎉',
  '\u202eעברית مرحبا\u202c',
  'a\u0000b\u0008c',
  'lone \ud800 surrogate',
  'line\nbreak\ttab',
  'toString',
  '__proto__',
  'x'.repeat(10_000),
] as const;

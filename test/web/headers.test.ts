import { describe, expect, test } from 'vitest';
import { cookieOf, sampleWeb } from './sample-web.ts';

describe('security headers', () => {
  test.each(['/dashboard', '/docs', '/api/modules', '/nothing-here', '/sign-in/x', '/assets/items.js'])(
    '%s lets nothing in from elsewhere and cannot be framed',
    async (path) => {
      const answer = await (await sampleWeb()).get(path, cookieOf('admin'));
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("style-src 'self';");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(answer.headers.get('x-frame-options')).toBe('DENY');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    },
  );

  test.each(['/dashboard', '/dashboard/items', '/dashboard/activity', '/docs'])(
    '%s has no inline script or style and loads nothing from other hosts',
    async (path) => {
      const page = await (await (await sampleWeb()).get(path, cookieOf('admin'))).text();
      expect(page).not.toMatch(/<script(?![^>]*src="\/assets\/)/);
      expect(page).not.toMatch(/<style|\sstyle=|\son[a-z]+=/);
      expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    },
  );
});

describe('static files', () => {
  test('come with a tag and are not sent twice', async () => {
    const web = await sampleWeb();
    for (const name of ['icb.css', 'items.js', 'icon.svg']) {
      const first = await web.get(`/assets/${name}`, {});
      expect(first.status).toBe(200);
      const etag = first.headers.get('etag') ?? '';
      expect(etag).toMatch(/^"/);
      expect((await web.get(`/assets/${name}`, { 'If-None-Match': etag })).status).toBe(304);
      expect((await web.get(`/assets/${name}`, { 'If-None-Match': `W/${etag}` })).status).toBe(304);
      expect((await web.get(`/assets/${name}`, { 'If-None-Match': '"other"' })).status).toBe(200);
    }
  });

  test.each([
    '/assets/..%2fapp.ts',
    '/assets/%2e%2e/app.ts',
    '/assets/..%5capp.ts',
    '/assets//etc/passwd',
    '/assets/styles%2fbase.css',
    '/assets/constructor',
    '/assets/',
  ])('%s leads nowhere', async (path) => {
    expect((await (await sampleWeb()).get(path, {})).status).toBe(404);
  });

  test('the stylesheet gives every chart colour a dark counterpart', async () => {
    const css = await (await (await sampleWeb()).get('/assets/icb.css', {})).text();
    expect(css).toContain('.chart:not([data-theme]) [fill="#296cd8"]{fill:#6aa2fe}');
    expect(css).toContain('.chart:not([data-theme]) [fill="#1c2430"]{fill:#e6eaf0}');
    expect(css).not.toContain('undefined');
  });
});

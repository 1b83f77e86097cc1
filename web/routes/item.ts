import { Hono } from 'hono';
import { IcbError } from '../../src/domain/errors.ts';
import { explainItem } from '../../src/usecases/explain-item.ts';
import { readNames } from '../../src/usecases/names.ts';
import { unpostItem } from '../../src/usecases/unpost-item.ts';
import type { WebEnv } from '../deps.ts';
import { itemPsaPages } from '../items/psa-links.ts';
import { itemPage } from '../pages/item-page.ts';
import { createShow } from '../pages/show.ts';
import { type CountsPictures, createCountsPictures } from '../widgets/counts-pictures.ts';

/** One billing item: why this many, and taking a posting back. */
export function itemRoutes() {
  let pictures: CountsPictures | undefined;
  return new Hono<WebEnv>()
    .get('/dashboard/items/:id', async (c) => {
      const { core, settings, picture: draw } = c.var.deps;
      const id = c.req.param('id');
      const [explanation, names, psa] = await Promise.all([
        explainItem(core, id),
        readNames(core),
        itemPsaPages(core, id),
      ]);
      const show = createShow(settings, core.clock.now());
      const mayUnpost = core.psa.kind === 'local';
      pictures ??= createCountsPictures(draw, settings.locale);
      // The table below says the same: a picture that fails is no reason to show nothing.
      const picture = await pictures(explanation).catch((error: unknown) => {
        core.log.warn({ item: explanation.item.id, error: String(error) }, 'counts could not be drawn');
        return undefined;
      });
      return c.html(itemPage({ viewer: c.var.viewer, explanation, names, show, mayUnpost, picture, psa }));
    })
    .post('/dashboard/items/:id/unpost', async (c) => {
      const id = c.req.param('id');
      const reason = (await c.req.formData()).get('reason');
      if (typeof reason !== 'string' || reason.trim() === '')
        throw new IcbError('bad-input', 'Say why the posting is taken back.');
      await unpostItem(c.var.deps.core, { by: c.var.viewer.actor, id, reason: reason.trim() });
      return c.redirect(`/dashboard/items/${encodeURIComponent(id)}`, 303);
    });
}

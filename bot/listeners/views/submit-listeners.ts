import { VIEWS } from '../../action-ids.ts';
import { saveExclusion, sendQuestion } from './hold.ts';
import { reviewMap, saveIgnore, saveMap } from './map.ts';
import { postItems } from './post.ts';
import { reviewTemplate, saveTemplate } from './service-template.ts';
import { reviewServices, saveServices } from './services.ts';
import { saveSettings } from './settings.ts';
import type { SubmitListener } from './submitted.ts';

/** Every modal that is submitted and who listens to it. */
export const SUBMIT_LISTENERS: ReadonlyMap<string, SubmitListener> = new Map<string, SubmitListener>([
  [VIEWS.map, reviewMap],
  [VIEWS.mapConfirm, saveMap],
  [VIEWS.ignore, saveIgnore],
  [VIEWS.services, reviewServices],
  [VIEWS.servicesConfirm, saveServices],
  [VIEWS.template, reviewTemplate],
  [VIEWS.templateConfirm, saveTemplate],
  [VIEWS.post, postItems],
  [VIEWS.exclude, saveExclusion],
  [VIEWS.ask, sendQuestion],
  [VIEWS.settings, saveSettings],
]);

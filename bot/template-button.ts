import type { Button } from '@slack/types';
import { ACTIONS, TemplateValue, write } from './action-ids.ts';
import { button } from './blocks.ts';

/** Offers what is saved for this contract to others with services of the same names. */
export const templateButton = (contract: string): Button =>
  button(ACTIONS.services.template, 'Use on other contracts…', {
    value: write(TemplateValue, { v: 1, contract }),
    label: 'Use the saved service mappings on other contracts',
  });

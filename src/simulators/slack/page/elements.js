import { freshId, h, toast } from './dom.js';
import { imageOf } from './images.js';
import { enter, hooks, send, shownValue } from './interaction.js';
import { textNodes } from './mrkdwn.js';
import { fromRichText, toRichText } from './rich-text.js';
import { selectMenu } from './select-menu.js';

function button(context, block, element) {
  const busy = h('button', {
    type: 'button',
    class: `button ${element.style ?? ''}`,
    'aria-label': element.accessibility_label,
    ...hooks(block, element),
    async onclick() {
      if (busy.getAttribute('aria-busy')) return;
      if (element.url) window.open(element.url, '_blank', 'noopener');
      busy.setAttribute('aria-busy', 'true');
      await send(context, block, element);
      busy.removeAttribute('aria-busy');
    },
  });
  busy.append(...textNodes(element.text));
  return busy;
}

function overflow(context, block, element) {
  const menuId = freshId('menu');
  const choose = (option) => {
    menu.hidden = true;
    if (option.url) window.open(option.url, '_blank', 'noopener');
    send(context, block, element, option.value);
  };
  const menu = h(
    'div',
    { class: 'menu', role: 'menu', id: menuId, hidden: true },
    element.options.map((option) =>
      h(
        'button',
        { type: 'button', role: 'menuitem', onclick: () => choose(option) },
        textNodes(option.text),
        option.description ? h('small', {}, textNodes(option.description)) : null,
      ),
    ),
  );
  const opener = h(
    'button',
    {
      type: 'button',
      class: 'button overflow',
      'aria-haspopup': 'menu',
      'aria-controls': menuId,
      'aria-label': 'More actions',
      ...hooks(block, element),
      onclick() {
        menu.hidden = !menu.hidden;
        if (!menu.hidden) menu.querySelector('button').focus();
      },
    },
    '⋯',
  );
  const box = h('span', { class: 'overflow-box' }, opener, menu);
  box.addEventListener('keydown', (event) => {
    const items = [...menu.querySelectorAll('button')];
    const at = items.indexOf(document.activeElement);
    if (event.key === 'Escape' && !menu.hidden) {
      event.preventDefault();
      event.stopPropagation();
      menu.hidden = true;
      opener.focus();
    } else if (event.key === 'ArrowDown') items[(at + 1) % items.length]?.focus();
    else if (event.key === 'ArrowUp') items[(at - 1 + items.length) % items.length]?.focus();
  });
  box.addEventListener('focusout', (event) => {
    if (!box.contains(event.relatedTarget)) menu.hidden = true;
  });
  return box;
}

/** Checkboxes and radio buttons. */
function choices(context, block, element, { isInput, labelId, describedBy }) {
  const many = element.type === 'checkboxes';
  const name = freshId('choice');
  const chosen = () => [shownValue(context, block, element) ?? []].flat().map((one) => one.value);
  const read = () => {
    const picked = [...group.querySelectorAll('input:checked')].map(
      (box) => element.options[Number(box.value)],
    );
    enter(context, block, element, many ? picked : picked[0], isInput);
  };
  const group = h(
    'div',
    {
      class: 'choices',
      role: many ? 'group' : 'radiogroup',
      'aria-labelledby': labelId,
      'aria-describedby': describedBy,
      ...hooks(block, element),
    },
    element.options.map((option, index) =>
      h(
        'label',
        { class: 'choice' },
        h('input', {
          type: many ? 'checkbox' : 'radio',
          name,
          value: String(index),
          'data-value': option.value,
          checked: chosen().includes(option.value),
          onchange: read,
        }),
        h(
          'span',
          {},
          textNodes(option.text),
          option.description ? h('small', {}, textNodes(option.description)) : null,
        ),
      ),
    ),
  );
  return group;
}

/** Everything one types into. `read` and `show` convert where the app's value is not the text. */
function typed(attributes, { show = (value) => value ?? '', read = (text) => text } = {}) {
  return (context, block, element, { isInput, labelId, describedBy }) => {
    const own = attributes(element);
    const field = h(own.tag ?? 'input', {
      ...own.attributes,
      class: 'field',
      placeholder: element.placeholder?.text,
      'aria-labelledby': labelId,
      'aria-label': labelId ? undefined : (element.placeholder?.text ?? 'Value'),
      'aria-describedby': describedBy,
      'data-focus': element.focus_on_load,
      ...hooks(block, element),
      value: show(shownValue(context, block, element)),
    });
    const onCharacter = element.dispatch_action_config?.trigger_actions_on?.includes('on_character_entered');
    const isPicker = own.isPicker === true;
    const note = (tells) => {
      const dispatches = tells && (!isInput || block.dispatch_action);
      // A field that does not dispatch now is like an input that never does.
      const quiet = { ...block, dispatch_action: dispatches };
      enter(context, quiet, element, read(field.value), true);
    };
    field.addEventListener('input', () => note(onCharacter || isPicker));
    field.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && own.tag !== 'textarea' && block.dispatch_action) {
        event.preventDefault();
        note(true);
      }
    });
    return field;
  };
}

const line = (type, more = () => ({})) => typed((element) => ({ attributes: { type, ...more(element) } }));
const picker = (type, codec) => typed(() => ({ attributes: { type }, isPicker: true }), codec);
const orNull = { read: (text) => (text === '' ? null : text) };
const unixTime = {
  show: (value) =>
    value ? new Date((value - new Date().getTimezoneOffset() * 60) * 1000).toISOString().slice(0, 16) : '',
  read: (text) => (text === '' ? null : Math.floor(new Date(text).getTime() / 1000)),
};

function feedback(context, block, element) {
  const one = ({ text, value, accessibility_label }) =>
    h(
      'button',
      {
        type: 'button',
        class: 'button',
        'aria-label': accessibility_label,
        onclick: () => send(context, block, element, value),
      },
      textNodes(text),
    );
  return h('span', { ...hooks(block, element) }, one(element.positive_button), one(element.negative_button));
}

const CONTROLS = {
  button,
  icon_button: button,
  workflow_button: (_context, _block, element) =>
    h(
      'button',
      { type: 'button', class: 'button', onclick: () => toast('Workflows do not run here.') },
      textNodes(element.text),
    ),
  overflow,
  checkboxes: choices,
  radio_buttons: choices,
  feedback_buttons: feedback,
  plain_text_input: typed((element) =>
    element.multiline
      ? { tag: 'textarea', attributes: { rows: 4, maxlength: element.max_length } }
      : { attributes: { type: 'text', maxlength: element.max_length } },
  ),
  rich_text_input: typed(() => ({ tag: 'textarea', attributes: { rows: 4 } }), {
    show: fromRichText,
    read: toRichText,
  }),
  number_input: line('text', (element) => ({
    inputmode: element.is_decimal_allowed ? 'decimal' : 'numeric',
  })),
  email_text_input: line('text', () => ({ inputmode: 'email' })),
  url_text_input: line('text', () => ({ inputmode: 'url' })),
  datepicker: picker('date', orNull),
  timepicker: picker('time', orNull),
  datetimepicker: picker('datetime-local', unixTime),
  file_input: () => h('p', { class: 'hint' }, 'Files cannot be chosen in this stand-in.'),
  image: (context, _block, element) => imageOf(context, element),
};

/** The control for an element, wherever it stands. */
export function control(context, block, element, options = {}) {
  const draw = CONTROLS[element.type] ?? (element.type.endsWith('_select') ? selectMenu : undefined);
  return draw ? draw(context, block, element, options) : h('span', {}, `[${element.type}]`);
}

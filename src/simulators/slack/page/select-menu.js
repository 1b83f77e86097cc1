import { act } from './api.js';
import { freshId, h } from './dom.js';
import { draftsIn } from './drafts.js';
import { enter, hooks, shownValue } from './interaction.js';
import { textNodes } from './mrkdwn.js';
import { workspace } from './workspace.js';

const label = (text) => ({ type: 'plain_text', text });
const toOptions = (rows, name) => rows.map((row) => ({ value: row.id, text: label(name(row)) }));

/** Where a menu's options come from; ids stand for people and channels, option objects for the rest. */
const SOURCES = {
  static: (element) => element.option_groups ?? [{ options: element.options ?? [] }],
  users: () => [{ options: toOptions(workspace.current.people, (one) => one.realName) }],
  channels: () => [{ options: toOptions(publicChannels(), (one) => `#${one.name}`) }],
  conversations: () => [{ options: toOptions(publicChannels(), (one) => `#${one.name}`) }],
};
const publicChannels = () => workspace.current.channels.filter((one) => one.kind !== 'im');

const LOAD_PAUSE_MS = 200;

/** One menu for every kind of select: type to filter or to ask the app, arrows and Enter to choose. */
export function selectMenu(context, block, element, { isInput, labelId, describedBy }) {
  const many = element.type.startsWith('multi_');
  const kind = element.type.replace('multi_', '').replace('_select', '');
  const isExternal = kind === 'external';
  const byId = kind !== 'static' && kind !== 'external';
  const listId = freshId('options');
  const chips = h('span', { class: 'chips' });
  const list = h('ul', { class: 'options', id: listId, role: 'listbox', hidden: true });
  const status = h('li', { class: 'option-status', role: 'presentation' });
  const input = h('input', {
    type: 'text',
    role: 'combobox',
    autocomplete: 'off',
    'aria-expanded': 'false',
    'aria-controls': listId,
    'aria-autocomplete': 'list',
    'aria-labelledby': labelId,
    'aria-label': labelId ? undefined : (element.placeholder?.text ?? 'Choose'),
    'aria-describedby': describedBy,
    placeholder: element.placeholder?.text ?? (many ? 'Choose options' : 'Choose an option'),
    ...hooks(block, element),
  });
  const caret = h('span', { class: 'caret', 'aria-hidden': 'true' }, '▾');
  const box = h('div', { class: 'select' }, chips, h('div', { class: 'select-box' }, input, caret), list);

  let chosen = [shownValue(context, block, element) ?? []].flat().map(asOption);
  let active = -1;
  let timer;
  let asked = 0;

  function asOption(value) {
    if (typeof value !== 'string') return value;
    const known = SOURCES[kind]?.(element).flatMap((group) => group.options) ?? [];
    return known.find((one) => one.value === value) ?? { value, text: label(value) };
  }
  const showChosen = () => {
    chips.replaceChildren(
      ...(many ? chosen : []).map((option) =>
        h(
          'span',
          { class: 'chip' },
          textNodes(option.text),
          h(
            'button',
            { type: 'button', 'aria-label': `Remove ${option.text.text}`, onclick: () => toggle(option) },
            '×',
          ),
        ),
      ),
    );
    input.value = many ? '' : (chosen[0]?.text.text ?? '');
  };
  const rows = () => [...list.querySelectorAll('[role=option]')];
  const setActive = (index) => {
    const all = rows();
    active = all.length === 0 ? -1 : (index + all.length) % all.length;
    for (const [at, row] of all.entries()) row.classList.toggle('active', at === active);
    input.setAttribute('aria-activedescendant', all[active]?.id ?? '');
    all[active]?.scrollIntoView({ block: 'nearest' });
  };
  const close = () => {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    clearTimeout(timer);
    asked += 1;
  };
  const toggle = async (option) => {
    const has = chosen.some((one) => one.value === option.value);
    chosen = many
      ? has
        ? chosen.filter((one) => one.value !== option.value)
        : [...chosen, option]
      : [option];
    showChosen();
    close();
    const values = chosen.map((one) => (byId ? one.value : one));
    await enter(context, block, element, many ? values : values[0], isInput);
  };
  const draw = (groups, message) => {
    list.replaceChildren();
    for (const group of groups) {
      if (group.options.length === 0) continue;
      if (group.label)
        list.append(h('li', { class: 'option-group', role: 'presentation' }, textNodes(group.label)));
      for (const option of group.options) list.append(row(option));
    }
    status.textContent = message ?? '';
    if (message) list.append(status);
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
    setActive(0);
  };
  const row = (option) =>
    h(
      'li',
      {
        role: 'option',
        id: freshId('option'),
        'aria-selected': chosen.some((one) => one.value === option.value) ? 'true' : 'false',
        'data-value': option.value,
        onmousedown: (event) => {
          event.preventDefault();
          toggle(option);
        },
      },
      textNodes(option.text),
      option.description ? h('small', {}, textNodes(option.description)) : null,
    );
  const filter = (query) => {
    const wanted = query.toLowerCase();
    const groups = SOURCES[kind](element).map((group) => ({
      ...group,
      options: group.options.filter((one) => one.text.text.toLowerCase().includes(wanted)),
    }));
    draw(groups, groups.some((group) => group.options.length > 0) ? undefined : 'No results');
  };
  const ask = async (query) => {
    const mine = ++asked;
    const min = element.min_query_length ?? 3;
    if ([...query].length < min) return draw([], `Type ${min} or more characters`);
    draw([], 'Searching…');
    const loaded = await act('options', {
      ...context.place,
      blockId: block.block_id,
      actionId: element.action_id,
      query,
      values: draftsIn(context.place, context.blocks),
    });
    if (mine !== asked) return;
    if (!loaded || loaded.problems.length > 0) return draw([], 'Something went wrong. Try again.');
    const groups = loaded.groups.length > 0 ? loaded.groups : [{ options: loaded.options }];
    draw(groups, loaded.options.length === 0 ? 'No results' : undefined);
  };
  const look = (query) => {
    clearTimeout(timer);
    if (!isExternal) filter(query);
    else if (query === '') ask('');
    else {
      // Nothing of an earlier question may be chosen while this one waits.
      asked += 1;
      draw([], 'Searching…');
      timer = setTimeout(() => ask(query), LOAD_PAUSE_MS);
    }
  };
  input.addEventListener('focus', () => input.select());
  input.addEventListener('click', () => list.hidden && look(''));
  input.addEventListener('input', () => {
    if (!many && input.value === '' && chosen.length > 0) {
      chosen = [];
      enter(context, block, element, null, true);
    }
    look(input.value);
  });
  input.addEventListener('blur', () => {
    close();
    showChosen();
  });
  input.addEventListener('keydown', (event) => {
    const isOpen = !list.hidden;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (isOpen) setActive(active + (event.key === 'ArrowDown' ? 1 : -1));
      else look('');
    } else if (event.key === 'Enter') {
      event.preventDefault();
      rows()[active]?.dispatchEvent(new MouseEvent('mousedown', { cancelable: true }));
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      close();
      showChosen();
    } else if (event.key === 'Backspace' && many && input.value === '' && chosen.length > 0) {
      toggle(chosen.at(-1));
    }
  });
  showChosen();
  return box;
}

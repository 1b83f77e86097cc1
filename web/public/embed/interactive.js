// Draws charts anew in the browser, once their pictures are painted: what the pointer or the arrow keys are at is told.
// Vega runs without `eval` (its expressions are interpreted) and loads nothing. Where anything fails, the picture stays.
import '/embed/assets/vega.js';
import { expressionInterpreter } from '/embed/assets/vega-interpreter.js';

const { vega } = globalThis;
const refuse = () => Promise.reject(new Error('A chart may not load anything.'));
const loader = { load: refuse, http: refuse, file: refuse, sanitize: async () => ({ href: '' }) };

/** The drawn figures in order, each with the element it is drawn as. */
function figuresOf(view) {
  const found = new Map();
  const walk = (item) => {
    const at = item.datum?.mark;
    if (Number.isInteger(at) && item._svg && item.mark?.role === 'mark' && !found.has(at))
      found.set(at, item);
    for (const child of item.items ?? []) walk(child);
  };
  walk(view.scenegraph().root);
  const all = [...found].sort(([a], [b]) => a - b);
  const shapes = all.filter(([, item]) => item.mark.marktype !== 'text');
  // A figure above a stack is written there already.
  return shapes.length > 0 ? shapes : all;
}

function element(name, className) {
  const made = document.createElement(name);
  made.className = className;
  return made;
}

/** Shows beside a figure what it says. */
function teller(figure, labels) {
  const tip = element('p', 'tip');
  tip.setAttribute('role', 'status');
  const ring = element('div', 'ring');
  ring.hidden = true;
  tip.hidden = true;
  figure.append(ring, tip);
  return {
    hide() {
      ring.hidden = true;
      tip.hidden = true;
    },
    tell(at, drawn) {
      const text = labels[at];
      if (text === undefined || !drawn) return;
      const home = figure.getBoundingClientRect();
      const box = drawn.getBoundingClientRect();
      for (const each of [ring, tip]) each.hidden = false;
      if (tip.textContent !== text) tip.textContent = text;
      const [left, top] = [box.left - home.left, box.top - home.top];
      ring.style.left = `${left - 2}px`;
      ring.style.top = `${top - 2}px`;
      ring.style.width = `${box.width + 4}px`;
      ring.style.height = `${box.height + 4}px`;
      const most = home.width - tip.offsetWidth;
      tip.style.left = `${Math.max(0, Math.min(most, left + box.width / 2 - tip.offsetWidth / 2))}px`;
      tip.style.top = `${Math.max(0, top - tip.offsetHeight - 6)}px`;
    },
  };
}

const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** One chart, from what `data-live` names. */
export async function enlivenOne(figure) {
  const answer = await fetch(figure.dataset.live);
  if (!answer.ok) return;
  const { spec, labels, links } = await answer.json();
  const live = element('div', 'live');
  const view = new vega.View(vega.parse(spec, undefined, { ast: true }), {
    ...{ expr: expressionInterpreter, loader, logLevel: vega.None, renderer: 'svg', hover: false },
  });
  view.tooltip(() => {});
  await view.initialize(live).runAsync();
  const chart = live.querySelector('svg');
  if (!chart) return view.finalize();
  chart.setAttribute('aria-hidden', 'true');
  live.removeAttribute('role');
  live.removeAttribute('aria-label');
  live.removeAttribute('aria-roledescription');
  const picture = figure.querySelector('svg');
  const name = picture?.getAttribute('aria-label') ?? '';
  picture?.replaceWith(live);
  figure.setAttribute('role', 'group');
  figure.setAttribute('tabindex', '0');
  const further = links.length > 0 ? ', Enter shows the rows behind it' : '';
  figure.setAttribute('aria-label', `${name}: arrow keys go from figure to figure${further}`);

  const { tell, hide } = teller(figure, labels);
  const figures = figuresOf(view);
  let at = -1;
  view.addEventListener('pointermove', (_event, item) => {
    const mark = item?.datum?.mark;
    const found = Number.isInteger(mark) ? figures.findIndex(([each]) => each === mark) : -1;
    if (found < 0) return hide();
    at = found;
    tell(mark, figures[found][1]._svg);
  });
  const follow = (mark) => links[mark] && location.assign(links[mark]);
  view.addEventListener('click', (_event, item) => follow(item?.datum?.mark));
  figure.addEventListener('pointerleave', hide);
  figure.addEventListener('blur', hide);
  figure.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') return hide();
    if (event.key === 'Enter') return follow(figures[at]?.[0]);
    const last = figures.length - 1;
    const step = STEPS[event.key];
    if (event.key === 'Home') at = 0;
    else if (event.key === 'End') at = last;
    else if (step) at = Math.max(0, Math.min(last, at + step));
    else return;
    event.preventDefault();
    const [mark, item] = figures[at] ?? [];
    tell(mark, item?._svg);
  });
  figure.dataset.state = 'live';
}

/** Each chart as it comes into view; a phone keeps its own picture. */
export function enliven(root) {
  const seen = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      enlivenOne(target).catch(() => {});
    }
  });
  for (const figure of root.querySelectorAll('.figure[data-live]')) seen.observe(figure);
}

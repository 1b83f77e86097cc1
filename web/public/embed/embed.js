// Inside the frame: tells the host how high it is, and takes new figures over without losing what is open.
const REFRESH_MS = 300_000;
const RENEW_SHARE = 0.8;
const ASK_AGAIN_MS = 5_000;

const here = new URL(location.href);
let asking;
let end;
/** Whether the token's time is up, whatever icb answers or fails to. */
let over = false;
let painted = false;
/** Of two answers under way, the one asked for first is no longer wanted. */
let asked = 0;

function tellHeight() {
  const { height } = document.querySelector('main').getBoundingClientRect();
  parent.postMessage({ type: 'icb:resize', height: Math.ceil(height) }, '*');
}

/** Only our own server's markup is parsed, which escapes what people wrote. */
const policy = window.trustedTypes?.createPolicy('icb', { createHTML: (text) => text });
const parsed = (text) =>
  new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, 'text/html');

/** The tables behind the charts, which the browser has kept as text until now. */
function unfold(root, doc) {
  for (const folded of root.querySelectorAll('noscript')) {
    const nodes = doc ? folded.childNodes : parsed(folded.textContent).body.childNodes;
    folded.replaceWith(...nodes);
  }
}

/** Live charts, where the link allows them: Vega comes after the pictures, and only then. */
function enliven() {
  if (!document.querySelector('[data-live]')) return;
  import('/embed/assets/interactive.js').then((live) => live.enliven(document)).catch(() => {});
}

const sizes = new ResizeObserver(tellHeight);

/** Begins to watch what is shown now: its height, and when its token ends. */
function watch() {
  const main = document.querySelector('main');
  sizes.disconnect();
  sizes.observe(main);
  for (const choices of main.querySelectorAll('.choices')) choices.hidden = false;
  if (painted) enliven();
  clearTimeout(asking);
  clearTimeout(end);
  if (main.matches('.notice')) return askForToken(ASK_AGAIN_MS);
  over = false;
  const seconds = Number(main.dataset.ends || Number.NaN);
  // Longer ones would overflow the timer; the next refresh sets it anew.
  if (!Number.isFinite(seconds) || seconds > 86_400) return;
  asking = setTimeout(askForToken, seconds * 1000 * RENEW_SHARE, ASK_AGAIN_MS);
  end = setTimeout(
    () => {
      over = true;
      refresh();
    },
    seconds * 1000 + 500,
  );
}

/** Asks the host until a token has come, ever less often: its endpoint may fail for a while, or for hours. */
function askForToken(gap) {
  parent.postMessage({ type: 'icb:renew' }, '*');
  asking = setTimeout(askForToken, gap, Math.min(2 * gap, REFRESH_MS));
}

function expire() {
  if (document.querySelector('main.notice')) return;
  const main = document.createElement('main');
  main.className = 'notice';
  const words = document.createElement('p');
  words.setAttribute('role', 'status');
  words.textContent = 'This chart link has expired. Ask whoever gave it to you for a new one.';
  const title = document.createElement('h1');
  title.textContent = 'No chart here';
  main.append(title, words);
  document.querySelector('main').replaceWith(main);
  watch();
}

async function refresh() {
  const turn = ++asked;
  const answer = await fetch(here, { headers: { Accept: 'text/html' } }).catch(() => undefined);
  const text = answer?.ok ? await answer.text().catch(() => '') : '';
  if (turn !== asked) return;
  const doc = text ? parsed(text) : undefined;
  const fresh = doc?.querySelector('main');
  if (!fresh) {
    if (over || answer?.status === 401 || answer?.status === 410) expire();
    return;
  }
  // A notice has neither the language nor the theme of the chart.
  for (const name of ['lang', 'dir', 'data-theme'])
    document.documentElement.setAttribute(name, doc.documentElement.getAttribute(name));
  unfold(fresh, true);
  const open = [...document.querySelectorAll('details[open]')].map((each) => each.id);
  for (const id of open) fresh.querySelector(`#${CSS.escape(id)}`)?.setAttribute('open', '');
  const { scrollX, scrollY } = window;
  const focused = document.activeElement?.id;
  document.querySelector('main').replaceWith(fresh);
  window.scrollTo(scrollX, scrollY);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  watch();
}

addEventListener('message', ({ source, data }) => {
  if (source !== parent) return;
  // A host's script that comes late has missed what was told before.
  if (data?.type === 'icb:height') tellHeight();
  if (data?.type !== 'icb:token' || typeof data.token !== 'string' || data.token.length > 16_000) return;
  here.searchParams.set('t', data.token);
  refresh();
});

// A viewer's own filter: kept in the address, so that a refresh and a new token keep it too.
document.addEventListener('change', ({ target }) => {
  const name = target.dataset?.filter;
  if (!name) return;
  here.searchParams.delete(`f.${name}`);
  if (target.value) here.searchParams.set(`f.${name}`, target.value);
  refresh();
});

setInterval(() => {
  if (!document.hidden) refresh();
}, REFRESH_MS);

watch();

// After the first paint, and at once for whoever opens one before.
document.addEventListener('toggle', ({ target }) => unfold(target), true);
const whenIdle = window.requestIdleCallback ?? ((work) => setTimeout(work, 200));
requestAnimationFrame(() =>
  requestAnimationFrame(() =>
    whenIdle(() => {
      painted = true;
      unfold(document);
      enliven();
    }),
  ),
);

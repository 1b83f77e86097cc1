import { refreshLive } from './live.js';

const FIVE_MINUTES = 300_000;
const POLL = 1_000;

const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const FINISHED = {
  done: 'Sync done.',
  partial: 'Sync partly done: a module failed.',
  failed: 'Sync failed.',
};
const TONE = { done: 'good', partial: 'warn', failed: 'bad' };

setInterval(() => {
  if (!document.hidden) refreshLive().catch(() => {});
}, FIVE_MINUTES);

// On the document, because a refresh may replace the form.
document.addEventListener('submit', async (event) => {
  if (!event.target.matches('[data-sync]')) return;
  event.preventDefault();
  const button = event.target.querySelector('button');
  button.disabled = true;
  try {
    await sync();
  } catch {
    say('icb cannot be reached. Try again in a moment.', 'bad');
  } finally {
    button.disabled = false;
  }
});

async function sync() {
  say('Starting…');
  const started = await fetch('/api/syncs', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{}',
  });
  const answer = await started.json();
  if (!started.ok) return say(answer.detail, 'bad');
  let run;
  do {
    await wait(POLL);
    const polled = await fetch(`/api/syncs/${encodeURIComponent(answer.id)}`);
    run = await polled.json();
    if (!polled.ok) return say(run.detail, 'bad');
    if (!(run.state in FINISHED)) say(progress(run), '', run);
  } while (!(run.state in FINISHED));
  await refreshLive();
  const { create, change, held, blocked } = run.lines;
  const waiting = held + blocked > 0 ? ` ${held + blocked} wait for a person: /icb plan` : '';
  const problems = run.modules.flatMap((module) => (module.problem ? [` ${module.problem}`] : []));
  say(`${FINISHED[run.state]} ${create + change} changes.${waiting}${problems.join('')}`, TONE[run.state]);
}

function progress(run) {
  if (run.state === 'queued') return 'Waiting for the sync before this one…';
  const done = run.modules.filter((module) => module.state !== 'running').length;
  return `Counting modules: ${done} of ${run.modules.length}…`;
}

function say(text, tone = '', run = undefined) {
  const notice = document.querySelector('[data-sync-notice]');
  notice.className = `notice ${tone}`;
  notice.hidden = false;
  const bar = document.createElement('progress');
  bar.setAttribute('aria-label', 'Sync progress');
  if (run) {
    bar.max = Math.max(run.modules.length, 1);
    bar.value = run.modules.filter((module) => module.state !== 'running').length;
  }
  notice.replaceChildren(...(run ? [bar, ' ', text] : [text]));
}

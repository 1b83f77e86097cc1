import { toast } from './dom.js';
import { workspace } from './workspace.js';

/** Does something as the signed-in person. Resolves to its result; undefined when it was refused. */
export async function act(name, body) {
  try {
    const response = await fetch(`/sim/act/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ userId: workspace.current.me.id, ...body }),
    });
    const answer = await response.json();
    if (response.ok) return answer.result;
    toast(answer.error ?? 'That did not work.');
  } catch {
    toast('The Slack stand-in does not answer. Is it still running?');
  }
  return undefined;
}

const currentUser = () => new URLSearchParams(location.search).get('user') ?? undefined;

export async function readState() {
  const user = currentUser();
  const response = await fetch(`/sim/state${user ? `?user=${encodeURIComponent(user)}` : ''}`);
  if (!response.ok) throw new Error('no state');
  return response.json();
}

/** Calls back whenever something changed in the workspace, and after each lost connection. */
export function onChanges(callback) {
  const source = new EventSource('/sim/changes');
  source.addEventListener('change', callback);
}

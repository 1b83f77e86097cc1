import type { LineFate } from '../../src/usecases/line-fates.ts';
import { escapeText } from '../words/escape.ts';
import { counted, day, when, who } from '../words/wording.ts';

/** What became of a line that was held: `Approved by @alex · 24 Nov at 09:12 · the office closed`. */
export function decisionText({ decision, line }: LineFate): string {
  if (!decision)
    return line
      ? `No longer held. ${escapeText(line.reason.text)}`
      : 'No longer held: its service mapping is gone.';
  const because = decision.reason ? ` · ${escapeText(decision.reason)}` : '';
  return `${verb(decision)} by ${who(decision.by)} · ${when(decision.at)}${because}`;
}

function verb(decision: NonNullable<LineFate['decision']>): string {
  if (decision.kind === 'release') return 'Approved';
  const what = decision.units === undefined ? 'Excluded' : `${counted(decision.units, 'unit')} excluded`;
  return `${what} until ${day(decision.until)}`;
}

/** For whoever clicks second; undefined while the line is still held. */
export function decidedAlready(fate: LineFate): string | undefined {
  if (fate.held) return undefined;
  return fate.decision ? `*This is decided already.* ${decisionText(fate)}` : decisionText(fate);
}

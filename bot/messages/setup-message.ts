import type { Prerequisite } from '../../src/usecases/prerequisites.ts';
import { header, type Message, section, sectionsOf } from '../blocks.ts';
import { runButton } from '../run-buttons.ts';
import { escapeText } from '../words/escape.ts';
import { counted, listed } from '../words/wording.ts';

export interface SetupState {
  readonly checks: readonly Prerequisite[];
  /** Names of the modules that are on. */
  readonly enabled: readonly string[];
  /** How many of them have been counted. */
  readonly counted: number;
  /** Module organizations of enabled modules, undecided and decided. */
  readonly unmapped: number;
  readonly mapped: number;
  /** Service mappings, as lines of the plan. */
  readonly lines: number;
  readonly anyItem: boolean;
}

interface Step {
  readonly title: string;
  readonly done: boolean;
  readonly text: string;
  readonly label: string;
  readonly command: string;
}

/** The five steps, the first open one marked. */
export function setupMessage(state: SetupState): Message {
  const steps = stepsOf(state);
  const next = steps.find((step) => !step.done);
  const open = state.checks.filter((check) => !check.ok);
  const news = state.checks.filter((check) => check.news);
  const text = next ? `Next step: ${next.title}` : 'icb is set up';
  return {
    text,
    blocks: [
      header(text),
      ...sectionsOf(
        open.map((check) => `*To do:* ${escapeText(check.text)} ${check.todo ? escapeText(check.todo) : ''}`),
      ),
      ...sectionsOf(news.map(({ text }) => `*Good to know:* ${escapeText(text)}`)),
      ...steps.map((step, index) =>
        section(
          `*${index + 1}. ${step.title}* · ${step.done ? 'done' : step === next ? 'next' : 'open'}\n${step.text}`,
          {
            accessory: runButton({
              label: step.label,
              command: step.command,
              ...(step === next ? { style: 'primary' as const } : {}),
            }),
          },
        ),
      ),
    ],
  };
}

const stepsOf = (state: SetupState): readonly Step[] => [
  {
    title: 'Enable modules',
    done: state.enabled.length > 0 && state.counted > 0,
    text:
      state.enabled.length > 0
        ? `${escapeText(listed(state.enabled.slice(0, 5)))} on, ${state.counted} counted.`
        : 'Switch on what you bill for, then press Sync now.',
    label: 'Enable modules',
    command: 'enable',
  },
  {
    title: 'Map organizations',
    done: state.mapped > 0 && state.unmapped === 0,
    text: `${counted(state.mapped, 'module organization')} decided, ${state.unmapped} to do.`,
    label: 'Map organizations',
    command: 'map',
  },
  {
    title: 'Map services',
    done: state.lines > 0,
    text:
      state.lines > 0
        ? `${counted(state.lines, 'service mapping')}.`
        : 'Choose which contract service each billing type counts on.',
    label: 'Map services',
    command: 'services',
  },
  {
    title: 'Sync',
    done: state.anyItem,
    text: state.anyItem
      ? 'Billing items are there; every night brings new ones.'
      : 'Count and make the first items.',
    label: 'Sync now',
    command: 'sync now',
  },
  {
    title: 'Watch and post',
    done: state.anyItem,
    text: 'Look at the numbers, then approve and post.',
    label: 'Open dashboard',
    command: 'dashboard',
  },
];

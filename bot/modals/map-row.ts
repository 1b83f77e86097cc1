import type { ActionsBlockElement, ExternalSelect, KnownBlock, StaticSelect } from '@slack/types';
import { ACTIONS, type MapMeta } from '../action-ids.ts';
import { actions, button, divider, option, plain, section, tick, ticks } from '../blocks.ts';
import { NONE_OF_THESE, notThis, rowBlockId, UNMAP } from '../screens/map-choices.ts';
import type { Candidate, Decision, MapRow, SuggestionClass, Targets } from '../screens/map-rows.ts';
import { clip, escapeName, escapeText } from '../words/escape.ts';
import { when, who } from '../words/wording.ts';

const IN_WORDS: Readonly<Record<SuggestionClass, string>> = {
  sure: 'Sure',
  likely: 'Likely',
  ambiguous: 'Ambiguous: several fit',
  none: 'No suggestion: pick an organization',
  hidden: 'Not mapped',
};

/** So many that fit are listed side by side; the menu holds them all. */
const BESIDE = 5;

/** One module organization: what is suggested and why, and what can be done about it. */
export function mapRowBlocks(row: MapRow, meta: MapMeta, targets: Targets): KnownBlock[] {
  const chosen = meta.choices.get(row.key);
  const controls =
    row.state.kind === 'unmapped'
      ? unmappedControls(row.state.candidates, chosen, targets)
      : decidedControls(chosen, targets);
  return [
    section(
      `*${escapeName(row.name)}* · ${escapeName(row.moduleName)}\n${description(row)}`,
      isIgnored(row) ? {} : { accessory: ignoreButton(row) },
    ),
    actions(controls, rowBlockId(meta.generation, row.key)),
    divider(),
  ];
}

function description({ state }: MapRow): string {
  if (state.kind === 'decided') return decisionText(state.decision);
  const [best] = state.candidates;
  if (!best) return state.class === 'hidden' ? IN_WORDS.hidden : IN_WORDS.none;
  if (state.class === 'ambiguous')
    return [
      IN_WORDS.ambiguous,
      ...state.candidates.slice(0, BESIDE).map((each) => `• ${offerText(each)}`),
    ].join('\n');
  return `${IN_WORDS[state.class]}: ${offerText(best)}`;
}

const offerText = (candidate: Candidate): string =>
  `*${escapeName(candidate.name)}* (${percent(candidate)}, ${escapeText(clip(candidate.reason, 200))})`;

export function decisionText(decision: Decision): string {
  const by = decision.by ? ` by ${who(decision.by)}` : '';
  const at = decision.at ? `, ${when(decision.at)}` : '';
  if (decision.status === 'mapped')
    return `Mapped to *${escapeName(decision.organization ?? decision.organizationId ?? '?')}*${by}${at}`;
  if (decision.status === 'ignored')
    return `Ignored${by}${at}: ${escapeText(clip(decision.reason ?? 'no reason given', 300))}`;
  return 'Not mapped';
}

const percent = ({ confidence }: Candidate): string => `${Math.round(confidence * 100)} %`;

function unmappedControls(
  candidates: readonly Candidate[],
  chosen: string | undefined,
  targets: Targets,
): ActionsBlockElement[] {
  const offered =
    chosen === NONE_OF_THESE || candidates.some(({ key }) => chosen === key || chosen === notThis(key));
  const [best, ...others] = candidates;
  return [
    ...(best ? [others.length === 0 ? approve(best, chosen) : choose(candidates, chosen)] : []),
    other('Pick other…', offered ? undefined : chosen, targets),
  ];
}

function decidedControls(chosen: string | undefined, targets: Targets): ActionsBlockElement[] {
  return [
    tick(ACTIONS.map.unmap, option('Unmap', UNMAP), chosen === UNMAP),
    other('Map to another…', chosen === UNMAP ? undefined : chosen, targets),
  ];
}

const approve = (candidate: Candidate, chosen: string | undefined): ActionsBlockElement =>
  ticks(
    ACTIONS.map.approve,
    [option(`Approve ${candidate.name}`, candidate.key), option('Not this one', notThis(candidate.key))],
    chosen,
  );

/** Slack gives a menu no two options of one value, so that a choice tells which group it is from. */
function choose(candidates: readonly Candidate[], chosen: string | undefined): StaticSelect {
  const shown = candidates.slice(0, 99);
  const yes = shown.map((candidate) =>
    option(`${clip(candidate.name, 60)}, ${percent(candidate)}`, candidate.key, candidate.reason),
  );
  const no = shown.map(({ name, key }) => option(`Not ${clip(name, 60)}`, notThis(key)));
  const none = option('None of these', NONE_OF_THESE);
  const initial = [...yes, ...no, none].find((one) => one.value === chosen);
  return {
    type: 'static_select',
    action_id: ACTIONS.map.candidate,
    placeholder: plain('Choose one of these'),
    option_groups: [
      { label: plain('It is'), options: yes },
      { label: plain('Not this one'), options: [...no, none] },
    ],
    ...(initial ? { initial_option: initial } : {}),
  };
}

function other(placeholder: string, chosen: string | undefined, targets: Targets): ExternalSelect {
  const target = chosen === undefined ? undefined : targets.get(chosen);
  return {
    type: 'external_select',
    action_id: ACTIONS.map.other,
    placeholder: plain(placeholder),
    min_query_length: 0,
    ...(target && chosen ? { initial_option: option(target.name, chosen) } : {}),
  };
}

const isIgnored = ({ state }: MapRow): boolean =>
  state.kind === 'decided' && state.decision.status === 'ignored';

const ignoreButton = (row: MapRow) =>
  button(ACTIONS.map.ignore, 'Ignore…', { value: row.id, label: `Ignore ${row.name}` });

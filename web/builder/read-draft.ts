import { jsonOf } from '../../src/domain/json-of.ts';
import type { FilterChoices } from '../../src/usecases/filter-choices.ts';
import { type WrongField, wrongFields } from '../../src/usecases/parse-input.ts';
import { jsonLines } from '../../src/widgets/json-lines.ts';
import { SHAPE_FIELDS, type Shape, type ShapeField, settle } from '../../src/widgets/settle-definition.ts';
import { WidgetDefinition } from '../../src/widgets/widget-definition.ts';
import { type Draft, type FormValues, type SingleField, valuesOf } from './draft-fields.ts';
import { inWords } from './problem-words.ts';
import { draftOf, formValues } from './read-form.ts';

/** What somebody has in the builder now. */
export interface BuilderDraft {
  readonly draft: Draft;
  readonly values: FormValues;
  /** As text, as it was written where it came as JSON. */
  readonly json: string;
  readonly problems: readonly (WrongField & { readonly line?: number | undefined })[];
  /** Only without problems. */
  readonly definition?: WidgetDefinition | undefined;
  /** Choices that followed another one. */
  readonly followed: readonly ShapeField[];
}

const pretty = (draft: Draft): string => JSON.stringify(draft, null, 2);

export function shapeOf({ single }: FormValues): Shape {
  const { entity, chart, field, aggregate, groupBy, breakDownBy } = single;
  return { entity, chart, field, aggregate, groupBy, breakDownBy } as Shape;
}

/** Checks a draft under the id it has or will get. */
export function checkDraft(
  draft: Draft,
  choices: FilterChoices,
  extra: {
    readonly json?: string;
    readonly problems?: readonly WrongField[];
    readonly followed?: readonly ShapeField[];
    readonly values?: FormValues;
  } = {},
): BuilderDraft {
  const { id: _id, ...rest } = draft;
  const parsed = WidgetDefinition.safeParse({ ...rest, id: 'new' });
  const json = extra.json ?? pretty(rest);
  const wrong = [
    ...(extra.problems ?? []),
    ...(parsed.success ? [] : wrongFields(parsed.error).map(inWords)),
  ];
  const lines = wrong.length > 0 && jsonOf(json) !== undefined ? jsonLines(json) : undefined;
  const lineOf = (path: string): number | undefined => {
    const steps = path.split('.');
    for (let most = steps.length; most > 0; most--) {
      const line = lines?.get(steps.slice(0, most).join('.'));
      if (line !== undefined) return line;
    }
    return undefined;
  };
  return {
    draft: rest,
    values: extra.values ?? valuesOf(rest, choices),
    json,
    problems: wrong.map((each) => ({ ...each, line: lineOf(each.path) })),
    definition: wrong.length === 0 ? parsed.data : undefined,
    followed: extra.followed ?? [],
  };
}

/** The builder's form as it was sent: its controls, or its JSON where that was edited last. */
export function readDraft(form: FormData, choices: FilterChoices): BuilderDraft {
  return form.get('source') === 'json'
    ? fromJson(String(form.get('json') ?? ''), form, choices)
    : fromControls(form, choices);
}

function fromJson(json: string, form: FormData, choices: FilterChoices): BuilderDraft {
  let given: unknown;
  let problem = 'the JSON holds no widget: begin with { and end with }';
  try {
    given = JSON.parse(json);
  } catch (error) {
    problem = `this is not JSON: ${error instanceof Error ? error.message : 'unreadable'}`;
  }
  if (typeof given === 'object' && given !== null && !Array.isArray(given))
    return checkDraft(given as Draft, choices, { json });
  const values = formValues(form);
  const { draft } = draftOf(values, choices);
  return checkDraft(draft, choices, { json, values, problems: [{ path: '', text: problem }] });
}

function fromControls(form: FormData, choices: FilterChoices): BuilderDraft {
  const sent = formValues(form);
  const wanted = shapeOf(sent);
  const kept = changedSince(String(form.get('was') ?? ''), wanted);
  const shape = settle(wanted, kept);
  const followed = SHAPE_FIELDS.filter((each) => shape[each] !== wanted[each]);
  const values = { ...sent, single: { ...sent.single, ...shape } as Record<SingleField, string> };
  const { draft, problems } = draftOf(values, choices);
  return checkDraft(draft, choices, { values, problems, followed });
}

/** What a person just chose: that stays, the rest may follow. */
function changedSince(was: string, now: Shape): readonly ShapeField[] {
  const before = jsonOf(was) as Partial<Shape> | null | undefined;
  const changed = SHAPE_FIELDS.filter((each) => before && before[each] !== now[each]);
  return changed.length > 0 ? changed : ['chart'];
}

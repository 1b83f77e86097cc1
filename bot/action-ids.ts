import { z } from 'zod';
import { Role } from '../src/domain/role.ts';
import { HoldLimits } from '../src/domain/settings.ts';
import { decodeChoices, encodeChoices } from './screens/choices.ts';

/**
 * Every action id. Slack wants them different inside one block, so a row of like buttons adds `:1`, `:2` … (`numbered`);
 * listeners look at what stands before the colon.
 */
export const ACTIONS = {
  /** Runs its value as if it were typed after `/icb`: the one door behind every button that leads somewhere. */
  run: 'run',
  link: 'link',
  undo: 'undo',
  /** Runs its value and shows the answer to the channel. */
  share: 'share',
  enable: { switch: 'enable.switch', sync: 'enable.sync', page: 'enable.page', refresh: 'enable.refresh' },
  map: {
    search: 'map.search',
    approve: 'map.approve',
    candidate: 'map.candidate',
    other: 'map.other',
    unmap: 'map.unmap',
    ignore: 'map.ignore',
    page: 'map.page',
    selectSure: 'map.select-sure',
    mapped: 'map.mapped',
    suggestions: 'map.suggestions',
    showAll: 'map.show-all',
    back: 'map.back',
    suggested: 'map.suggested',
    notSuggested: 'map.not-suggested',
  },
  services: {
    organization: 'services.organization',
    contract: 'services.contract',
    service: 'services.service',
    all: 'services.all',
    page: 'services.page',
    unitRule: 'services.unit-rule',
    from: 'services.from',
    ignoreRest: 'services.ignore-rest',
    back: 'services.back',
    template: 'services.template',
    templateTick: 'services.template-tick',
    templateTickAll: 'services.template-tick-all',
    templatePage: 'services.template-page',
    templateBack: 'services.template-back',
  },
  hold: {
    approve: 'hold.approve',
    exclude: 'hold.exclude',
    ask: 'hold.ask',
    approveAll: 'hold.approve-all',
  },
  explain: { item: 'explain.item' },
  home: { page: 'home.page' },
  access: { request: 'access.request', grant: 'access.grant' },
  posting: { approve: 'posting.approve' },
  usage: {
    module: 'usage.module',
    save: 'usage.save',
    discard: 'usage.discard',
    undo: 'usage.undo',
  },
} as const;

export const numbered = (id: string, index: number): string => `${id}:${index}`;
export const baseId = (id: string): string => id.split(':')[0] ?? id;

/** The shortcuts of the manifest. */
export const SHORTCUTS = {
  menu: 'shortcut.menu',
  map: 'shortcut.map',
  post: 'shortcut.post',
  explain: 'shortcut.explain',
  countFile: 'shortcut.count-file',
} as const;

export const VIEWS = {
  notice: 'notice',
  enable: 'enable',
  map: 'map',
  mapConfirm: 'map.confirm',
  ignore: 'map.ignore',
  services: 'services',
  servicesConfirm: 'services.confirm',
  template: 'services.template',
  templateConfirm: 'services.template-confirm',
  post: 'post',
  exclude: 'hold.exclude',
  ask: 'hold.ask',
  settings: 'settings',
  home: 'home',
} as const;

const Choices = z.codec(
  z.string(),
  z.custom<ReadonlyMap<string, string>>((value) => value instanceof Map),
  {
    decode: (text) => decodeChoices(text),
    encode: (choices) => encodeChoices(choices),
  },
);

/** What a view remembers. Ids and a version only: Slack's clients can read it, and it is old when it comes back. */
const version = z.literal(1);
const channel = z.string().optional();

export const EnableMeta = z.object({
  v: version,
  page: z.number().int(),
  run: z.string().optional(),
  channel,
});
export const MapMeta = z.object({
  v: version,
  page: z.number().int(),
  /** Grows where the rows must show new initial values: Slack keeps what was ticked under a known block id. */
  generation: z.number().int(),
  module: z.string().optional(),
  organization: z.string().optional(),
  search: z.string().max(150).optional(),
  mapped: z.boolean(),
  /** Whether suggestions are shown. */
  suggested: z.boolean(),
  /** Digest of what Review showed as “before”: Save shows it again when that is no longer true. */
  seen: z.string().optional(),
  channel,
  choices: Choices,
});
export const IgnoreMeta = z.object({
  v: version,
  moduleOrganizationId: z.string(),
  /** Nobody had decided on it when the form was opened. */
  open: z.boolean(),
  parentView: z.string(),
  parent: MapMeta,
});
export const ServicesMeta = z.object({
  v: version,
  organization: z.string(),
  contract: z.string().optional(),
  all: z.boolean(),
  page: z.number().int(),
  generation: z.number().int(),
  /** The unit rule chosen for a contract, by the contract's key; a contract that is not in it keeps its own. */
  rules: Choices,
  from: z.enum(['period-start', 'today']),
  ignoreRest: z.boolean(),
  /** As in the map modal: what Review showed as saved. */
  seen: z.string().optional(),
  channel,
  choices: Choices,
});
/** One contract's service mappings for others; `choices` holds the keys of the contracts that are ticked. */
export const TemplateMeta = z.object({
  v: version,
  contract: z.string(),
  page: z.number().int(),
  generation: z.number().int(),
  /** As in the map modal: what Review showed. */
  seen: z.string().optional(),
  channel,
  choices: Choices,
});
export const PostMeta = z.object({ v: version, digest: z.string(), channel });

/**
 * The place whose held lines were clicked, to show there what became of them: a message everybody sees (`ts`), one that a
 * single person sees (`responseUrl`, `shown`), a modal (`view`, `shown`), or the Home tab (`home`).
 */
export const HoldPlace = z.object({
  channel,
  ts: z.string().optional(),
  responseUrl: z.string().optional(),
  view: z.string().optional(),
  shown: z.string().optional(),
  /** The Home tab, which is drawn anew after each click. */
  home: z.literal(true).optional(),
});
export const HoldMeta = z.object({ v: version, line: z.string(), seen: z.string(), place: HoldPlace });

export type HoldPlace = z.infer<typeof HoldPlace>;
export type HoldMeta = z.infer<typeof HoldMeta>;
export type EnableMeta = z.infer<typeof EnableMeta>;
export type MapMeta = z.infer<typeof MapMeta>;
export type IgnoreMeta = z.infer<typeof IgnoreMeta>;
export type ServicesMeta = z.infer<typeof ServicesMeta>;
export type TemplateMeta = z.infer<typeof TemplateMeta>;
export type PostMeta = z.infer<typeof PostMeta>;

export const SwitchValue = z.object({ v: version, module: z.string(), on: z.boolean() });
/** `seen`: what was held when it was shown. */
export const HoldValue = z.object({
  v: version,
  line: z.string(),
  seen: z.string(),
  shown: z.string().optional(),
});
/** `seen`: a digest of all that was held of the module when it was shown. */
export const HoldAllValue = z.object({
  v: version,
  module: z.string(),
  seen: z.string(),
  shown: z.string().optional(),
});
/** A role somebody wants. */
export const AccessValue = z.object({ v: version, role: Role });
/** A request for a role, and the role that this button grants. */
export const GrantValue = z.object({ v: version, request: z.string(), role: Role });
/** A request that a second person posts. */
export const PostRequestValue = z.object({ v: version, request: z.string() });
/** What was shown: a revision of the settings, and the hold limits, which can also be set elsewhere. */
export const SettingsMeta = z.object({
  v: version,
  revision: z.number().int(),
  generation: z.number().int(),
  holds: HoldLimits.omit({ id: true }),
});
export type SettingsMeta = z.infer<typeof SettingsMeta>;
/** A usage file that waits. */
export const UsageFileValue = z.object({ v: version, draft: z.string() });
export const UsageUndoValue = z.object({ v: version, upload: z.string() });
/** The contract whose service mappings others are to get. */
export const TemplateValue = z.object({ v: version, contract: z.string() });
/** A suggestion shown outside the modal, which the person who clicks takes. */
export const SuggestedValue = z.object({
  v: version,
  moduleOrganizationId: z.string(),
  organizationId: z.string(),
});
/** The audit entry of a saving of mappings. */
export const UndoValue = z.object({ v: version, change: z.string() });

/** Writes a value or private_metadata. */
export const write = <S extends z.ZodType>(schema: S, value: z.output<S>): string =>
  JSON.stringify(z.encode(schema, value));

/** Reads one back; undefined for anything this version of icb did not write. */
export function read<S extends z.ZodType>(schema: S, text: string | undefined): z.output<S> | undefined {
  try {
    const parsed = z.safeDecode(schema, JSON.parse(text ?? ''));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

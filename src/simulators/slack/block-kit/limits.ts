/**
 * What Slack refuses, as numbers. Lengths count Unicode code points, as Slack does.
 * Where Slack's pages disagree with each other the stricter figure stands, so that
 * what passes here passes there.
 */
export const LIMITS = {
  message: { blocks: 50, text: 40_000, markdown: 12_000, charts: 2, tables: 1 },
  view: {
    blocks: 100,
    bytes: 250_000,
    title: 24,
    submit: 24,
    close: 24,
    privateMetadata: 3000,
    callbackId: 255,
    externalId: 255,
    stack: 3,
  },
  id: 255,
  text: 3000,
  header: 150,
  section: { text: 3000, fields: 10, field: 2000 },
  context: 10,
  actions: 25,
  contextActions: 5,
  input: { label: 2000, hint: 2000 },
  button: { text: 75, value: 2000, url: 3000, accessibilityLabel: 75 },
  iconButtonUsers: 10,
  confirm: { title: 100, text: 300, button: 30 },
  option: { text: 75, value: 150, description: 75, url: 3000 },
  select: { options: 100, groups: 100, label: 75, placeholder: 150 },
  overflow: 5,
  choices: 10,
  plainTextInput: 3000,
  fileInput: 10,
  image: { url: 3000, altText: 2000, title: 2000 },
  markdown: 12_000,
  alert: 200,
  card: { title: 150, subtitle: 150, body: 200, subtext: 200, actions: 3 },
  carousel: 10,
  container: { title: 150, subtitle: 150, children: 10 },
  video: { altText: 200, title: 200, author: 50, description: 200, provider: 50 },
  table: { rows: 100, columns: 20 },
  dataTable: { minRows: 2, rows: 101, columns: 20, pageSize: 100, characters: 20_000 },
  chart: { title: 50, parts: 6, points: 20, label: 20, axisLabel: 50 },
} as const;

export type Surface = 'message' | 'modal' | 'home';

const EVERYWHERE: readonly Surface[] = ['message', 'modal', 'home'];

/** Where each block may stand. A type that is not listed does not exist. */
export const SURFACES: Readonly<Record<string, readonly Surface[]>> = {
  actions: EVERYWHERE,
  context: EVERYWHERE,
  divider: EVERYWHERE,
  header: EVERYWHERE,
  image: EVERYWHERE,
  input: EVERYWHERE,
  rich_text: EVERYWHERE,
  section: EVERYWHERE,
  video: EVERYWHERE,
  // Slack lists card for modals too, yet it was seen to fail there.
  card: ['message', 'home'],
  carousel: ['message', 'home'],
  data_table: ['message', 'home'],
  table: ['message', 'home'],
  alert: ['modal'],
  container: ['message'],
  context_actions: ['message'],
  data_visualization: ['message'],
  file: ['message'],
  markdown: ['message'],
  plan: ['message'],
  task_card: ['message'],
};

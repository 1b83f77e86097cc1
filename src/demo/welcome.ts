interface Running {
  readonly filled: boolean;
  /** With a one-time sign-in in it. */
  readonly dashboard: string;
  readonly slack: string | undefined;
  readonly dattoRmm: string | undefined;
  readonly autotask: string | undefined;
  readonly baseUrl: string;
  readonly apiToken: string;
  readonly dataDir: string;
}

const FIRST_WALK = [
  'In Slack, type  /icb enable        and switch Datto RMM on, then press Sync now',
  '                /icb map           and approve "Daily Mail" among the suggestions',
  '                /icb services Daily Mail',
  '                                   choose "Desktop Monitoring" for All devices, ignore the rest, Save',
  '                /icb sync now      and read the summary in #billing',
  'Then open the dashboard, click a bar, tick rows and approve and post them.',
];

const AUTOTASK_WALK = [
  ...FIRST_WALK.slice(0, -1),
  'Then open the Autotask page: the units are on the contract. Approve & post there, as only a person can,',
  'and  /icb sync now  picks it up: the dashboard shows the item posted, by Kaseya module.',
];

const FILLED_WALK = [
  'The dashboard shows twelve months of four modules: click any bar for the rows behind it.',
  'In Slack, type  /icb plan, /icb items, /icb post, /icb map  or just  /icb',
  'Add a device on the Datto RMM page, then  /icb sync now  and look what changed.',
];

/** What runs where, and what to try first. */
export function welcome(running: Running): string {
  const { filled, dashboard, slack, dattoRmm, autotask, baseUrl, apiToken, dataDir } = running;
  const places: [string, string | undefined][] = [
    ['Dashboard (signs you in once)', dashboard],
    ['Slack stand-in', slack],
    ['Datto RMM stand-in', dattoRmm],
    ['Autotask stand-in', autotask],
    ['API', `${baseUrl}/docs   (bearer token ${apiToken})`],
    ['Data', `${dataDir}/`],
  ];
  return [
    '',
    '  icb – Integrated Customer Billing, run from Slack',
    '',
    ...places.flatMap(([name, place]) => (place ? [`  ${name.padEnd(30)} ${place}`] : [])),
    '',
    '  Try:',
    ...(filled ? FILLED_WALK : autotask ? AUTOTASK_WALK : FIRST_WALK).map((line) => `  ${line}`),
    '',
    '  Ctrl-C stops everything.',
    '',
  ].join('\n');
}

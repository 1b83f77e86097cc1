import { Error as ErrorLevel, type LoggerInterface, logger, parse, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { PictureLink } from '../ports/picture.ts';
import { accessibleSvg } from './accessible-svg.ts';
import { useLinkedSvg } from './linked-svg-renderer.ts';
import { noNetworkLoader } from './no-network-loader.ts';
import { slimSvg } from './slim-svg.ts';
import { useFontMetrics } from './text-metrics.ts';

useFontMetrics();
useLinkedSvg();

export interface SvgJob {
  readonly spec: object;
  readonly title: string;
  readonly description: string;
  readonly links?: readonly PictureLink[];
}

/** With no values at all Vega writes `NaN` into the picture; an empty widget is shown as a sentence instead. */
function refuseEmpty(spec: object): void {
  const values = JSON.stringify(spec).includes('"values":[{');
  if (!values) throw new Error('There is nothing to draw: the spec has no data.');
}

/** Vega reports a fault in its dataflow to the log and draws on with what is left; here it is collected. */
function faultCollector(): { readonly log: LoggerInterface; readonly faults: string[] } {
  const faults: string[] = [];
  const log = logger(ErrorLevel, undefined, (_method, _level, input) =>
    faults.push(input.map(String).join(' ')),
  );
  return { log, faults };
}

/** Vega-Lite JSON → SVG text. Nothing is loaded, no code is generated from the spec. */
export async function drawSvg(job: SvgJob): Promise<string> {
  refuseEmpty(job.spec);
  const { log, faults } = faultCollector();
  const { spec } = compile(job.spec as TopLevelSpec, { logger: log });
  const links = job.links ?? [];
  const runtime = parse(spec, undefined, { ast: true });
  const view = new View(runtime, {
    renderer: 'none',
    logger: log,
    loader: noNetworkLoader(links),
    expr: expressionInterpreter,
  });
  try {
    const svg = await view.toSVG();
    if (faults.length > 0) throw new Error(`Vega could not draw this: ${faults.join('; ')}`);
    return accessibleSvg(slimSvg(svg), { ...job, linked: links.length > 0 });
  } finally {
    view.finalize();
  }
}

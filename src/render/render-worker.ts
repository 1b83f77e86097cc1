import { compileVega } from './compile-vega.ts';
import { checkText, drawPng } from './draw-png.ts';
import { drawSvg, type SvgJob } from './draw-svg.ts';

export type RenderJob = SvgJob & {
  readonly pngWidth?: number;
  /** The Vega JSON behind the spec instead of a picture. */
  readonly compileOnly?: boolean;
};

checkText();

/** Runs in a worker process: SVG text, PNG bytes where `pngWidth` is given, or the text of a Vega spec. */
export default async function render(job: RenderJob): Promise<string | Uint8Array> {
  if (job.compileOnly) return compileVega(job.spec);
  const svg = await drawSvg(job);
  return job.pngWidth === undefined ? svg : drawPng(svg, job.pngWidth);
}

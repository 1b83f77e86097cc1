import { checkText, drawPng } from './draw-png.ts';
import { drawSvg, type SvgJob } from './draw-svg.ts';

export type RenderJob = SvgJob & { readonly pngWidth?: number };

checkText();

/** Runs in a worker thread: SVG text, or PNG bytes where `pngWidth` is given. */
export default async function render(job: RenderJob): Promise<string | Uint8Array> {
  const svg = await drawSvg(job);
  return job.pngWidth === undefined ? svg : drawPng(svg, job.pngWidth);
}

import { Tinypool } from 'tinypool';
import type { Picture } from '../ports/picture.ts';
import type { RenderJob } from './render-worker.ts';

export interface PictureOptions {
  /** Worker processes; pictures beyond them wait in line. */
  readonly workers?: number;
  /** A picture that takes longer ends its worker; the next one gets a new worker. */
  readonly timeoutMs?: number;
}

export interface PicturePool extends Picture {
  /** The Vega JSON, as text, behind a Vega-Lite spec: what a browser draws a live chart from. */
  vega(spec: object): Promise<string>;
  /** Starts a worker and proves that it can draw text. Rejects with the reason where it cannot. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

const WARM_UP: RenderJob = {
  spec: {
    data: { values: [{ text: 'icb' }] },
    mark: 'text',
    encoding: { text: { field: 'text', type: 'nominal' } },
  },
  title: 'icb',
  description: '',
};

/**
 * Draws in worker processes: two dozen widgets on the main thread would hold the event loop for a second, and a
 * panic inside resvg ends the whole process it happens in. A picture that fails, takes too long or takes its worker
 * down rejects its own promise and touches nothing else.
 */
export function createPicture({ workers = 2, timeoutMs = 15_000 }: PictureOptions = {}): PicturePool {
  const pool = new Tinypool({
    runtime: 'child_process',
    // PNG bytes do not survive JSON.
    serialization: 'advanced',
    // The workers need no secret of ours.
    env: process.env.TZ === undefined ? {} : { TZ: process.env.TZ },
    filename: new URL('./render-worker.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: workers,
    concurrentTasksPerWorker: 1,
    idleTimeout: 60_000,
  });

  const run = async (job: RenderJob): Promise<string | Uint8Array> => {
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      return await pool.run(job, { signal });
    } catch (cause) {
      const why = signal.aborted ? `took longer than ${timeoutMs / 1000} s` : 'could not be drawn';
      throw new Error(`The picture "${job.title}" ${why}.`, { cause });
    }
  };

  return {
    svg: async (spec, options) => String(await run({ spec, ...options })),
    png: async (spec, { width, ...options }) =>
      (await run({ spec, ...options, pngWidth: width })) as Uint8Array,
    vega: async (spec) =>
      String(await run({ spec, title: 'live chart', description: '', compileOnly: true })),
    ready: async () => {
      await run(WARM_UP);
    },
    close: () => pool.destroy(),
  };
}

import { AsyncLocalStorage } from 'node:async_hooks';
import { createRoute, z } from '@hono/zod-openapi';
import { IcbError } from '../../src/domain/errors.ts';
import { RECORD_KINDS } from '../../src/domain/records.ts';
import { writeBackup } from '../../src/usecases/write-backup.ts';
import { PROBLEMS } from '../shapes/common.ts';
import { apiRouter } from './api-router.ts';

const Kinds = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(z.enum(RECORD_KINDS, `a kind of record: ${RECORD_KINDS.join(', ')}`)).min(1))
  .openapi({ type: 'string', description: 'An export of these kinds, by commas, which is no backup' });

/** Everything there is, for whoever runs icb. */
export function backupRoutes() {
  return apiRouter().openapi(
    createRoute({
      method: 'get',
      path: '/backup',
      tags: ['operations'],
      summary: 'One state of everything, or of some kinds, as lines of JSON; with the API token only',
      request: { query: z.object({ kind: Kinds.optional() }) },
      description: 'The last line holds the SHA-256 of all before it: without it the backup is not whole.',
      responses: {
        200: { description: 'The backup: application/x-ndjson' },
        ...PROBLEMS,
      },
    }),
    (c) => {
      if (c.var.viewer.via !== 'bearer')
        throw new IcbError(
          'forbidden',
          'A backup holds everything: send Authorization: Bearer <ICB_API_TOKEN>.',
        );
      const { core } = c.var.deps;
      const inRequest = AsyncLocalStorage.snapshot();
      const { outgoing } = (c.env ?? {}) as Connection;
      const bytes = bytesOf(writeBackup(core, c.req.valid('query').kind), (err) => {
        if (!outgoing) return false; // The command line works in this process: the error itself reaches it.
        inRequest(() => core.log.error({ err }, 'a backup broke off'));
        outgoing.destroy();
        return true;
      });
      return c.body(bytes, 200, {
        'content-type': 'application/x-ndjson',
        'cache-control': 'no-store',
      });
    },
  );
}

/** Lines together in pieces of some size: a record at a time would be slow. */
const PIECE = 256 * 1024;

/** What the HTTP server knows of a request; nothing of one that came over no connection. */
interface Connection {
  readonly outgoing?: { destroy(): unknown };
}

/** @param brokeOff says whether it has closed the connection; the HTTP server would print what a stream fails with */
function bytesOf(
  lines: AsyncGenerator<string>,
  brokeOff: (error: unknown) => boolean,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { piece, isLast } = await nextPiece(lines);
        if (piece !== '') controller.enqueue(encoder.encode(piece));
        if (isLast) controller.close();
      } catch (error) {
        if (!brokeOff(error)) controller.error(error);
      }
    },
    cancel: () => void lines.return(undefined),
  });
}

async function nextPiece(lines: AsyncGenerator<string>) {
  let piece = '';
  while (piece.length < PIECE) {
    const { done, value } = await lines.next();
    if (done) return { piece, isLast: true };
    piece += value;
  }
  return { piece, isLast: false };
}

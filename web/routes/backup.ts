import { createRoute } from '@hono/zod-openapi';
import { IcbError } from '../../src/domain/errors.ts';
import { writeBackup } from '../../src/usecases/write-backup.ts';
import { PROBLEMS } from '../shapes/common.ts';
import { apiRouter } from './api-router.ts';

/** Everything there is, for whoever runs icb. */
export function backupRoutes() {
  return apiRouter().openapi(
    createRoute({
      method: 'get',
      path: '/backup',
      tags: ['operations'],
      summary: 'One state of everything, as lines of JSON; with the API token only',
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
      return c.body(bytesOf(writeBackup(c.var.deps.core)), 200, {
        'content-type': 'application/x-ndjson',
        'cache-control': 'no-store',
      });
    },
  );
}

/** Lines together in pieces of some size: a record at a time would be slow. */
const PIECE = 256 * 1024;

function bytesOf(lines: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      let piece = '';
      while (piece.length < PIECE) {
        const { done, value } = await lines.next();
        if (done) {
          if (piece !== '') controller.enqueue(encoder.encode(piece));
          return controller.close();
        }
        piece += value;
      }
      controller.enqueue(encoder.encode(piece));
    },
    cancel: () => void lines.return(undefined),
  });
}

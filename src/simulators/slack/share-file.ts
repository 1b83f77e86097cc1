import { list } from './block-kit/walk-blocks.ts';
import type { AppAnswer } from './deliveries.ts';
import { showShares } from './methods-directory.ts';
import { sendEvent } from './send-event.ts';
import type { World } from './world.ts';

export interface SharedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A person shares a file in a channel: uploaded as Slack's clients do it, shown, and told to the app as `file_shared`. */
export async function shareFile(
  world: World,
  userId: string,
  channel: string,
  { name, bytes }: SharedBytes,
): Promise<{ readonly answer: AppAnswer; readonly ts: string }> {
  const { emulated, workspace, ids } = world;
  const begun = await emulated.call(
    'files.getUploadURLExternal',
    { filename: name, length: bytes.length },
    userId,
  );
  const fileId = String(begun.file_id);
  if (!begun.ok) throw new Error(`The file could not be shared: ${String(begun.error)}.`);
  const { pathname } = new URL(String(begun.upload_url));
  await emulated.pass(pathname, {
    method: 'POST',
    body: new Uint8Array(bytes),
    headers: { 'content-type': 'application/octet-stream' },
  });
  const args = { files: [{ id: fileId, title: name }], channel_id: channel };
  const done = await emulated.call('files.completeUploadExternal', args, userId);
  if (!done.ok) throw new Error(`The file could not be shared: ${String(done.error)}.`);
  for (const file of list(done.files)) workspace.files.set(String(file.id), file);
  await showShares(world, channel, new Set([fileId]));
  const message = workspace.messages.findLast(({ body }) => list(body.files).some(({ id }) => id === fileId));
  const answer = await sendEvent(world, {
    type: 'file_shared',
    file_id: fileId,
    user_id: userId,
    file: { id: fileId },
    channel_id: channel,
    event_ts: ids.ts(),
  });
  return { answer, ts: message?.ts ?? '' };
}

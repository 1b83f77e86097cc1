import { checkBlocks } from './block-kit/check-blocks.ts';
import { formatProblem, type Problem } from './block-kit/problem.ts';
import { isJson, type Json, list, slackFileRefs } from './block-kit/walk-blocks.ts';
import type { Workspace } from './workspace.ts';

/** Slack's refusal of a message: reasons stand in `errors` and again, marked, in the metadata. */
export const refuseBlocks = (problems: readonly Problem[]): Json => ({
  ok: false,
  error: 'invalid_blocks',
  errors: problems.map(formatProblem),
  response_metadata: { messages: problems.map((problem) => `[ERROR] ${formatProblem(problem)}`) },
});

/** Slack's refusal of a view: reasons stand in the metadata only. */
export const refuseView = (problems: readonly Problem[]): Json => ({
  ok: false,
  error: 'invalid_arguments',
  response_metadata: { messages: problems.map((problem) => `[ERROR] ${formatProblem(problem)}`) },
});

/** Everything Slack would refuse in a message's blocks, those in attachments included. */
export function messageProblems(workspace: Workspace, args: Json): Problem[] {
  const blocks = args.blocks === undefined || args.blocks === null ? [] : checkBlocks(args.blocks, 'message');
  const attached = list(args.attachments).flatMap((attachment, index) =>
    attachment.blocks === undefined
      ? []
      : checkBlocks(attachment.blocks, 'message', `/attachments/${index}/blocks`),
  );
  return [...blocks, ...attached, ...fileProblems(workspace, args.blocks)];
}

/** A `slack_file` must have been uploaded completely before a block shows it. */
export const fileProblems = (workspace: Workspace, blocks: unknown): Problem[] =>
  slackFileRefs(blocks)
    .filter((ref) => !isKnownFile(workspace, ref))
    .map(() => ({ message: 'invalid slack file', pointer: '/blocks' }));

const isKnownFile = ({ files }: Workspace, ref: string): boolean =>
  files.has(ref) || [...files.values()].some((file) => isJson(file) && file.url_private === ref);

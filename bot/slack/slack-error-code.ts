/** Slack's short name for a failed Web API call: `hash_conflict`. */
export const slackErrorCode = (error: unknown): string | undefined =>
  error instanceof Error && 'data' in error
    ? ((error.data as { error?: string } | undefined)?.error ?? undefined)
    : undefined;

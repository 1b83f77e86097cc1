/**
 * Slack's short name for a failed Web API call: `hash_conflict`. A rate limit comes as HTTP 429, for which the SDK's error
 * has the seconds to wait and no name.
 */
export const slackErrorCode = (error: unknown): string | undefined => {
  if (!(error instanceof Error)) return undefined;
  const named = 'data' in error ? (error.data as { error?: string } | undefined)?.error : undefined;
  return named ?? ('retryAfter' in error ? 'ratelimited' : undefined);
};

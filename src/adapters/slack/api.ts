import { WebClient, type Logger } from "@slack/web-api";

/** The SDK's option for another address than slack.com, absent when there is none. */
export function apiAddress(apiUrl: string | null): { readonly slackApiUrl?: string } {
  return apiUrl === null ? {} : { slackApiUrl: apiUrl };
}

/**
 * A client that sends once and never waits: the SDK's defaults repeat a post whose answer was lost, and hold back
 * every channel for one channel's 429.
 */
export function createApi(token: string, apiUrl: string | null, callMs: number, logger: Logger): WebClient {
  return new WebClient(token, {
    ...apiAddress(apiUrl),
    timeout: callMs,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger,
  });
}

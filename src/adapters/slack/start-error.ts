import { PlatformStartError } from "../../platform/start-error.ts";
import { slackError } from "./errors.ts";
import { TimeLimitError } from "./time-limit.ts";

/** Which of the two tokens a call was made with. */
export type TokenName = "SLACK_BOT_TOKEN" | "SLACK_APP_TOKEN";

const WHERE: Readonly<Record<TokenName, string>> = {
  SLACK_BOT_TOKEN:
    "Set SLACK_BOT_TOKEN to the Bot User OAuth Token (xoxb-…) that api.slack.com/apps shows under OAuth & Permissions once the app is installed.",
  SLACK_APP_TOKEN:
    "Set SLACK_APP_TOKEN to an app-level token (xapp-…) with the scope connections:write, made at api.slack.com/apps under Basic Information, App-Level Tokens.",
};

const WHAT: Readonly<Record<string, string>> = {
  invalid_auth: "the token is not valid",
  not_authed: "no token arrived",
  not_allowed_token_type: "this is a token of another kind",
  account_inactive: "the app or its account was removed from the workspace",
  token_revoked: "the token was revoked",
  token_expired: "the token has expired",
  missing_scope: "the token lacks a scope",
};

export function wrongToken(token: TokenName, what: string): PlatformStartError {
  return new PlatformStartError(`Slack refuses ${token}: ${what}.`, WHERE[token], false);
}

/** A failed first call or connection, as what the operator must do about it. */
export function startError(error: unknown, token: TokenName): PlatformStartError {
  if (error instanceof PlatformStartError) return error;
  if (error instanceof TimeLimitError) {
    return unanswered(`within ${Math.ceil(error.limitMs / 1_000)} s`);
  }
  const { code, detail } = slackError(error);
  const slackCode = detail.split(" ")[0] ?? "";
  if (code === "forbidden" || code === "target_gone" || code === "rejected") {
    return wrongToken(token, `${WHAT[slackCode] ?? "it was refused"} (${detail})`);
  }
  return unanswered(`(${detail})`);
}

function unanswered(how: string): PlatformStartError {
  return new PlatformStartError(
    `Slack did not answer ${how}.`,
    "Check that this machine reaches slack.com over HTTPS and WebSocket, and SLACK_API_URL where it is set; status.slack.com shows Slack's own faults.",
    true,
  );
}

import type { Log } from "../../log.ts";
import { DeliveryError, type Health } from "../../platform/platform.ts";

/** Whether Slack still takes anything from this installation. */
export interface Standing {
  /** null while nothing is known against it. */
  readonly health: () => Health | null;
  /** Slack says that the app was uninstalled or its bot token revoked. */
  readonly removed: (code: string) => void;
  /** Does a call unless the installation is gone, and learns from how it ends. Rejects with DeliveryError. */
  readonly watch: <T>(call: () => Promise<T>) => Promise<T>;
}

/** Codes of a token that nobody but an admin can make good again: docs.slack.dev/reference/methods/auth.test, "Errors". */
const REFUSED = /^(invalid_auth|not_authed|account_inactive|token_revoked|token_expired)$/;
const FIX = "install the app again and set SLACK_BOT_TOKEN to the new token, then start Qushi again";

/** Told once by the log, for as long as it lasts by health(). */
export function createStanding(log: Log): Standing {
  /** For good: another token needs another start. */
  let gone: string | null = null;
  /** By the last answer: Slack has answered so while it was itself at fault. */
  let refused: string | null = null;

  const failed = (detail: string): void =>
    log.error("slack: the installation is refused", { detail, fix: FIX });

  return {
    health: () => {
      const detail = gone ?? refused;
      return detail === null ? null : { state: "failed", detail };
    },
    removed: (code) => {
      if (gone === null) failed(code);
      gone = code;
    },
    watch: async (call) => {
      if (gone !== null) throw new DeliveryError("forbidden", gone, null, "all");
      try {
        const result = await call();
        if (refused !== null) log.info("slack: the installation is accepted again");
        refused = null;
        return result;
      } catch (error) {
        const detail = error instanceof DeliveryError ? error.detail : "";
        if (REFUSED.test(detail)) {
          if (refused === null) failed(detail);
          refused = detail;
        }
        throw error;
      }
    },
  };
}

import type { Platform } from "../platform/platform.ts";
import type { Store } from "../store/store.ts";
import type { Desk } from "./desk.ts";

/** What is worth a line in the log; never what people wrote. */
export interface HandleLog {
  info(what: string, fields: Readonly<Record<string, string | number>>): void;
  error(what: string, fields: Readonly<Record<string, string | number>>): void;
}

/** What whatever comes in from one platform is answered with. */
export interface Room {
  readonly desk: Desk;
  readonly store: Store;
  readonly clock: () => Date;
  readonly log: HandleLog;
  /** Called when something was written that may have to be sent. */
  readonly onWritten: () => void;
  readonly platform: Platform;
}

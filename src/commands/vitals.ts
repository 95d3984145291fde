import type { ChatState } from "../views/condition.ts";

/** What the program that runs knows of itself without asking anybody. */
export interface Vitals {
  readonly startedAt: Date;
  /** When the schedule was last gone through to its end; null before the first time. */
  tickedAt(): Date | null;
  /** Where it listens and sends; none where only the terminal is served. */
  chats(): readonly ChatState[];
}

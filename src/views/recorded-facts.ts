import type { EvidenceLevel } from "../core/act.ts";
import type { Day } from "../core/day.ts";
import type { Lang } from "../core/lang.ts";
import type { Entry } from "../core/record.ts";
import type { Assessed } from "../core/standing.ts";
import type { Button, Line } from "../message/message.ts";
import { say } from "./print.ts";
import type { Telling } from "./telling.ts";

/** An entry as it is written, and how the day sees its commitment without it and with it. */
export interface Recorded extends Telling {
  /** Its `seq` is a guess and is not printed. */
  readonly entry: Entry;
  readonly before: Assessed;
  readonly after: Assessed;
  readonly today: Day;
}

/** What one act has to say to whoever did it. */
export interface Told {
  readonly headline: Line;
  readonly lines: readonly Line[];
  /** What comes next, as lines that can be sent. */
  readonly next: readonly Button[];
}

/** Said of a statement: it is kept and moves nothing. */
export function movesNothing(level: EvidenceLevel, lang: Lang): readonly Line[] {
  return level === "E5"
    ? [
        [
          say(
            lang,
            "E5 是声称，只作记录：不影响评定、序时和灯。",
            "E5 is a statement and is kept as one: it moves no rating, pace or light.",
          ),
        ],
      ]
    : [];
}

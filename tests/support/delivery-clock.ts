import type { Wait } from "../../src/delivery/wait.ts";
import { waitByTimer } from "../../src/delivery/wait.ts";

/** A clock that several processes share and that runs faster than the real one. */
export interface FastClock {
  /** What it shows at the beginning, in milliseconds since 1970. */
  readonly from: number;
  /** The real beginning, by performance.timeOrigin + performance.now(). */
  readonly origin: number;
  readonly speed: number;
}

export function fastClock(speed: number, from: number): FastClock {
  return { from, origin: performance.timeOrigin + performance.now(), speed };
}

/** Milliseconds since 1970 on that clock. */
export function readClock({ from, origin, speed }: FastClock): number {
  return from + (performance.timeOrigin + performance.now() - origin) * speed;
}

/** Waits by that clock. */
export function waitFast({ speed }: FastClock): Wait {
  return (ms, signal) => waitByTimer(ms / speed, signal);
}

import type { Vitals } from "../commands/vitals.ts";
import type { Platform } from "../platform/platform.ts";

/** The pulse of the program that runs: `ticked` is called after each time that the schedule was gone through. */
export function createVitals(startedAt: Date): {
  readonly vitals: Vitals;
  readonly serves: (platforms: readonly Platform[]) => void;
  readonly ticked: (at: Date) => void;
} {
  let tickedAt: Date | null = null;
  let served: readonly Platform[] = [];
  return {
    vitals: {
      startedAt,
      tickedAt: () => tickedAt,
      chats: () =>
        served.map((platform) => ({
          name: platform.name,
          ...platform.health(),
          lacks: platform.lacks(),
        })),
    },
    serves: (platforms) => {
      served = platforms;
    },
    ticked: (at) => {
      tickedAt = at;
    },
  };
}

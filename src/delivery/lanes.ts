import { formatAddress } from "../core/place.ts";
import type { Claimed } from "../store/outbox.ts";

/** What is being sent: places side by side, the messages of one place one after the other. */
export interface Lanes {
  add(row: Claimed): void;
  /** How many deliveries are in the lanes, sent or waiting for their turn. */
  size(): number;
  /** Resolves when every lane is empty. */
  empty(): Promise<void>;
}

/**
 * `run` sends one delivery and says whether it is done with: if not, what follows in that lane is handed to `giveBack`,
 * so that it does not overtake. Neither may reject. `onDone` is called after each delivery.
 */
export function createLanes(options: {
  readonly run: (row: Claimed) => Promise<boolean>;
  readonly giveBack: (row: Claimed) => Promise<void>;
  readonly onDone: () => void;
}): Lanes {
  const lanes = new Map<string, { readonly queue: Claimed[]; readonly running: Promise<void> }>();
  let size = 0;

  const work = async (queue: Claimed[], place: string): Promise<void> => {
    let goesOn = true;
    for (let row = queue.shift(); row !== undefined; row = queue.shift()) {
      if (goesOn) goesOn = await options.run(row);
      else await options.giveBack(row);
      size -= 1;
      if (queue.length === 0) lanes.delete(place);
      options.onDone();
    }
  };

  return {
    add(row) {
      size += 1;
      const place = formatAddress(row.delivery.to);
      const lane = lanes.get(place);
      if (lane !== undefined) {
        lane.queue.push(row);
        return;
      }
      const queue = [row];
      // Started in the next turn of the microtasks, when the lane is known.
      const running = Promise.resolve().then(() => work(queue, place));
      lanes.set(place, { queue, running });
    },
    size: () => size,
    async empty() {
      while (lanes.size > 0) await Promise.all([...lanes.values()].map(({ running }) => running));
    },
  };
}

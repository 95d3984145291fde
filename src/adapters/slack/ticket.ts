import type { Envelope } from "./envelope.ts";

/** An envelope's one answer: the first call decides, later ones are nothing. */
export interface Ticket {
  /** Rejects when nobody waits any more. */
  readonly acknowledge: (payload?: object) => Promise<void>;
  readonly refuse: () => void;
}

export function createTicket(envelope: Envelope): Ticket {
  let settled = false;
  return {
    acknowledge: async (payload) => {
      if (settled) return;
      settled = true;
      await envelope.acknowledge(payload);
    },
    refuse: () => {
      if (settled) return;
      settled = true;
      envelope.refuse();
    },
  };
}

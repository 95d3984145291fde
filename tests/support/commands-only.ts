import type { CommandInbound, Inbound, OnInbound } from "../../src/platform/platform.ts";

/** A bot of a test that answers lines; whatever else comes in is left alone. */
export function onCommand(answer: (inbound: CommandInbound) => Promise<void>): OnInbound {
  return async (inbound) => {
    if (inbound.type === "command") await answer(inbound);
  };
}

/** The lines among what came in. */
export function commandsIn(inbound: readonly Inbound[]): readonly CommandInbound[] {
  return inbound.filter((each) => each.type === "command");
}

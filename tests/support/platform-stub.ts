import type { PlatformName } from "../../src/core/place.ts";
import type { Platform } from "../../src/platform/platform.ts";

/** A platform that can everything and sends nothing: for what a line does before anything is sent. */
export function unlimited(name: PlatformName): Platform {
  return {
    name,
    abilities: { threads: true, edits: true, files: true, buttons: true, private: true, find: "history" },
    budgets: { place: [], all: [] },
    health: () => ({ state: "connected", detail: null }),
    start: async () => undefined,
    stop: async () => undefined,
    post: async (address) => ({ ref: { address, id: "1" } }),
    edit: async () => undefined,
    find: async () => ({ state: "absent" }),
  };
}

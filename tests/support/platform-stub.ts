import type { PlatformName } from "../../src/core/place.ts";
import type { Abilities, Platform } from "../../src/platform/platform.ts";

/** A platform that can everything and sends nothing: for what a line does before anything is sent. */
export function unlimited(name: PlatformName, other: Partial<Abilities> = {}): Platform {
  return {
    name,
    abilities: {
      threads: true,
      edits: true,
      forms: "none",
      files: true,
      filesNeed: null,
      buttons: true,
      private: true,
      reads: false,
      find: "history",
      ...other,
    },
    callback: null,
    budgets: { place: [], all: [] },
    health: () => ({ state: "connected", detail: null }),
    lacks: () => [],
    start: async () => undefined,
    stop: async () => undefined,
    post: async (address) => ({ ref: { address, id: "1" } }),
    edit: async () => undefined,
    link: () => null,
    mayPost: async () => "yes",
    find: async () => ({ state: "absent" }),
  };
}

import type { Platform } from "../src/platform/platform.ts";

/** A platform that takes everything at once. */
export const EASY: Platform = {
  name: "slack",
  abilities: {
    threads: true,
    edits: true,
    files: false,
    filesNeed: null,
    forms: "none",
    reads: false,
    buttons: true,
    private: true,
    find: "none",
  },
  budgets: { place: [], all: [] },
  callback: null,
  health: () => ({ state: "connected", detail: null }),
  lacks: () => [],
  start: () => Promise.resolve(),
  stop: () => Promise.resolve(),
  post: (to, _message, key) => Promise.resolve({ ref: { address: to, id: key } }),
  edit: () => Promise.resolve(),
  link: () => null,
  mayPost: () => Promise.resolve("yes"),
  find: () => Promise.resolve({ state: "unknown" }),
};

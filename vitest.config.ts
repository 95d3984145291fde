import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    pool: "forks",
    // Files share a process, which halves the time: each cleans up what it starts.
    isolate: false,
    // Many tests wait for a server or a process of their own; one worker more than cores keeps those busy.
    maxWorkers: availableParallelism() + 1,
    testTimeout: 30_000,
    hookTimeout: 40_000,
    teardownTimeout: 10_000,
    unstubEnvs: true,
    restoreMocks: true,
    // Loopback fakes must be reached directly, whatever proxy the machine has.
    env: { NO_PROXY: "127.0.0.1,localhost", no_proxy: "127.0.0.1,localhost" },
  },
});

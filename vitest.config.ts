import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    // A process per file: adapters, readline and child processes leave nothing behind for the next file.
    pool: "forks",
    // Many tests wait for a server or a process of their own: on two cores one worker would leave one idle.
    maxWorkers: "100%",
    testTimeout: 15_000,
    hookTimeout: 20_000,
    teardownTimeout: 10_000,
    unstubEnvs: true,
    restoreMocks: true,
    // Loopback fakes must be reached directly, whatever proxy the machine has.
    env: { NO_PROXY: "127.0.0.1,localhost", no_proxy: "127.0.0.1,localhost" },
  },
});

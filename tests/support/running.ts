import { PassThrough } from "node:stream";
import type { Config } from "../../src/config.ts";
import { parseAddress, type Address } from "../../src/core/place.ts";
import { createLog } from "../../src/log.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { start, type Running } from "../../src/main.ts";
import type { OpenDataset } from "../../src/main/library.ts";
import type { Dataset } from "../../src/core/commitment.ts";

/** What a walk may set; everything else is as on a fresh machine without credentials. */
export interface Setting {
  readonly dataset: Dataset;
  readonly slack?: Config["slack"];
  readonly feishu?: Config["feishu"];
  readonly webhooks?: Config["webhooks"];
  /** The HTTP server runs although no platform needs it. */
  readonly http?: true;
  readonly digestTo?: readonly string[];
  readonly admins?: Config["admins"];
  /** None: the dataset does not change. */
  readonly openDataset?: OpenDataset;
  /** None: one of its own in memory. */
  readonly store?: Store;
  readonly clock: () => Date;
}

/** A Qushi as main puts it together, with its terminal on streams. */
export interface Walk {
  readonly running: Running;
  readonly input: PassThrough;
  /** What the terminal has printed so far. */
  readonly printed: () => string;
}

/** Starts the real program against whatever fakes the setting names. */
export async function walk(setting: Setting): Promise<Walk> {
  const input = new PassThrough();
  const output = new PassThrough();
  let printed = "";
  output.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  const config: Config = {
    dataset: setting.dataset.id,
    lang: null,
    zone: null,
    dir: "/nonexistent",
    databaseUrl: null,
    admins: setting.admins ?? [],
    logLevel: "silent",
    digest: { cron: "7 9 * * 1", to: (setting.digestTo ?? []).map(addressOf) },
    http: { host: "127.0.0.1", port: 0, asked: setting.http ?? false },
    webhooks: setting.webhooks ?? [],
    slack: setting.slack ?? null,
    feishu: setting.feishu ?? null,
    secrets: [],
  };
  const around = {
    input,
    output,
    interactive: false,
    columns: 80,
    colour: false,
    clock: setting.clock,
    openDataset: setting.openDataset ?? (() => Promise.resolve({ dataset: setting.dataset, faults: [] })),
  };
  const store = setting.store ?? (await openSqlite({ file: ":memory:" }));
  const running = await start(setting.dataset, config, "0.0.0", store, createLog("silent"), around);
  return { running, input, printed: () => printed };
}

function addressOf(text: string): Address {
  const address = parseAddress(text);
  if (address === null) throw new Error(`no address: ${text}`);
  return address;
}

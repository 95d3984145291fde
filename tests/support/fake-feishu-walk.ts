import type { Dataset } from "../../src/core/commitment.ts";
import type { Person } from "../../src/core/place.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { MONDAY } from "./books.ts";
import { FAKE_USER, startFakeFeishu, type FakeFeishu } from "./fake-feishu.ts";
import { walk, type Walk } from "./running.ts";

/** The scope that lets every message of the groups come in. */
const READS = "im:message.group_msg";

/** The two ways in which Feishu delivers what people do. */
export const MODES = ["long connection", "HTTP"] as const;
export type Mode = (typeof MODES)[number];

export const feishuPerson = (id: string): Person => ({ platform: "feishu", workspace: null, id });
/** Admin of every walk unless it says else. */
export const ADMIN = feishuPerson(FAKE_USER);

/** The way in for one mode: what the program is given, and what connects the fake once it runs. */
export function entrance(feishu: FakeFeishu, mode: Mode) {
  return {
    credentials: mode === "HTTP" ? feishu.httpCredentials : feishu.credentials,
    connect: async ({ running }: Walk): Promise<void> => {
      if (mode === "long connection") {
        await feishu.connected();
        return;
      }
      const address = running.address();
      if (address === null) throw new Error("Qushi does not listen");
      feishu.deliverTo(`${address}/feishu/events`);
      // Until it has started it answers 503, and Feishu would come again.
      for (let status = 503; status === 503;) status = (await feishu.challenge("ready")).status;
    },
  };
}

interface WalkSetting {
  readonly dataset: Dataset;
  readonly admins?: readonly Person[];
  readonly at?: Date;
  /** Whether the app is granted every message of its groups. */
  readonly reads?: boolean;
}

/** One Qushi before one fake Feishu, its store at hand, its clock moved by the walk. */
export interface FeishuWalk {
  readonly feishu: FakeFeishu;
  readonly store: Store;
  readonly running: Walk["running"];
  /** Puts the clock on and lets the schedule and the outbox do what is due. */
  readonly pass: (seconds: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function feishuWalk(mode: Mode, setting: WalkSetting): Promise<FeishuWalk> {
  const { dataset, admins = [ADMIN], at = MONDAY, reads = false } = setting;
  let now = at;
  const feishu = await startFakeFeishu({ now: () => now });
  if (reads) feishu.scopes.add(READS);
  const store = await openSqlite({ file: ":memory:" });
  const { credentials, connect } = entrance(feishu, mode);
  const qushi = await walk({ dataset, feishu: credentials, admins, store, clock: () => now });
  await connect(qushi);
  return {
    feishu,
    store,
    running: qushi.running,
    async pass(seconds) {
      now = new Date(now.getTime() + seconds * 1_000);
      await qushi.running.tick(now);
      for (let step = 0; step < 5; step += 1) {
        await qushi.running.pump();
        now = new Date(now.getTime() + 1_500);
      }
    },
    async stop() {
      await qushi.running.stop();
      await feishu.close();
    },
  };
}

import { recordOf, refuse, word, type Answer, type Params } from "./fake-slack-answer.ts";
import {
  BOT,
  BOT_USER,
  directChannel,
  TEAM,
  type FakeChannel,
  type FakeWorkspace,
  type SlackMessage,
} from "./fake-slack-state.ts";

/** docs.slack.dev/reference/methods/conversations.history: at most 999 at once, 100 unless asked. */
const MOST = 999;
const USUAL = 100;

/** Channels, their messages and people: docs.slack.dev/reference/methods/conversations.history and its neighbours. */
export class Conversations {
  readonly #workspace: FakeWorkspace;
  constructor(workspace: FakeWorkspace) {
    this.#workspace = workspace;
  }

  info(params: Params): Answer {
    const channel = word(params["channel"]);
    const known = this.#workspace.channels.get(channel);
    // A guess: no page says it outright, but a private channel is hidden from whoever is not in it.
    if (known?.member === false && channel.startsWith("G")) return refuse("channel_not_found");
    if (known === undefined && !channel.startsWith("D")) return refuse("channel_not_found");
    return { ok: true, channel: known === undefined ? { id: channel, is_im: true } : shown(known) };
  }

  /** Every channel, or those that the bot is in. */
  list(params: Params, mine: boolean): Answer {
    const all = [...this.#workspace.channels.values()].filter(
      ({ member, archived }) =>
        (!mine || member) && !(archived && word(params["exclude_archived"]) === "true"),
    );
    const { page, next } = this.#page(all, params);
    return { ok: true, channels: page.map(shown), response_metadata: { next_cursor: next } };
  }

  open(params: Params): Answer {
    const user = word(params["users"]);
    if (!/^[UW][A-Z0-9]+$/.test(user)) return refuse("user_not_found");
    return { ok: true, channel: { id: directChannel(user) } };
  }

  /** Newest first, without replies. */
  history(params: Params): Answer {
    const channel = word(params["channel"]);
    const refused = this.#unreadable(channel);
    if (refused !== null) return refused;
    const all = this.#within(channel, params).filter(({ thread }) => thread === null);
    return this.#messages(all.toReversed(), params);
  }

  /** The first message of the thread, then its replies, oldest first. */
  replies(params: Params): Answer {
    const [channel, ts] = [word(params["channel"]), word(params["ts"])];
    const refused = this.#unreadable(channel);
    if (refused !== null) return refused;
    const parent = this.#workspace.find(channel, ts);
    if (parent === undefined) return refuse("thread_not_found");
    const replies = this.#within(channel, params).filter(({ thread }) => thread === ts);
    return this.#messages([parent, ...replies], params);
  }

  user(params: Params): Answer {
    const id = word(params["user"]);
    if (!/^[UW][A-Z0-9]+$/.test(id)) return refuse("user_not_found");
    const user = { id, team_id: TEAM, name: "user", real_name: "A Watcher", is_bot: id === BOT_USER };
    return { ok: true, user: { ...user, tz: "Asia/Shanghai", tz_offset: 28_800, locale: "zh-CN" } };
  }

  #unreadable(channel: string): Answer | null {
    const place = this.#workspace.channels.get(channel);
    if (place === undefined) return channel.startsWith("D") ? null : refuse("channel_not_found");
    return place.member ? null : refuse("not_in_channel");
  }

  /** `oldest` and `latest` are left out themselves unless `inclusive`. */
  #within(channel: string, params: Params): readonly SlackMessage[] {
    const oldest = Number(word(params["oldest"]) || "0");
    const latest = Number(word(params["latest"]) || "Infinity");
    const inclusive = ["true", "1"].includes(String(params["inclusive"]));
    return this.#workspace.messages
      .filter((message) => message.channel === channel)
      .filter(({ id }) => {
        const at = Number(id);
        return inclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
      });
  }

  #messages(all: readonly SlackMessage[], params: Params): Answer {
    const withMetadata = ["true", "1"].includes(String(params["include_all_metadata"]));
    const { page, next } = this.#page(all, params);
    return {
      ok: true,
      messages: page.map((message) => wire(message, withMetadata)),
      has_more: next !== "",
      ...(next === "" ? {} : { response_metadata: { next_cursor: next } }),
    };
  }

  #page<T>(all: readonly T[], params: Params): { readonly page: readonly T[]; readonly next: string } {
    const limit = Math.min(MOST, Number(word(params["limit"]) || USUAL));
    const from = Number(word(params["cursor"]).replace("cursor:", "") || "0");
    const page = all.slice(from, from + limit);
    return { page, next: from + limit < all.length ? `cursor:${from + limit}` : "" };
  }
}

function shown({ id, member, archived, name }: FakeChannel): Answer {
  const isPrivate = id.startsWith("G");
  return {
    id,
    name: name ?? "districts",
    is_channel: !isPrivate,
    is_private: isPrivate,
    is_member: member,
    is_archived: archived,
  };
}

/** A message as history tells it: its metadata only where that was asked for. */
function wire({ id, thread, by, payload, metadata }: SlackMessage, withMetadata: boolean): Answer {
  return {
    type: "message",
    ts: id,
    user: by,
    ...(by === BOT_USER ? { bot_id: BOT } : {}),
    ...(thread === null ? {} : { thread_ts: thread }),
    text: recordOf(payload)["text"],
    ...(withMetadata && metadata !== undefined ? { metadata } : {}),
  };
}

import type { FakeDelivery } from "./fake-slack-delivery.ts";
import type { Acknowledgement } from "./fake-slack-socket.ts";
import { BOT_USER, TEAM, type FakeChannel, type FakeWorkspace } from "./fake-slack-state.ts";

/** What becomes of channels, each told to the bot: docs.slack.dev/reference/events. */
export class Places {
  readonly #workspace: FakeWorkspace;
  readonly #delivery: FakeDelivery;
  constructor(workspace: FakeWorkspace, delivery: FakeDelivery) {
    this.#workspace = workspace;
    this.#delivery = delivery;
  }

  /** Somebody takes the bot in. */
  join(channel: string, by: string): Promise<Acknowledgement> {
    this.#change(channel, { member: true });
    return this.#tell({ type: "member_joined_channel", ...this.#member(channel), inviter: by });
  }

  /** The bot is taken out. */
  leave(channel: string): Promise<Acknowledgement> {
    this.#change(channel, { member: false });
    return this.#tell({ type: "member_left_channel", ...this.#member(channel) });
  }

  archive(channel: string, by: string): Promise<Acknowledgement> {
    this.#change(channel, { archived: true });
    return this.#tell({ type: `${family(channel)}_archive`, channel, user: by });
  }

  /** Whoever was in it is in it again: docs.slack.dev/reference/methods/conversations.unarchive. */
  unarchive(channel: string, by: string): Promise<Acknowledgement> {
    this.#change(channel, { archived: false });
    return this.#tell({ type: `${family(channel)}_unarchive`, channel, user: by });
  }

  rename(channel: string): Promise<Acknowledgement> {
    const name = `renamed-${this.#workspace.count()}`;
    this.#change(channel, { name });
    return this.#tell({
      type: `${family(channel)}_rename`,
      channel: { id: channel, name, created: 1_700_000_000 },
    });
  }

  delete(channel: string): Promise<Acknowledgement> {
    this.#workspace.channels.delete(channel);
    return this.#tell({ type: `${family(channel)}_deleted`, channel });
  }

  /** The channel has another id from now on, and its messages with it. */
  move(channel: string, to: string): Promise<Acknowledgement> {
    const known = this.#workspace.channels.get(channel);
    if (known === undefined) throw new Error(`no channel ${channel}`);
    this.#workspace.channels.delete(channel);
    this.#workspace.channels.set(to, { ...known, id: to });
    this.#workspace.move(channel, to);
    return this.#tell({ type: "channel_id_changed", old_channel_id: channel, new_channel_id: to });
  }

  /** The app is taken out of the workspace: its token is worth nothing any more. */
  async uninstall(): Promise<Acknowledgement> {
    this.#workspace.uninstalled = true;
    await this.#tell({ type: "tokens_revoked", tokens: { oauth: [], bot: [BOT_USER] } });
    return this.#tell({ type: "app_uninstalled" });
  }

  #member(channel: string) {
    const kind = channel.startsWith("G") ? "G" : "C";
    return { user: BOT_USER, channel, channel_type: kind, team: TEAM };
  }

  #change(channel: string, what: Partial<FakeChannel>): void {
    const known = this.#workspace.channels.get(channel) ?? { id: channel, member: false, archived: false };
    this.#workspace.channels.set(channel, { ...known, ...what });
  }

  #tell(event: Readonly<Record<string, unknown>>): Promise<Acknowledgement> {
    return this.#delivery.event({ ...event, event_ts: this.#workspace.nextTs() });
  }
}

/** Private channels have events of their own: docs.slack.dev/reference/events/group_archive and its neighbours. */
function family(channel: string): "channel" | "group" {
  return channel.startsWith("G") ? "group" : "channel";
}

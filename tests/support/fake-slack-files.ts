import { z } from "zod";
import { refuse, word, type Answer, type Params } from "./fake-slack-answer.ts";
import { BOT_USER, type FakeWorkspace } from "./fake-slack-state.ts";

/** A file that was uploaded and completed. */
export interface FakeUpload {
  readonly filename: string;
  /** As UTF-8. */
  readonly bytes: string;
  /** null: shared nowhere. */
  readonly channel: string | null;
  readonly thread: string | null;
}

const files = z.array(z.object({ id: z.string(), title: z.string().optional() })).min(1);

/** docs.slack.dev/reference/methods/files.getUploadURLExternal, the POST to its address, files.completeUploadExternal. */
export class Files {
  readonly uploads: FakeUpload[] = [];
  readonly #workspace: FakeWorkspace;
  readonly #address: (id: string) => string;
  readonly #begun = new Map<
    string,
    { readonly filename: string; readonly length: number; bytes: Buffer | null }
  >();

  constructor(workspace: FakeWorkspace, address: (id: string) => string) {
    this.#workspace = workspace;
    this.#address = address;
  }

  begin(params: Params): Answer {
    const [filename, length] = [word(params["filename"]), Number(word(params["length"]))];
    if (filename === "" || !(length > 0)) return refuse("invalid_arguments");
    const id = `F0FILE${this.#workspace.count()}`;
    this.#begun.set(id, { filename, length, bytes: null });
    return { ok: true, file_id: id, upload_url: this.#address(id) };
  }

  /** The bytes; false where the address is not one of ours or the length is another than was said. */
  receive(id: string, bytes: Buffer): boolean {
    const begun = this.#begun.get(id);
    if (begun === undefined || begun.bytes !== null || bytes.length !== begun.length) return false;
    begun.bytes = bytes;
    return true;
  }

  complete(params: Params): Answer {
    const read = files.safeParse(params["files"]);
    if (!read.success) return refuse("invalid_arguments");
    const channel = word(params["channel_id"] ?? params["channels"]) || null;
    const thread = word(params["thread_ts"]) || null;
    const refused = channel === null ? null : this.#unreachable(channel);
    if (refused !== null) return refused;
    const done = read.data.map(({ id }) => ({ id, begun: this.#begun.get(id) }));
    for (const { begun } of done)
      if (begun === undefined || begun.bytes === null) return refuse("file_not_found");
    for (const { id, begun } of done) {
      if (begun === undefined || begun.bytes === null) continue;
      const { filename, bytes } = begun;
      this.#begun.delete(id);
      this.uploads.push({ filename, bytes: bytes.toString("utf8"), channel, thread });
    }
    if (channel !== null)
      this.#share(
        channel,
        thread,
        params,
        done.map(({ begun }) => begun?.filename ?? ""),
      );
    return { ok: true, files: done.map(({ id }) => ({ id })) };
  }

  /** A file goes to channels that the bot is in; a person's id is no channel here. */
  #unreachable(channel: string): Answer | null {
    const place = this.#workspace.channels.get(channel);
    if (place === undefined) return channel.startsWith("D") ? null : refuse("channel_not_found");
    if (place.archived) return refuse("is_archived");
    return place.member ? null : refuse("not_in_channel");
  }

  #share(channel: string, thread: string | null, params: Params, names: readonly string[]): void {
    const text = word(params["initial_comment"]);
    const payload = { text, files: names };
    const id = this.#workspace.nextTs();
    const said = [text, ...names].filter((line) => line !== "").join("\n");
    this.#workspace.add({ id, channel, thread, by: BOT_USER, key: null, payload, text: said });
  }
}

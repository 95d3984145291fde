import { z } from "zod";
import { FAKE_CHAT } from "./fake-feishu.ts";
import { CHANNEL } from "./fake-slack-people.ts";
import { labelsIn, postsOf, rootOf, without, type Fakes } from "./week-posts.ts";
import { chatOf, PLAYERS, type Act, type Chat } from "./week-script.ts";
import type { Shown } from "./week-seen.ts";

/** Nobody can do that: the thread or the button is not there. */
export class NotThere extends Error {}

/** Does it as its player would; resolves with what only they see, or with null. Rejects with NotThere. */
export function perform(act: Act, fakes: Fakes): Promise<Shown | null> {
  return chatOf(act.who) === "slack" ? onSlack(act, fakes) : onFeishu(act, fakes);
}

/** The newest message with that button: in the thread or at its head, or anywhere. */
function withButton(chat: Chat, act: Act, label: string, fakes: Fakes): string {
  const root = rootIn(chat, act, fakes);
  const found = postsOf(chat, fakes).findLast(
    ({ id, thread, buttons }) => buttons.includes(label) && (root === null || thread === root || id === root),
  );
  if (found === undefined) throw new NotThere(`nobody can click ${label} at ${act.at}`);
  return found.id;
}

function rootIn(chat: Chat, act: Act, fakes: Fakes): string | null {
  if (act.thread === null) return null;
  const root = rootOf(act.thread, postsOf(chat, fakes));
  if (root === null) throw new NotThere(`there is no thread ${act.thread} at ${act.at}`);
  return root;
}

function standing<Post extends { readonly id: string }>(posts: readonly Post[], id: string): Post {
  const found = posts.find((post) => post.id === id);
  if (found === undefined) throw new NotThere(id);
  return found;
}

async function onSlack(act: Act, fakes: Fakes): Promise<Shown | null> {
  const { slack } = fakes;
  const { deed, who } = act;
  const user = PLAYERS[who].person.id;
  const root = rootIn("slack", act, fakes);
  const said = { user, channel: CHANNEL, ...(root === null ? {} : { threadTs: root }) };
  switch (deed.type) {
    case "mention":
      await slack.mention(deed.text, said);
      return null;
    case "talk":
      await slack.talk(deed.text, said);
      return null;
    case "slash":
      return privately(await slack.slash(deed.text, said));
    case "click": {
      const post = standing(slack.posts(CHANNEL), withButton("slack", act, deed.label, fakes));
      const answer = await slack.click(post, deed.label, { user });
      if (answer.shown !== "view") return privately(answer);
      const { errors } = await slack.submit(slack.view(answer), deed.fill ?? {});
      if (errors !== undefined) return { text: JSON.stringify(errors), buttons: [] };
      return null;
    }
  }
}

function privately(answer: {
  readonly shown: string;
  readonly text: string;
  readonly payload: unknown;
}): Shown | null {
  if (answer.shown !== "ephemeral") return null;
  const buttons = labelsIn(answer.payload);
  return { text: without(answer.text, buttons), buttons };
}

async function onFeishu(act: Act, fakes: Fakes): Promise<Shown | null> {
  const { feishu } = fakes;
  const { deed, who } = act;
  const user = PLAYERS[who].person.id;
  const root = rootIn("feishu", act, fakes);
  switch (deed.type) {
    case "slash":
    case "mention":
      await feishu.mention(deed.text, { user, chat: FAKE_CHAT, ...(root === null ? {} : { thread: root }) });
      return null;
    case "talk":
      if (root === null) throw new NotThere("talk outside threads is not played");
      await feishu.inThread(deed.text, { root, user });
      return null;
    case "click": {
      const post = standing(feishu.posts(FAKE_CHAT), withButton("feishu", act, deed.label, fakes));
      const { answer, reply } = await feishu.click(post, deed.label, { user });
      if (deed.fill === undefined || reply === null) return toastOf(answer);
      return toastOf((await feishu.submit(reply, deed.fill, { user })).answer);
    }
  }
}

const toast = z.object({ toast: z.object({ content: z.string() }) });

function toastOf(answer: unknown): Shown | null {
  const read = toast.safeParse(answer);
  return read.success ? { text: read.data.toast.content, buttons: [] } : null;
}

import type { MessageRef } from "../core/place.ts";
import type { SubmittedInbound } from "../platform/platform.ts";
import { withActor } from "../views/share.ts";
import { perform } from "./perform.ts";
import { doneIn, threadIfKnown } from "./threads.ts";
import { replyTo, sourceOf } from "./replying.ts";
import type { Room } from "./room.ts";

/** Records what a form was filled in with; what cannot be recorded is told beside its field. */
export async function takeSubmission(room: Room, inbound: SubmittedInbound): Promise<void> {
  const { desk, store, clock, platform } = room;
  const { verb, values, actor, place } = inbound;
  const address = await doneIn(desk, inbound);
  const asking = {
    line: "",
    form: { verb, values },
    actor,
    isExternal: inbound.isExternal === true,
    place,
    at: clock(),
    from: sourceOf({ ...inbound, address }),
    about: await threadIfKnown(desk, address),
    linkTo: (ref: MessageRef) => platform.link(ref),
    role: null,
    lang: null,
  };
  // Where only the submitter sees the answer the channel gets a line of its own; a card is seen by everyone there.
  const isPrivate = platform.abilities.private;
  const door = { id: inbound.id, isRedelivered: false, isPrivate };
  const answered = await perform(desk, store, asking, door);
  if (answered === null) return;
  const { exit, field, lang } = answered;
  const isSeen = exit === "answered" && !isPrivate && "channel" in place.to;
  await replyTo(
    room,
    inbound,
    answered,
    isSeen ? withActor(answered.message, actor, lang) : answered.message,
    exit === "answered"
      ? { audience: isPrivate ? "caller" : "channel" }
      : { audience: "caller", refused: { field } },
  );
}

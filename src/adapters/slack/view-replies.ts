import type { Person } from "../../core/place.ts";
import type { Message } from "../../message/message.ts";
import type { Reply, Shown } from "../../platform/platform.ts";
import { slackError } from "./errors.ts";
import { drawAgain, typedValues } from "./modal-again.ts";
import { drawAnswer, drawForm, fieldErrors, type ModalContext } from "./modal.ts";
import type { SlackModal } from "./modal-payload.ts";
import { directOf, followWithFiles, showForm, type Answering } from "./replies.ts";
import { patiently } from "./patient.ts";
import { postMessage } from "./send.ts";
import { openView, updateView } from "./view-calls.ts";

/** What a submission is acknowledged with: docs.slack.dev/surfaces/modals, "Updating and pushing modal views". */
type ViewResponse =
  | { readonly response_action: "errors"; readonly errors: Readonly<Record<string, string>> }
  | { readonly response_action: "update"; readonly view: SlackModal };

const WORKING: Message = {
  summary: "正在处理… Working on it…",
  blocks: [{ type: "text", lines: [["正在处理… Working on it…"]] }],
};

function viewOf(message: Message, how: Shown, context: ModalContext): SlackModal {
  return how.form === undefined ? drawAnswer(message, context) : drawForm(how.form, context);
}

/** What no modal can show goes to the person's direct messages. */
async function tellDirectly(message: Message, actor: Person, answering: Answering): Promise<void> {
  const { sending, stopped } = answering;
  await patiently(() => postMessage(sending, directOf(actor, answering), message, null), stopped);
}

/** Puts an answer into a modal that may have been closed meanwhile: then it is `told` instead. */
async function show(
  modal: string,
  { drawn, told }: { readonly drawn: SlackModal; readonly told: Message },
  actor: Person,
  answering: Answering,
): Promise<void> {
  try {
    await updateView(answering.sending, modal, drawn);
  } catch (error) {
    answering.log.info("slack: a modal could not be updated, answering by direct message", {
      detail: slackError(error).detail,
    });
    await tellDirectly(told, actor, answering);
  }
}

/** With what was typed into a form that cannot be shown again. */
function withTyped(message: Message, view: unknown): Message {
  const items = typedValues(view).map(({ label, value }) => ({ label, value: [value] }));
  return items.length === 0
    ? message
    : { ...message, blocks: [...message.blocks, { type: "fields", items }] };
}

async function sendAlong(message: Message, actor: Person, answering: Answering): Promise<void> {
  await followWithFiles(message, directOf(actor, answering), answering, (trouble) =>
    tellDirectly(trouble, actor, answering),
  );
}

/**
 * A submission is answered inside its acknowledgement: a refusal keeps the form open with the words beside the field,
 * anything else takes the form's place. Where the answer is late, the modal says so and is updated; a refusal then shows
 * the form again as it was filled in. `finish` acknowledges if nothing has, which closes the modal.
 */
export function submissionReply(
  submitted: {
    readonly actor: Person;
    readonly context: ModalContext;
    readonly view: { readonly id: string };
  },
  acknowledge: (payload?: ViewResponse) => Promise<void>,
  answering: Answering,
): { readonly reply: Reply; readonly finish: () => Promise<void> } {
  const { actor, context, view } = submitted;
  const { log, timings } = answering;
  let open = true;
  /** The answer must not be overtaken by the word that it is worked on. */
  let working = Promise.resolve();
  const close = (): boolean => {
    const was = open;
    open = false;
    clearTimeout(timer);
    return was;
  };
  const acknowledgeLate = async (payload?: ViewResponse): Promise<void> => {
    if (!close()) return;
    await acknowledge(payload).catch(() => log.debug("slack: a submission could not be acknowledged"));
  };
  const timer = setTimeout(() => {
    working = acknowledgeLate({ response_action: "update", view: drawAnswer(WORKING, context) });
  }, timings.acknowledge);

  const response = (message: Message, how: Shown): ViewResponse => {
    const errors = how.refused === undefined ? {} : fieldErrors(view, how.refused.field, message.summary);
    return Object.keys(errors).length > 0
      ? { response_action: "errors", errors }
      : { response_action: "update", view: viewOf(message, how, context) };
  };
  const inAcknowledgement = async (message: Message, how: Shown): Promise<boolean> => {
    if (!close()) return false;
    try {
      await acknowledge(response(message, how));
      return true;
    } catch {
      log.info("slack: nobody waited for a submission's answer any more, updating the modal");
      return false;
    }
  };

  const afterwards = (message: Message, how: Shown) => {
    const again = how.refused === undefined ? null : drawAgain(view, how.refused.field, message.summary);
    return again === null
      ? { drawn: viewOf(message, how, context), told: message }
      : { drawn: again, told: withTyped(message, view) };
  };

  const reply: Reply = async (message, how) => {
    if (!(await inAcknowledgement(message, how))) {
      await working;
      await show(view.id, afterwards(message, how), actor, answering);
    }
    await sendAlong(message, actor, answering);
  };
  return { reply, finish: () => acknowledgeLate() };
}

/** A click in a modal changes what it shows; on the home tab (`modal` null) the answer opens one. */
export function viewClickReply(
  clicked: {
    readonly actor: Person;
    readonly context: ModalContext;
    readonly trigger: string;
    readonly modal: string | null;
  },
  answering: Answering,
): Reply {
  const { actor, context, trigger, modal } = clicked;
  const { sending, log } = answering;
  const open = async (message: Message, how: Shown): Promise<void> => {
    if (await showForm(how, trigger, context, answering)) return;
    try {
      await openView(sending, trigger, drawAnswer(message, context));
    } catch (error) {
      log.info("slack: an answer could not be opened, giving it by direct message", {
        detail: slackError(error).detail,
      });
      await tellDirectly(message, actor, answering);
    }
  };
  return async (message, how) => {
    await (modal === null
      ? open(message, how)
      : show(modal, { drawn: viewOf(message, how, context), told: message }, actor, answering));
    await sendAlong(message, actor, answering);
  };
}

import { z } from "zod";
import type { FakeDelivery } from "./fake-slack-delivery.ts";
import { submissionPayload, suggestionPayload } from "./fake-slack-payloads.ts";
import type { FakeWorkspace } from "./fake-slack-state.ts";
import { inputsOf, option, type InputBlock } from "./fake-slack-view-rules.ts";
import type { FakeView, Views } from "./fake-slack-views.ts";

/** What became of a submission. */
export interface Submitted {
  /** Beside which block what is said; the form stays open. */
  readonly errors?: Readonly<Record<string, string>>;
  /** What is shown now. */
  readonly view?: FakeView;
  /** Every view of the modal was closed. */
  readonly cleared?: boolean;
}

/** Something to choose that the bot offered. */
export interface Suggestion {
  readonly value: string;
  readonly label: string;
}

// docs.slack.dev/surfaces/modals, "Closing and updating views": what a submission may be answered with.
const answer = z.union([
  z.strictObject({ response_action: z.literal("errors"), errors: z.record(z.string(), z.string().min(1)) }),
  z.strictObject({ response_action: z.enum(["update", "push"]), view: z.unknown() }),
  z.strictObject({ response_action: z.literal("clear") }),
  z.strictObject({}),
]);
// docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select: at most a hundred.
const offered = z.object({ options: z.array(option).max(100) });

/** People filling in modals. What Slack's own client checks before it sends anything is checked here. */
export class Forms {
  readonly #views: Views;
  readonly #delivery: FakeDelivery;
  readonly #workspace: FakeWorkspace;
  readonly #suggested = new Map<string, string>();

  constructor(views: Views, delivery: FakeDelivery, workspace: FakeWorkspace) {
    this.#views = views;
    this.#delivery = delivery;
    this.#workspace = workspace;
  }

  /** Fills in fields by the last part of their block_id; the others stay as they were offered. */
  async submit(view: FakeView, values: Readonly<Record<string, string>>): Promise<Submitted> {
    const held = this.#views.held(view);
    if (held.closed) throw new Error("this form is closed");
    if (held.payload.type !== "modal" || held.payload.submit === undefined)
      throw new Error("this view has nothing to submit");
    const inputs = inputsOf(held.payload);
    const names = inputs.map(nameOf);
    for (const name of Object.keys(values))
      if (!names.includes(name)) throw new Error(`no field "${name}" here; there are: ${names.join(", ")}`);
    const state = Object.fromEntries(
      inputs.map((input) => [
        input.block_id,
        { [input.element.action_id]: this.#filled(input, values[nameOf(input)]) },
      ]),
    );
    const trigger = this.#workspace.openTrigger(held.user);
    const wire = this.#views.wire(held.id, { values: state });
    const { payload } = await this.#delivery.deliver(
      "interactive",
      submissionPayload(held.user, wire, trigger),
    );
    const read = answer.parse(payload);
    if (!("response_action" in read)) {
      this.#views.close(held, false);
      return {};
    }
    switch (read.response_action) {
      case "clear":
        this.#views.close(held, true);
        return { cleared: true };
      case "update":
      case "push":
        return { view: this.#views.answered(held, read.response_action, read.view) };
      case "errors": {
        const wrong = Object.keys(read.errors).filter(
          (id) => !inputs.some(({ block_id }) => block_id === id),
        );
        if (wrong.length > 0) throw new Error(`errors beside blocks that are no inputs: ${wrong.join(", ")}`);
        return { errors: read.errors };
      }
    }
  }

  /** Types in a field that asks for options. */
  async suggest(view: FakeView, field: string, typed: string): Promise<readonly Suggestion[]> {
    const held = this.#views.held(view);
    const input = inputsOf(held.payload).find((one) => nameOf(one) === field);
    if (input?.element.type !== "external_select") throw new Error(`"${field}" asks for no options`);
    if (Array.from(typed).length < input.element.min_query_length)
      throw new Error(`Slack asks only from ${input.element.min_query_length} characters on`);
    const at = { block: input.block_id, action: input.element.action_id, typed };
    const payload = suggestionPayload(held.user, this.#views.wire(held.id), at);
    const given = await this.#delivery.deliver("interactive", payload);
    const { options } = offered.parse(given.payload);
    for (const { value, text } of options) this.#suggested.set(value, text.text);
    return options.map(({ value, text }) => ({ value, label: text.text }));
  }

  #filled({ element, optional, block_id }: InputBlock, given: string | undefined): object {
    const type = { type: element.type };
    const missing = (value: string | null): void => {
      if (!optional && (value === null || value === ""))
        throw new Error(`Slack would not send this: ${block_id} must be filled in`);
    };
    switch (element.type) {
      case "plain_text_input": {
        const value = given ?? element.initial_value ?? null;
        missing(value);
        const length = Array.from(value ?? "").length;
        if (length > (element.max_length ?? 3_000))
          throw new Error(`Slack would not send this: ${block_id} is too long`);
        return { ...type, value: value === "" ? null : value };
      }
      case "datepicker": {
        const value = given ?? element.initial_date ?? null;
        missing(value);
        if (value !== null && value !== "" && !/^\d{4}-\d{2}-\d{2}$/.test(value))
          throw new Error(`no day: ${value}`);
        return { ...type, selected_date: value === "" ? null : value };
      }
      case "static_select":
      case "radio_buttons": {
        const { options } = element;
        const value = given ?? element.initial_option?.value ?? null;
        missing(value);
        const chosen = options.find((one) => one.value === value || one.text.text === value) ?? null;
        if (chosen === null && value !== null && value !== "")
          throw new Error(`no option "${value}"; there are: ${options.map((one) => one.value).join(", ")}`);
        return { ...type, selected_option: chosen };
      }
      case "external_select": {
        const value = given ?? element.initial_option?.value ?? null;
        missing(value);
        if (value === null || value === "") return { ...type, selected_option: null };
        const label = this.#suggested.get(value) ?? (element.initial_option?.value === value ? value : null);
        if (label === null) throw new Error(`"${value}" was not offered: suggest() first`);
        return { ...type, selected_option: { text: { type: "plain_text", text: label }, value } };
      }
    }
  }
}

function nameOf({ block_id }: InputBlock): string {
  return block_id.slice(block_id.indexOf(":") + 1);
}

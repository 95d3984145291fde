import type { CardButton, CardElement, FeishuCard, FormElement } from "./card.ts";
import { checkCard } from "./check-card.ts";

/**
 * The card with the first message of its topic on every button, so that a click tells where it was made; as it was where
 * it has no room for that.
 */
export function standingBelow(card: FeishuCard, below: string | null): FeishuCard {
  if (below === null) return card;
  const elements = card.body.elements.map((element) => marked(element, below));
  const placed = { ...card, body: { elements } };
  return checkCard(placed).length === 0 ? placed : card;
}

function marked(element: CardElement, below: string): CardElement {
  switch (element.tag) {
    case "column_set":
      return {
        ...element,
        columns: element.columns.map((column) => ({
          ...column,
          elements: column.elements.map((button) => markedButton(button, below)),
        })),
      };
    case "form":
      return { ...element, elements: element.elements.map((field) => markedField(field, below)) };
    default:
      return element;
  }
}

function markedButton(button: CardButton, below: string): CardButton {
  const behaviors = button.behaviors.map((behavior) =>
    behavior.type === "callback" ? { ...behavior, value: { ...behavior.value, below } } : behavior,
  );
  return { ...button, behaviors };
}

function markedField(field: FormElement, below: string): FormElement {
  if (field.tag !== "button") return field;
  const behaviors = field.behaviors.map((behavior) => ({
    ...behavior,
    value: { ...behavior.value, below },
  }));
  return { ...field, behaviors };
}

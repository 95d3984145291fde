import type { Day } from "./day.ts";
import type { Lang, Localized } from "./lang.ts";
import type { Comparator, Quantity } from "./quantity.ts";

/** How a commitment can be checked: a number decides, a happening decides, only acts can be shown, nothing can. */
export const CHECKS = ["figure", "event", "acts", "none"] as const;
export type Check = (typeof CHECKS)[number];

/** What kind of statement the source makes. */
export const MODALITIES = ["target", "forecast", "programme", "service", "position"] as const;
export type Modality = (typeof MODALITIES)[number];

/** How a target is counted; decides whether and how pace is computed. */
export const TARGET_KINDS = ["cumulative", "level", "milestone", "rate"] as const;
export type TargetKind = (typeof TARGET_KINDS)[number];

/** A figure with the words the source printed it in. */
export type Target = Quantity & { readonly original: string };
/** Where a target starts from. */
export type Baseline = Target & { readonly asOf: Day };
/** The size of a plan; shown, never a target. */
export interface Scale {
  readonly measure: string;
  readonly op: Comparator;
  readonly value: number;
  readonly unit: string;
  readonly original: string;
}

/** The time a commitment runs: it starts on a day or with an event, and ends on a day or after a length. */
export interface Period {
  readonly start: { readonly day: Day } | { readonly event: Localized };
  readonly end: Day | null;
  readonly length: { readonly count: number; readonly of: "years" | "months" } | null;
}

/** When it falls due, the source's own words for it, and whether the year or day was stated or inferred. */
export interface Due {
  readonly date: Day;
  readonly text: string;
  readonly basis: "stated" | "inferred";
}

/** A dated step of a milestone target: a speakable code, when it is to be done, and what it is. */
export interface Milestone {
  readonly node: string;
  readonly date: Day;
  readonly name: Localized;
}

/** Where in which source; paragraphs are counted as PRODUCT's dataset rule says. */
export interface Citation {
  readonly id: string;
  readonly paragraph: number;
}

/** One thing a district said it would do. */
export interface Commitment {
  readonly id: string;
  readonly district: string;
  readonly title: Localized;
  readonly summary: Localized;
  readonly theme: string;
  readonly part: string;
  readonly modality: Modality;
  readonly check: Check;
  readonly why: Localized;
  readonly proof: Localized | null;
  readonly kind: TargetKind | null;
  readonly measure: string | null;
  readonly target: Target | null;
  readonly baseline: Baseline | null;
  readonly scale: readonly Scale[];
  readonly period: Period | null;
  readonly due: Due | null;
  /** `steps`: capacity that arrives in jumps. */
  readonly path: "steps" | null;
  /** Of a milestone target, in the order of their dates; empty where the source names none. */
  readonly milestones: readonly Milestone[];
  readonly partOf: string | null;
  readonly occasion: string | null;
  readonly source: Citation;
}

/** Something already done when the source appeared; listed, never counted as a commitment. */
export interface Fact {
  readonly id: string;
  readonly district: string;
  readonly text: Localized;
  readonly figure: Target | null;
  readonly asOf: Day;
  readonly source: Citation;
}

/** A thing with a code and names: a theme, a part, an occasion. */
export interface Term {
  readonly code: string;
  readonly name: Localized;
  readonly aliases: readonly string[];
}

/** A district: its short name (光明), its full one (光明区), and what else people call it. */
export interface District extends Term {
  readonly full: Localized;
}

/** What a figure measures, and the English nouns for what is counted in pieces. */
export interface Measure {
  readonly code: string;
  readonly name: Localized;
  readonly unit: string;
  readonly counted: { readonly one: string; readonly many: string } | null;
}

/** A text that commitments cite. */
export interface Source {
  readonly id: string;
  readonly publisher: Localized;
  readonly title: Localized;
  readonly date: Day;
  readonly paragraphs: readonly SourceParagraph[];
}

/** What was taken from one paragraph, so that whoever has the text can prove it. */
export interface SourceParagraph {
  readonly number: number;
  /** SHA-256 (hex) of the paragraph after NFKC and trimming. */
  readonly sha256: string;
  readonly figures: readonly string[];
  readonly names: readonly string[];
}

/** One folder under `data/`, loaded and checked. */
export interface Dataset {
  readonly id: string;
  readonly title: Localized;
  readonly city: Localized;
  readonly year: number;
  readonly zone: string;
  readonly languages: readonly Lang[];
  readonly calendar: "CN" | "weekends";
  readonly version: string;
  readonly coverage: Localized;
  readonly invented: boolean;
  readonly districts: readonly District[];
  readonly themes: readonly Term[];
  readonly parts: readonly Term[];
  readonly occasions: readonly Term[];
  readonly measures: readonly Measure[];
  readonly sources: readonly Source[];
  readonly commitments: readonly Commitment[];
  readonly facts: readonly Fact[];
}

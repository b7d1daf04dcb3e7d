//! The fields of each kind of record: how each is asked for, and what it takes.

/// How a field is asked for and what it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// A line of text.
    Line,
    /// Text that may have several lines.
    Lines,
    /// An exact amount.
    Amount,
    /// A whole number from the first to the last.
    Whole(u32, u32),
    /// 0 none to 4 very severe.
    Scale,
    /// A day.
    Day,
    /// A time of day.
    Clock,
    /// One of few: code and words.
    Choice(&'static [(&'static str, &'static str)]),
    /// Words that are not asked for: worked out.
    Kept,
    /// A number that is not asked for: worked out.
    KeptNumber,
}

/// Whether a record can do without a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It cannot.
    Needed,
    /// It can.
    Optional,
}

/// A field of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its word in the file, on the command line and in exports.
    pub code: &'static str,
    /// Its name on screen.
    pub label: &'static str,
    /// One line about it.
    pub about: &'static str,
    /// How it is asked for.
    pub ask: Ask,
    /// Whether it must be there.
    pub need: Need,
}

/// An optional field.
const fn may(code: &'static str, label: &'static str, about: &'static str, ask: Ask) -> Field {
    Field {
        code,
        label,
        about,
        ask,
        need: Need::Optional,
    }
}

/// A field that must be there.
const fn must(code: &'static str, label: &'static str, about: &'static str, ask: Ask) -> Field {
    Field {
        code,
        label,
        about,
        ask,
        need: Need::Needed,
    }
}

const NOTE: Field = may(
    "note",
    "Note",
    "As you like; it stays in your journal.",
    Ask::Lines,
);
const NAME: Field = must("name", "Name", "What you call it.", Ask::Line);
const STARTED: Field = may(
    "start",
    "Since",
    "2026-11-13, yesterday. Empty: not noted.",
    Ask::Day,
);
const STOPPED: Field = may(
    "stop",
    "Until",
    "The last day; empty while it goes on.",
    Ask::Day,
);

const INTAKE_STATES: &[(&str, &str)] = &[
    ("taken", "taken"),
    ("late", "taken late"),
    ("skipped", "skipped"),
];
const QUESTION_STATES: &[(&str, &str)] = &[("open", "to ask"), ("asked", "asked")];
const MEASURED_IN: &[(&str, &str)] = &[
    ("minutes", "minutes"),
    ("count", "a count"),
    ("amount", "a free amount"),
    ("done", "done or not"),
];
const DIRECTIONS: &[(&str, &str)] = &[
    ("less", "less than usual"),
    ("more", "more than usual"),
    ("mixed", "mixed"),
];

pub(super) const DOSE: &[Field] = &[
    must(
        "amount",
        "Amount",
        "In the product's own unit: 1.5.",
        Ask::Amount,
    ),
    must(
        "unit",
        "Unit",
        "The product's own; amounts are never converted.",
        Ask::Kept,
    ),
    may(
        "reason",
        "Reason",
        "If you like: what it was for.",
        Ask::Line,
    ),
    NOTE,
];
pub(super) const SUBSTANCE: &[Field] = &[
    may(
        "name",
        "Name",
        "For one that is not in the list.",
        Ask::Line,
    ),
    may("amount", "Amount", "A number; empty is fine.", Ask::Amount),
    may(
        "unit",
        "Unit",
        "Glass, tablet, cigarette \u{2026}",
        Ask::Line,
    ),
    NOTE,
];
pub(super) const URGE: &[Field] = &[
    must(
        "strength",
        "Strength",
        "0 none to 4 very severe.",
        Ask::Scale,
    ),
    may("trigger", "Trigger", "What set it off.", Ask::Line),
    may("helped", "Helped", "What helped afterwards.", Ask::Line),
    may(
        "minutes",
        "Minutes",
        "How long it lasted, about.",
        Ask::Whole(0, 1440),
    ),
    NOTE,
];
pub(super) const INTAKE: &[Field] = &[
    must(
        "state",
        "It was",
        "\u{2190}/\u{2192} choose.",
        Ask::Choice(INTAKE_STATES),
    ),
    may(
        "amount",
        "Amount",
        "As on the label, in your words: 1 tablet.",
        Ask::Line,
    ),
    NOTE,
];
pub(super) const PRACTICE: &[Field] = &[
    may("minutes", "Minutes", "How long.", Ask::Whole(0, 1440)),
    may(
        "count",
        "Count",
        "How many: portions, cups, times.",
        Ask::Whole(0, 1000),
    ),
    may("amount", "Amount", "In your words: one cup.", Ask::Line),
    may(
        "before",
        "Before",
        "How you felt before: 0 fine to 4 very bad.",
        Ask::Scale,
    ),
    may(
        "after",
        "After",
        "How you felt after: 0 fine to 4 very bad.",
        Ask::Scale,
    ),
    NOTE,
];
pub(super) const MEASUREMENT: &[Field] = &[
    may(
        "value",
        "Value",
        "A number; pressure as 120/80.",
        Ask::Amount,
    ),
    may(
        "second",
        "Second",
        "The lower number of a pressure.",
        Ask::KeptNumber,
    ),
    may("unit", "Unit", "Empty: the usual one.", Ask::Line),
    may("bed", "To bed", "When you went to bed: 22:30.", Ask::Clock),
    may(
        "asleep",
        "Asleep",
        "When you fell asleep, about.",
        Ask::Clock,
    ),
    may("woke", "Woke", "When you woke for good.", Ask::Clock),
    may("up", "Got up", "When you got up.", Ask::Clock),
    may(
        "item9",
        "Item 9",
        "PHQ-9 only, and only if you like: 0 to 3.",
        Ask::Whole(0, 3),
    ),
    may(
        "direction",
        "Direction",
        "Appetite only.",
        Ask::Choice(DIRECTIONS),
    ),
    NOTE,
];
pub(super) const APPOINTMENT: &[Field] = &[
    may("with", "With", "Whom you see.", Ask::Line),
    may("place", "Place", "Where, or a number to call.", Ask::Line),
    may(
        "outcome",
        "Outcome",
        "Afterwards: what came of it.",
        Ask::Lines,
    ),
    NOTE,
];
pub(super) const QUESTION: &[Field] = &[
    must("text", "Question", "What you want to ask.", Ask::Lines),
    may(
        "state",
        "It is",
        "\u{2190}/\u{2192} choose.",
        Ask::Choice(QUESTION_STATES),
    ),
    may("answer", "Answer", "What you were told.", Ask::Lines),
];
pub(super) const PURCHASE: &[Field] = &[
    must(
        "amount",
        "Amount",
        "In the product's own unit.",
        Ask::Amount,
    ),
    must("unit", "Unit", "The product's own.", Ask::Kept),
    may("price", "Price", "What it cost.", Ask::Amount),
    NOTE,
];
pub(super) const PRODUCT: &[Field] = &[
    NAME,
    must(
        "unit",
        "Unit",
        "What you count it in: g, capsule, mL, mg.",
        Ask::Line,
    ),
    must(
        "smallest",
        "Smallest",
        "The smallest amount you can measure: 0.1.",
        Ask::Amount,
    ),
    may(
        "factor",
        "Factor",
        "Your own estimate of grams of leaf in one unit; shown as \u{201c}my estimate\u{201d}.",
        Ask::Amount,
    ),
    NOTE,
];
pub(super) const MEDICATION: &[Field] = &[
    NAME,
    may(
        "prescribed",
        "As prescribed",
        "The words of the prescription or the label.",
        Ask::Lines,
    ),
    may("for", "For", "What it is for.", Ask::Line),
    STARTED,
    STOPPED,
    may("reason", "Why stopped", "If you like.", Ask::Line),
    may(
        "most",
        "Most a day",
        "Copied from the label: how many intakes a day at most.",
        Ask::Whole(1, 48),
    ),
    may(
        "gap",
        "Gap",
        "Copied from the label: hours between two intakes at least.",
        Ask::Amount,
    ),
    NOTE,
];
pub(super) const OWN_PRACTICE: &[Field] = &[
    NAME,
    must(
        "measure",
        "Counted in",
        "\u{2190}/\u{2192} choose.",
        Ask::Choice(MEASURED_IN),
    ),
];
pub(super) const TREATMENT: &[Field] = &[
    may("name", "Name", "Where or with whom.", Ask::Line),
    STARTED,
    STOPPED,
    NOTE,
];
pub(super) const CONTACT: &[Field] = &[
    must("name", "Name", "Who it is.", Ask::Line),
    may(
        "role",
        "Role",
        "Friend, doctor, pharmacy, group \u{2026}",
        Ask::Line,
    ),
    may(
        "contact",
        "Reached by",
        "The number, or whatever else reaches them. Nothing is called or sent from here.",
        Ask::Line,
    ),
    NOTE,
];
pub(super) const REASON: &[Field] = &[must("text", "Reason", "In your own words.", Ask::Lines)];
pub(super) const BASELINE: &[Field] = &[
    may(
        "products",
        "Products",
        "What you used when it began.",
        Ask::Line,
    ),
    may(
        "amount",
        "Amount",
        "The usual amount a day, in your words.",
        Ask::Line,
    ),
    may("since", "Since", "Since when, about.", Ask::Line),
    may("for", "Used for", "What you used it for.", Ask::Lines),
    may(
        "conditions",
        "Conditions",
        "What a clinician should know of.",
        Ask::Lines,
    ),
    may("allergies", "Allergies", "If you like.", Ask::Lines),
];
pub(super) const PLAN: &[Field] = &[
    must("plan", "Plan", "Which plan it is a version of.", Ask::Kept),
    must("number", "Version", "Which version.", Ask::Kept),
    must("made", "Made", "The day it was made.", Ask::Kept),
    must("why", "Why", "What made it.", Ask::Kept),
    must("shape", "Shape", "How it goes down.", Ask::Kept),
    must("shape_value", "By", "By how much.", Ask::Kept),
    must(
        "start",
        "From",
        "The amount a day at the beginning.",
        Ask::Kept,
    ),
    must("every_days", "Every", "Days a step lasts.", Ask::Kept),
    must("until", "Until", "The amount to stop at.", Ask::Kept),
    must(
        "smallest",
        "Smallest",
        "The smallest amount that can be measured.",
        Ask::Kept,
    ),
    must("split", "Split", "Doses a day.", Ask::Kept),
    must("begin", "Begins", "Its first day.", Ask::Kept),
    must(
        "stairs",
        "Steps",
        "Each step's first day and amount.",
        Ask::Kept,
    ),
    may(
        "held_until",
        "Held until",
        "The day a held plan goes on.",
        Ask::Kept,
    ),
];
pub(super) const NOTE_ONLY: &[Field] = &[NOTE];

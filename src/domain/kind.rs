//! The kinds of records: everything a person logs or keeps besides check-ins and attempts, in one registry.
//!
//! A new kind is a variant of [`Kind`] and its row in [`Kind::facts`]. Forms, plain mode, the command line, the journal's
//! file, the bin, undo, History and its filter read the row; what a record says in one line is in `super::saying`.

/// What kind of thing a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Kratom that was used.
    Dose,
    /// Another substance that was used: never a lapse.
    Substance,
    /// A craving episode.
    Urge,
    /// One taking or skipping of a medication.
    Intake,
    /// Something done for oneself.
    Practice,
    /// A number: sleep, weight, pressure, the total of a questionnaire.
    Measurement,
    /// A sign that needs help, noted: "this happened, when".
    Sign,
    /// A visit, call, meeting or treatment hour; its moment may lie ahead.
    Appointment,
    /// A question for a visit.
    Question,
    /// Some of a product that was bought.
    Purchase,
    /// An own product, or what the person says about a built-in one.
    Product,
    /// What the person takes, or has taken.
    Medication,
    /// A practice that is not in the catalogue.
    OwnPractice,
    /// Something that spans time: therapy, inpatient, supervised taper.
    Treatment,
    /// A person or service to turn to.
    Contact,
    /// A reason of the person's own.
    Reason,
    /// How things stood when an attempt began.
    Baseline,
    /// One version of a taper plan.
    Plan,
}

/// Whether a kind happens at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timing {
    /// It happened at a moment and counts for a logical day.
    Moment,
    /// It is set for a moment, which may lie ahead.
    Planned,
    /// It stands for itself.
    Standing,
}

/// What a record of a kind is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Nothing else.
    Itself,
    /// A product, by code.
    Product,
    /// Another substance, by code.
    Substance,
    /// A practice, by code.
    Practice,
    /// What is measured, by code.
    Measure,
    /// A sign of the red flags, by code.
    Sign,
    /// A kind of visit, by code.
    Visit,
    /// A kind of treatment, by code.
    Treatment,
    /// A medicine of the catalogue, by code, or none.
    Medicine,
    /// One of the person's medications, by id.
    Medication,
    /// A visit, by id; none means the next one.
    Appointment,
    /// An attempt, by id.
    Attempt,
    /// Its own code, made from its name once and kept on rename.
    OwnCode,
}

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
    /// Not asked: worked out.
    Kept,
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

/// What is to be known about a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindFacts {
    /// Its word in files and on the command line.
    pub code: &'static str,
    /// Its name: "dose".
    pub name: &'static str,
    /// More than one of it: "doses".
    pub many: &'static str,
    /// Whether it happens at a moment.
    pub timing: Timing,
    /// What it is about.
    pub about: About,
    /// Its fields, in the order in which they are asked.
    pub fields: &'static [Field],
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

const DOSE: &[Field] = &[
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
const SUBSTANCE: &[Field] = &[
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
const URGE: &[Field] = &[
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
const INTAKE: &[Field] = &[
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
const PRACTICE: &[Field] = &[
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
const MEASUREMENT: &[Field] = &[
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
        Ask::Kept,
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
const APPOINTMENT: &[Field] = &[
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
const QUESTION: &[Field] = &[
    must("text", "Question", "What you want to ask.", Ask::Lines),
    may(
        "state",
        "It is",
        "\u{2190}/\u{2192} choose.",
        Ask::Choice(QUESTION_STATES),
    ),
    may("answer", "Answer", "What you were told.", Ask::Lines),
];
const PURCHASE: &[Field] = &[
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
const PRODUCT: &[Field] = &[
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
const MEDICATION: &[Field] = &[
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
const OWN_PRACTICE: &[Field] = &[
    NAME,
    must(
        "measure",
        "Counted in",
        "\u{2190}/\u{2192} choose.",
        Ask::Choice(MEASURED_IN),
    ),
];
const TREATMENT: &[Field] = &[
    may("name", "Name", "Where or with whom.", Ask::Line),
    STARTED,
    STOPPED,
    NOTE,
];
const CONTACT: &[Field] = &[
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
const REASON: &[Field] = &[must("text", "Reason", "In your own words.", Ask::Lines)];
const BASELINE: &[Field] = &[
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
const PLAN: &[Field] = &[
    must("plan", "Plan", "Which plan it is a version of.", Ask::Kept),
    must("number", "Version", "Which version.", Ask::Kept),
    must("made", "Made", "The day it was made.", Ask::Kept),
    must("why", "Why", "What made it.", Ask::Kept),
    may(
        "hold_until",
        "Held until",
        "The last day of a hold.",
        Ask::Kept,
    ),
    must("shape", "Shape", "How it goes down.", Ask::Kept),
    must(
        "start",
        "From",
        "The amount a day at the beginning.",
        Ask::Kept,
    ),
    must("every", "Every", "Days a step lasts.", Ask::Kept),
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
];
const NOTE_ONLY: &[Field] = &[NOTE];

impl Kind {
    /// Every kind, in the order in which lists name them.
    pub const ALL: [Self; 18] = [
        Self::Dose,
        Self::Substance,
        Self::Urge,
        Self::Intake,
        Self::Practice,
        Self::Measurement,
        Self::Sign,
        Self::Appointment,
        Self::Question,
        Self::Purchase,
        Self::Product,
        Self::Medication,
        Self::OwnPractice,
        Self::Treatment,
        Self::Contact,
        Self::Reason,
        Self::Baseline,
        Self::Plan,
    ];

    /// What is to be known about it.
    pub const fn facts(self) -> KindFacts {
        use About as On;
        use Timing::{Moment, Planned, Standing};
        let (code, name, many, timing, about, fields) = match self {
            Self::Dose => ("dose", "dose", "doses", Moment, On::Product, DOSE),
            Self::Substance => (
                "substance",
                "other substance",
                "other substances",
                Moment,
                On::Substance,
                SUBSTANCE,
            ),
            Self::Urge => ("urge", "urge", "urges", Moment, On::Itself, URGE),
            Self::Intake => (
                "intake",
                "intake",
                "intakes",
                Moment,
                On::Medication,
                INTAKE,
            ),
            Self::Practice => (
                "practice",
                "practice",
                "practices",
                Moment,
                On::Practice,
                PRACTICE,
            ),
            Self::Measurement => (
                "measurement",
                "measurement",
                "measurements",
                Moment,
                On::Measure,
                MEASUREMENT,
            ),
            Self::Sign => (
                "sign",
                "sign noted",
                "signs noted",
                Moment,
                On::Sign,
                NOTE_ONLY,
            ),
            Self::Appointment => (
                "appointment",
                "appointment",
                "appointments",
                Planned,
                On::Visit,
                APPOINTMENT,
            ),
            Self::Question => (
                "question",
                "question",
                "questions",
                Moment,
                On::Appointment,
                QUESTION,
            ),
            Self::Purchase => (
                "purchase",
                "purchase",
                "purchases",
                Moment,
                On::Product,
                PURCHASE,
            ),
            Self::Product => (
                "product",
                "product",
                "products",
                Standing,
                On::OwnCode,
                PRODUCT,
            ),
            Self::Medication => (
                "medication",
                "medication",
                "medications",
                Standing,
                On::Medicine,
                MEDICATION,
            ),
            Self::OwnPractice => (
                "own_practice",
                "own practice",
                "own practices",
                Standing,
                On::OwnCode,
                OWN_PRACTICE,
            ),
            Self::Treatment => (
                "treatment",
                "treatment",
                "treatments",
                Standing,
                On::Treatment,
                TREATMENT,
            ),
            Self::Contact => (
                "contact",
                "person or service",
                "people and services",
                Standing,
                On::Itself,
                CONTACT,
            ),
            Self::Reason => ("reason", "reason", "reasons", Standing, On::Itself, REASON),
            Self::Baseline => (
                "baseline",
                "baseline",
                "baselines",
                Standing,
                On::Attempt,
                BASELINE,
            ),
            Self::Plan => (
                "plan",
                "taper plan",
                "taper plans",
                Standing,
                On::Product,
                PLAN,
            ),
        };
        KindFacts {
            code,
            name,
            many,
            timing,
            about,
            fields,
        }
    }

    /// Its word in files and on the command line.
    pub const fn code(self) -> &'static str {
        self.facts().code
    }

    /// Reads [`Kind::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Its field of this code.
    pub fn field(self, code: &str) -> Option<&'static Field> {
        self.facts().fields.iter().find(|field| field.code == code)
    }

    /// Whether it belongs to a day.
    pub fn has_day(self) -> bool {
        self.facts().timing != Timing::Standing
    }
}

#[cfg(test)]
mod tests {
    use super::Kind;
    use std::collections::BTreeSet;

    #[test]
    fn every_kind_is_found_by_its_code_and_names_each_field_once() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_code(kind.code()), Some(kind));
            let codes: BTreeSet<&str> = kind.facts().fields.iter().map(|f| f.code).collect();
            assert_eq!(codes.len(), kind.facts().fields.len(), "{kind:?}");
        }
        let codes: BTreeSet<&str> = Kind::ALL.iter().map(|kind| kind.code()).collect();
        assert_eq!(codes.len(), Kind::ALL.len());
    }
}

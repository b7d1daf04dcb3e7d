//! The fields of each kind of record, a row a field: how each is asked for, and what it takes.

use super::field::{Ask, Field, GoesWith, may, must};
use super::key;
use super::state::{ASKED, IntakeState, OPEN};
use crate::domain::time::parse::Toward;

const NOTE: Field = may(key::NOTE, "Note", "As you like; it stays in your journal.", Ask::Lines);
const NAME: Field = must(key::NAME, "Name", "What you call it.", Ask::Line);
const STARTED: Field = may(key::START, "Since", "12 Nov, yesterday, 3 weeks ago.", Ask::Day(Toward::Past)).empty("not noted");
const STOPPED: Field = may(key::STOP, "Until", "The last day: yesterday, 12 Nov.", Ask::Day(Toward::Past)).empty("it goes on");
// The end of a stay or a course is known before it comes.
const ENDS: Field = may(key::STOP, "Until", "The last day: in 4 weeks, 1 Dec.", Ask::Day(Toward::Future)).empty("it goes on");

const QUESTION_STATES: &[(&str, &str)] = &[(OPEN, "to ask"), (ASKED, "asked")];
const MEASURED_IN: &[(&str, &str)] = &[("minutes", "minutes"), ("count", "a count"), ("amount", "a free amount"), ("done", "done or not")];
const DIRECTIONS: &[(&str, &str)] = &[("less", "less than usual"), ("more", "more than usual"), ("mixed", "mixed")];

pub(super) const DOSE: &[Field] = &[
    // Only a dose's own unit fits; grams of powder and milligrams of an extract are never converted.
    must(key::AMOUNT, "Amount", "In the product's own unit: 1.5.", Ask::Amount),
    must(key::UNIT, "Unit", "The product's own; amounts are never converted.", Ask::Kept),
    may(key::REASON, "Reason", "If you like: what it was for.", Ask::Line),
    NOTE,
];
pub(super) const DAY_WITHOUT: &[Field] = &[
    may(key::REASON, "Reason", "If you like: how it came about.", Ask::Line),
    NOTE,
];
pub(super) const SUBSTANCE: &[Field] = &[
    may(key::NAME, "Name", "For one that is not in the list.", Ask::Line).with(GoesWith::Unlisted),
    may(key::AMOUNT, "Amount", "A number; empty is fine.", Ask::Amount),
    may(key::UNIT, "Unit", "Glass, tablet, cigarette \u{2026}", Ask::Line),
    NOTE,
];
/// The word it was noted by, where that says more than the name in the list: "gym" of other exercise.
const WORD: Field = may(key::NAME, "Name", "Your own word for it.", Ask::Kept);
pub(super) const URGE: &[Field] = &[
    must(key::STRENGTH, "Strength", "0 none to 4 very severe.", Ask::Scale),
    may(key::TRIGGER, "Trigger", "What set it off.", Ask::Line),
    may(key::HELPED, "Helped", "What helped afterwards.", Ask::Line),
    // At most a day: more is a slip of the pen.
    may(key::MINUTES, "Minutes", "How long it lasted, about.", Ask::Whole(0, 1440)),
    NOTE,
];
pub(super) const INTAKE: &[Field] = &[
    must(key::STATE, "It was", "\u{2190}/\u{2192} choose.", Ask::Choice(IntakeState::CHOICES)),
    may(key::AMOUNT, "Amount", "As on the label, in your words: 1 tablet.", Ask::Line),
    NOTE,
];
pub(super) const PRACTICE: &[Field] = &[
    WORD,
    may(key::MINUTES, "Minutes", "How long.", Ask::Whole(0, 1440)).with(GoesWith::Minutes),
    may(key::COUNT, "Count", "How many: portions, cups, times.", Ask::Whole(0, 1000)).with(GoesWith::Count),
    may(key::AMOUNT, "Amount", "In your words: one cup.", Ask::Line).with(GoesWith::Amount),
    may(key::BEFORE, "Before", "How you felt before: 0 fine to 4 very bad.", Ask::Scale),
    may(key::AFTER, "After", "How you felt after: 0 fine to 4 very bad.", Ask::Scale),
    NOTE,
];
pub(super) const MEASUREMENT: &[Field] = &[
    may(key::VALUE, "Value", "A number; pressure as 120/80.", Ask::Amount).with(GoesWith::Number),
    may(key::SECOND, "Second", "The lower number of a pressure.", Ask::KeptNumber),
    may(key::UNIT, "Unit", "What it is counted in.", Ask::Line).empty("the usual one").with(GoesWith::Number),
    may(key::BED, "To bed", "When you went to bed: 22:30.", Ask::Clock).with(GoesWith::Sleep),
    may(key::ASLEEP, "Asleep", "When you fell asleep, about.", Ask::Clock).with(GoesWith::Sleep),
    may(key::WOKE, "Woke", "When you woke for good.", Ask::Clock).with(GoesWith::Sleep),
    may(key::UP, "Got up", "When you got up.", Ask::Clock).with(GoesWith::Sleep),
    may(key::ITEM9, "Item 9", "PHQ-9 only, and only if you like: 0 to 3.", Ask::Whole(0, 3)).with(GoesWith::Item9),
    may(key::DIRECTION, "Direction", "Appetite only.", Ask::Choice(DIRECTIONS)).with(GoesWith::Direction),
    NOTE,
];
pub(super) const APPOINTMENT: &[Field] = &[
    WORD,
    may(key::WITH, "With", "Whom you see.", Ask::Line),
    may(key::PLACE, "Place", "Where, or a number to call.", Ask::Line),
    may(key::OUTCOME, "Outcome", "Afterwards: what came of it.", Ask::Lines),
    NOTE,
];
pub(super) const QUESTION: &[Field] = &[
    must(key::TEXT, "Question", "What you want to ask.", Ask::Lines),
    may(key::STATE, "It is", "\u{2190}/\u{2192} choose.", Ask::Choice(QUESTION_STATES)),
    may(key::ANSWER, "Answer", "What you were told.", Ask::Lines),
];
pub(super) const PURCHASE: &[Field] = &[
    must(key::AMOUNT, "Amount", "In the product's own unit.", Ask::Amount),
    must(key::UNIT, "Unit", "The product's own.", Ask::Kept),
    may(key::PRICE, "Price", "What it cost.", Ask::Amount),
    NOTE,
];
pub(super) const PRODUCT: &[Field] = &[
    NAME,
    must(key::UNIT, "Unit", "What you count it in: g, capsule, mL, mg.", Ask::Line),
    must(key::SMALLEST, "Smallest", "The smallest amount you can measure: 0.1.", Ask::Amount),
    may(key::FACTOR, "Factor", "Your own estimate of grams of leaf in one unit; shown as \u{201c}my estimate\u{201d}.", Ask::Amount),
    NOTE,
];
pub(super) const MEDICATION: &[Field] = &[
    NAME,
    may(key::PRESCRIBED, "As prescribed", "The words of the prescription or the label.", Ask::Lines),
    may(key::FOR, "For", "What it is for.", Ask::Line),
    STARTED,
    STOPPED,
    may(key::REASON, "Why stopped", "If you like.", Ask::Line),
    // Twice an hour is beyond any label.
    may(key::MOST, "Most a day", "Copied from the label: how many intakes a day at most.", Ask::Whole(1, 48)),
    may(key::GAP, "Gap", "Copied from the label: hours between two intakes at least.", Ask::Amount),
    NOTE,
];
pub(super) const OWN_PRACTICE: &[Field] = &[
    NAME,
    must(key::MEASURE, "Counted in", "\u{2190}/\u{2192} choose.", Ask::Choice(MEASURED_IN)),
];
pub(super) const TREATMENT: &[Field] = &[
    may(key::NAME, "Name", "Where or with whom.", Ask::Line),
    STARTED,
    ENDS,
    NOTE,
];
pub(super) const CONTACT: &[Field] = &[
    must(key::NAME, "Name", "Who it is.", Ask::Line),
    may(key::ROLE, "Role", "Friend, doctor, pharmacy, group \u{2026}", Ask::Line),
    may(key::CONTACT, "Reached by", "The number, or whatever else reaches them. Nothing is called or sent from here.", Ask::Line),
    NOTE,
];
pub(super) const REASON: &[Field] = &[must(key::TEXT, "Reason", "In your own words.", Ask::Lines)];
pub(super) const BASELINE: &[Field] = &[
    may(key::PRODUCTS, "Products", "What you used when it began.", Ask::Line),
    may(key::AMOUNT, "Amount", "The usual amount a day, in your words.", Ask::Line),
    may(key::SINCE, "Since", "Since when, about.", Ask::Line),
    may(key::TAKEN_FOR, "Taken for", "What it was for: pain, anxiety, sleep, or in your own words.", Ask::Line),
    may(key::WITHOUT, "Without it", "As remembered, without kratom: 0 none to 4 very severe.", Ask::Scale),
    may(key::USING, "Using it", "How that was while you used it: 0 none to 4 very severe.", Ask::Scale),
    may(key::TAKEN_FOR_2, "Also for", "A second one, if there is one.", Ask::Line),
    may(key::WITHOUT_2, "Without that", "The second one without kratom, as remembered: 0 to 4.", Ask::Scale),
    may(key::USING_2, "Using that", "How the second one was while you used it: 0 to 4.", Ask::Scale),
    may(key::FOR, "Used for", "What you used it for.", Ask::Lines),
    may(key::CONDITIONS, "Conditions", "What a clinician should know of.", Ask::Lines),
    may(key::ALLERGIES, "Allergies", "If you like.", Ask::Lines),
];
pub(super) const PLAN: &[Field] = &[
    must(key::PLAN, "Plan", "Which plan it is a version of.", Ask::Kept),
    must(key::NUMBER, "Version", "Which version.", Ask::Kept),
    must(key::MADE, "Made", "The day it was made.", Ask::Kept),
    must(key::WHY, "Why", "What made it.", Ask::Kept),
    must(key::SHAPE, "Shape", "How it goes down.", Ask::Kept),
    must(key::SHAPE_VALUE, "By", "By how much.", Ask::Kept),
    must(key::START, "From", "The amount a day at the beginning.", Ask::Kept),
    must(key::EVERY_DAYS, "Every", "Days a step lasts.", Ask::Kept),
    must(key::UNTIL, "Until", "The amount to stop at.", Ask::Kept),
    must(key::SMALLEST, "Smallest", "The smallest amount that can be measured.", Ask::Kept),
    must(key::SPLIT, "Split", "Doses a day.", Ask::Kept),
    must(key::BEGIN, "Begins", "Its first day.", Ask::Kept),
    must(key::STAIRS, "Steps", "Each step's first day and amount.", Ask::Kept),
    may(key::HELD_UNTIL, "Held until", "The day a held plan goes on.", Ask::Kept),
];
pub(super) const NOTE_ONLY: &[Field] = &[NOTE];

//! The keys of the Care screen: the focused section's own keys, then the keys of every section.

use super::rows::Section;
use crate::domain::record::state::IntakeState;
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, Mode, joined};

/// What a person may mean on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Msg {
    /// An intake of the medicine in focus.
    Intake(IntakeState),
    /// A measurement: what goes with the medicine in focus, or any.
    Measure,
    /// The last day of what is in focus.
    Stop,
    /// What Enter does here: edit, done, measure again.
    Open,
    /// Edit what is in focus.
    Edit,
    /// Add to the section.
    Add,
    /// Put what is in focus away.
    Delete,
    /// Into or out of the routine.
    Routine,
    /// Into or out of the favourites.
    Favourite,
    /// Add an own practice.
    OwnPractice,
    /// Note a question for a visit.
    Question,
    /// The question in focus was asked, or is still to be.
    Asked,
    /// A sign that needed help.
    Sign,
    /// What was deleted.
    Bin,
    /// The day of what is in focus, in History.
    Earlier,
    /// Read on beside the list.
    ReadOn,
    /// Down.
    Next,
    /// Up.
    Previous,
    /// The section below.
    NextSection,
    /// The section above.
    PreviousSection,
    /// The first row.
    First,
    /// The last row.
    Last,
}

/// The keys of `section`.
pub(super) fn of(section: Section) -> &'static [Binding<Msg>] {
    match section {
        Section::Medicines => &MEDICINES,
        Section::Routine => &ROUTINE,
        Section::Practices => &PRACTICES,
        Section::Measurements => &MEASUREMENTS,
        Section::Visits => &VISITS,
        Section::Treatments => &TREATMENTS,
        Section::Urges | Section::People | Section::Reasons | Section::Baseline => &PLAIN,
    }
}

/// Every section with its keys.
pub(crate) fn modes() -> Vec<Mode> {
    let mode = |section: Section| Mode {
        is_section: true,
        ..Mode::new(section.name(), of(section))
    };
    Section::ALL.into_iter().map(mode).collect()
}

static MEDICINES: [Binding<Msg>; 31] = joined(
    [
        Binding::footer(Key::char('t'), Msg::Intake(IntakeState::Taken), "taken now"),
        Binding::footer(Key::char('s'), Msg::Intake(IntakeState::Skipped), "skipped"),
        Binding::footer(Key::char('T'), Msg::Intake(IntakeState::Late), "taken late"),
        Binding::footer(Key::char('a'), Msg::Add, "add"),
        Binding::footer(Key::ENTER, Msg::Open, "edit"),
        Binding::footer(Key::char('S'), Msg::Stop, "note a stop"),
        Binding::help(Key::char('m'), Msg::Measure, "measure"),
    ],
    COMMON,
);

static ROUTINE: [Binding<Msg>; 29] = joined(
    [
        Binding::footer(Key::ENTER, Msg::Open, "done"),
        Binding::footer(Key::char('a'), Msg::Add, "add to it"),
        Binding::footer(Key::char('r'), Msg::Routine, "routine"),
        Binding::help(Key::char('f'), Msg::Favourite, "favourite"),
        Binding::help(Key::char('w'), Msg::OwnPractice, "own practice"),
    ],
    COMMON,
);

static PRACTICES: [Binding<Msg>; 29] = joined(
    [
        Binding::footer(Key::ENTER, Msg::Open, "done"),
        Binding::footer(Key::char('a'), Msg::Add, "log any"),
        Binding::footer(Key::char('f'), Msg::Favourite, "favourite"),
        Binding::footer(Key::char('r'), Msg::Routine, "routine"),
        Binding::help(Key::char('w'), Msg::OwnPractice, "own practice"),
    ],
    COMMON,
);

static MEASUREMENTS: [Binding<Msg>; 27] = joined(
    [
        Binding::footer(Key::ENTER, Msg::Open, "measure again"),
        Binding::footer(Key::char('a'), Msg::Add, "add"),
        Binding::footer(Key::char('e'), Msg::Edit, "edit the last"),
    ],
    COMMON,
);

static VISITS: [Binding<Msg>; 27] = joined(
    [
        Binding::footer(Key::ENTER, Msg::Open, "edit, outcome"),
        Binding::footer(Key::char('a'), Msg::Add, "add"),
        Binding::footer(Key::char('A'), Msg::Asked, "asked"),
    ],
    COMMON,
);

static TREATMENTS: [Binding<Msg>; 27] = joined(
    [
        Binding::footer(Key::ENTER, Msg::Open, "edit"),
        Binding::footer(Key::char('a'), Msg::Add, "add"),
        Binding::footer(Key::char('S'), Msg::Stop, "note its end"),
    ],
    COMMON,
);

static PLAIN: [Binding<Msg>; 26] = joined(
    [
        Binding::footer(Key::ENTER, Msg::Open, "edit"),
        Binding::footer(Key::char('a'), Msg::Add, "add"),
    ],
    COMMON,
);

// Joined behind the section's own keys, so that a section can give one of these keys another meaning.
const COMMON: [Binding<Msg>; 24] = [
    Binding::row("[ ]", Key::char(']'), Msg::NextSection, "section"),
    Binding::footer(Key::char('n'), Msg::Question, "question"),
    Binding::help(Key::char('x'), Msg::Delete, "delete"),
    Binding::help(Key::char(' '), Msg::ReadOn, "read on"),
    Binding::quiet(Key::char('e'), Msg::Edit, "edit"),
    Binding::quiet(Key::DELETE, Msg::Delete, "delete"),
    // Second keys of a meaning: `?` lists them beside the first, the footer has no room for them.
    Binding::quiet(Key::DOWN, Msg::Next, "down"),
    Binding::quiet(Key::UP, Msg::Previous, "up"),
    Binding::quiet(Key::char('j'), Msg::Next, "down"),
    Binding::quiet(Key::char('k'), Msg::Previous, "up"),
    Binding::quiet(Key::char('['), Msg::PreviousSection, "section before"),
    Binding::quiet(Key::RIGHT, Msg::NextSection, "section after"),
    Binding::quiet(Key::LEFT, Msg::PreviousSection, "section before"),
    Binding::quiet(Key::char('l'), Msg::NextSection, "section after"),
    Binding::quiet(Key::char('h'), Msg::PreviousSection, "section before"),
    Binding::quiet(Key::PAGE_DOWN, Msg::NextSection, "section after"),
    Binding::quiet(Key::PAGE_UP, Msg::PreviousSection, "section before"),
    Binding::quiet(Key::HOME, Msg::First, "first"),
    Binding::quiet(Key::END, Msg::Last, "last"),
    Binding::quiet(Key::char('g'), Msg::First, "first"),
    Binding::quiet(Key::char('G'), Msg::Last, "last"),
    Binding::help(Key::char('B'), Msg::Bin, "deleted entries"),
    Binding::help(Key::char('o'), Msg::Sign, "a sign that needed help"),
    Binding::help(Key::char('H'), Msg::Earlier, "that day in History"),
];

#[cfg(test)]
mod tests {
    use super::of;
    use crate::tui::keys::global::GLOBAL;
    use crate::tui::keys::{Shown, meaning};
    use crate::tui::screens::care::rows::Section;

    #[test]
    fn no_key_of_care_takes_one_that_is_valid_from_everywhere() {
        for section in Section::ALL {
            for binding in of(section) {
                assert!(meaning(GLOBAL, binding.key).is_none(), "{}", binding.label);
            }
        }
    }

    #[test]
    fn every_section_names_its_add_key_in_the_footer() {
        for section in Section::ALL {
            let has_add = of(section)
                .iter()
                .any(|binding| binding.key.to_string() == "a" && binding.shown == Shown::Footer);
            assert!(has_add, "{}", section.name());
        }
    }
}

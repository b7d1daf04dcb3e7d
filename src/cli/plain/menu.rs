//! The menu of words, and the table of everything that can be done.

use super::JournalKind;
use super::session::{Session, until_back};
use super::talk::{Step, Stop};
use crate::domain::check_in::Form;
use crate::domain::record::kind::Kind as RecordKind;

/// Something that can be done: one row, one place. Menu, `?` and the parity test are made of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Action {
    /// Its name, the same as in the full screen's palette.
    pub name: &'static str,
    /// Its key in the full screen; empty where it has none.
    pub key: &'static str,
    /// What is typed here.
    pub word: &'static str,
    /// What it does, in few words.
    pub does: &'static str,
    part: Part,
}

/// The part of the conversation that an action begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    CheckIn(Form),
    Today,
    Trends,
    History,
    Plan,
    Care,
    Search,
    Fill,
    Edit,
    Delete,
    Missing,
    Start,
    Attempts,
    Symptoms,
    Log(RecordKind),
    LogSomething,
    Calm,
    Undo,
    Redo,
    Bin,
    Export,
    /// A copy of the journal.
    BackUp,
    /// The report.
    Report,
    Guide,
    HelpLines,
    Settings,
    Country,
    OwnNumbers,
    Keys,
    Quit,
}

const fn action(
    name: &'static str,
    key: &'static str,
    word: &'static str,
    does: &'static str,
    part: Part,
) -> Action {
    Action {
        name,
        key,
        word,
        does,
        part,
    }
}

/// Everything that can be done.
pub const ACTIONS: &[Action] = &[
    action(
        "Check-in",
        "c",
        "check-in",
        "rate each symptom, then overall and a note",
        Part::CheckIn(Form::Full),
    ),
    action(
        "Brief check-in",
        "b",
        "brief",
        "one number for the day",
        Part::CheckIn(Form::Brief),
    ),
    action(
        "Dose",
        "d",
        "dose",
        "what was used, as last time or otherwise",
        Part::Log(RecordKind::Dose),
    ),
    action(
        "Urge",
        "u",
        "urge",
        "its strength, 0 to 4",
        Part::Log(RecordKind::Urge),
    ),
    action(
        "Log something else",
        "",
        "log",
        "a medicine taken, a practice, a measurement, a visit and more",
        Part::LogSomething,
    ),
    action(
        "Note a sign that needed help",
        "",
        "sign",
        "one of the red flags happened, and when",
        Part::Log(RecordKind::Sign),
    ),
    action(
        "A calm page",
        "Y",
        "calm",
        "what may help until an urge passes",
        Part::Calm,
    ),
    action(
        "Today",
        "1",
        "today",
        "where you are, and how it compares",
        Part::Today,
    ),
    action(
        "Trends",
        "2",
        "trends",
        "six views of any series; words lists what can be asked",
        Part::Trends,
    ),
    action(
        "History",
        "3",
        "history",
        "days with their check-ins",
        Part::History,
    ),
    action(
        "Plan",
        "4",
        "plan",
        "a taper plan, step by step, and the doses",
        Part::Plan,
    ),
    action(
        "Care",
        "5",
        "care",
        "medicines, routine, urges, visits and questions, people, reasons",
        Part::Care,
    ),
    action(
        "Search notes",
        "/",
        "search",
        "the notes that have a text",
        Part::Search,
    ),
    action(
        "Fill a past day",
        "",
        "fill",
        "a check-in for an earlier day",
        Part::Fill,
    ),
    action(
        "Edit a check-in",
        "",
        "edit",
        "change one that is saved",
        Part::Edit,
    ),
    action(
        "Delete a check-in",
        "",
        "delete",
        "put one away; undo brings it back",
        Part::Delete,
    ),
    action(
        "Missing days",
        "",
        "missing",
        "fill or skip the days without a check-in",
        Part::Missing,
    ),
    action(
        "Start an attempt",
        "",
        "start",
        "tapering or stopping, or a first day 0",
        Part::Start,
    ),
    action(
        "Attempts",
        "",
        "attempts",
        "list, edit, day 0, end, delete",
        Part::Attempts,
    ),
    action(
        "Symptoms",
        "",
        "symptoms",
        "switch on or off, add, rename",
        Part::Symptoms,
    ),
    action("Undo", "z", "undo", "take the last step back", Part::Undo),
    action("Redo", "Z", "redo", "do it again", Part::Redo),
    action(
        "Restore or erase deleted entries (bin)",
        "",
        "bin",
        "what was deleted in the last 30 days",
        Part::Bin,
    ),
    action(
        "Export",
        "",
        "export",
        "everything back, in forms that other programs read",
        Part::Export,
    ),
    action(
        "Back up",
        "",
        "backup",
        "make a copy of the journal now",
        Part::BackUp,
    ),
    action(
        "Report for a clinician",
        "",
        "report",
        "read here, then written to a file if you like",
        Part::Report,
    ),
    action(
        "Guide",
        "7",
        "guide",
        "pages to read, with their sources",
        Part::Guide,
    ),
    action(
        "Settings",
        "8",
        "settings",
        "what can be set, and its value",
        Part::Settings,
    ),
    action(
        "Help lines",
        "!",
        "help lines",
        "numbers to call, and red flags",
        Part::HelpLines,
    ),
    action(
        "Country of the help lines",
        "",
        "country",
        "whose numbers are shown",
        Part::Country,
    ),
    action(
        "Own numbers",
        "",
        "numbers",
        "add or delete numbers of your own",
        Part::OwnNumbers,
    ),
    action(
        "Keys",
        "?",
        "keys",
        "the words that are understood",
        Part::Keys,
    ),
    action("Quit", "q", "quit", "leave; drafts are kept", Part::Quit),
];

impl Session<'_> {
    /// The whole conversation. It goes on until someone stops it.
    pub(super) fn converse(&mut self, reason: &str, kind: JournalKind) -> Step<()> {
        self.say(&format!(
            "ebb, plain mode: on because {reason}. One question a line."
        ))?;
        if kind == JournalKind::Demo {
            self.say("This is a made-up journal. Nothing in it is about you.")?;
        }
        until_back(self.first_run())?;
        self.greet()?;
        if let Some(told) = self.store.unread_told()? {
            self.say(&told)?;
        }
        loop {
            self.menu()?;
        }
    }

    /// One choice from the menu.
    fn menu(&mut self) -> Step<()> {
        if !self.talk.has_rest() {
            self.say("What next? today, check-in (c), brief (b), trends, history, keys (?)")?;
            self.talk.listen()?;
        }
        self.catch_up()?;
        let Some(chosen) = self.chosen() else {
            let word = self.talk.word();
            return match word.as_str() {
                "" => Ok(()),
                // At the menu there is nothing to go back from, to skip or to finish.
                "back" | "skip" | "done" | "same" => self.say("This is the menu already."),
                _ => {
                    self.say(&format!(
                        "\"{word}\" was not understood. keys (?) lists all words."
                    ))?;
                    self.talk.drop_rest()
                }
            };
        };
        until_back(self.go(chosen.part))
    }

    /// The action that the waiting words begin with; its words are taken.
    fn chosen(&mut self) -> Option<&'static Action> {
        let first = self.talk.word();
        if first == "help" {
            let second = self.talk.word();
            if !matches!(second.as_str(), "" | "lines" | "line") {
                self.talk.put_back(&second);
            }
            return by_part(Part::HelpLines);
        }
        let lower = first.to_lowercase();
        let by_key = ACTIONS
            .iter()
            .find(|action| !action.key.is_empty() && action.key == first);
        let found = by_key
            .or_else(|| ACTIONS.iter().find(|action| action.word == lower))
            .or_else(|| {
                let other = match lower.as_str() {
                    "checkin" => Part::CheckIn(Form::Full),
                    "exit" => Part::Quit,
                    _ => return None,
                };
                by_part(other)
            });
        if found.is_none() {
            self.talk.put_back(&first);
        }
        found
    }

    fn go(&mut self, part: Part) -> Step<()> {
        match part {
            Part::CheckIn(form) => self.check_in(form, None),
            Part::Today => self.show_today(),
            Part::Trends => self.trends(),
            Part::History => self.history(),
            Part::Plan => self.plan(),
            Part::Care => self.care(),
            Part::Search => self.search_notes(),
            Part::Fill => self.fill(),
            Part::Edit => self.edit_one(),
            Part::Delete => self.delete_one(),
            Part::Missing => self.missing(),
            Part::Start => self.start(),
            Part::Attempts => self.attempts(),
            Part::Symptoms => self.symptoms(),
            Part::Log(kind) => self.log(kind),
            Part::LogSomething => self.log_something(),
            Part::Calm => self.calm(),
            Part::Undo => self.undo(),
            Part::Redo => self.redo(),
            Part::Bin => self.bin(),
            Part::Export => self.give_back(),
            Part::BackUp => self.back_up(),
            Part::Report => self.report(),
            Part::Guide => self.guide(),
            Part::HelpLines => self.help_lines(),
            Part::Settings => self.settings(),
            Part::Country => self.choose_country(),
            Part::OwnNumbers => self.own_numbers(),
            Part::Keys => self.keys(),
            Part::Quit => Err(Stop::Quit),
        }
    }
}

fn by_part(part: Part) -> Option<&'static Action> {
    ACTIONS.iter().find(|action| action.part == part)
}

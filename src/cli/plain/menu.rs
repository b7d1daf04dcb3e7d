//! The menu of words: the table of everything that can be done. A new page is its file and one row of [`ACTIONS`].

use super::data::{lock, other_eyes};
use super::session::{self, Session, until_back};
use super::settings;
use super::settings::Settings;
use super::talk::{Step, Stop};
use super::{Export, Hands, JournalKind};
use super::{
    attempts, bin, care, check_in, data, export, guide, help, history, missing, plan, records,
    symptoms, today, trends,
};
use crate::domain::check_in::Form;
use crate::domain::record::kind::Kind as RecordKind;
use crate::domain::text::vocabulary;

/// Something that can be done: one row. The menu, `?` and the parity test read it.
#[derive(Debug, Clone, Copy)]
pub struct Action {
    /// Its name, the same as in the full screen's palette.
    pub name: &'static str,
    /// Its key in the full screen; empty where it has none.
    pub(crate) key: &'static str,
    /// What is typed here.
    pub word: &'static str,
    /// What it does, in few words.
    pub does: &'static str,
    page: Page,
}

/// The word of the page with all settings.
const SETTINGS: &str = "settings";

/// Opens a page with what it needs of the menu.
type Page = fn(&mut Menu<'_>) -> Step<()>;

const fn action(
    name: &'static str,
    key: &'static str,
    word: &'static str,
    does: &'static str,
    page: Page,
) -> Action {
    Action {
        name,
        key,
        word,
        does,
        page,
    }
}

/// Everything that can be done.
pub const ACTIONS: &[Action] = &[
    action(
        "Check-in",
        "c",
        "check-in",
        "rate each symptom, then overall and a note",
        |menu| check_in::page(&mut menu.session, Form::Full, None),
    ),
    action(
        "Brief check-in",
        "b",
        "brief",
        "one number for the day",
        |menu| check_in::page(&mut menu.session, Form::Brief, None),
    ),
    action(
        "Dose",
        "d",
        "dose",
        "what was used, as last time or otherwise",
        |menu| records::log(&mut menu.session, RecordKind::Dose),
    ),
    action("Urge", "u", "urge", "its strength, 0 to 4", |menu| {
        records::log(&mut menu.session, RecordKind::Urge)
    }),
    action(
        "Log something else",
        "",
        "log",
        "a medicine taken, a practice, a measurement, a visit and more",
        |menu| records::log_something(&mut menu.session),
    ),
    action(
        "Note a sign that needed help",
        "",
        "sign",
        "one of the red flags happened, and when",
        |menu| records::log(&mut menu.session, RecordKind::Sign),
    ),
    action(
        "A calm page",
        "Y",
        "calm",
        "what may help until an urge passes",
        |menu| records::calm(&mut menu.session),
    ),
    action(
        "Today",
        "1",
        "today",
        "where you are, and how it compares",
        |menu| today::page(&mut menu.session),
    ),
    action(
        "Trends",
        "2",
        "trends",
        "seven views of any series; words lists what can be asked",
        |menu| trends::page(&mut menu.session),
    ),
    action(
        "History",
        "3",
        "history",
        "days with their check-ins",
        |menu| history::page(&mut menu.session),
    ),
    action(
        "Plan",
        "4",
        "plan",
        "a taper plan, step by step, and the doses",
        |menu| plan::page(&mut menu.session),
    ),
    action(
        "Care",
        "5",
        "care",
        "medicines, routine, urges, visits and questions, people, reasons",
        |menu| care::page(&mut menu.session),
    ),
    action(
        "Search notes",
        "/",
        "search",
        "the notes that have a text",
        |menu| history::search(&mut menu.session),
    ),
    action(
        "Fill a past day",
        "",
        "fill",
        "a check-in for an earlier day",
        |menu| missing::fill(&mut menu.session),
    ),
    action(
        "Edit a check-in",
        "",
        "edit",
        "change one that is saved",
        |menu| history::edit(&mut menu.session),
    ),
    action(
        "Delete a check-in",
        "",
        "delete",
        "put one away; undo brings it back",
        |menu| history::delete(&mut menu.session),
    ),
    action(
        "Missing days",
        "",
        "missing",
        "fill or skip the days without a check-in",
        |menu| missing::page(&mut menu.session),
    ),
    action(
        "Start an attempt",
        "",
        "start",
        "tapering or stopping, or a first day 0",
        |menu| attempts::start(&mut menu.session),
    ),
    action(
        "Attempts",
        "",
        "attempts",
        "list, edit, day 0, end, delete",
        |menu| attempts::page(&mut menu.session),
    ),
    action(
        "Symptoms",
        "",
        "symptoms",
        "switch on or off, add, rename",
        |menu| symptoms::page(&mut menu.session),
    ),
    action("Undo", "z", "undo", "take the last step back", |menu| {
        menu.session.undo()
    }),
    action("Redo", "Z", "redo", "do it again", |menu| {
        menu.session.redo()
    }),
    action(
        "Restore or erase deleted entries (bin)",
        "",
        "bin",
        "what was deleted in the last 30 days",
        |menu| bin::page(&mut menu.session),
    ),
    action(
        "Export",
        "",
        "export",
        "everything back, in forms that other programs read",
        |menu| export::page(&mut menu.session, menu.export, menu.hands),
    ),
    action(
        "Tables for a study",
        "",
        "study",
        "days instead of dates and no words of yours, said before they are written",
        |menu| data::study(&mut menu.session, menu.hands),
    ),
    action(
        "Take in a file",
        "",
        "import",
        "another program's file, an export or another journal; said first what it brings",
        |menu| data::import(&mut menu.session, menu.hands),
    ),
    action(
        "Back up",
        "",
        "backup",
        "make a copy of the journal now",
        |menu| {
            export::back_up(&mut menu.session)?;
            data::copy_to_file(&mut menu.session, menu.hands)
        },
    ),
    action(
        "Copies and restoring one",
        "",
        "copies",
        "each with what is in it; one can be restored",
        |menu| data::copies(&mut menu.session, menu.hands),
    ),
    action(
        "Sync folder",
        "",
        "sync",
        "meet the journals of your other machines in a folder",
        |menu| data::sync(&mut menu.session, menu.hands),
    ),
    action(
        "What was handed out",
        "",
        "handed",
        "exports and reports that were written to files, and when",
        |menu| data::handed_out(&mut menu.session, menu.hands),
    ),
    action(
        "Examine the journal's file",
        "",
        "doctor",
        "whether it is as it has to be; no entry is shown",
        |menu| data::doctor(&mut menu.session, menu.hands),
    ),
    action(
        "Where the files lie",
        "",
        "files",
        "the journal, its copies, the config file",
        |menu| data::places(&mut menu.session, menu.hands),
    ),
    action(
        "Report for a clinician",
        "",
        "report",
        "read here, then written to a file if you like",
        |menu| export::report(&mut menu.session, menu.export),
    ),
    action(
        "Hand over the report",
        "",
        "hand-over",
        "say the report to someone, and nothing else until your word",
        |menu| other_eyes::hand_over(&mut menu.session),
    ),
    action(
        "Lock the screen",
        "L",
        "lock",
        "lock the journal, where a passphrase is set",
        |menu| lock::lock(&mut menu.session),
    ),
    action(
        "Hide the screen",
        "",
        "blank",
        "clear this window until the next line",
        |menu| lock::blank(&mut menu.session),
    ),
    action(
        "Guide",
        "7",
        "guide",
        "pages to read, with their sources",
        |menu| guide::page(&mut menu.session),
    ),
    action(
        "Settings",
        "8",
        SETTINGS,
        "what can be set, and its value",
        |menu| {
            menu.settings
                .page(&mut menu.session, menu.export, menu.hands)
        },
    ),
    action(
        "Help lines",
        "!",
        "help lines",
        "numbers to call, and red flags",
        |menu| help::page(&mut menu.session),
    ),
    action(
        "Country of the help lines",
        "",
        "country",
        "whose numbers are shown",
        |menu| help::country(&mut menu.session),
    ),
    action(
        "Own numbers",
        "",
        "numbers",
        "add or delete numbers of your own",
        |menu| help::own_numbers(&mut menu.session),
    ),
    action(
        "Keys",
        "?",
        "keys",
        "the words that are understood",
        |menu| keys(&mut menu.session),
    ),
    action("Quit", "q", "quit", "leave; drafts are kept", |_| {
        Err(Stop::Quit)
    }),
];

/// The pages that open in the middle of every question.
pub(super) const EVERYWHERE: &[(&str, session::Page)] =
    &[("!", help::lines_here), (session::EXPLAINED.1, keys)];

/// The menu, and beside the session what single pages need.
pub(super) struct Menu<'a> {
    pub(super) session: Session<'a>,
    pub(super) export: &'a mut Export<'a>,
    pub(super) hands: &'a mut Hands<'a>,
    pub(super) settings: Settings<'a>,
}

impl Menu<'_> {
    /// The first words of the conversation.
    pub(super) fn begin(&mut self, reason: &str, kind: JournalKind) -> Step<()> {
        let session = &mut self.session;
        session.say(&format!(
            "ebb, plain mode: on because {reason}. One question a line."
        ))?;
        if kind == JournalKind::Demo {
            session.say("This is a made-up journal. Nothing in it is about you.")?;
        }
        session.look()?;
        until_back(attempts::first_run(session))?;
        today::greet(session)?;
        if let Some(unread) = session.store.unread_text()? {
            session.say(&unread)?;
        }
        Ok(())
    }

    /// The conversation, until someone stops it.
    pub(super) fn converse(&mut self) -> Stop {
        loop {
            if let Err(stop) = self.choose() {
                return stop;
            }
        }
    }

    /// One choice from the menu.
    fn choose(&mut self) -> Step<()> {
        let session = &mut self.session;
        if !session.talk.has_rest() {
            session
                .listen("What next? today, check-in (c), brief (b), trends, history, keys (?)")?;
        }
        // Another window may have written while this one waited for its line.
        session.catch_up()?;
        let word = session.talk.word();
        if let Some(action) = chosen(session, &word) {
            return until_back((action.page)(self));
        }
        match word.as_str() {
            "" => Ok(()),
            // At the menu there is nothing to go back from, to skip or to finish.
            "back" | "skip" | "done" | "same" => session.say("This is the menu already."),
            _ => {
                if self.begins_setting(&word) {
                    return self.set(&word);
                }
                // The rest of the line was meant for the action that is not known.
                let session = &mut self.session;
                let answer = not_understood(&word);
                session.say(&answer)?;
                session.talk.drop_rest()
            }
        }
    }

    /// Whether the line that `word` begins names a setting and nothing else of the menu.
    fn begins_setting(&mut self, word: &str) -> bool {
        let talk = &mut self.session.talk;
        let rest = talk.whole();
        talk.put_back(&rest);
        let line = format!("{word} {rest}");
        // What has a way of its own outside plain mode is told as that.
        if vocabulary::beside_plain(word).is_some() {
            return false;
        }
        let named = settings::named(&line).and_then(|(item, _)| item.plain());
        // A name of two words is meant as it stands; one word can be the beginning of something else.
        let is_only = || near(word).iter().all(|near| *near == SETTINGS);
        named.is_some_and(|named| named.word.contains(' ') || is_only())
    }

    /// Changes the setting that `word` begins, without the list of all of them: "passphrase", "day end 03:00".
    fn set(&mut self, word: &str) -> Step<()> {
        let session = &mut self.session;
        let line = format!("{word} {}", session.talk.whole());
        let Some((item, rest)) = settings::named(&line) else {
            return Ok(());
        };
        session.talk.put_back(rest);
        until_back(self.settings.set(item, session, self.export, self.hands))
    }
}

/// Whether `word` alone is one of the menu, so that it answers no other question.
pub(super) fn is_word(word: &str) -> bool {
    let lower = word.to_lowercase();
    ACTIONS
        .iter()
        .any(|action| action.word == lower || (!action.key.is_empty() && action.key == word))
}

/// The action that `word` names, by its key or in letters of any case; "help lines" takes its second word as well.
fn chosen(session: &mut Session<'_>, word: &str) -> Option<&'static Action> {
    // A key counts in its own case only: `z` is undo, `Z` is redo.
    let by_key = || {
        ACTIONS
            .iter()
            .find(|action| !action.key.is_empty() && action.key == word)
    };
    let lower = word.to_lowercase();
    let name = match (word, lower.as_str()) {
        ("help", _) => {
            // "help" alone, or followed by another answer, opens the help lines too.
            let second = session.talk.word();
            if !matches!(second.as_str(), "" | "lines" | "line") {
                session.talk.put_back(&second);
            }
            "help lines"
        }
        (_, "checkin") => "check-in",
        (word, _) if word == session::EXPLAINED.1 => "keys",
        (_, "exit") => "quit",
        (_, lower) => lower,
    };
    by_key().or_else(|| ACTIONS.iter().find(|action| action.word == name))
}

/// The words that may have been meant by one that is none of the menu.
fn near(word: &str) -> Vec<&'static str> {
    let known: Vec<&str> = ACTIONS.iter().map(|action| action.word).collect();
    vocabulary::plain_words(word, &known)
}

/// Where what was meant is done, or the words that may have been meant.
fn not_understood(word: &str) -> String {
    if let Some(way) = vocabulary::beside_plain(word) {
        return way;
    }
    let near = near(word);
    let hint = if near.is_empty() {
        String::new()
    } else {
        format!(" Did you mean {}?", near.join(" or "))
    };
    format!("\"{word}\" was not understood.{hint} keys (?) lists all words.")
}

/// All words.
fn keys(session: &mut Session<'_>) -> Step<()> {
    session.say("At every question: back, skip, done, quit, ! help lines, ? what is asked, ?? this list. While rating: same, rest, overall, note, day, what.")?;
    session.say_each(ACTIONS.iter().map(|action| {
        let key = match action.key {
            "" => String::new(),
            key => format!(" ({key})"),
        };
        format!("{}{key}: {}", action.word, action.does)
    }))?;
    let words: Vec<&str> = vocabulary::words_beside_plain().collect();
    session.say(&format!(
        "Done from the shell; each says how: {}.",
        words.join(", ")
    ))
}

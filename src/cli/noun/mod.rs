//! `ebb medication`, `ebb appointment` and the other nouns: adds, lists, edits, ends and deletes what is kept. One module for
//! all of them, driven by the registry of kinds.
//!
//! Invariant: everything is looked at before anything is written; what to do about a sign and the cautions of a medicine are
//! said before the save, and a caution about stopping stands before the question.

mod examples;
mod list;
mod lookup;
pub(super) mod stretch;
mod words;

pub(in crate::cli) use list::line;

use super::checkin::entry;
use super::failure::{Failure, NO, Outcome};
use super::log::{Desk, dose, measure, say_lines, say_quiet_but};
use super::output;
use super::session::{Reply, Session};
use crate::domain::care::medication;
use crate::domain::entry::saved::TakeBack;
use crate::domain::entry::sleep::How;
use crate::domain::entry::{saved, sleep, validate};
use crate::domain::journal::change::Change;
use crate::domain::record::Record;
use crate::domain::record::draft::RecordDraft;
use crate::domain::record::field::{Ask, Field, Need};
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use clap::{ArgMatches, Command, Error, FromArgMatches, Subcommand};
use stretch::Stretch;
use words::{First, Meant, Place, Words};

/// A noun with what to do.
#[derive(Debug)]
pub(super) struct Noun(Of);

#[derive(Debug)]
enum Of {
    /// Records of a kind.
    Records(&'static Words, Act),
    /// Check-ins, which are no records.
    CheckIns(entry::Args),
}

#[derive(Debug)]
enum Act {
    Add(Typed),
    List(Stretch),
    Show(String),
    Edit(String, Typed),
    End { which: String, typed: Typed },
    Delete(String),
}

/// What was typed.
#[derive(Debug, Default)]
struct Typed {
    named: Option<String>,
    about: Option<String>,
    at: Option<String>,
    texts: Vec<(&'static str, String)>,
    yes: bool,
}

impl Typed {
    fn of(kind: Kind, matches: &ArgMatches) -> Self {
        let text = |name: &str| {
            let text = matches.try_get_one::<String>(name).ok().flatten();
            text.cloned()
        };
        let fields = words::fields(kind).filter_map(|field| Some((field.code, text(field.code)?)));
        Self {
            named: joined(matches, "named"),
            about: text("about"),
            at: text("at"),
            texts: fields.collect(),
            yes: has_flag(matches, "yes"),
        }
    }
}

/// All words of an argument, in one text.
fn joined(matches: &ArgMatches, name: &str) -> Option<String> {
    let words = matches.try_get_many::<String>(name).ok().flatten()?;
    let words: Vec<&str> = words.map(String::as_str).collect();
    Some(words.join(" "))
}

fn has_flag(matches: &ArgMatches, name: &str) -> bool {
    let flag = matches.try_get_one::<bool>(name).ok().flatten();
    flag.copied().unwrap_or_default()
}

impl FromArgMatches for Noun {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let missing = || Error::new(clap::error::ErrorKind::MissingSubcommand);
        let (words, matches) = match words::read(matches).ok_or_else(missing)? {
            Meant::Records(words, matches) => (words, matches),
            Meant::CheckIns(matches) => {
                return Ok(Self(Of::CheckIns(entry::Args::from_arg_matches(matches)?)));
            }
        };
        let (act, matches) = matches.subcommand().ok_or_else(missing)?;
        let which = || joined(matches, "which").unwrap_or_default();
        let typed = || Typed::of(words.kind, matches);
        let act = match act {
            "add" => Act::Add(typed()),
            "list" if words.place == Place::Entry => Act::List(Stretch::from_arg_matches(matches)?),
            "list" => Act::List(Stretch {
                all: has_flag(matches, "all"),
                ..Stretch::default()
            }),
            "show" => Act::Show(which()),
            "edit" => Act::Edit(which(), typed()),
            "end" => {
                let mut typed = typed();
                let on = matches.get_one::<String>("on").cloned();
                // Empty means today, which is known only once the journal's day end is read.
                typed.texts.push((key::STOP, on.unwrap_or_default()));
                Act::End {
                    which: which(),
                    typed,
                }
            }
            _ => Act::Delete(which()),
        };
        Ok(Self(Of::Records(words, act)))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Subcommand for Noun {
    fn augment_subcommands(command: Command) -> Command {
        command.subcommands(words::commands())
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        Self::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        words::is_known(name)
    }
}

pub(super) fn run(noun: &Noun, session: &mut Session) -> Outcome {
    let (words, act) = match &noun.0 {
        Of::Records(words, act) => (*words, act),
        Of::CheckIns(args) => return entry::run(args, session),
    };
    match act {
        Act::Add(typed) => add(words, typed, session),
        Act::List(stretch) => {
            let desk = Desk::open(session)?;
            if session.reply == Reply::Json {
                desk.say_unread();
            }
            list::listing(words, &desk.journal, stretch, session)
        }
        Act::Show(which) => {
            let desk = Desk::open(session)?;
            if session.reply == Reply::Json {
                desk.say_unread();
            }
            list::show(words, which, &desk.journal, session)
        }
        Act::Edit(which, typed) => edit(words, which, typed, session),
        Act::End { which, typed } => end(words, which, typed, session),
        Act::Delete(which) => delete(words, which, session),
    }
}

fn add(words: &Words, typed: &Typed, session: &mut Session) -> Outcome {
    let desk = Desk::open(session)?;
    let mut draft = desk.draft(words.kind, typed.at.as_deref(), session)?;
    let named = typed.named.as_deref().unwrap_or_default();
    match words.first {
        // As `ebb dose` takes them: "powder 250g".
        First::About if words.kind == Kind::Purchase => {
            let (amount, product) = dose::amount_and_product(named, &desk.journal)?;
            draft = validate::prepared(&desk.journal, draft, Some(product));
            draft
                .texts
                .extend(amount.map(|amount| (key::AMOUNT.to_owned(), amount)));
        }
        First::About => {
            let (about, amount) = lookup::about_and_amount(words, named, &desk.journal, session)?;
            draft = validate::prepared(&desk.journal, draft, Some(about));
            draft = lookup::with_word(draft, named);
            if let Some(amount) = amount {
                draft = draft.with(key::AMOUNT, amount);
            }
        }
        First::Name => draft = lookup::named(draft, named),
        First::Field(field) => draft = draft.with(field, named),
        First::Nothing => {}
    }
    if let Some(about) = &typed.about {
        draft.about = Some(lookup::about(words.kind, about, &desk.journal, session)?);
    } else if let Some(about) = lookup::usual_about(words.kind, &desk.journal, session) {
        draft.about = Some(about);
    }
    fill(&mut draft, typed)?;
    refuse_missing(words, &draft, named, &desk)?;
    // Looked for before the save, said after it: it must not stand in the way.
    let near = lookup::near_name(words.first, &draft);
    let same = lookup::same_name(words, &draft, &desk.journal, session);
    let taken_as = lookup::taken_as(&draft);
    save(desk, &draft, typed, session)?;
    for remark in [taken_as, near, same].into_iter().flatten() {
        output::say(&remark);
    }
    Ok(())
}

/// Refuses what lacks a field, with the whole command that has it.
fn refuse_missing(words: &Words, draft: &RecordDraft, named: &str, desk: &Desk) -> Outcome {
    let is_missing = |field: &&Field| {
        field.need == Need::Needed && field.is_asked() && draft.text(field.code).is_empty()
    };
    let fields = validate::fields(&desk.journal, draft).into_iter();
    let missing: Vec<&Field> = fields.filter(is_missing).collect();
    let Some(first) = missing.first() else {
        return Ok(());
    };
    Err(Failure::usage(format!(
        "{}; it is added by `{}`. Nothing was saved",
        first.missing().sentence,
        words.with_options_of(named, &missing)
    )))
}

fn edit(words: &Words, which: &str, typed: &Typed, session: &mut Session) -> Outcome {
    let desk = Desk::open(session)?;
    let mut draft = lookup::draft(words, which, &desk.journal, session)?;
    if typed.texts.is_empty() && typed.about.is_none() && typed.at.is_none() {
        return Err(Failure::usage(format!(
            "what is to change? `ebb {} edit --help` lists its fields; nothing was saved",
            words.called()
        )));
    }
    if let Some(at) = &typed.at {
        desk.put_at(&mut draft, at, session)?;
    }
    if let Some(about) = &typed.about {
        let about = about.trim();
        draft.about = if about.is_empty() {
            None
        } else {
            Some(lookup::about(words.kind, about, &desk.journal, session)?)
        };
        keep_unit(&mut draft);
    }
    fill(&mut draft, typed)?;
    save(desk, &draft, typed, session)
}

fn end(words: &Words, which: &str, typed: &Typed, session: &mut Session) -> Outcome {
    let desk = Desk::open(session)?;
    let mut draft = lookup::draft(words, which, &desk.journal, session)?;
    let stored = desk.journal.record(draft.id);
    if let Some(day) = stored.and_then(Record::last_day) {
        return Err(Failure::usage(format!(
            "its last day is {} already; `ebb {} edit {which} --stop DATE` changes it. Nothing was saved",
            crate::domain::text::words::day(day),
            words.noun
        )));
    }
    fill(&mut draft, typed)?;
    if draft.text(key::STOP).is_empty() {
        let today = session.today(&desk.journal);
        draft = draft.with(key::STOP, today.to_string());
    }
    save(desk, &draft, typed, session)
}

fn delete(words: &Words, which: &str, session: &mut Session) -> Outcome {
    let desk = Desk::open(session)?;
    let record = lookup::record(words, which, &desk.journal, session)?;
    let change = Change::DeleteRecord(record.id);
    let line = saved::notice(&desk.journal, &change, &session.now, TakeBack::Verb);
    desk.write(&[change], session)?;
    output::say(&format!("{line} It lies in the bin for 30 days."));
    Ok(())
}

/// Puts what was typed into the fields; `-` reads one of several lines from stdin.
fn fill(draft: &mut RecordDraft, typed: &Typed) -> Outcome {
    for (field, text) in &typed.texts {
        draft.texts.insert((*field).to_owned(), text.clone());
    }
    let kind = draft.kind();
    let has_lines = |code: &str| {
        let field = kind.and_then(|kind| kind.field(code));
        field.is_some_and(|field| field.ask == Ask::Lines)
    };
    for (code, text) in &mut draft.texts {
        if text == "-" && has_lines(code) {
            *text = output::from_stdin()?;
        }
    }
    Ok(())
}

/// An amount goes on in the unit it was written in: of another product it has to fit, or be given anew.
fn keep_unit(draft: &mut RecordDraft) {
    let unit = draft.kind().and_then(|kind| kind.field(key::UNIT));
    if unit.is_none_or(|unit| unit.ask != Ask::Kept) {
        return;
    }
    if let Some(unit) = draft.texts.remove(key::UNIT) {
        let amount = format!("{} {unit}", draft.text(key::AMOUNT));
        draft.texts.insert(key::AMOUNT.to_owned(), amount);
    }
}

/// Saves the draft, after saying its cautions.
fn save(desk: Desk, draft: &RecordDraft, typed: &Typed, session: &Session) -> Outcome {
    session.refuse_read_only()?;
    let record = desk.recorded(draft, session)?;
    desk.is_meant(&record, typed.yes)?;
    let sleeps = std::slice::from_ref(&record);
    measure::sure_of_long_day(typed.yes, &desk.journal, sleeps, How::More)?;
    let stored = desk.journal.record(record.id);
    let is_new = stored.is_none();
    let is_about_another = stored.is_some_and(|stored| stored.about() != record.about());
    let caution = medication::caution_on_stop(&desk.journal, &record);
    // Of a new one the caution is among what is to be known anyway.
    if let Some(caution) = caution.as_ref().filter(|_| !is_new) {
        output::say(caution);
        if !typed.yes && output::can_ask() && !output::agrees("Write down that it was stopped?") {
            return Err(Failure::new(NO, "nothing was saved"));
        }
    }
    // Unchanged, the cautions were said when it was added.
    if is_new || is_about_another {
        desk.say_known(draft, session);
    }
    let lines = desk.saved(std::slice::from_ref(&record), How::More, session);
    let changes = sleep::changes(&desk.journal, &record, How::More);
    let before = desk.journal.clone();
    let journal = desk.write(&changes, session)?;
    say_lines(&lines);
    if let Some(journal) = journal {
        say_quiet_but(
            (&before, &journal),
            &changes,
            caution.as_deref(),
            &session.now,
        );
    }
    Ok(())
}

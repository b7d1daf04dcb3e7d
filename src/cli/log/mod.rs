//! From the words of a verb to a saved record: what every verb that logs something shares.
//!
//! Invariant: everything is checked before anything is written; the quiet line is said only after the save.

pub(super) mod args;
pub(super) mod did;
pub(super) mod dose;
pub(super) mod measure;
pub(super) mod take;
pub(super) mod urge;
pub(super) mod used;

use super::failure::{Failure, NO, Outcome};
use super::output;
use super::session::Session;
use crate::domain::care::elsewhere;
use crate::domain::entry::saved::TakeBack;
use crate::domain::entry::sleep;
use crate::domain::entry::sleep::How;
use crate::domain::entry::unchanged::{NOTHING, is_unchanged};
use crate::domain::entry::{after_save, cautions, unusual, validate};
use crate::domain::journal::Journal;
use crate::domain::journal::change::Change;
use crate::domain::record::Record;
use crate::domain::record::draft::{RecordDraft, Refusal};
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::safety::calm_lines::CalmLine;
use crate::domain::safety::help_lines::{RedFlag, help};
use crate::domain::text::suggest::{Beginning, Listed, by_beginning, find, near};
use crate::domain::time::Now;
use crate::domain::time::parse::Toward;
use crate::store::Store;

/// The journal as it was read, and its file once there is one.
pub(super) struct Desk {
    store: Option<Store>,
    /// As it was read.
    pub(super) journal: Journal,
}

impl Desk {
    /// Says which rows stay out of JSON or are not as they were written: JSON has no place for a mark.
    pub(super) fn say_unread(&self) {
        if let Some(lines) = self.store.as_ref().and_then(Store::left_out_text) {
            output::say(&lines);
        }
    }

    /// Opens the journal; where there is none yet, an empty one that is made with the first save.
    pub(super) fn open(session: &Session) -> Outcome<Self> {
        // A journal is made only once the first entry is sound.
        let store = session.open_if_there()?;
        let journal = match &store {
            Some(store) => store.load(None)?,
            None => Journal::default(),
        };
        Ok(Self { store, journal })
    }

    /// An empty draft for the moment that was named, or for now.
    pub(super) fn draft(
        &self,
        kind: Kind,
        at: Option<&str>,
        session: &mut Session,
    ) -> Outcome<RecordDraft> {
        let id = session.ids.next(session.now.at);
        let mut draft = RecordDraft::new(id, kind, session.today(&self.journal));
        if let Some(at) = at {
            self.put_at(&mut draft, at, session)?;
        }
        Ok(draft)
    }

    /// Puts the moment that was named into a draft.
    pub(super) fn put_at(&self, draft: &mut RecordDraft, at: &str, session: &Session) -> Outcome {
        let day_end = self.journal.settings.day_end;
        let toward = draft.toward();
        let when = session.when(at, day_end, toward)?;
        match (toward, &when.shift) {
            (Toward::Past, _) => {
                session.confirm_past(&when, day_end)?;
                draft.is_meant_ahead = when.is_future(&session.now, day_end);
            }
            (Toward::Future, Some(shift)) => output::say(&shift.to_string()),
            (Toward::Future, None) => {}
        }
        draft.put(&when, day_end);
        Ok(())
    }

    /// The record of a draft; a slip is exit 2.
    pub(super) fn recorded(&self, draft: &RecordDraft, session: &Session) -> Outcome<Record> {
        validate::record(&self.journal, draft, &session.now).map_err(|refusal| refused(&refusal))
    }

    /// Asks once whether an amount far from the usual one is meant; where nobody can be asked, `--yes` says so.
    pub(super) fn is_meant(&self, record: &Record, yes: bool) -> Outcome {
        let Some(question) = unusual::question(&self.journal, record).filter(|_| !yes) else {
            return Ok(());
        };
        if !output::can_ask() {
            return Err(Failure::usage(format!(
                "{question} `--yes` keeps it; nothing was saved"
            )));
        }
        if output::keeps(&question) {
            Ok(())
        } else {
            Err(Failure::new(NO, "nothing was saved"))
        }
    }

    /// Writes the record of a draft; a slip is exit 2 and writes nothing. What is to be known is said before.
    pub(super) fn save_draft(self, draft: &RecordDraft, session: &Session) -> Outcome {
        let record = self.recorded(draft, session)?;
        self.say_known(draft, session);
        self.save(&[record], session)
    }

    /// Says what is to be known before `draft` is saved: what to do about a sign, the cautions of the lists. A dose and an
    /// intake say theirs by their own verbs.
    pub(super) fn say_known(&self, draft: &RecordDraft, session: &Session) {
        let kind = draft.kind();
        if !matches!(
            kind,
            Some(Kind::Sign | Kind::Substance | Kind::Practice | Kind::Medication)
        ) {
            return;
        }
        if let Some(known) = cautions::on_form(&self.journal, draft, &session.now) {
            output::say(&known);
        }
        if kind == Some(Kind::Sign) {
            // No key is there to press: the numbers themselves stand here.
            let flag = draft.about.as_deref().and_then(|on| help().red_flag(on));
            if flag.is_some_and(RedFlag::is_emergency) {
                say_numbers(&self.journal);
            }
            output::say("`ebb helplines` has numbers to call and all signs.");
        }
    }

    /// Writes `records` as one step, and says what was saved and the quiet line.
    pub(super) fn save(self, records: &[Record], session: &Session) -> Outcome {
        self.save_sleeps(records, How::More, session)
    }

    /// The same; sleeps among them as `how` says.
    pub(super) fn save_sleeps(self, records: &[Record], how: How, session: &Session) -> Outcome {
        let lines = self.saved(records, how, session);
        let changes = records.iter();
        let changes = changes.flat_map(|record| sleep::changes(&self.journal, record, how));
        let changes: Vec<Change> = changes.collect();
        let before = self.journal.clone();
        let journal = self.write(&changes, session)?;
        say_lines(&lines);
        if let Some(journal) = journal {
            say_quiet((&before, &journal), &changes, &session.now);
        }
        Ok(())
    }

    /// What is said once `records` are saved as one step: a line for each, and behind the last the way to take them back.
    pub(super) fn saved(&self, records: &[Record], how: How, session: &Session) -> Vec<String> {
        let changes: Vec<Change> = records.iter().cloned().map(Change::Record).collect();
        if is_unchanged(&self.journal, &changes) {
            return vec![NOTHING.to_owned()];
        }
        let sentence = |record| sleep::saved_sentence(&self.journal, record, how, &session.now);
        TakeBack::Verb.after_each(records.iter().map(sentence))
    }

    /// Writes `changes` as one step and reads the journal back; `None` if that did not work, which was said then.
    pub(super) fn write(self, changes: &[Change], session: &Session) -> Outcome<Option<Journal>> {
        let mut store = match self.store {
            Some(store) => store,
            None => session.create()?,
        };
        session.write(&mut store, &self.journal, changes)?;
        // Read back, because the quiet line looks at the days around the entry.
        Ok(Session::read_back(&store, None))
    }
}

/// Says lines on stderr, one after another.
pub(super) fn say_lines(lines: &[String]) {
    for line in lines {
        output::say(line);
    }
}

/// The quiet line that belongs after a save, on stderr.
pub(super) fn say_quiet(sides: (&Journal, &Journal), changes: &[Change], now: &Now) {
    say_quiet_but(sides, changes, None, now);
}

/// The quiet line, unless `sentence` said the same. `before` is the journal as it was.
pub(super) fn say_quiet_but(
    (before, journal): (&Journal, &Journal),
    changes: &[Change],
    sentence: Option<&str>,
    now: &Now,
) {
    let line = after_save::calm_line((before, journal), changes, now);
    let Some(line) = line.filter(|line| sentence != Some(line)) else {
        return;
    };
    // There is no key to press here.
    output::say(&line.replace("! has help lines", "`ebb helplines` has help lines"));
    if CalmLine::NEEDS_NUMBERS.iter().any(|it| it.text() == line) {
        say_numbers(journal);
    }
}

/// The numbers of the chosen country that are answered at any time.
fn say_numbers(journal: &Journal) {
    if let Some(numbers) = help().at_once_of(journal.settings.country.as_deref()) {
        output::say(&numbers);
    }
}

/// Exit 2 with what would do.
pub(super) fn refused(refusal: &Refusal) -> Failure {
    let field = match refusal.field {
        key::ABOUT | key::WHEN => String::new(),
        field if refusal.sentence.starts_with(field) => String::new(),
        field => format!("{field}: "),
    };
    let sentence = format!("{field}{}", refusal.sentence);
    // Behind a question a new sentence begins.
    Failure::usage(if sentence.ends_with(['?', '.']) {
        format!("{sentence} Nothing was saved")
    } else {
        format!("{sentence}; nothing was saved")
    })
}

/// The item that `typed` means: its code, its name, or the beginning of a word of it that no other has.
pub(super) fn meant<'a, T: Listed>(what: &str, typed: &str, list: &'a [T]) -> Outcome<&'a T> {
    let beginning = match (find(list, typed), elsewhere::verb_for(typed)) {
        (Some(item), _) => Beginning::One(item),
        // The whole name of another list means more than a part of one of this.
        (None, Some(_)) => Beginning::None,
        (None, None) => by_beginning(list, typed),
    };
    match beginning {
        Beginning::One(item) => Ok(item),
        Beginning::None => Err(unknown_here(what, typed, list)),
        Beginning::Several(several) => {
            let names: Vec<&str> = several.iter().map(Listed::name).collect();
            Err(Failure::usage(format!(
                "\"{}\" can be {}; more of the name tells them apart. Nothing was saved",
                typed.trim(),
                names.join(", ")
            )))
        }
    }
}

/// Exit 2 for something to log that is not in the list: names the verb that logs it, else as [`unknown`].
pub(super) fn unknown_here<T: Listed>(what: &str, typed: &str, list: &[T]) -> Failure {
    match elsewhere::verb_for(typed) {
        Some(verb) => Failure::usage(format!(
            "no {what} is called \"{typed}\"; {verb} notes it. Nothing was saved"
        )),
        None => unknown(what, typed, list),
    }
}

/// Exit 2 for a word of a list that nobody knows, with near ones or all there are.
pub(super) fn unknown<T: Listed>(what: &str, typed: &str, list: &[T]) -> Failure {
    let named = |code: &str| {
        list.iter()
            .find(|item| item.code() == code)
            .map(Listed::name)
    };
    // The names, because codes are seen by nobody but files.
    let near: Vec<&str> = near(list, typed).into_iter().filter_map(named).collect();
    let hint = if !near.is_empty() {
        format!("did you mean {}?", near.join(" or "))
    } else if list.is_empty() {
        "there is none yet.".to_owned()
    } else {
        let codes: Vec<&str> = list.iter().map(Listed::code).collect();
        format!("there are {}.", codes.join(", "))
    };
    Failure::usage(format!(
        "no {what} is called \"{typed}\"; {hint} Nothing was saved"
    ))
}

//! What every verb is given: now, the places, and how to open the journal.

use super::backup::copies;
use super::failure::{Failure, Outcome};
use super::output;
use super::output::pager::Pager;
use super::output::{private, saved, secret};
use crate::config::file::Config;
use crate::config::settings::ConfigKey;
use crate::config::{NoHome, Places};
use crate::domain::entry::bin;
use crate::domain::id::IdSource;
use crate::domain::journal::Journal;
use crate::domain::journal::change::Change;
use crate::domain::text::words;
use crate::domain::time::parse::{NotRead, Toward, When, parse_day, parse_when};
use crate::domain::time::{DayEnd, Now};
use crate::store::key::Key;
use crate::store::key::door::Door;
use crate::store::key::passphrase::Passphrase;
use crate::store::{Ours, Seed, Store, StoreError, Windows, may_be_written};
use crate::tui::outside::randomness;
use chrono::{NaiveDate, Utc};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Whether colours may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(crate) enum Color {
    /// When stdout is a terminal and `NO_COLOR` is not set.
    #[default]
    Auto,
    /// Also into a pipe.
    Always,
    /// Never.
    Never,
}

/// Whether now stands still.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ticking {
    /// Now is the clock's.
    Clock,
    /// Now was given by `--now`.
    Fixed,
}

/// How the journal is shown when it is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Face {
    /// The full screen, or plain when the terminal can do no more.
    Screen,
    /// One question a line.
    Plain,
}

/// How a verb that writes tells what it wrote, beside the sentences on stderr.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reply {
    /// In sentences alone.
    Sentences,
    /// As JSON on stdout too.
    Json,
}

/// A key of the config file that a flag or the environment decides in this run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Over {
    /// The key.
    pub(crate) key: ConfigKey,
    /// What holds.
    pub(crate) value: String,
    /// "flag" or "env".
    pub(crate) from: &'static str,
}

/// One run of the program.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    /// Now, for everything that this run writes and counts.
    pub(crate) now: Now,
    /// Whether now stands still.
    pub(crate) ticking: Ticking,
    /// Where the files lie.
    pub(crate) places: Result<Places, NoHome>,
    /// What the config file says.
    pub(crate) config: Config,
    /// What was said over it.
    pub(crate) over: Vec<Over>,
    /// Colours.
    pub(crate) color: Color,
    /// Full screen or plain.
    pub(crate) face: Face,
    /// In which form a verb that writes tells what it wrote.
    pub(crate) reply: Reply,
    /// Said on stderr already, and once more on the full screen, which hides that.
    pub(crate) notice: Option<String>,
    /// Whether long text may go through a pager.
    pub(crate) pager: Pager,
    /// Ids of new entries.
    pub(crate) ids: IdSource,
    /// Finds other runs that keep a journal open.
    pub(crate) windows: Windows,
    /// The passphrase of this run, tried on the files of other machines before anybody is asked.
    pub(crate) typed: Typed,
}

/// The passphrase that was typed in this run.
#[derive(Debug, Clone, Default)]
pub(crate) struct Typed(Arc<Mutex<Option<Passphrase>>>);

impl Typed {
    /// Lets go of it: before a face opens in which the person stays for hours.
    pub(crate) fn forget(&self) {
        self.held().take();
    }

    fn held(&self) -> MutexGuard<'_, Option<Passphrase>> {
        // A panic elsewhere leaves it whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Session {
    /// Where the files lie.
    pub(crate) fn places(&self) -> Outcome<&Places> {
        self.places.as_ref().map_err(|error| (*error).into())
    }

    /// What no export, report or copy may land on: the journal of this run, the one of the system's conventions, which a
    /// flag may have left aside, and the config file.
    pub(crate) fn ours(&self) -> Ours {
        // `--journal` may name another one, and the usual journal must not be overwritten even then.
        let usual = Places::find(None, None).ok();
        let named = self.places.as_ref().ok();
        let journals = named
            .into_iter()
            .chain(&usual)
            .map(|places| &places.journal);
        let mut ours = journals.fold(Ours::default(), |ours, path| ours.and(path));
        if let Some(places) = named {
            ours = ours.with_config(&places.config);
        }
        ours
    }

    /// Refuses what would write into a read-only journal, before a question is asked.
    pub(crate) fn refuse_read_only(&self) -> Outcome {
        let path = &self.places()?.journal;
        if may_be_written(path) {
            return Ok(());
        }
        Err(StoreError::ReadOnly { path: path.clone() }.into())
    }

    /// Unlocks the journal if it is encrypted, asking where somebody can be asked; exit 12 otherwise.
    pub(crate) fn unlock(&self) -> Outcome {
        let path = self.places()?.journal.clone();
        self.unlock_file(&path, "Passphrase, not shown while you type: ")
            .map(drop)
    }

    /// Unlocks an encrypted journal, copy or sync file. Answers its key where a passphrase of its own was given for it.
    pub(crate) fn unlock_file(&self, path: &Path, question: &str) -> Outcome<Option<Key>> {
        let locked = match Door::of(path)? {
            Door::Locked(locked) if !locked.is_held() => locked,
            _ => return Ok(None),
        };
        let mut typed = self.typed.held();
        let (key, passphrase) = secret::unlock(&locked, question, typed.as_ref())?;
        let is_new = passphrase.is_some();
        // The first one is that of the journal, which other machines often share.
        if typed.is_none() {
            *typed = passphrase;
        }
        Ok(is_new.then_some(key))
    }

    /// Whether the journal is encrypted, and nobody has unlocked it or named a program that does.
    pub(crate) fn is_locked(&self) -> Outcome<bool> {
        let door = Door::of(&self.places()?.journal)?;
        Ok(match door {
            Door::Locked(locked) => !locked.is_held() && !secret::has_command(),
            Door::Open => false,
        })
    }

    /// Opens the journal; exit 10 when there is none.
    pub(crate) fn open(&self) -> Outcome<Store> {
        self.unlock()?;
        let places = self.places()?;
        let store = Store::open(&places.journal);
        let store = store.map_err(|error| self.with_way_back(error, &places.journal))?;
        private::follow(places, store.id());
        Ok(store)
    }

    /// Reads all days to give them back, and says how many rows stay out of it.
    pub(crate) fn all_to_give(&self) -> Outcome<Journal> {
        Ok(self.all_to_hand_out()?.0)
    }

    /// [`Self::all_to_give`], with the journal's id, under which what was handed out is listed.
    pub(crate) fn all_to_hand_out(&self) -> Outcome<(Journal, String)> {
        let store = self.open()?;
        let journal = store.load(None)?;
        if let Some(lines) = store.left_out_text() {
            output::say(&lines);
        }
        Ok((journal, store.id().to_owned()))
    }

    /// Opens the journal, or answers `None` when there is none yet: for verbs that make one once all is well.
    pub(crate) fn open_if_there(&self) -> Outcome<Option<Store>> {
        self.unlock()?;
        let places = self.places()?;
        match Store::open(&places.journal) {
            Ok(store) => {
                private::follow(places, store.id());
                Ok(Some(store))
            }
            Err(StoreError::NoJournal(_)) => Ok(None),
            Err(error) => Err(self.with_way_back(error, &self.places()?.journal)),
        }
    }

    /// Names the newest sound copy beside a journal that is damaged.
    fn with_way_back(&self, error: StoreError, path: &Path) -> Failure {
        let is_damaged = matches!(error, StoreError::Damaged { .. });
        let mut failure = Failure::from(error);
        let back = is_damaged
            .then(|| copies::way_back(path, &self.now))
            .flatten();
        if let (Some(message), Some(back)) = (&mut failure.message, back) {
            message.push_str(". ");
            message.push_str(&back);
        }
        failure
    }

    /// Makes the journal.
    pub(crate) fn create(&self) -> Outcome<Store> {
        let path = &self.places()?.journal;
        match Store::create(path, self.seed()?) {
            // Somebody else made it in this very moment.
            Err(StoreError::Exists(_)) => Ok(Store::open(path)?),
            made => Ok(made?),
        }
    }

    /// Writes `changes` as one step, and empties the bin of what has lain in it for 30 days.
    /// What `journal` holds already is not written again; the sentences about it say so.
    pub(crate) fn write(
        &self,
        store: &mut Store,
        journal: &Journal,
        changes: &[Change],
    ) -> Outcome {
        if !store.holds_already(journal, changes) {
            store.apply(changes, self.utc())?;
        }
        self.empty_bin(store);
        if self.reply == Reply::Json {
            saved::print(store, changes, self.utc())?;
        }
        Ok(())
    }

    /// Reads the journal after a save. The save is on the disk already, so an error here is a notice and never decides the exit
    /// code: a script would save the entry a second time.
    pub(crate) fn read_back(store: &Store, since: Option<NaiveDate>) -> Option<Journal> {
        match store.load(since) {
            Ok(journal) => Some(journal),
            Err(error) => {
                output::say(&error.of_reading_back());
                None
            }
        }
    }

    /// Erases entries that have lain in the bin for 30 days. An error never stops the verb: the next one tries again. A copy
    /// that could not be changed is named once.
    pub(crate) fn empty_bin(&self, store: &mut Store) {
        let unreached = store.purge(self.utc()).map(|done| done.unreached_paths());
        if let Ok(unreached) = unreached
            && !unreached.is_empty()
        {
            output::say(&bin::erased_text(
                "what was deleted 30 days ago",
                0,
                &unreached,
            ));
        }
    }

    /// What a new journal starts from.
    pub(crate) fn seed(&self) -> Outcome<Seed> {
        let mut seed = Seed {
            now: self.now.at.with_timezone(&Utc),
            journal: [0; 16],
            device: [0; 16],
        };
        randomness::fill(&mut seed.journal)
            .and_then(|()| randomness::fill(&mut seed.device))
            .map_err(|_| {
                Failure::new(
                    super::failure::NO,
                    "the system gave no random numbers, so no journal was made",
                )
            })?;
        Ok(seed)
    }

    /// Now: as given by `--now`, or as the clock has it at this moment.
    pub(crate) fn tick(&self) -> Now {
        match self.ticking {
            // `--now` makes output reproducible, so it never moves on.
            Ticking::Fixed => self.now.clone(),
            Ticking::Clock => {
                Now::new(Utc::now(), self.now.zone.clone()).with_manner(self.now.manner)
            }
        }
    }

    /// A number to make further ids from.
    pub(crate) fn seed_number(&mut self) -> u64 {
        let id = self.ids.next(self.now.at);
        // The last 8 bytes of an id are random; the first ones are its time.
        let random = id.as_bytes().last_chunk().copied().unwrap_or_default();
        u64::from_be_bytes(random)
    }

    /// Now in UTC: what stamps rows.
    pub(crate) fn utc(&self) -> chrono::DateTime<Utc> {
        self.now.at.with_timezone(&Utc)
    }

    /// The logical day it is.
    pub(crate) fn today(&self, journal: &Journal) -> NaiveDate {
        self.now.today(journal.settings.day_end)
    }

    /// Reads a moment. At a terminal, two numbers that are two days are asked about.
    pub(crate) fn when(&self, text: &str, day_end: DayEnd, toward: Toward) -> Outcome<When> {
        let why = match parse_when(text, &self.now, day_end, toward) {
            Ok(when) => return Ok(when),
            Err(why) => why,
        };
        match why.twofold() {
            Some(both) if output::can_ask() => self.one_of(both, day_end, why),
            _ => Err(why.into()),
        }
    }

    /// Reads a logical day. At a terminal, two numbers that are two days are asked about.
    pub(crate) fn day(&self, text: &str, day_end: DayEnd, toward: Toward) -> Outcome<NaiveDate> {
        let why = match parse_day(text, &self.now, day_end, toward) {
            Ok(day) => return Ok(day),
            Err(why) => why,
        };
        match why.twofold() {
            Some(both) if output::can_ask() => {
                let when = self.one_of(both, day_end, why)?;
                Ok(when.logical_day(day_end))
            }
            _ => Err(why.into()),
        }
    }

    /// Asks which of two days was meant; an answer that is neither is the refusal.
    fn one_of(&self, both: [When; 2], day_end: DayEnd, why: NotRead) -> Outcome<When> {
        let [one, other] = both.map(|when| words::plain_day(when.date()));
        let answer = output::asked(&format!("{one} or {other}? "));
        let named = answer.and_then(|typed| {
            let toward = [Toward::Past, Toward::Future].into_iter();
            let days = toward.filter_map(|way| parse_day(&typed, &self.now, day_end, way).ok());
            let mut meant = days.filter_map(|day| both.into_iter().find(|when| when.date() == day));
            meant.next()
        });
        named.ok_or_else(|| why.into())
    }

    /// Says what the clocks did to a moment, and asks about one that is to come; a "no" is exit 2 and saves nothing.
    pub(crate) fn confirm_past(&self, when: &When, day_end: DayEnd) -> Outcome {
        if let Some(shift) = &when.shift {
            output::say(&shift.to_string());
        }
        if !when.is_future(&self.now, day_end) {
            return Ok(());
        }
        let shown = self.to_come(when, day_end);
        let question = format!("{shown} is still to come. Save it for then?");
        if output::can_ask() && output::agrees(&question) {
            return Ok(());
        }
        Err(Failure::usage(format!(
            "{shown} is still to come, so nothing was saved"
        )))
    }

    /// A moment that is to come, as it is named. After midnight the calendar's day is still to come until the day before ends.
    pub(crate) fn to_come(&self, when: &When, day_end: DayEnd) -> String {
        let manner = self.now.manner;
        match when.day {
            Some(day) if day == self.now.at.date_naive() => format!(
                "{} begins at {} and is today only then; it",
                words::day(day),
                manner.time(day_end.on_the_wall())
            ),
            Some(day) => words::day(day),
            None => format!(
                "{} {}",
                words::day(when.at.date_naive()),
                manner.time(when.at.time())
            ),
        }
    }

    /// Reads `--from` and `--to`. Both included; `from` after `to` is a slip.
    pub(crate) fn range(
        &self,
        from: Option<&str>,
        to: Option<&str>,
        day_end: DayEnd,
    ) -> Outcome<(Option<NaiveDate>, Option<NaiveDate>)> {
        let day = |text: Option<&str>| {
            let day = |text| self.day(text, day_end, Toward::Past);
            text.map(day).transpose()
        };
        let (from, to) = (day(from)?, day(to)?);
        match (from, to) {
            (Some(first), Some(last)) if first > last => Err(Failure::usage(format!(
                "--from {first} lies after --to {last}, so there is nothing between them"
            ))),
            range => Ok(range),
        }
    }
}

//! The sentences that say what a write did, the same on every face: each save, change and deletion. What undo and redo did is
//! told by `super::exchanged`, in the same nouns.
//!
//! Invariant: a sentence names what was written, with amount and unit where there are any, its time and its day; with
//! [`TakeBack`] also the way back.

use crate::domain::attempt::{Attempt, Ending, NumberedAttempt};
use crate::domain::care::{practice, visit};
use crate::domain::check_in::CheckIn;
use crate::domain::check_in::severity::CORE_ITEMS;
use crate::domain::dose::Dose;
use crate::domain::dose::day_without;
use crate::domain::dose::product::{with_name, with_unit};
use crate::domain::entry::summary;
use crate::domain::entry::unchanged::{NOTHING, is_unchanged};
use crate::domain::journal::Journal;
use crate::domain::journal::change::{Change, Switch};
use crate::domain::journal::settings::{
    OptionalLine, OwnHelpLine, SameDay, Setting, Settings, StockTracking,
};
use crate::domain::record::Record;
use crate::domain::record::key;
use crate::domain::record::kind::{Kind, Timing};
use crate::domain::safety::help_lines::help;
use crate::domain::series::Series;
use crate::domain::text::words;
use crate::domain::time::{Moment, Now};
use chrono::NaiveDate;

/// How a step is taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TakeBack {
    /// By a key of the full screen.
    Key,
    /// By a word of plain mode.
    Word,
    /// By a verb of the command line.
    Verb,
}

impl TakeBack {
    /// "z takes it back".
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Key => "z takes it back",
            Self::Word => "undo (z) takes it back",
            Self::Verb => "`ebb undo` takes it back",
        }
    }

    /// The line with the way to take it back, as a sentence.
    pub(crate) fn after(self, line: &str) -> String {
        format!("{}; {}.", line.trim_end_matches('.'), self.words())
    }

    /// The lines of one step, as sentences: the way to take it back stands behind the last.
    pub(crate) fn after_each(self, lines: impl Iterator<Item = String>) -> Vec<String> {
        let mut lines: Vec<String> = lines.map(|line| words::sentence(&line)).collect();
        if let Some(last) = lines.last_mut() {
            *last = self.after(last);
        }
        lines
    }
}

/// What is said once `change` is on the disk, with the way to take it back; `journal` is as it was before.
pub(crate) fn notice(journal: &Journal, change: &Change, now: &Now, by: TakeBack) -> String {
    if is_unchanged(journal, std::slice::from_ref(change)) {
        return NOTHING.to_owned();
    }
    let line = line(journal, change, now);
    match change {
        // Help lines are chosen by who needs a number now.
        Change::Set(Setting::Country(_)) => words::sentence(&line),
        _ => by.after(&line),
    }
}

/// The same for changes of one step: a sentence for each, and the way back behind the last.
pub(crate) fn notices(
    journal: &Journal,
    changes: &[Change],
    now: &Now,
    by: TakeBack,
) -> Vec<String> {
    if is_unchanged(journal, changes) {
        return vec![NOTHING.to_owned()];
    }
    by.after_each(changes.iter().map(|change| line(journal, change, now)))
}

/// "Saved 21:00: 6 g Leaf powder, counts for Tue 3 Nov", "Deleted: check-in 21:00, Tue 3 Nov"; `journal` is as it was before.
pub(crate) fn line(journal: &Journal, change: &Change, now: &Now) -> String {
    match change {
        Change::Record(record) => sentence(journal, record, now),
        Change::DeleteRecord(id) => {
            let what = journal.record(*id);
            let what = what.map(|record| entry(journal, record, now));
            deleted(what, "entry")
        }
        Change::RecordCheckIn(check_in) => saved_check_in(journal, check_in, now),
        Change::DeleteCheckIn(id) => {
            let what = journal.check_in(*id);
            deleted(what.map(|it| self::check_in(journal, it, now)), "check-in")
        }
        Change::RecordAttempt(attempt) => saved_attempt(journal, attempt, now),
        Change::DeleteAttempt(id) => {
            let what = journal.attempts.by_id(*id);
            let what = what.map(|it| self::attempt(it, today(journal, now)));
            format!("{}; its entries stay", deleted(what, "attempt"))
        }
        Change::AddSymptom { name, .. } => {
            format!("Saved: symptom {name}; check-ins ask for it from now on")
        }
        Change::RenameSymptom { symptom, name } => {
            let before = journal.symptoms.by_key(*symptom);
            let before = before.map_or("the symptom", |symptom| symptom.name.as_str());
            format!("{before} is called {name} now")
        }
        Change::SwitchSymptom { symptom, to } => {
            let name = journal.symptoms.by_key(*symptom);
            switched(
                name.map_or("the symptom", |symptom| symptom.name.as_str()),
                *to,
            )
        }
        Change::Set(setting) => {
            let mut after = journal.settings.clone();
            after.set(setting.clone());
            settings(journal, &journal.settings, &after)
                .unwrap_or_else(|| "It stands so already".to_owned())
        }
        Change::RecordHelpLine(line) => {
            let mut held = journal.settings.help_lines.iter();
            let verb = if held.any(|held| held.id == line.id) {
                "Changed"
            } else {
                "Saved"
            };
            format!("{verb}: {}", help_line(line))
        }
        Change::DeleteHelpLine(id) => {
            let mut held = journal.settings.help_lines.iter();
            deleted(held.find(|held| held.id == *id).map(help_line), "help line")
        }
        // What lies in the bin is in no journal in memory: the bin's own line names it.
        Change::Restore { kind, .. } => format!("Restored: {}", kind.noun()),
    }
}

/// "Deleted: dose of 3 g Leaf powder, 21:00, Tue 24 Nov"; it lies in the bin, so nothing is lost.
fn deleted(what: Option<String>, kind: &str) -> String {
    format!("Deleted: {}", what.unwrap_or_else(|| kind.to_owned()))
}

/// "Saved 21:00: 6 g Leaf powder, counts for Tue 3 Nov"; of a record that this journal holds already, what it is changed to.
pub(crate) fn sentence(journal: &Journal, record: &Record, now: &Now) -> String {
    let instead = if day_without::gives_way_to(journal, record) {
        ", in the place of the day without"
    } else {
        ""
    };
    if journal.record(record.id).is_some() {
        let lasts = lasts(journal, record, now);
        return format!("Changed: {}{instead}{lasts}", entry(journal, record, now));
    }
    let what = named(journal, record);
    let Some(moment) = &record.moment else {
        return format!("Saved: {what}{}", lasts(journal, record, now));
    };
    match record.kind.facts().timing {
        // A visit to come is not something that counts for a day.
        Timing::Planned => format!("Saved: {what}, {}", planned(moment, journal, now)),
        Timing::Moment | Timing::Standing => {
            format!(
                "Saved {}: {what}, counts for {}{instead}",
                time(moment, now),
                words::day_near(moment.day, today(journal, now))
            )
        }
    }
}

/// ", since Mon 1 Dec 2025, until Fri 8 May": the days of something that lasts. They may have been typed without a year, and which
/// one was understood shows nowhere else.
fn lasts(journal: &Journal, record: &Record, now: &Now) -> String {
    let today = today(journal, now);
    let days = [("since", record.first_day()), ("until", record.last_day())];
    let told = days.into_iter().filter_map(|(word, day)| {
        let day = words::day_near(day?, today);
        Some(format!(", {word} {day}"))
    });
    told.collect()
}

/// "dose of 6 g Leaf powder, 21:00, Tue 3 Nov": a record by what it is, its time and its day.
pub(crate) fn entry(journal: &Journal, record: &Record, now: &Now) -> String {
    let what = noun(journal, record);
    match (&record.moment, record.kind.facts().timing) {
        (None, _) => what,
        // It is about the whole day.
        (Some(moment), _) if record.kind == Kind::DayWithout => {
            format!(
                "{what}, {}",
                words::day_near(moment.day, today(journal, now))
            )
        }
        (Some(moment), Timing::Planned) => format!("{what}, {}", planned(moment, journal, now)),
        (Some(moment), _) => format!("{what}, {}", placed(moment, journal, now)),
    }
}

/// "check-in 21:00, Tue 24 Nov".
pub(crate) fn check_in(journal: &Journal, check_in: &CheckIn, now: &Now) -> String {
    format!("check-in {}", placed(&check_in.moment, journal, now))
}

/// "attempt 2 "autumn", begun Fri 13 Nov".
pub(crate) fn attempt(numbered: NumberedAttempt<'_>, today: NaiveDate) -> String {
    let began = words::day_near(numbered.attempt.began, today);
    let name = numbered.attempt.name.as_ref();
    let name = name.map(|name| format!(" \"{name}\"")).unwrap_or_default();
    format!("attempt {}{name}, begun {began}", numbered.number)
}

/// "help line Sam, 0123".
pub(crate) fn help_line(line: &OwnHelpLine) -> String {
    format!("help line {}, {}", line.name, line.contact)
}

/// "Itching is asked from now on".
pub(crate) fn switched(name: &str, to: Switch) -> String {
    match to {
        Switch::On => format!("{name} is asked from now on"),
        Switch::Off => format!("{name} is not asked any more; its history stays"),
    }
}

pub(super) fn today(journal: &Journal, now: &Now) -> NaiveDate {
    now.today(journal.settings.day_end)
}

fn time(moment: &Moment, now: &Now) -> String {
    now.manner.time_of(moment)
}

/// "21:00, Tue 24 Nov": a time, and the day that it counts for; "Tue 24 Nov, no time".
fn placed(moment: &Moment, journal: &Journal, now: &Now) -> String {
    let day = words::day_near(moment.day, today(journal, now));
    let time = time(moment, now);
    match moment.given_time() {
        Some(_) => format!("{time}, {day}"),
        None => format!("{day}, {time}"),
    }
}

/// "Tue 1 Dec 10:30".
fn planned(moment: &Moment, journal: &Journal, now: &Now) -> String {
    let day = words::day_near(moment.day, today(journal, now));
    format!("{day} {}", time(moment, now))
}

/// What a record is, by amount and name, where its time is said before it: "6 g Leaf powder", "urge 3, stress".
fn named(journal: &Journal, record: &Record) -> String {
    match (Dose::of(record), record.kind) {
        (Some(dose), _) => with_name(&dose.text(), &summary::title(journal, record)),
        (None, Kind::Baseline | Kind::Purchase) => noun(journal, record),
        (None, _) => summary::line(journal, record),
    }
}

/// What a record is with its kind, so that it can stand in any sentence: "dose of 6 g Leaf powder", "urge 3, stress".
fn noun(journal: &Journal, record: &Record) -> String {
    let (kind, title) = (record.kind.facts().name, summary::title(journal, record));
    let amount = || {
        let unit = record.text(key::UNIT).unwrap_or_default();
        let amount = record
            .number(key::AMOUNT)
            .map(|amount| with_unit(amount, unit));
        amount.map_or(title.clone(), |amount| with_name(amount.trim(), &title))
    };
    match record.kind {
        Kind::Dose | Kind::Purchase => format!("{kind} of {}", amount()),
        Kind::Urge => summary::line(journal, record),
        Kind::Sign => format!("sign {title}"),
        Kind::DayWithout => format!("{kind} {title}"),
        // Without its attempt it has no name but its kind's.
        Kind::Baseline if title.eq_ignore_ascii_case(kind) => "note of how things stood".to_owned(),
        Kind::Baseline => format!("note of how things stood in {title}"),
        Kind::Plan => format!("{title} plan"),
        Kind::Question => {
            let is_asked = visit::is_asked(record);
            format!(
                "{kind} \"{title}\", {}",
                if is_asked { "asked" } else { "to ask" }
            )
        }
        Kind::Reason => format!("{kind} \"{title}\""),
        Kind::Substance
        | Kind::Intake
        | Kind::Practice
        | Kind::Measurement
        | Kind::Appointment
        | Kind::Product
        | Kind::Medication
        | Kind::OwnPractice
        | Kind::Treatment
        | Kind::Contact => format!("{kind} {}", summary::line(journal, record)),
    }
}

fn saved_check_in(journal: &Journal, check_in: &CheckIn, now: &Now) -> String {
    let held = answers(journal, check_in);
    if journal.check_in(check_in.id).is_some() {
        return format!(
            "Changed: {}, {held}",
            self::check_in(journal, check_in, now)
        );
    }
    let (moment, late) = (&check_in.moment, check_in.moment.late);
    let time = moment
        .given_time()
        .map_or_else(String::new, |_| format!(" {}", time(moment, now)));
    format!(
        "Saved{}: check-in, {held}, counts for {}{}",
        time,
        words::day_near(moment.day, today(journal, now)),
        if late { ", written late" } else { "" }
    )
}

/// "Severity 42 (18 of 18), overall 6, with a note"; "20 of 22 answered, Severity 42 (18 of 18)" where more was asked than the
/// index is made of; "1 rating" where only that was given and nothing else asked.
fn answers(journal: &Journal, check_in: &CheckIn) -> String {
    let (answered, asked) = (check_in.answered(), check_in.ratings.len());
    let core = check_in.totals.answered();
    let index = check_in.totals.severity();
    let index = index.map(|index| {
        format!(
            "Severity {} ({core} of {CORE_ITEMS})",
            Series::Severity.text(index, journal)
        )
    });
    let rated = match asked {
        0 => None,
        // The index says it.
        _ if index.is_some()
            && answered == usize::from(core)
            && asked <= usize::from(CORE_ITEMS) =>
        {
            None
        }
        // `--set` asks for nothing, so "1 of 1" would look like a whole check-in.
        _ if asked == answered && asked < usize::from(CORE_ITEMS) => {
            Some(words::count(answered, "rating", "ratings"))
        }
        _ => Some(format!("{answered} of {asked} answered")),
    };
    let overall = check_in
        .overall
        .map(|overall| format!("overall {}", overall.number()));
    let note = check_in.note.as_ref().map(|_| "with a note".to_owned());
    let parts = [rated, index, overall, note].into_iter().flatten();
    let parts: Vec<String> = parts.collect();
    parts.join(", ")
}

fn saved_attempt(journal: &Journal, attempt: &Attempt, now: &Now) -> String {
    let after = journal.attempts.with(attempt.clone());
    // Its number may move with its beginning.
    let Some(numbered) = after.by_id(attempt.id) else {
        return "Saved: attempt".to_owned();
    };
    let (today, number) = (today(journal, now), numbered.number);
    let what = self::attempt(numbered, today);
    let Some(before) = journal.attempts.by_id(attempt.id) else {
        return format!("Saved: {what}, {}", numbered.day_zero_text());
    };
    let before = before.attempt;
    match attempt.ended {
        _ if before.ended == attempt.ended => {
            format!("Changed: {what}, {}", numbered.day_zero_text())
        }
        Some((day, Ending::Ended)) => format!(
            "Attempt {number} ended {}; everything in it stays",
            words::day_near(day, today)
        ),
        Some((day, Ending::SetAside)) => format!(
            "Attempt {number} is set aside, its last day is {}; everything in it stays",
            words::day_near(day, today)
        ),
        None => format!("Attempt {number} goes on again"),
    }
}

/// What settings that differ come to, in a sentence for each; `None` when none differs.
pub(crate) fn settings(journal: &Journal, before: &Settings, after: &Settings) -> Option<String> {
    let mut lines = Vec::new();
    if before.day_end != after.day_end {
        lines.push(format!(
            "A day ends at {} from now on; entries already written keep their day",
            after.day_end
        ));
    }
    if before.country != after.country {
        let code = after.country.as_deref();
        let country = code.and_then(|code| help().country(code));
        lines.push(country.map_or_else(
            || "No country is chosen for the help lines".to_owned(),
            |country| format!("Help lines for {}", country.name),
        ));
    }
    if before.missing_skipped_until != after.missing_skipped_until {
        lines.push(match after.missing_skipped_until {
            Some(day) => format!(
                "Missing days up to {} are skipped and stay blank; a past day can be filled at any time",
                words::day(day)
            ),
            None => "Missing days are asked about again".to_owned(),
        });
    }
    let series = |code: &str| Series::find(code, journal).map(|series| series.name(journal));
    let practice = |code: &str| practice::by_code(journal, code).map(|practice| practice.name);
    lines.extend(differing(
        (&before.favourite_series, &after.favourite_series),
        series,
        (
            "stands among the favourites",
            "is no longer among the favourites",
        ),
    ));
    let symptom = |code: &str| journal.symptoms.find(code).map(|one| one.name.clone());
    lines.extend(differing(
        (&before.resting, &after.resting),
        symptom,
        (
            "rests from now on: it is asked on Sundays",
            "does not rest any more",
        ),
    ));
    if before.symptom_order != after.symptom_order {
        lines.push("Check-ins ask in another order from now on; what was rated stays".to_owned());
    }
    if before.something_good != after.something_good {
        let line = match after.something_good {
            OptionalLine::On => "Check-ins ask for something good from now on",
            OptionalLine::Off => "Something good is not asked any more; its history stays",
        };
        lines.push(line.to_owned());
    }
    if before.sleep_line != after.sleep_line {
        let line = match after.sleep_line {
            OptionalLine::On => "Check-ins ask for the hours slept from now on",
            OptionalLine::Off => "The hours slept are not asked any more; their history stays",
        };
        lines.push(line.to_owned());
    }
    lines.extend(differing(
        (&before.favourite_practices, &after.favourite_practices),
        practice,
        ("stands first from now on", "is no favourite any more"),
    ));
    lines.extend(differing(
        (&before.routine, &after.routine),
        practice,
        (
            "is in your routine",
            "is out of your routine; what you logged stays",
        ),
    ));
    if before.stocked != after.stocked {
        let line = match after.stocked {
            StockTracking::On => {
                "Stock and spending is on: purchases can be noted, and Plan says what they come to"
            }
            StockTracking::Off => "Stock and spending is off; what you noted stays",
        };
        lines.push(line.to_owned());
    }
    if before.same_day != after.same_day {
        lines.push(match after.same_day {
            SameDay::On => "Today shows the same day of earlier times".to_owned(),
            SameDay::Off => "The same day of earlier times is off".to_owned(),
        });
    }
    (!lines.is_empty()).then(|| lines.join(". "))
}

/// A line for each code that came in or went out.
fn differing(
    (before, after): (&Vec<String>, &Vec<String>),
    name: impl Fn(&str) -> Option<String>,
    (is_in, is_out): (&str, &str),
) -> Vec<String> {
    let named = |code: &String| name(code).unwrap_or_else(|| code.clone());
    let came = after.iter().filter(|code| !before.contains(code));
    let came = came.map(|code| format!("{} {is_in}", named(code)));
    let went = before.iter().filter(|code| !after.contains(code));
    came.chain(went.map(|code| format!("{} {is_out}", named(code))))
        .collect()
}

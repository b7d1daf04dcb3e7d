//! History as sentences: days with their check-ins; open, edit, delete, fill.

use super::session::{Asked, Session};
use super::talk::{Step, numbered, sayable};
use super::today::one_line;
use super::{care, check_in, form, missing, records};
use crate::domain::entry::search::{self, Hit, excerpt_of};
use crate::domain::entry::summary;
use crate::domain::entry::{Filter, What, days_with_entries, entries_of};
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::record::Record;
use crate::domain::record::draft::RecordDraft;
use crate::domain::series::Series;
use crate::domain::text::words;
use chrono::NaiveDate;

/// Days, or hits of a search, that are listed at once.
// Few at a time, because each line takes the time of hearing it.
const PAGE: usize = 7;
const WHICH: &str = "Which number?";

/// What a page of days understands; [`page`] and `?` say it.
const DAYS_ABOUT: &str = "A number opens a day of the list, and so does a day: yesterday, 12 Nov, 2026-11-22. more says earlier days; filter shows days with one kind of entry; list says these days again; undo takes the last change back.";

/// Days, latest first, a few at a time; a day opens with its check-ins.
pub(super) fn page(session: &mut Session<'_>) -> Step<()> {
    if days_with_entries(&session.journal, NaiveDate::MIN, NaiveDate::MAX).is_empty() {
        return session.say("History: no check-ins yet. check-in (c) writes the first.");
    }
    let (mut filter, mut from, mut is_news) = (Filter::All, 0, true);
    loop {
        let days = days_of(session, filter);
        let page: Vec<NaiveDate> = days.iter().skip(from).take(PAGE).copied().collect();
        if is_news && !session.talk.has_rest() {
            if from == 0 {
                let count = words::count(days.len(), "day", "days");
                let of = match filter {
                    Filter::All => String::new(),
                    filter => format!(" of {}", filter.label()),
                };
                session.say(&format!("History{of}: {count}, latest first."))?;
            }
            let days = page.iter();
            let lines: Vec<String> = days.map(|day| day_line(session, *day)).collect();
            session.say_numbered(lines)?;
        }
        is_news = true;
        let is_more = from + PAGE < days.len();
        let more = if is_more { "more, " } else { "" };
        let question = format!("A number or a day opens it; {more}filter, or done?");
        let typed = session.ask_line(Asked::new(&question, DAYS_ABOUT))?;
        // A number may be followed by what is wanted of its day: "1 open".
        let (word, rest) = typed.split_once(' ').unwrap_or((&typed, ""));
        match word {
            "more" | "m" if is_more => from += PAGE,
            "filter" | "F" => {
                session.talk.put_back(rest);
                filter = ask_filter(session)?.unwrap_or(filter);
                from = 0;
            }
            "list" => {}
            "" | "done" | "skip" => return Ok(()),
            // The word before typed days; "day 12 Nov" and "day" alone are understood still.
            "day" | "D" => {
                session.talk.put_back(rest);
                return ask_and_open(session);
            }
            word if session.took_back(word)? => {}
            word => {
                if let Some(day) = numbered(word, &page) {
                    session.talk.put_back(rest);
                    return open_day(session, *day);
                }
                if let Ok(day) = session.begun_day(&typed) {
                    return open_day(session, day);
                }
                let wanted = format!("a number, a day such as 12 Nov, {more}filter or done");
                session.not_an_answer(&typed, &wanted)?;
                // The list was said already.
                is_news = false;
            }
        }
    }
}

/// The days that have an entry of a kind, latest first: recent days are looked up most.
fn days_of(session: &Session<'_>, filter: Filter) -> Vec<NaiveDate> {
    let mut days = days_with_entries(&session.journal, NaiveDate::MIN, NaiveDate::MAX);
    days.retain(|day| filter == Filter::All || filter.holds_day(&session.journal, *day));
    days.reverse();
    days
}

/// Which kind of entries; `None` when it is skipped.
fn ask_filter(session: &mut Session<'_>) -> Step<Option<Filter>> {
    let has = |filter: &Filter| !days_of(session, *filter).is_empty();
    let filters: Vec<Filter> = Filter::all().into_iter().filter(has).collect();
    let labels: Vec<String> = filters
        .iter()
        .map(|filter| filter.label().to_owned())
        .collect();
    let question = format!(
        "Which entries? {}. A number or its words.",
        form::numbered(&labels)
    );
    let about = "Only days with such entries are said then; 1 is all of them again. skip leaves it as it is.";
    loop {
        let typed = session.ask_text(Asked::new(&question, about))?;
        let wanted = typed.to_lowercase();
        let by_words = || {
            let mut filters = filters.iter();
            filters.find(|filter| filter.label().starts_with(&wanted) || filter.code() == wanted)
        };
        match numbered(&typed, &filters).or_else(by_words) {
            _ if typed.is_empty() => return Ok(None),
            Some(filter) => return Ok(Some(*filter)),
            None => session.not_an_answer(&typed, &labels.join(", "))?,
        }
    }
}

/// The notes that have a text, latest first; a number opens the day.
pub(super) fn search(session: &mut Session<'_>) -> Step<()> {
    let about =
        "Letters of a note, in any case. The notes that have them are said, with their days.";
    let asked = Asked::new("Which text, in any case? skip leaves it.", about);
    let wanted = session.ask_text(asked)?;
    if wanted.is_empty() {
        return Ok(());
    }
    let hits = search::hits(&session.journal, &wanted);
    if hits.is_empty() {
        return session.say("No note has this text. Fewer letters find more.");
    }
    let notes = words::count(hits.len(), "note", "notes");
    session.say(&format!("{notes}, latest first."))?;
    let (mut from, mut is_news) = (0, true);
    loop {
        let page: Vec<Hit> = hits.iter().skip(from).take(PAGE).copied().collect();
        for (at, hit) in (1..).zip(&page).filter(|_| is_news) {
            let Some(note) = excerpt_of(&session.journal, *hit, &wanted) else {
                continue;
            };
            let note = format!("{}{}{}", note.before, note.hit, note.after);
            // Plain mode has no ellipsis: a screen reader may skip it.
            let note = sayable(&note).replace('\u{2026}', "...");
            let line = format!("{at}: {}: {note}", words::day(hit.day));
            session.say(&line)?;
        }
        let is_more = from + PAGE < hits.len();
        let more = if is_more { "more, " } else { "" };
        is_news = false;
        let question = format!("A number opens its day; {more}or done?");
        let about = "The number of a note opens its day, to hear, change or delete what it holds.";
        let word = session.ask(Asked::new(&question, about))?;
        match word.as_str() {
            "more" | "m" if is_more => (from, is_news) = (from + PAGE, true),
            "" | "done" | "skip" => return Ok(()),
            other => match numbered(other, &page) {
                Some(hit) => return open_day(session, hit.day),
                None => session.not_an_answer(other, &format!("a number, {more}or done"))?,
            },
        }
    }
}

fn ask_and_open(session: &mut Session<'_>) -> Step<()> {
    match session.ask_day("Which day? skip leaves it.")? {
        Some(day) => open_day(session, day),
        None => Ok(()),
    }
}

fn day_line(session: &Session<'_>, date: NaiveDate) -> String {
    let Some(day) = session.journal.day(date) else {
        let events = events(session, date);
        let events = if events.is_empty() {
            events
        } else {
            format!(", {events}")
        };
        return format!("{}: no check-in{events}", words::day(date));
    };
    let mut parts = vec![words::count(day.check_ins.len(), "check-in", "check-ins")];
    let symptoms = &session.journal.symptoms;
    if let Some(value) = Series::Severity.of_day(day) {
        let in_part = if Series::Severity.is_in_part(day, symptoms) {
            ", in part"
        } else {
            ""
        };
        let n = day.core_answered(&session.journal.symptoms);
        parts.push(format!(
            "severity {} ({n} of 18{in_part})",
            Series::Severity.shown(value)
        ));
    }
    if let Some(value) = Series::Overall.of_day(day) {
        parts.push(format!("overall {}", Series::Overall.shown(value)));
    }
    if day.check_ins.iter().any(|check_in| check_in.note.is_some()) {
        parts.push("with a note".to_owned());
    }
    let events = events(session, date);
    if !events.is_empty() {
        parts.push(events);
    }
    format!("{}: {}", words::day(date), parts.join(", "))
}

/// What happened on `date` beside its check-ins, in few words.
fn events(session: &Session<'_>, date: NaiveDate) -> String {
    let entries = entries_of(&session.journal, date);
    let events: Vec<String> = entries
        .iter()
        .filter_map(|entry| entry.event(&session.journal))
        .collect();
    events.join(", ")
}

/// A day with its check-ins; a number and a word work on one of them.
pub(super) fn open_day(session: &mut Session<'_>, date: NaiveDate) -> Step<()> {
    let about = "open says an entry whole, edit asks it anew, delete puts it away for 30 days; a number after it: open 2. fill adds a check-in; undo takes the last change back.";
    let mut is_news = true;
    loop {
        let ids = ids_of(session, date);
        if is_news && !session.talk.has_rest() {
            say_day(session, date)?;
        }
        is_news = true;
        let question = if ids.is_empty() {
            "fill, or done?"
        } else {
            "open, edit, delete (and its number), fill, or done?"
        };
        let carry_out = match session.ask(Asked::new(question, about))?.as_str() {
            "fill" | "f" => return missing::fill_day(session, date),
            "" | "done" | "skip" => return Ok(()),
            // Without an entry these words are no answers, as the question says.
            "open" | "o" if !ids.is_empty() => open,
            "edit" | "e" if !ids.is_empty() => change,
            "delete" if !ids.is_empty() => put_away,
            other if session.took_back(other)? => continue,
            other => {
                session.not_an_answer(other, "open, edit, delete, fill or done")?;
                // The day was said already.
                is_news = false;
                continue;
            }
        };
        if let Some(id) = session.pick_or_only(WHICH, &ids)? {
            carry_out(session, *id)?;
        }
    }
}

/// Says an entry whole.
fn open(session: &mut Session<'_>, id: EntryId) -> Step<()> {
    match session.journal.record(id).cloned() {
        Some(record) => say_record(session, &record),
        None => say_check_in(session, id),
    }
}

/// Asks an entry anew.
fn change(session: &mut Session<'_>, id: EntryId) -> Step<()> {
    match session.journal.record(id) {
        Some(record) => {
            let draft = RecordDraft::of(record, session.today());
            records::fill_record(session, draft)
        }
        None => check_in::edit(session, id),
    }
}

/// Puts an entry into the bin.
fn put_away(session: &mut Session<'_>, id: EntryId) -> Step<()> {
    match session.journal.record(id).cloned() {
        Some(record) => care::delete_record(session, &record),
        None => check_in::delete(session, id),
    }
}

/// The check-ins of a day, then its records: what its numbers stand for.
fn ids_of(session: &Session<'_>, date: NaiveDate) -> Vec<EntryId> {
    let check_ins = session.journal.check_ins(date).iter().map(|held| held.id);
    let records = session.journal.records(date).iter().map(|held| held.id);
    check_ins.chain(records).collect()
}

/// The sentence of a record, with the mark of one that is not as it was written.
fn marked(journal: &Journal, record: &Record) -> String {
    let mut parts = vec![summary::line(journal, record)];
    parts.extend(journal.mark_of(record.id));
    words::sentence(&parts.join(", "))
}

/// Every field of a record.
fn say_record(session: &mut Session<'_>, record: &Record) -> Step<()> {
    let mut lines = vec![marked(&session.journal, record)];
    for field in record.kind.facts().fields {
        if let Some(value) = record.fields.value(field.code) {
            lines.push(format!("{}: {}", field.label, sayable(&value.to_string())));
        }
    }
    session.say_each(lines)
}

fn say_day(session: &mut Session<'_>, date: NaiveDate) -> Step<()> {
    let manner = session.manner;
    let check_ins = session.journal.check_ins(date).iter();
    let check_ins = check_ins.map(|check_in| one_line(check_in, &session.journal, manner));
    let records = session.journal.records(date).iter().map(|record| {
        let moment = record.moment.as_ref();
        let time = moment.map_or_else(String::new, |at| format!("{}: ", manner.time_of(at)));
        words::sentence_head(&format!("{time}{}", marked(&session.journal, record)))
    });
    let lines: Vec<String> = check_ins.chain(records).collect();
    let entries = entries_of(&session.journal, date);
    let attempts = entries
        .iter()
        .filter(|entry| !matches!(entry.what, What::Record(_)));
    let events: Vec<String> = attempts
        .filter_map(|entry| {
            let mark = session.journal.mark_of(entry.id);
            let mark = mark.map_or_else(String::new, |mark| format!(" ({mark})"));
            Some(entry.event(&session.journal)? + &mark)
        })
        .collect();
    let events = events.join(", ");
    if !events.is_empty() {
        session.say(&format!("{}: {events}.", words::day(date)))?;
    }
    if lines.is_empty() {
        return session.say(&format!("{}: no entry.", words::day(date)));
    }
    session.say(&format!("{}:", words::day(date)))?;
    session.say_numbered(lines)
}

/// Every answer of a check-in, blanks said as blanks.
fn say_check_in(session: &mut Session<'_>, id: EntryId) -> Step<()> {
    let Some(check_in) = session.journal.check_in(id) else {
        return session.say(check_in::GONE);
    };
    let mut lines = vec![one_line(check_in, &session.journal, session.manner)];
    // In the order in which a check-in asks, which is not that of the saved ratings.
    for symptom in &session.journal.symptoms {
        let Some(rating) = check_in
            .ratings
            .iter()
            .find(|rating| rating.symptom == symptom.key)
        else {
            continue;
        };
        let answer = match rating.answer {
            Some(severity) => format!("{} {}", severity.number(), severity.word()),
            None => "blank".to_owned(),
        };
        let copied = if rating.copied { ", as last time" } else { "" };
        lines.push(format!("{}: {answer}{copied}", symptom.name));
    }
    if let Some(note) = &check_in.note {
        lines.push(format!("Note: {}", sayable(note)));
    }
    session.say_each(lines)
}

/// Changes a check-in of a day that is asked for.
pub(super) fn edit(session: &mut Session<'_>) -> Step<()> {
    session.before_writing()?;
    let id = pick(session, "edit")?;
    id.map_or(Ok(()), |id| check_in::edit(session, id))
}

/// Deletes a check-in of a day that is asked for.
pub(super) fn delete(session: &mut Session<'_>) -> Step<()> {
    session.before_writing()?;
    let id = pick(session, "delete")?;
    id.map_or(Ok(()), |id| check_in::delete(session, id))
}

/// Asks for a day that has check-ins, and for one of them.
fn pick(session: &mut Session<'_>, what: &str) -> Step<Option<EntryId>> {
    if session.journal.last_day().is_none() {
        session.say(&format!("There is no check-in to {what} yet."))?;
        return Ok(None);
    }
    let Some(date) = session.ask_day(&format!(
        "The check-in of which day to {what}? today, 2026-11-22; skip leaves it."
    ))?
    else {
        return Ok(None);
    };
    let check_ins = session.journal.check_ins(date).iter();
    let ids: Vec<EntryId> = check_ins.map(|check_in| check_in.id).collect();
    say_day(session, date)?;
    if ids.is_empty() {
        return Ok(None);
    }
    Ok(session.pick_or_only(WHICH, &ids)?.copied())
}

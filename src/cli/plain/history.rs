//! History as sentences: days with their check-ins; open, edit, delete, fill.

use super::session::Session;
use super::talk::{Step, sayable};
use super::today::one_line;
use crate::domain::entry::search::{excerpt_of, hits};
use crate::domain::entry::{What, days_with_entries, entries_of};
use crate::domain::id::EntryId;
use crate::domain::record::Record;
use crate::domain::record::draft::RecordDraft;
use crate::domain::series::Series;
use crate::domain::text::words;
use crate::domain::time::Moment;
use chrono::NaiveDate;

/// Days said at once.
const PAGE: usize = 7;

impl Session<'_> {
    /// Days, latest first, a page at a time; a day opens with its check-ins.
    pub(super) fn history(&mut self) -> Step<()> {
        let mut days = days_with_entries(&self.journal, NaiveDate::MIN, NaiveDate::MAX);
        days.reverse();
        if days.is_empty() {
            return self.say("History: no check-ins yet. check-in (c) writes the first.");
        }
        self.say(&format!(
            "History: {}, latest first.",
            words::count(days.len(), "day", "days")
        ))?;
        let mut from = 0;
        loop {
            let page: Vec<NaiveDate> = days.iter().skip(from).take(PAGE).copied().collect();
            if !self.talk.has_rest() {
                for (at, date) in (1..).zip(&page) {
                    let line = self.day_line(*date);
                    self.say(&format!("{at}: {line}"))?;
                }
            }
            let is_more = from + PAGE < days.len();
            let more = if is_more { "more, " } else { "" };
            let word = self.ask(&format!("A number opens a day; {more}day, or done?"))?;
            match word.as_str() {
                "more" | "m" if is_more => from += PAGE,
                "" | "done" | "skip" => return Ok(()),
                "day" | "D" => return self.history_day(),
                other => match other
                    .parse::<usize>()
                    .ok()
                    .and_then(|n| page.get(n.checked_sub(1)?))
                {
                    Some(date) => return self.open_day(*date),
                    None => self.not_an_answer(other, &format!("a number, {more}day or done"))?,
                },
            }
        }
    }

    /// The notes that have a text, latest first; a number opens the day.
    pub(super) fn search_notes(&mut self) -> Step<()> {
        let wanted = self.ask_text("Which text, in any case? skip leaves it.")?;
        if wanted.is_empty() {
            return Ok(());
        }
        let found = hits(&self.journal, &wanted);
        if found.is_empty() {
            return self.say("No note has this text. Fewer letters find more.");
        }
        let notes = words::count(found.len(), "note", "notes");
        self.say(&format!("{notes}, latest first."))?;
        let mut from = 0;
        loop {
            for (at, hit) in (1..).zip(found.iter().skip(from).take(PAGE)) {
                let Some(note) = excerpt_of(&self.journal, *hit, &wanted) else {
                    continue;
                };
                let note = format!("{}{}{}", note.before, note.hit, note.after);
                let note = sayable(&note).replace('\u{2026}', "...");
                let line = format!("{at}: {}: {note}", words::day(hit.day));
                self.say(&line)?;
            }
            let is_more = from + PAGE < found.len();
            let more = if is_more { "more, " } else { "" };
            match self
                .ask(&format!("A number opens its day; {more}or done?"))?
                .as_str()
            {
                "more" | "m" if is_more => from += PAGE,
                "" | "done" | "skip" => return Ok(()),
                other => {
                    let number = other
                        .parse::<usize>()
                        .ok()
                        .filter(|n| (1..=PAGE).contains(n));
                    match number.and_then(|n| found.get(from + n - 1)) {
                        Some(hit) => return self.open_day(hit.day),
                        None => self.not_an_answer(other, &format!("a number, {more}or done"))?,
                    }
                }
            }
        }
    }

    fn history_day(&mut self) -> Step<()> {
        match self.ask_day("Which day? skip leaves it.")? {
            Some(day) => self.open_day(day),
            None => Ok(()),
        }
    }

    fn day_line(&self, date: NaiveDate) -> String {
        let Some(day) = self.journal.day(date) else {
            let events = self.events(date);
            let events = if events.is_empty() {
                events
            } else {
                format!(", {events}")
            };
            return format!("{}: no check-in{events}", words::day(date));
        };
        let mut parts = vec![words::count(day.check_ins.len(), "check-in", "check-ins")];
        if let Some(value) = Series::Severity.of_day(day) {
            let n = day.core_answered(&self.journal.symptoms);
            parts.push(format!(
                "severity {} ({n} of 18)",
                Series::Severity.shown(value)
            ));
        }
        if let Some(value) = Series::Overall.of_day(day) {
            parts.push(format!("overall {}", Series::Overall.shown(value)));
        }
        if day.check_ins.iter().any(|check_in| check_in.note.is_some()) {
            parts.push("with a note".to_owned());
        }
        let events = self.events(date);
        if !events.is_empty() {
            parts.push(events);
        }
        format!("{}: {}", words::day(date), parts.join(", "))
    }

    /// What happened on `date` beside its check-ins, in few words.
    fn events(&self, date: NaiveDate) -> String {
        let entries = entries_of(&self.journal, date);
        let events: Vec<String> = entries
            .iter()
            .filter_map(|entry| entry.event(&self.journal))
            .collect();
        events.join(", ")
    }

    /// A day with its check-ins; a number and a word work on one of them.
    pub(super) fn open_day(&mut self, date: NaiveDate) -> Step<()> {
        loop {
            let ids = self.ids_of(date);
            if !self.talk.has_rest() {
                self.say_day(date)?;
            }
            let question = if ids.is_empty() {
                "fill, or done?"
            } else {
                "open, edit, delete (and its number), fill, or done?"
            };
            match self.ask(question)?.as_str() {
                "fill" | "f" => return self.fill_day(date),
                "" | "done" | "skip" => return Ok(()),
                "open" | "o" if !ids.is_empty() => {
                    if let Some(id) = self.which(&ids)? {
                        match self.journal.record(id).cloned() {
                            Some(record) => self.say_record(&record)?,
                            None => self.say_whole(id)?,
                        }
                    }
                }
                "edit" | "e" if !ids.is_empty() => {
                    if let Some(id) = self.which(&ids)? {
                        match self.journal.record(id).cloned() {
                            Some(record) => {
                                self.fill_record(RecordDraft::of(&record, date))?;
                            }
                            None => self.edit_check_in(id)?,
                        }
                    }
                }
                "delete" if !ids.is_empty() => {
                    if let Some(id) = self.which(&ids)? {
                        match self.journal.record(id).cloned() {
                            Some(record) => self.delete_record(&record)?,
                            None => self.delete_check_in(id)?,
                        }
                    }
                }
                other => self.not_an_answer(other, "open, edit, delete, fill or done")?,
            }
        }
    }

    /// The check-ins of a day, then its records: what its numbers stand for.
    fn ids_of(&self, date: NaiveDate) -> Vec<EntryId> {
        let check_ins = self.journal.check_ins(date).iter().map(|held| held.id);
        let records = self.journal.records(date).iter().map(|held| held.id);
        check_ins.chain(records).collect()
    }

    /// Every field of a record.
    fn say_record(&mut self, record: &Record) -> Step<()> {
        let mut lines = vec![words::sentence(&self.journal.said(record))];
        for field in record.kind.facts().fields {
            if let Some(value) = record.fields.value(field.code) {
                lines.push(format!("{}: {}", field.label, sayable(&value.to_string())));
            }
        }
        lines.iter().try_for_each(|line| self.say(line))
    }

    fn say_day(&mut self, date: NaiveDate) -> Step<()> {
        let manner = self.manner();
        let check_ins = self.journal.check_ins(date).iter();
        let check_ins = check_ins.map(|check_in| one_line(check_in, &self.journal, manner));
        let records = self.journal.records(date).iter().map(|record| {
            let time = record.moment.as_ref().map(Moment::wall_time);
            let time = time.map_or_else(String::new, |time| format!("{}: ", manner.time(time)));
            words::sentence(&format!("{time}{}", self.journal.said(record)))
        });
        let lines: Vec<String> = check_ins.chain(records).collect();
        let entries = entries_of(&self.journal, date);
        let attempts = entries
            .iter()
            .filter(|entry| !matches!(entry.what, What::Record(_)));
        let events: Vec<String> = attempts
            .filter_map(|entry| entry.event(&self.journal))
            .collect();
        let events = events.join(", ");
        if !events.is_empty() {
            self.say(&format!("{}: {events}.", words::day(date)))?;
        }
        if lines.is_empty() {
            return self.say(&format!("{}: no entry.", words::day(date)));
        }
        self.say(&format!("{}:", words::day(date)))?;
        for (at, line) in (1..).zip(lines) {
            self.say(&format!("{at}: {line}"))?;
        }
        Ok(())
    }

    /// One of `ids`, by its number; not asked when there is one.
    fn which(&mut self, ids: &[EntryId]) -> Step<Option<EntryId>> {
        if let [one] = ids {
            // "edit 1" is as good as "edit".
            if self.talk.has_rest() {
                let word = self.talk.word();
                if word != "1" {
                    self.talk.put_back(&word);
                }
            }
            return Ok(Some(*one));
        }
        let number = self.ask_number("Which number?", ids.len())?;
        Ok(number.and_then(|number| ids.get(number - 1).copied()))
    }

    /// Every answer of a check-in, blanks said as blanks.
    fn say_whole(&mut self, id: EntryId) -> Step<()> {
        let Some(check_in) = self.journal.check_in(id) else {
            return self.say("That check-in is not there any more.");
        };
        let mut lines = vec![one_line(check_in, &self.journal, self.manner())];
        for symptom in &self.journal.symptoms {
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
        lines.iter().try_for_each(|line| self.say(line))
    }

    pub(super) fn edit_one(&mut self) -> Step<()> {
        match self.pick("edit")? {
            Some(id) => self.edit_check_in(id),
            None => Ok(()),
        }
    }

    pub(super) fn delete_one(&mut self) -> Step<()> {
        match self.pick("delete")? {
            Some(id) => self.delete_check_in(id),
            None => Ok(()),
        }
    }

    /// Asks for a day that has check-ins, and for one of them.
    fn pick(&mut self, what: &str) -> Step<Option<EntryId>> {
        if self.journal.last_day().is_none() {
            self.say(&format!("There is no check-in to {what} yet."))?;
            return Ok(None);
        }
        let Some(date) = self.ask_day(&format!(
            "The check-in of which day to {what}? today, 2026-11-22; skip leaves it."
        ))?
        else {
            return Ok(None);
        };
        let check_ins = self.journal.check_ins(date).iter();
        let ids: Vec<EntryId> = check_ins.map(|check_in| check_in.id).collect();
        self.say_day(date)?;
        if ids.is_empty() {
            Ok(None)
        } else {
            self.which(&ids)
        }
    }
}

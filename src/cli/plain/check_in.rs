//! The check-in as questions: full, brief, for past days, and editing.
//!
//! Invariant: a blank stays blank; after a word that is no answer the rest of its line is let go, so that no number ever
//! lands on another symptom than the one it was typed for.

use super::Asked;
use super::session::{Reply, Session};
use super::sitting::{Field, Next, Row, Sitting, row_question, said_so_far};
use super::talk::{Step, Stop};
use crate::domain::check_in::catalogue::Category;
use crate::domain::check_in::symptom::{Severity, Symptom, SymptomKey};
use crate::domain::check_in::{Answer, CheckInDraft, Form, Intent, Overall};
use crate::domain::id::EntryId;
use crate::domain::journal::LastTime;
use crate::domain::journal::change::Change;
use crate::domain::text::words;
use chrono::NaiveDate;

impl Session<'_> {
    /// A check-in for `day`, today when `None`: goes on with that day's draft, asks once about an older one.
    pub(super) fn check_in(&mut self, form: Form, day: Option<NaiveDate>) -> Step<()> {
        let draft = self.draft_for(form, day)?;
        self.sit(draft).map(|_| ())
    }

    /// One check-in for `ebb checkin`: the end of the input saves.
    pub(super) fn check_in_once(&mut self, form: Form) -> Step<Asked> {
        let draft = self.draft_for(form, None)?;
        let id = draft.id;
        match self.sit(draft) {
            Err(Stop::InputEnded) => {
                let kept = self
                    .store
                    .drafts()?
                    .into_iter()
                    .find(|draft| draft.id == id);
                let Some(draft) = kept else {
                    return Ok(Asked::Nothing);
                };
                let rows = self.rows(&draft);
                self.save(&draft, &rows)
                    .map(|saved| saved.map_or(Asked::DraftKept, Asked::Saved))
            }
            Ok(Some(day)) => Ok(Asked::Saved(day)),
            Ok(None) | Err(Stop::Quit | Stop::Back) => {
                let is_kept = self.store.drafts()?.iter().any(|draft| draft.id == id);
                Ok(if is_kept {
                    Asked::DraftKept
                } else {
                    Asked::Nothing
                })
            }
            Err(other) => Err(other),
        }
    }

    /// Changes the check-in with this id; a kept draft of that change is gone on with.
    pub(super) fn edit_check_in(&mut self, id: EntryId) -> Step<()> {
        let kept = self
            .store
            .drafts()?
            .into_iter()
            .find(|draft| draft.id == id);
        let stored = self
            .journal
            .check_in(id)
            .map(|check_in| CheckInDraft::of(check_in, &self.journal.symptoms));
        match kept.or(stored) {
            Some(draft) => self.sit(draft).map(|_| ()),
            None => self.say("That check-in is not there any more."),
        }
    }

    fn draft_for(&mut self, form: Form, day: Option<NaiveDate>) -> Step<CheckInDraft> {
        let today = self.today();
        let day = day.unwrap_or(today);
        let drafts = self.store.drafts()?;
        let fits = |draft: &&CheckInDraft| {
            draft.day == day
                && draft.intent == Intent::Add
                && (form == Form::Full || draft.form == Form::Brief)
        };
        if let Some(draft) = drafts.iter().rev().find(fits) {
            let mut draft = draft.clone();
            if form == Form::Full {
                draft.form = Form::Full;
            }
            self.say(&format!(
                "Going on with the draft for {}: {}.",
                words::day(draft.day),
                said_so_far(&draft)
            ))?;
            return Ok(draft);
        }
        let older = drafts.into_iter().find(|draft| {
            form == Form::Full
                && draft.intent == Intent::Add
                && !self.asked_drafts.contains(&draft.id)
        });
        if let Some(older) = older {
            let question = format!(
                "There is a draft for {}, {}: {}. go on with it, save it, drop it, or leave it?",
                words::day(older.day),
                words::relative_day(older.day, today),
                said_so_far(&older)
            );
            loop {
                match self.ask(&question)?.to_lowercase().as_str() {
                    "go" | "on" | "yes" | "y" => return Ok(older),
                    "save" => {
                        let rows = self.rows(&older);
                        self.save(&older, &rows)?;
                    }
                    "drop" => {
                        self.store.drop_draft(older.id)?;
                        self.say("Draft dropped.")?;
                    }
                    "leave" | "skip" | "no" | "n" | "" => self.asked_drafts.push(older.id),
                    other => {
                        self.not_an_answer(other, "go, save, drop or leave")?;
                        continue;
                    }
                }
                break;
            }
        }
        Ok(CheckInDraft::new(self.new_id(), form, day))
    }

    /// Asks until it is saved, left, or the input ends. The day it was saved for; `None` when it was left.
    fn sit(&mut self, draft: CheckInDraft) -> Step<Option<NaiveDate>> {
        let rows = self.rows(&draft);
        let first_blank = rows
            .iter()
            .position(|row| !draft.answers.contains_key(&row.symptom.code));
        let at = match first_blank {
            _ if draft.intent == Intent::Edit && !rows.is_empty() => Field::Row(0),
            Some(at) => Field::Row(at),
            None => Field::Overall,
        };
        let mut sitting = Sitting {
            draft,
            rows,
            at,
            returns_to: None,
            taken: Vec::new(),
        };
        self.introduce(&sitting)?;
        loop {
            self.say_taken(&mut sitting)?;
            let step = match sitting.at {
                Field::Row(at) => self.ask_row(&mut sitting, at),
                Field::Overall => self.ask_overall(&mut sitting),
                Field::Note => self.ask_note(&mut sitting),
            };
            match step {
                Ok(Next::Ask) => {}
                Ok(Next::Save) => {
                    sitting.taken.clear();
                    if let Some(day) = self.save(&sitting.draft, &sitting.rows)? {
                        return Ok(Some(day));
                    }
                }
                Err(Stop::Back) => match sitting.before() {
                    Some(before) => {
                        sitting.returns_to = None;
                        sitting.at = before;
                    }
                    None => return self.leave(&sitting.draft).map(|()| None),
                },
                Err(Stop::Quit) => {
                    self.leave(&sitting.draft)?;
                    return Err(Stop::Quit);
                }
                Err(other) => return Err(other),
            }
        }
    }

    fn introduce(&mut self, sitting: &Sitting) -> Step<()> {
        let draft = &sitting.draft;
        let title = match (draft.intent, draft.form) {
            (Intent::Edit, _) => "Edit check-in",
            (_, Form::Full) => "Check-in",
            (_, Form::Brief) => "Brief check-in",
        };
        let number = self
            .journal
            .attempts
            .on(draft.day)
            .and_then(|on| on.attempt.day_number(draft.day));
        let counted = number.map(|day| self.manner().counted(day));
        let number = counted.map_or_else(String::new, |day| format!(", day {day}"));
        self.say(&format!("{title} for {}{number}.", words::day(draft.day)))?;
        if draft.form == Form::Full && !self.talk.has_rest() {
            self.say("0 none, 1 mild, 2 moderate, 3 severe, 4 very severe. skip (.) leaves blank, same (=) is as last time, rest (A) the rest as last time, overall (o), note (n), day (D), done saves. One line takes many answers.")?;
        }
        Ok(())
    }

    fn say_taken(&mut self, sitting: &mut Sitting) -> Step<()> {
        if self.talk.has_rest() {
            return Ok(());
        }
        let taken = std::mem::take(&mut sitting.taken);
        if taken.len() > 1 {
            self.say(&format!("Taken: {}.", taken.join(", ")))?;
        }
        Ok(())
    }

    fn ask_row(&mut self, sitting: &mut Sitting, at: usize) -> Step<Next> {
        let Some(row) = sitting.rows.get(at) else {
            sitting.at = Field::Overall;
            return Ok(Next::Ask);
        };
        let question = row_question(sitting, row, at);
        let name = row.symptom.name.clone();
        let (code, last) = (row.symptom.code.clone(), row.last);
        let word = self.ask(&question)?;
        let answer = match word.as_str() {
            "." | "skip" => None,
            "=" | "same" => match last {
                LastTime::Offered(severity, _) => Some(Answer {
                    severity,
                    copied: true,
                }),
                LastTime::TooOld(_, on) => {
                    let on = words::day(on);
                    self.say(&format!(
                        "Last answered {on}: more than 3 days ago, so it is not taken over."
                    ))?;
                    self.talk.drop_rest()?;
                    return Ok(Next::Ask);
                }
                LastTime::Never => {
                    self.say("Not answered before, so there is nothing to take over.")?;
                    self.talk.drop_rest()?;
                    return Ok(Next::Ask);
                }
            },
            "what" => {
                let about = sitting
                    .rows
                    .get(at)
                    .map_or("", |row| row.symptom.description())
                    .to_owned();
                self.say(&format!(
                    "{name}: {}",
                    if about.is_empty() {
                        "your own symptom."
                    } else {
                        &about
                    }
                ))?;
                return Ok(Next::Ask);
            }
            "A" | "rest" => {
                self.rest_as_last_time(sitting, at)?;
                return Ok(Next::Ask);
            }
            other => match other.parse::<u8>().ok().and_then(Severity::new) {
                Some(severity) => Some(Answer {
                    severity,
                    copied: false,
                }),
                None => return self.other_word(sitting, other, "0 to 4, skip, same, back or done"),
            },
        };
        if let Some(answer) = answer {
            let copied = if answer.copied { " as last time" } else { "" };
            sitting
                .taken
                .push(format!("{name} {}{copied}", answer.severity.number()));
            sitting.draft.answers.insert(code, answer);
        } else {
            sitting.taken.push(format!("{name} blank"));
            sitting.draft.answers.remove(&code);
        }
        self.keep(&sitting.draft)?;
        sitting.at = sitting.after(at);
        Ok(Next::Ask)
    }

    fn rest_as_last_time(&mut self, sitting: &mut Sitting, from: usize) -> Step<()> {
        let (mut taken, mut left) = (0, 0);
        for row in sitting.rows.iter().skip(from) {
            if sitting.draft.answers.contains_key(&row.symptom.code) {
                continue;
            }
            if let LastTime::Offered(severity, _) = row.last {
                sitting.draft.answers.insert(
                    row.symptom.code.clone(),
                    Answer {
                        severity,
                        copied: true,
                    },
                );
                taken += 1;
            } else {
                left += 1;
            }
        }
        self.keep(&sitting.draft)?;
        sitting.at = Field::Overall;
        let left = if left == 0 {
            String::new()
        } else {
            format!(" {left} left blank: no answer within the last 3 days.")
        };
        self.say(&format!(
            "{} as last time.{left}",
            words::count(taken, "answer", "answers")
        ))
    }

    fn ask_overall(&mut self, sitting: &mut Sitting) -> Step<Next> {
        let given = sitting
            .draft
            .overall
            .map_or_else(String::new, |n| format!(" It is {} now.", n.number()));
        let question = words::overall_question(sitting.draft.day, self.today());
        let word = self.ask(&format!("{question}{given} 0 to 10, or skip."))?;
        sitting.draft.overall = match word.as_str() {
            "." | "skip" => None,
            "t" => Overall::new(Overall::TOP),
            "=" | "same" => {
                self.say("The overall is asked anew each time.")?;
                self.talk.drop_rest()?;
                return Ok(Next::Ask);
            }
            other => match other.parse::<u8>().ok().and_then(Overall::new) {
                Some(overall) => Some(overall),
                None => {
                    return self.other_word(sitting, other, "0 to 10, skip, note, back or done");
                }
            },
        };
        self.keep(&sitting.draft)?;
        if sitting.draft.form == Form::Brief
            && sitting.draft.intent == Intent::Add
            && !sitting.draft.is_blank()
        {
            return Ok(Next::Save);
        }
        let said = sitting.draft.overall.map_or_else(
            || "overall blank".to_owned(),
            |n| format!("overall {}", n.number()),
        );
        sitting.taken.push(said);
        sitting.at = Field::Note;
        Ok(Next::Ask)
    }

    /// A note is one line when it follows other words, else lines until an empty one.
    fn ask_note(&mut self, sitting: &mut Sitting) -> Step<Next> {
        let is_on_the_same_line = self.talk.has_rest();
        let returns_to = sitting.returns_to;
        let held = !sitting.draft.note.trim().is_empty();
        let question = if held {
            let note = sitting.draft.note.clone();
            if !is_on_the_same_line {
                self.say(&format!("The note so far: {note}"))?;
            }
            "Note? New lines take its place, an empty line ends it, skip leaves it, clear empties it."
        } else {
            "Note? Lines until an empty one; done saves the check-in."
        };
        let mut lines: Vec<String> = Vec::new();
        loop {
            let line = self.ask_line(if lines.is_empty() { question } else { "" })?;
            match (line.as_str(), lines.is_empty()) {
                ("done", _) => return Ok(Next::Save),
                ("" | "skip" | ".", _) => break,
                ("clear", true) if held => {
                    sitting.draft.note.clear();
                    self.keep(&sitting.draft)?;
                    self.say("The note is empty now.")?;
                    return Ok(Next::Ask);
                }
                ("day" | "D", true) => return self.other_word(sitting, &line, ""),
                _ => {}
            }
            lines.push(line);
            sitting.draft.note = lines.join("\n");
            self.keep(&sitting.draft)?;
            if is_on_the_same_line {
                break;
            }
        }
        match returns_to {
            Some(field) => {
                sitting.at = field;
                sitting.returns_to = None;
                Ok(Next::Ask)
            }
            None => Ok(Next::Save),
        }
    }

    /// Words that lead elsewhere on the form.
    fn other_word(&mut self, sitting: &mut Sitting, word: &str, wanted: &str) -> Step<Next> {
        match word {
            "done" | "save" => return Ok(Next::Save),
            "o" | "overall" => sitting.at = Field::Overall,
            "n" | "note" => {
                sitting.returns_to = Some(sitting.at);
                sitting.at = Field::Note;
            }
            "D" | "day" => {
                let today = words::day(sitting.draft.day);
                let question =
                    format!("Which day does it count for? It is {today} now; skip leaves it.");
                match self.ask_day(&question) {
                    Ok(Some(day)) => {
                        if sitting.draft.intent == Intent::Add {
                            sitting.draft.at = None;
                        }
                        sitting.draft.day = day;
                        sitting.rows = self.rows(&sitting.draft);
                        self.keep(&sitting.draft)?;
                        self.say(&format!("It counts for {}.", words::day(day)))?;
                    }
                    Ok(None) | Err(Stop::Back) => {}
                    Err(other) => return Err(other),
                }
            }
            other => self.not_an_answer(other, wanted)?,
        }
        Ok(Next::Ask)
    }

    fn leave(&mut self, draft: &CheckInDraft) -> Step<()> {
        if draft.is_blank() {
            self.store.drop_draft(draft.id)?;
            return self.say("Nothing was filled in, nothing is kept.");
        }
        self.say("Draft kept, not saved. check-in (c) goes on with it.")
    }

    /// Saves `draft`; the day it counts for, `None` when it could not be saved.
    fn save(&mut self, draft: &CheckInDraft, rows: &[Row]) -> Step<Option<NaiveDate>> {
        let now = self.now();
        let moment = self.journal.moment_of(draft, &now);
        let day = moment.day;
        let asked: Vec<SymptomKey> = rows.iter().map(|row| row.symptom.key).collect();
        let check_in = match draft.into_check_in(moment, asked.into_iter(), &self.journal.symptoms)
        {
            Ok(check_in) => check_in,
            Err(blank) => {
                self.say(&words::sentence(&blank.to_string()))?;
                self.talk.drop_rest()?;
                return Ok(None);
            }
        };
        let (answered, of, is_late) = (
            check_in.answered(),
            check_in.ratings.len(),
            check_in.moment.late,
        );
        if self.write(&[Change::RecordCheckIn(check_in)])?.is_none() {
            self.say(
                "What you answered is still here; done tries again, quit keeps it as a draft.",
            )?;
            return Ok(None);
        }
        let mut said = format!("Saved {}, counts for {}.", now.time(), words::day(day));
        if of > 0 {
            said = format!("{said} {answered} of {of} answered.");
        }
        if let Some(overall) = draft.overall {
            said = format!("{said} Overall {}.", overall.number());
        }
        if is_late && draft.intent == Intent::Add {
            said += " Marked as written late.";
        }
        self.say(&said)?;
        Ok(Some(day))
    }

    fn rows(&self, draft: &CheckInDraft) -> Vec<Row> {
        if draft.form == Form::Brief {
            return Vec::new();
        }
        let journal = &self.journal;
        let before = journal.moment_of(draft, &self.now()).at_utc;
        let last = |symptom: &Symptom| journal.last_time(symptom, draft.day, before, draft.id);
        // What was answered stays among the questions, also when it was switched off since.
        let stays = |symptom: &&Symptom| symptom.rated || draft.answers.contains_key(&symptom.code);
        let mut rows: Vec<Row> = journal
            .symptoms
            .iter()
            .filter(stays)
            .map(|s| Row {
                last: last(s),
                symptom: s.clone(),
            })
            .collect();
        rows.sort_by_key(|row| row.symptom.category != Category::Physical);
        rows
    }

    /// Asks whether the check-in may be put away, and does it.
    pub(super) fn delete_check_in(&mut self, id: EntryId) -> Step<()> {
        let Some(moment) = self
            .journal
            .check_in(id)
            .map(|check_in| check_in.moment.clone())
        else {
            return self.say("That check-in is not there any more.");
        };
        let what = format!(
            "{}, {}",
            words::day(moment.day),
            self.manner().time(moment.wall_time())
        );
        if self.confirm(&format!("Delete the check-in of {what}?"))? == Reply::No {
            return self.say("It stays.");
        }
        self.write_and_say(
            &[Change::DeleteCheckIn(id)],
            "Deleted. undo (z) brings it back.",
        )
    }
}

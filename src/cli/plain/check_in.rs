//! The check-in as questions: full, brief, for past days, and editing.
//!
//! Invariant: a blank stays blank; after a word that is no answer the rest of its line is let go, so that no number ever
//! lands on another symptom than the one it was typed for.

use super::Asked;
use super::session::{Reply, Session};
use super::sitting::{Next, Questions, overall_question, row_question, said_so_far};
use super::talk::{Step, Stop};
use crate::domain::check_in::sitting::{Field, Sitting};
use crate::domain::check_in::{CheckInDraft, Form, Intent, Overall};
use crate::domain::id::EntryId;
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
                let sitting = self.sitting(draft);
                self.save(&sitting)
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
        let kept = self.store.drafts()?;
        match self.journal.edit_of(id, &kept) {
            Some(draft) => self.sit(draft).map(|_| ()),
            None => self.say("That check-in is not there any more."),
        }
    }

    fn draft_for(&mut self, form: Form, day: Option<NaiveDate>) -> Step<CheckInDraft> {
        let today = self.today();
        let day = day.unwrap_or(today);
        let drafts = self.store.drafts()?;
        if let Some(draft) = CheckInDraft::kept_for(&drafts, form, day) {
            self.say(&format!(
                "Going on with the draft for {}: {}.",
                words::day(draft.day),
                said_so_far(&draft)
            ))?;
            return Ok(draft);
        }
        let older = CheckInDraft::older(&drafts, form, day)
            .find(|draft| !self.asked_drafts.contains(&draft.id))
            .cloned();
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
                        let sitting = self.sitting(older);
                        self.save(&sitting)?;
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
        let sitting = self.sitting(draft);
        let mut questions = Questions {
            at: sitting.first(),
            sitting,
            returns_to: None,
            taken: Vec::new(),
        };
        self.introduce(&questions.sitting.draft)?;
        loop {
            self.say_taken(&mut questions)?;
            let step = match questions.at {
                Field::Row(_) | Field::Overall => self.ask_number_of(&mut questions),
                Field::Note => self.ask_note(&mut questions),
            };
            match step {
                Ok(Next::Ask) => {}
                Ok(Next::Save) => {
                    questions.taken.clear();
                    if let Some(day) = self.save(&questions.sitting)? {
                        return Ok(Some(day));
                    }
                }
                Err(Stop::Back) => match questions.before() {
                    Some(before) => {
                        questions.returns_to = None;
                        questions.at = before;
                    }
                    None => return self.leave(&questions.sitting.draft).map(|()| None),
                },
                Err(Stop::Quit) => {
                    self.leave(&questions.sitting.draft)?;
                    return Err(Stop::Quit);
                }
                Err(other) => return Err(other),
            }
        }
    }

    fn introduce(&mut self, draft: &CheckInDraft) -> Step<()> {
        let title = draft.title();
        let number = self.journal.attempts.day_number(draft.day);
        let counted = number.map(|day| self.manner().counted(day));
        let number = counted.map_or_else(String::new, |day| format!(", day {day}"));
        self.say(&format!("{title} for {}{number}.", words::day(draft.day)))?;
        if draft.form == Form::Full && !self.talk.has_rest() {
            self.say("0 none, 1 mild, 2 moderate, 3 severe, 4 very severe. skip (.) leaves blank, same (=) is as last time, rest (A) the rest as last time, overall (o), note (n), day (D), done saves. One line takes many answers.")?;
        }
        Ok(())
    }

    fn say_taken(&mut self, questions: &mut Questions) -> Step<()> {
        if self.talk.has_rest() {
            return Ok(());
        }
        let taken = std::mem::take(&mut questions.taken);
        if taken.len() > 1 {
            self.say(&format!("Taken: {}.", taken.join(", ")))?;
        }
        Ok(())
    }

    /// A symptom or the overall.
    fn ask_number_of(&mut self, questions: &mut Questions) -> Step<Next> {
        let (sitting, at) = (&mut questions.sitting, questions.at);
        let about = sitting.row(at).map(|row| row.symptom.description());
        let (name, question, wanted) = match sitting.row(at) {
            Some(row) => (
                row.symptom.name.clone(),
                row_question(sitting, row),
                "0 to 4, skip, same, back or done",
            ),
            None => (
                "overall".to_owned(),
                overall_question(sitting, self.today()),
                "0 to 10, skip, note, back or done",
            ),
        };
        let word = self.ask(&question)?;
        let answer = match (word.as_str(), about) {
            ("." | "skip", _) => {
                sitting.blank(at);
                "blank".to_owned()
            }
            ("=" | "same", _) => match sitting.same(at) {
                Ok(severity) => format!("{} as last time", severity.number()),
                Err(refusal) => {
                    self.say(&refusal.to_string())?;
                    self.talk.drop_rest()?;
                    return Ok(Next::Ask);
                }
            },
            ("what", Some(about)) => {
                let own = "your own symptom.";
                let about = if about.is_empty() { own } else { about };
                self.say(&format!("{name}: {about}"))?;
                return Ok(Next::Ask);
            }
            ("A" | "rest", Some(_)) => {
                let rest = sitting.rest(at);
                self.keep(&sitting.draft)?;
                questions.at = Field::Overall;
                self.say(&rest.to_string())?;
                return Ok(Next::Ask);
            }
            (word, about) => {
                let is_ten = word == "t" && about.is_none();
                match word.parse().ok().or(is_ten.then_some(Overall::TOP)) {
                    Some(number) if sitting.rate(at, number) => number.to_string(),
                    _ => return self.other_word(questions, word, wanted),
                }
            }
        };
        self.keep(&sitting.draft)?;
        questions.taken.push(format!("{name} {answer}"));
        Ok(questions.go_on())
    }

    /// A note is one line when it follows other words, else lines until an empty one.
    fn ask_note(&mut self, questions: &mut Questions) -> Step<Next> {
        let is_on_the_same_line = self.talk.has_rest();
        let draft = &mut questions.sitting.draft;
        let held = !draft.note.trim().is_empty();
        let question = if held {
            let note = draft.note.clone();
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
                    draft.note.clear();
                    self.keep(draft)?;
                    self.say("The note is empty now.")?;
                    return Ok(Next::Ask);
                }
                ("day" | "D", true) => return self.other_word(questions, &line, ""),
                _ => {}
            }
            lines.push(line);
            draft.note = lines.join("\n");
            self.keep(draft)?;
            if is_on_the_same_line {
                break;
            }
        }
        Ok(questions.go_on())
    }

    /// Words that lead elsewhere on the form.
    fn other_word(&mut self, questions: &mut Questions, word: &str, wanted: &str) -> Step<Next> {
        match word {
            "done" | "save" => return Ok(Next::Save),
            "o" | "overall" => questions.at = Field::Overall,
            "n" | "note" => {
                questions.returns_to = Some(questions.at);
                questions.at = Field::Note;
            }
            "D" | "day" => {
                let today = words::day(questions.sitting.draft.day);
                let question =
                    format!("Which day does it count for? It is {today} now; skip leaves it.");
                match self.ask_day(&question) {
                    Ok(Some(day)) => {
                        let mut draft = questions.sitting.draft.clone();
                        draft.count_for(day);
                        self.keep(&draft)?;
                        questions.sitting = self.sitting(draft);
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

    /// Saves `sitting`; the day it counts for, `None` when it could not be saved.
    fn save(&mut self, sitting: &Sitting) -> Step<Option<NaiveDate>> {
        let (now, draft) = (self.now(), &sitting.draft);
        let moment = self.journal.moment_of(draft, &now);
        let day = moment.day;
        let check_in = match sitting.check_in(moment, &self.journal.symptoms) {
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
        let mut said = format!("{}.", words::saved(&now.time(), day));
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

    fn sitting(&self, draft: CheckInDraft) -> Sitting {
        let at_utc = self.journal.moment_of(&draft, &self.now()).at_utc;
        self.journal.sitting(draft, at_utc)
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

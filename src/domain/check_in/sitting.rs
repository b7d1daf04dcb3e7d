//! A check-in while the person answers it: the order of the questions, the effect of an answer on the draft, and "as last
//! time". The full screen, plain mode and `ebb checkin` share it; each has its own keys, words and drawing.
//!
//! Invariant: a blank stays blank. Only [`Sitting::rate`], [`Sitting::same`] and [`Sitting::rest`] give a symptom an answer.

use super::catalogue::Category;
use super::symptom::{Severity, Symptom, Symptoms};
use super::{Answer, CheckInDraft, Form, GOOD_TOP, Intent, Overall};
use crate::domain::order::Ordered;
use crate::domain::text::words;
use chrono::{Days, NaiveDate};
use std::fmt;

// Withdrawal changes within days, so an older answer would be a guess about today.
/// How many days an answer can be copied "as last time".
const LAST_TIME_DAYS: u64 = 3;

/// A question of the check-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    /// A symptom, by its index in [`Sitting::rows`].
    Row(usize),
    /// Something good, where it is asked.
    Good,
    /// The overall.
    Overall,
    /// The hours slept, where they are asked.
    Sleep,
    /// The note.
    Note,
}

/// The last answer of a symptom, for "as last time".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LastTime {
    /// There is none.
    Never,
    /// It is too old to be copied.
    TooOld(Severity, NaiveDate),
    /// It can be copied.
    Offered(Severity, NaiveDate),
}

impl LastTime {
    /// The state of the most recent answer, given with its day, in a check-in for `day`.
    fn of(answer: Option<(Severity, NaiveDate)>, day: NaiveDate) -> Self {
        let Some((severity, on)) = answer else {
            return Self::Never;
        };
        let until = on.checked_add_days(Days::new(LAST_TIME_DAYS));
        if until.is_none_or(|until| day <= until) {
            Self::Offered(severity, on)
        } else {
            Self::TooOld(severity, on)
        }
    }
}

/// A symptom of the form, with its last answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SymptomRow {
    /// The symptom.
    pub(crate) symptom: Symptom,
    /// Its last answer.
    pub(crate) last: LastTime,
    /// Whether the check-in asks for it, so that a blank is kept as one. An edited check-in shows more than it asked.
    pub(crate) is_asked: bool,
}

/// The reason why no answer is copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotSame {
    /// Only symptoms have "as last time".
    #[error("This is asked anew each time.")]
    NoSymptom,
    /// There is no earlier answer.
    #[error("Not answered before, so there is nothing to take over.")]
    Never,
    /// The last answer, on this day, is too old.
    #[error("Last answered {}: more than {LAST_TIME_DAYS} days ago, so it is not taken over.", words::day(*.0))]
    TooOld(NaiveDate),
}

/// The outcome of [`Sitting::rest`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rest {
    /// The number of copied answers.
    pub(crate) copied: usize,
    /// The number of symptoms left blank.
    pub(crate) blank: usize,
}

impl fmt::Display for Rest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let copied = words::count(self.copied, "answer", "answers");
        write!(f, "{copied} as last time.")?;
        match self.blank {
            0 => Ok(()),
            n => write!(
                f,
                " {n} left blank: no answer within the last {LAST_TIME_DAYS} days."
            ),
        }
    }
}

/// A check-in while the person answers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sitting {
    /// The answers so far.
    pub(crate) draft: CheckInDraft,
    /// The symptoms of the form, Body before Mind; none in a brief check-in.
    pub(crate) rows: Vec<SymptomRow>,
    /// The symptoms that rest and are not asked today, by code.
    pub(crate) resting: Vec<String>,
    /// Whether something good is asked.
    pub(crate) asks_good: bool,
    /// Whether the hours slept are asked.
    pub(crate) asks_sleep: bool,
}

/// How the list of a check-in is arranged.
#[derive(Debug, Clone, Default)]
pub(crate) struct Arranged<'a> {
    /// The codes that stand first, in this order.
    pub(crate) first: Vec<&'a str>,
    /// The codes that rest and are not asked.
    pub(crate) resting: Vec<&'a str>,
    /// The codes that the check-in asked when it was written; `None` in a new one.
    pub(crate) held: Option<Vec<&'a str>>,
    /// Whether something good is asked.
    pub(crate) asks_good: bool,
    /// Whether the hours slept are asked.
    pub(crate) asks_sleep: bool,
}

impl Sitting {
    /// Continues `draft`. `last` finds the most recent earlier answer of a symptom.
    pub(crate) fn new(
        draft: CheckInDraft,
        symptoms: &Symptoms,
        arranged: &Arranged<'_>,
        last: impl Fn(&Symptom) -> Option<(Severity, NaiveDate)>,
    ) -> Self {
        // An answered symptom that was switched off since stays on the form: an answer that is saved must be visible.
        let rests = |symptom: &Symptom| arranged.resting.contains(&symptom.code.as_str());
        let held = arranged.held.as_deref();
        let is_held = |code: &str| held.is_some_and(|held| held.contains(&code));
        let is_shown = |symptom: &&Symptom| {
            draft.form == Form::Full
                && ((symptom.rated && !rests(symptom))
                    || is_held(&symptom.code)
                    || draft.answers.contains_key(&symptom.code)
                    || draft.extra(&symptom.code).is_some())
        };
        let mut rows: Vec<SymptomRow> = draft
            .with_fresh(symptoms)
            .iter()
            .filter(is_shown)
            .map(|symptom| SymptomRow {
                symptom: symptom.clone(),
                last: LastTime::of(last(symptom), draft.day),
                is_asked: held.is_none() || is_held(&symptom.code),
            })
            .collect();
        let place = |code: &str| arranged.first.iter().position(|first| *first == code);
        // A stable sort: the others keep the order of the catalogue.
        rows.order_by_key(|row| {
            (
                row.symptom.category != Category::Physical,
                place(&row.symptom.code).unwrap_or(usize::MAX),
            )
        });
        let is_hidden = |code: &&str| !rows.iter().any(|row| row.symptom.code == **code);
        let resting = arranged.resting.iter().copied().filter(is_hidden);
        Self {
            // What is answered stays in sight when it is switched off.
            asks_good: draft.form == Form::Full && (arranged.asks_good || draft.good.is_some()),
            asks_sleep: draft.form == Form::Full
                && (arranged.asks_sleep || !draft.sleep.is_empty()),
            resting: resting.map(str::to_owned).collect(),
            draft,
            rows,
        }
    }

    /// The first question: of a new check-in the first blank symptom, of an edited one the top.
    pub(crate) fn first(&self) -> Field {
        let is_edit = self.draft.intent == Intent::Edit;
        let mut rows = self.rows.iter();
        let row = rows.position(|row| is_edit || self.answer(row).is_none());
        let good = (self.asks_good && self.draft.good.is_none()).then_some(Field::Good);
        row.map(Field::Row).or(good).unwrap_or(Field::Overall)
    }

    /// The question after `at`; `None` at the end.
    pub(crate) fn after(&self, at: Field) -> Option<Field> {
        // A new brief check-in ends with its overall, so that it stays short on a bad day.
        let is_brief = self.draft.form == Form::Brief && self.draft.intent == Intent::Add;
        match at {
            Field::Row(at) if at + 1 < self.rows.len() => Some(Field::Row(at + 1)),
            Field::Row(_) if self.asks_good => Some(Field::Good),
            Field::Row(_) | Field::Good => Some(Field::Overall),
            Field::Overall if is_brief && !self.draft.is_blank() => None,
            Field::Overall if self.asks_sleep => Some(Field::Sleep),
            Field::Overall | Field::Sleep => Some(Field::Note),
            Field::Note => None,
        }
    }

    /// The question before `at`; `None` at the first.
    pub(crate) fn before(&self, at: Field) -> Option<Field> {
        match at {
            Field::Row(at) => at.checked_sub(1).map(Field::Row),
            Field::Overall if self.asks_good => Some(Field::Good),
            Field::Good | Field::Overall => self.rows.len().checked_sub(1).map(Field::Row),
            Field::Note if self.asks_sleep => Some(Field::Sleep),
            Field::Sleep | Field::Note => Some(Field::Overall),
        }
    }

    /// The symptom of the question `at`; `None` for the overall and the note.
    pub(crate) fn row(&self, at: Field) -> Option<&SymptomRow> {
        match at {
            Field::Row(at) => self.rows.get(at),
            Field::Good | Field::Overall | Field::Sleep | Field::Note => None,
        }
    }

    /// The answer of a symptom.
    pub(crate) fn answer(&self, row: &SymptomRow) -> Option<Answer> {
        self.draft.answers.get(&row.symptom.code).copied()
    }

    /// How many symptoms of the form have an answer.
    pub(crate) fn answered(&self) -> usize {
        let is_answered = |row: &&SymptomRow| self.answer(row).is_some();
        self.rows.iter().filter(is_answered).count()
    }

    /// The number that answers the question `at`.
    pub(crate) fn number(&self, at: Field) -> Option<u8> {
        match at {
            Field::Overall => self.draft.overall.map(Overall::number),
            Field::Good => self.draft.good,
            _ => Some(self.answer(self.row(at)?)?.severity.number()),
        }
    }

    /// Answers the question `at`. If `number` is not on its scale, it changes nothing and returns `false`.
    pub(crate) fn rate(&mut self, at: Field, number: u8) -> bool {
        match at {
            Field::Row(_) => Severity::new(number).is_some_and(|severity| {
                let copied = false;
                self.put(at, Answer { severity, copied })
            }),
            Field::Overall => Overall::new(number).is_some_and(|overall| {
                self.draft.overall = Some(overall);
                true
            }),
            Field::Good => {
                let fits = number <= GOOD_TOP;
                self.draft.good = if fits { Some(number) } else { self.draft.good };
                fits
            }
            Field::Sleep | Field::Note => false,
        }
    }

    /// Removes the answer at `at`.
    pub(crate) fn blank(&mut self, at: Field) {
        match at {
            Field::Overall => self.draft.overall = None,
            Field::Good => self.draft.good = None,
            Field::Sleep => self.draft.sleep.clear(),
            Field::Note => self.draft.note.clear(),
            Field::Row(at) => {
                if let Some(row) = self.rows.get(at) {
                    self.draft.answers.remove(&row.symptom.code);
                }
            }
        }
    }

    /// Answers the symptom at `at` as last time.
    ///
    /// # Errors
    /// [`NotSame`], and nothing changes.
    pub(crate) fn same(&mut self, at: Field) -> Result<Severity, NotSame> {
        match self.row(at).ok_or(NotSame::NoSymptom)?.last {
            LastTime::Offered(severity, _) => {
                let copied = true;
                self.put(at, Answer { severity, copied });
                Ok(severity)
            }
            LastTime::TooOld(_, on) => Err(NotSame::TooOld(on)),
            LastTime::Never => Err(NotSame::Never),
        }
    }

    /// Answers every blank symptom from `from` on as last time, or all blank symptoms if `from` is no symptom.
    pub(crate) fn rest(&mut self, from: Field) -> Rest {
        let from = match from {
            Field::Row(at) => at,
            Field::Good | Field::Overall | Field::Sleep | Field::Note => 0,
        };
        let mut rest = Rest {
            copied: 0,
            blank: 0,
        };
        for at in (from..self.rows.len()).map(Field::Row) {
            // An answer by hand is never overwritten.
            if self.number(at).is_some() {
                continue;
            }
            match self.same(at) {
                Ok(_) => rest.copied += 1,
                Err(_) => rest.blank += 1,
            }
        }
        rest
    }

    /// Asks for `symptom` and leaves it blank, in a check-in that asks for nothing else; `false` where it is asked already.
    pub(crate) fn ask_blank(&mut self, symptom: &Symptom) -> bool {
        let is_new = self.place(&symptom.code).is_none();
        if is_new {
            self.draft.form = Form::Full;
            self.rows.push(SymptomRow {
                symptom: symptom.clone(),
                last: LastTime::Never,
                is_asked: true,
            });
        }
        is_new
    }

    /// The question of the symptom with this code.
    pub(crate) fn place(&self, code: &str) -> Option<Field> {
        let mut rows = self.rows.iter();
        rows.position(|row| row.symptom.code == code)
            .map(Field::Row)
    }

    fn put(&mut self, at: Field, answer: Answer) -> bool {
        let code = self.row(at).map(|row| row.symptom.code.clone());
        code.is_some_and(|code| {
            self.draft.answers.insert(code, answer);
            true
        })
    }
}

impl CheckInDraft {
    /// The title of its form.
    pub(crate) fn title(&self) -> &'static str {
        match (self.intent, self.form) {
            (Intent::Edit, _) => "Edit check-in",
            (Intent::Add, Form::Full) => "Check-in",
            (Intent::Add, Form::Brief) => "Brief check-in",
        }
    }

    /// The draft among `drafts` that a check-in for `day` continues. A full form continues a brief draft, too. A brief form
    /// leaves a full draft alone, so that it stays short.
    pub(crate) fn kept_for(drafts: &[Self], form: Form, day: NaiveDate) -> Option<Self> {
        let fits = |draft: &&Self| {
            draft.day == day
                && draft.intent == Intent::Add
                && (form == Form::Full || draft.form == Form::Brief)
        };
        // From the end: drafts are ordered by age, and the latest one is what the person has in mind.
        let draft = drafts.iter().rev().find(fits)?.clone();
        Some(Self { form, ..draft })
    }

    /// The drafts of other days, oldest first. A check-in for `day` asks about them before it begins. A brief form asks about
    /// none.
    pub(crate) fn older(
        drafts: &[Self],
        form: Form,
        day: NaiveDate,
    ) -> impl Iterator<Item = &Self> {
        drafts.iter().filter(move |draft| {
            form == Form::Full && draft.day != day && draft.intent == Intent::Add
        })
    }

    /// Changes the logical day.
    pub(crate) fn count_for(&mut self, day: NaiveDate) {
        // A typed moment belongs to the old day. An edited check-in keeps its moment: only the day it counts for changes.
        if self.intent == Intent::Add {
            self.at = None;
        }
        self.day = day;
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;
    use crate::domain::id::EntryId;

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, n).unwrap()
    }

    fn draft(form: Form) -> CheckInDraft {
        CheckInDraft::new(EntryId::from_bytes([1; 16]), form, day(22))
    }

    /// Four symptoms that are asked: answered yesterday, 3 days ago, 4 days ago, and never.
    fn sitting(draft: CheckInDraft) -> Sitting {
        let built_in = Symptoms::built_in();
        let four = built_in.rated().take(4).cloned().collect();
        let on = [Some(21), Some(19), Some(18), None];
        let codes: Vec<&String> = built_in.rated().take(4).map(|s| &s.code).collect();
        Sitting::new(
            draft,
            &Symptoms::new(four),
            &Arranged::default(),
            |symptom| {
                let at = codes.iter().position(|code| **code == symptom.code)?;
                Some((Severity::Moderate, day(on[at]?)))
            },
        )
    }

    fn numbers(sitting: &Sitting) -> [Option<u8>; 4] {
        [0, 1, 2, 3].map(|at| sitting.number(Field::Row(at)))
    }

    #[test]
    fn as_last_time_is_offered_for_three_days_and_a_refusal_changes_nothing() {
        let mut sitting = sitting(draft(Form::Full));
        let mut same = |at| sitting.same(at);
        assert_eq!(same(Field::Row(1)), Ok(Severity::Moderate));
        assert_eq!(same(Field::Row(2)), Err(NotSame::TooOld(day(18))));
        assert_eq!(same(Field::Row(3)), Err(NotSame::Never));
        assert_eq!(same(Field::Overall), Err(NotSame::NoSymptom));
        assert_eq!(numbers(&sitting), [None, Some(2), None, None]);
        let refusal = NotSame::TooOld(day(18)).to_string();
        assert!(refusal.contains("Wed 18 Nov 2026: more than 3 days ago"));
    }

    #[test]
    fn the_rest_as_last_time_begins_where_it_is_asked_and_keeps_what_was_answered() {
        let mut sitting = sitting(draft(Form::Full));
        sitting.rate(Field::Row(1), 4);
        let (copied, blank) = (0, 2);
        assert_eq!(sitting.rest(Field::Row(1)), Rest { copied, blank });
        let sentence = sitting.rest(Field::Overall).to_string();
        assert_eq!(
            sentence,
            "1 answer as last time. 2 left blank: no answer within the last 3 days."
        );
        assert_eq!(numbers(&sitting), [Some(2), Some(4), None, None]);
        let copied = |at: usize| sitting.answer(&sitting.rows[at]).map(|a| a.copied);
        assert_eq!((copied(0), copied(1)), (Some(true), Some(false)));
    }

    #[test]
    fn a_number_off_the_scale_changes_nothing_and_a_blank_takes_the_answer_away() {
        let mut sitting = sitting(draft(Form::Full));
        assert!(sitting.rate(Field::Row(0), 4) && sitting.rate(Field::Overall, 10));
        assert!(!sitting.rate(Field::Row(0), 5) && !sitting.rate(Field::Overall, 11));
        assert_eq!(
            (sitting.answered(), sitting.number(Field::Overall)),
            (1, Some(10))
        );
        sitting.blank(Field::Row(0));
        sitting.blank(Field::Overall);
        assert!(sitting.draft.is_blank());
    }

    #[test]
    fn each_symptom_is_asked_then_the_overall_and_the_note_and_back_again() {
        let sitting = sitting(draft(Form::Full));
        let there = std::iter::successors(Some(sitting.first()), |at| sitting.after(*at));
        let mut there: Vec<Field> = there.collect();
        assert_eq!(
            (there.len(), there[4], there[5]),
            (6, Field::Overall, Field::Note)
        );
        there.reverse();
        let back = std::iter::successors(Some(Field::Note), |at| sitting.before(*at));
        assert_eq!(back.collect::<Vec<_>>(), there);
    }

    #[test]
    fn answering_begins_at_the_first_blank_and_an_edit_at_the_top() {
        let mut kept = sitting(draft(Form::Full));
        kept.rate(Field::Row(0), 1);
        assert_eq!(sitting(kept.draft.clone()).first(), Field::Row(1));
        kept.draft.intent = Intent::Edit;
        assert_eq!(sitting(kept.draft.clone()).first(), Field::Row(0));
        kept.draft.intent = Intent::Add;
        (0..4).for_each(|at| assert!(kept.rate(Field::Row(at), 1)));
        assert_eq!(kept.first(), Field::Overall);
    }

    #[test]
    fn a_brief_one_asks_no_symptom_and_is_over_with_its_overall() {
        let mut brief = sitting(draft(Form::Brief));
        assert_eq!((brief.rows.len(), brief.first()), (0, Field::Overall));
        assert_eq!(brief.after(Field::Overall), Some(Field::Note));
        brief.rate(Field::Overall, 6);
        assert_eq!(brief.after(Field::Overall), None);
        assert_eq!(brief.before(Field::Overall), None);
    }

    #[test]
    fn what_was_answered_stays_asked_when_it_is_switched_off() {
        let mut switched = Symptoms::built_in().iter().next().unwrap().clone();
        switched.rated = false;
        let code = switched.code.clone();
        let symptoms = Symptoms::new(vec![switched]);
        let mut draft = draft(Form::Full);
        let asked = |draft: &CheckInDraft| {
            Sitting::new(draft.clone(), &symptoms, &Arranged::default(), |_| None).rows
        };
        assert!(asked(&draft).is_empty());
        let (severity, copied) = (Severity::Mild, false);
        draft.answers.insert(code, Answer { severity, copied });
        assert_eq!(asked(&draft).len(), 1);
    }

    #[test]
    fn a_full_form_takes_up_a_brief_draft_and_a_brief_form_leaves_a_full_one() {
        let kept = [draft(Form::Full)];
        assert!(CheckInDraft::kept_for(&kept, Form::Brief, day(22)).is_none());
        let kept = [draft(Form::Brief)];
        let wider = CheckInDraft::kept_for(&kept, Form::Full, day(22)).unwrap();
        assert_eq!((wider.id, wider.form), (kept[0].id, Form::Full));
        let older = |form, n| CheckInDraft::older(&kept, form, day(n)).count();
        assert_eq!(
            (
                older(Form::Full, 23),
                older(Form::Full, 22),
                older(Form::Brief, 23)
            ),
            (1, 0, 0)
        );
    }
}

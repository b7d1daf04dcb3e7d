//! A check-in that is being filled in: where the digits go, and what each key answers.

use super::finder::Finder;
use crate::domain::check_in::catalogue::Category;
use crate::domain::check_in::sitting::{Field, Sitting};
use crate::domain::check_in::symptom::Severity;
use crate::domain::check_in::{CheckInDraft, Form, Overall};
use crate::domain::entry::saved::TakeBack;
use crate::domain::entry::sitting_saved;
use crate::domain::entry::sitting_saved::Refused;
use crate::domain::entry::sleep::How;
use crate::domain::id::{EntryId, IdSource};
use crate::domain::journal::draft::Draft;
use crate::domain::text::words;
use crate::domain::time::Moment;
use crate::domain::time::parse::parse_past_day;
use crate::domain::trends::hours_offer;
use crate::domain::trends::hours_offer::OFFER;
use crate::tui::effect::{Effect, Opening, Question};
use crate::tui::questions;
use crate::tui::shared::Shared;
use crate::tui::widgets::text_field::{Shape, TextField};
use chrono::{NaiveDate, TimeDelta};

/// A text that is being typed over the form.
pub(super) enum Typing {
    /// The note.
    Note(TextField),
    /// The day that the check-in counts for.
    Day(TextField),
    /// The letters of something else.
    Beside(Finder),
}

/// A check-in that is being filled in.
pub struct CheckInForm {
    pub(super) sitting: Sitting,
    /// Where the digits go: a symptom or the overall. The note is typed in its own field.
    pub(super) focus: Field,
    pub(super) typing: Option<Typing>,
    /// One line about the last key, where it needs one.
    pub(super) remark: Option<String>,
    /// Whether it goes on with a draft that was kept.
    pub(super) is_resumed: bool,
    /// The missing days after this one, oldest first; `None` when no missing days are being filled.
    pub(super) left: Option<Vec<NaiveDate>>,
    /// The symptom to go back to once something else is rated, by its code; the overall where it is empty.
    pub(super) back_to: Option<String>,
    /// The last key was a 1 on the overall: a 0 now makes ten.
    pub(super) one_pending: bool,
}

/// What answers the wish for a check-in.
pub(crate) enum Opened {
    /// The form.
    Form(Box<CheckInForm>),
    /// An older draft stands: asked once.
    Ask(Question),
    /// The check-in to be changed is not there any more.
    Gone,
}

impl Opened {
    fn form(draft: CheckInDraft, shared: &Shared) -> Self {
        Self::Form(Box::new(CheckInForm::resume(draft, shared)))
    }
}

/// A check-in for `day` (today when `None`): goes on with that day's draft of the same form, asks once about an older one.
pub(crate) fn open(
    form: Form,
    day: Option<NaiveDate>,
    shared: &Shared,
    ids: &mut IdSource,
) -> Opened {
    let today = shared.today();
    let day = day.unwrap_or(today);
    let kept = &shared.drafts.check_ins;
    // A draft of the same day goes on at once: a question would cost a key every time.
    if let Some(draft) = CheckInDraft::kept_for(kept, form, day) {
        return Opened::form(draft, shared);
    }
    let fresh = CheckInDraft::new(ids.next(shared.now.at), form, day);
    match CheckInDraft::older(kept, form, day).next() {
        Some(older) => Opened::Ask(questions::older_draft(older, fresh, today)),
        None => Opened::form(fresh, shared),
    }
}

/// A brief check-in for a missing day, with the missing days that are `left` after it.
pub(crate) fn fill(
    day: NaiveDate,
    left: Vec<NaiveDate>,
    shared: &Shared,
    ids: &mut IdSource,
) -> Opened {
    match open(Form::Brief, Some(day), shared, ids) {
        Opened::Form(mut form) => {
            let more = match left.len() {
                0 => "This is the last missing day.".to_owned(),
                n => format!(
                    "{} after this one.",
                    words::count(n, "missing day", "missing days")
                ),
            };
            form.remark = Some(format!("{more} A number and Enter; s skips, Esc stops."));
            form.left = Some(left);
            Opened::Form(form)
        }
        other => other,
    }
}

/// The check-in with this id, to change; a kept draft of that change is gone on with.
pub(crate) fn edit(id: EntryId, shared: &Shared) -> Opened {
    match shared.journal.edit_of(id, &shared.drafts.check_ins) {
        Some(draft) => Opened::form(draft, shared),
        None => Opened::Gone,
    }
}

/// Characters that a note may have: far more than anyone types, little enough to draw at once.
pub(super) const NOTE_LIMIT: usize = 20_000;

impl CheckInForm {
    /// The form over a draft, new or kept.
    pub(crate) fn resume(draft: CheckInDraft, shared: &Shared) -> Self {
        let mut kept = shared.drafts.check_ins.iter();
        let is_resumed = kept.any(|kept| kept.id == draft.id);
        let sitting = sitting(draft, shared);
        Self {
            is_resumed,
            focus: sitting.first(),
            sitting,
            typing: None,
            remark: None,
            left: None,
            back_to: None,
            one_pending: false,
        }
    }

    /// The draft as it is now.
    pub(crate) fn draft(&self) -> &CheckInDraft {
        &self.sitting.draft
    }

    pub(super) fn changed(&self) -> Vec<Effect> {
        vec![Effect::KeepDraft(Draft::CheckIn(self.draft().clone()))]
    }

    pub(super) fn go(&mut self, by: isize) {
        let (rows, sitting) = (self.sitting.rows.len(), &self.sitting);
        // Behind the last symptom stands something good, where it is asked, then the overall, then the hours slept.
        let good = sitting.asks_good.then_some(Field::Good);
        let sleep = sitting.asks_sleep.then_some(Field::Sleep);
        let below: Vec<Field> = [good, Some(Field::Overall), sleep]
            .into_iter()
            .flatten()
            .collect();
        let at = match self.focus {
            Field::Row(at) => at,
            other => rows + below.iter().position(|field| *field == other).unwrap_or(0),
        };
        let to = at.saturating_add_signed(by).min(rows + below.len() - 1);
        let field = to.checked_sub(rows).and_then(|to| below.get(to));
        self.focus = field.copied().unwrap_or(Field::Row(to));
    }

    /// Body on the left, Mind on the right: how many of the rows are Body.
    pub(super) fn body_rows(&self) -> usize {
        self.sitting
            .rows
            .iter()
            .filter(|row| row.symptom.category == Category::Physical)
            .count()
    }

    pub(super) fn across(&mut self) {
        let body = self.body_rows();
        let Field::Row(at) = self.focus else { return };
        let to = if at < body { at + body } else { at - body };
        // Body has more rows than Mind: its last rows lead to Mind's last one.
        self.focus = Field::Row(to.min(self.sitting.rows.len().saturating_sub(1)));
    }

    pub(super) fn rate(&mut self, number: u8) -> Vec<Effect> {
        if self.focus == Field::Overall {
            let ten = self.one_pending && number == 0;
            self.one_pending = number == 1;
            self.sitting
                .rate(self.focus, if ten { Overall::TOP } else { number });
            // A 1 waits, because a 0 after it makes ten.
            if !self.one_pending || ten {
                self.go(1);
            }
        } else {
            self.sitting.rate(self.focus, number);
            match self.back_to.take() {
                Some(code) => self.focus = self.sitting.place(&code).unwrap_or(Field::Overall),
                None => self.go(1),
            }
        }
        self.changed()
    }

    pub(super) fn step(&mut self, by: i8) -> Vec<Effect> {
        let top = if self.focus == Field::Overall {
            Overall::TOP
        } else {
            Severity::TOP
        };
        // From blank, → begins at 0 and ← leaves it blank.
        let number = match (self.sitting.number(self.focus), by) {
            (None, 1) => 0,
            (None, _) => return Vec::new(),
            (Some(number), by) => number.saturating_add_signed(by).min(top),
        };
        self.sitting.rate(self.focus, number);
        self.changed()
    }

    /// Adds a sign to the hours slept.
    pub(super) fn type_sleep(&mut self, sign: char) -> Vec<Effect> {
        let typed = &mut self.sitting.draft.sleep;
        if typed.len() < SLEEP_LIMIT {
            typed.push(sign);
        }
        self.changed()
    }

    /// Takes the last sign of the hours slept back; where none is left it goes back.
    pub(super) fn clear_sleep(&mut self) -> Vec<Effect> {
        if self.sitting.draft.sleep.pop().is_none() {
            self.go(-1);
        }
        self.changed()
    }

    pub(super) fn same(&mut self) -> Vec<Effect> {
        match self.sitting.same(self.focus) {
            Ok(_) => {
                self.go(1);
                self.changed()
            }
            Err(refusal) => {
                self.remark = Some(refusal.to_string());
                Vec::new()
            }
        }
    }

    pub(super) fn rest_same(&mut self) -> Vec<Effect> {
        self.remark = Some(self.sitting.rest(self.focus).to_string());
        self.focus = Field::Overall;
        self.changed()
    }

    pub(super) fn save(&mut self, shared: &Shared) -> Vec<Effect> {
        self.take_over_typing();
        let moment = shared.journal.moment_of(self.draft(), &shared.now);
        let saved = match sitting_saved::slept(&shared.journal, &self.sitting, &moment) {
            Ok(slept) => questions::about_sleep(slept.as_ref(), shared, |how| {
                self.saving(&moment, how, shared)
            }),
            Err(refused) => Err(refused),
        };
        saved.unwrap_or_else(|refused| {
            if matches!(refused, Refused::Sleep(_)) {
                self.focus = Field::Sleep;
            }
            self.remark = Some(words::sentence(&refused.to_string()));
            Vec::new()
        })
    }

    /// What saves it. `how`: what becomes of the sleeps that its day has.
    fn saving(&self, moment: &Moment, how: How, shared: &Shared) -> Result<Vec<Effect>, Refused> {
        let journal = &shared.journal;
        let mut changes = sitting_saved::changes(journal, &self.sitting, moment, how)?;
        let left = self.left.as_ref().map(|left| match left.len() {
            0 => " No missing day is left.".to_owned(),
            n => format!(" {} left.", words::count(n, "missing day", "missing days")),
        });
        let line = sitting_saved::notice(journal, &changes, &shared.now, TakeBack::Key);
        let offer = hours_offer::beside(journal, &changes).filter(|_| self.left.is_none());
        let offered = offer.as_ref().map(|_| format!(" {OFFER}"));
        changes.extend(offer);
        let mut effects = vec![Effect::Write {
            changes,
            notice: format!("{line}{}", left.or(offered).unwrap_or_default()),
        }];
        effects.extend(self.next_missing());
        Ok(effects)
    }

    /// The form for the next missing day, if days are being filled and one is left.
    fn next_missing(&self) -> Option<Effect> {
        let (day, left) = self.left.as_ref()?.split_first()?;
        Some(Effect::Open(Opening::Fill {
            day: *day,
            left: left.to_vec(),
        }))
    }

    /// Leaves this missing day blank and goes on with the next.
    pub(super) fn skip_day(&mut self) -> Vec<Effect> {
        let mut effects = self.leave();
        // The next day follows at once, so nothing is said about the draft of this one.
        effects.retain(|effect| !matches!(effect, Effect::SayKept(..)));
        match self.next_missing() {
            Some(next) => effects.push(next),
            None => effects.push(Effect::Say(
                "No missing day is left; what was skipped stays blank.".to_owned(),
            )),
        }
        effects
    }

    pub(super) fn leave(&mut self) -> Vec<Effect> {
        let id = self.draft().id;
        // Nothing was answered, so there is nothing to keep.
        if self.draft().is_blank() {
            return vec![Effect::DropDraft(id), Effect::Close];
        }
        let mut effects = self.changed();
        effects.extend([
            Effect::Close,
            Effect::SayKept(id, "Draft kept, not saved. c goes on with it.".to_owned()),
        ]);
        effects
    }

    pub(super) fn take_over_typing(&mut self) {
        if let Some(Typing::Note(field)) = &self.typing {
            self.sitting.draft.note = field.value();
        }
    }

    pub(super) fn done_typing(&mut self, shared: &Shared) -> Vec<Effect> {
        self.take_over_typing();
        if let Some(Typing::Day(field)) = &self.typing {
            let day_end = shared.journal.settings.day_end;
            match parse_past_day(&field.value(), &shared.now, day_end) {
                Ok(day) => self.choose_day(day, shared),
                Err(error) => {
                    self.remark = Some(words::sentence(&error.to_string()));
                    return Vec::new();
                }
            }
        }
        self.typing = None;
        self.changed()
    }

    fn choose_day(&mut self, day: NaiveDate, shared: &Shared) {
        let mut draft = self.draft().clone();
        draft.count_for(day);
        // Another day has other last answers, so the rows are made anew.
        self.rearrange(draft, shared);
    }

    /// Goes on with `draft`, whose rows are not those of before.
    pub(super) fn rearrange(&mut self, draft: CheckInDraft, shared: &Shared) {
        self.sitting = sitting(draft, shared);
    }

    pub(super) fn move_day(&mut self, by: i64) {
        let Some(Typing::Day(field)) = &mut self.typing else {
            return;
        };
        let day: NaiveDate = field
            .value()
            .trim()
            .parse()
            // A word such as "yesterday" is no date to count from; the draft's day is.
            .unwrap_or(self.sitting.draft.day);
        let moved = TimeDelta::try_days(by)
            .and_then(|by| day.checked_add_signed(by))
            .unwrap_or(day);
        // Offered, so that the first key typed replaces the day.
        *field = TextField::offering(Shape::OneLine, DAY_LIMIT, &moved.to_string());
    }
}

/// Signs of "24 h 59 min".
const SLEEP_LIMIT: usize = 11;

/// Room for "2026-11-22" and for "yesterday 22:00".
pub(super) const DAY_LIMIT: usize = 40;

fn sitting(draft: CheckInDraft, shared: &Shared) -> Sitting {
    let at_utc = shared.journal.moment_of(&draft, &shared.now).at_utc;
    shared.journal.sitting(draft, at_utc)
}

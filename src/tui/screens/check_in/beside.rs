//! What is kept in place while rating: something else beside the list, what stays on it, what rests, and the order.
//!
//! Invariant: no question interrupts the rating. The letters choose among rows, Enter takes the first, and the digits go on.

use super::finder::Finder;
use super::state::{CheckInForm, Typing};
use crate::domain::check_in::Intent;
use crate::domain::check_in::extra::{Hit, hits};
use crate::domain::check_in::sitting::Field;
use crate::domain::check_in::symptom::Symptom;
use crate::domain::journal::change::{Change, Switch};
use crate::domain::journal::resting;
use crate::domain::journal::settings::{Setting, switched};
use crate::tui::effect::Effect;
use crate::tui::shared::Shared;
use crate::tui::theme::Role;
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::list;
use crate::tui::widgets::list::{Focus, Step};
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::text::{clear, put};
use ratatui::layout::Rect;

/// The widest finder.
const WIDEST: u16 = 62;
/// What a row of the finder reads.
fn text_of(hit: &Hit, form: &CheckInForm, shared: &Shared) -> String {
    match hit {
        Hit::Symptom(code) => {
            let all = form.draft().with_fresh(&shared.journal.symptoms);
            let symptom = all.iter().find(|symptom| symptom.code == *code);
            let is_on_form = form.sitting.place(code).is_some();
            symptom.map_or_else(String::new, |symptom| {
                let group = symptom.category.label();
                let here = if is_on_form { ", on the form" } else { "" };
                format!("{}  {group}{here}", symptom.name)
            })
        }
        Hit::Own(name, group) => format!("\"{name}\"  {}, your own", group.label()),
    }
}

impl CheckInForm {
    pub(super) fn hits(&self, finder: &Finder, shared: &Shared) -> Vec<Hit> {
        hits(
            &finder.field.value(),
            &self.sitting,
            &shared.journal.symptoms,
        )
    }

    /// To another row of the finder.
    pub(super) fn pick(&mut self, step: Step, shared: &Shared) {
        let Some(Typing::Beside(finder)) = &self.typing else {
            return;
        };
        let at = step.target(finder.at, self.hits(finder, shared).len());
        if let Some(Typing::Beside(finder)) = &mut self.typing {
            finder.at = at;
        }
    }

    /// Takes the row of the finder: its symptom is asked here, and has the focus.
    pub(super) fn take(&mut self, shared: &Shared) -> Vec<Effect> {
        let Some(Typing::Beside(finder)) = &self.typing else {
            return Vec::new();
        };
        let hits = self.hits(finder, shared);
        let Some(hit) = hits.get(finder.at.min(hits.len().saturating_sub(1))) else {
            return Vec::new();
        };
        self.typing = None;
        let here = self.symptom_here().map(|symptom| symptom.code);
        self.back_to = Some(here.unwrap_or_default());
        let at = match hit {
            Hit::Symptom(code) => self.sitting.place(code),
            Hit::Own(..) => None,
        };
        match at {
            Some(at) => self.focus = at,
            None => self.ask_beside(std::slice::from_ref(hit), shared),
        }
        self.changed()
    }

    /// Asks for these beside the list; the first has the focus.
    fn ask_beside(&mut self, hits: &[Hit], shared: &Shared) {
        let mut draft = self.draft().clone();
        let symptoms = &shared.journal.symptoms;
        let codes: Vec<String> = hits
            .iter()
            .map(|hit| draft.ask_beside(hit, symptoms))
            .collect();
        self.rearrange(draft, shared);
        let first = codes.first().and_then(|code| self.sitting.place(code));
        self.focus = first.unwrap_or(self.focus);
    }

    /// The symptom in focus.
    fn symptom_here(&self) -> Option<Symptom> {
        Some(self.sitting.row(self.focus)?.symptom.clone())
    }

    /// Whether the row in focus is asked beside the list.
    pub(super) fn is_on_extra(&self) -> bool {
        let row = self.sitting.row(self.focus);
        row.is_some_and(|row| self.draft().extra(&row.symptom.code).is_some())
    }

    /// Whether the row in focus is asked from now on, the other way round.
    pub(super) fn switch_extra(&mut self) -> Vec<Effect> {
        let Some(symptom) = self.symptom_here() else {
            return Vec::new();
        };
        let stays = self.sitting.draft.switch_extra(&symptom.code);
        self.remark = stays.map(|stays| {
            let name = &symptom.name;
            if stays {
                format!("{name} is asked from now on, once this is saved.")
            } else {
                format!("{name} is asked this time only.")
            }
        });
        self.changed()
    }

    /// Asks no longer for the symptom in focus; what was rated stays.
    pub(super) fn ask_no_longer(&mut self, shared: &Shared) -> Vec<Effect> {
        let Some(symptom) = self.symptom_here() else {
            return Vec::new();
        };
        if self.is_on_extra() {
            self.sitting.blank(self.focus);
            let mut draft = self.draft().clone();
            draft.extras.retain(|extra| extra.code != symptom.code);
            self.rearrange(draft, shared);
            self.stay_in_sight();
            return self.changed();
        }
        if !symptom.rated {
            self.remark = Some(format!("{} is not on the list any more.", symptom.name));
            return Vec::new();
        }
        self.let_go(&symptom.code);
        let change = Change::SwitchSymptom {
            symptom: symptom.key,
            to: Switch::Off,
        };
        vec![Effect::write(&shared.journal, change, &shared.now)]
    }

    /// Lets the symptom in focus rest, or ends its rest.
    pub(super) fn rest_here(&mut self, shared: &Shared) -> Vec<Effect> {
        let Some(symptom) = self.symptom_here() else {
            return Vec::new();
        };
        let journal = &shared.journal;
        let (codes, rests) = switched(&journal.settings.resting, &symptom.code);
        if rests {
            if let Err(awake) = resting::may_rest(journal, &symptom, self.draft().day) {
                self.remark = Some(resting::refusal(&symptom, awake));
                return Vec::new();
            }
            if !resting::asks_on(self.draft().day) {
                self.let_go(&symptom.code);
                // What stays in sight is none of those that R shows.
                if self.sitting.place(&symptom.code).is_none() {
                    self.sitting.resting.push(symptom.code);
                }
            }
        }
        let change = Change::Set(Setting::Resting(codes));
        vec![Effect::write(journal, change, &shared.now)]
    }

    /// Asks here for what rests.
    pub(super) fn show_resting(&mut self, shared: &Shared) -> Vec<Effect> {
        let hits: Vec<Hit> = std::mem::take(&mut self.sitting.resting)
            .into_iter()
            .map(Hit::Symptom)
            .collect();
        if hits.is_empty() {
            self.remark =
                Some("Nothing rests. r lets a symptom rest that was 0 for 14 days.".to_owned());
            return Vec::new();
        }
        self.ask_beside(&hits, shared);
        self.changed()
    }

    /// Moves the row in focus up or down within its group, for this check-in and those to come.
    pub(super) fn move_row(&mut self, by: isize, shared: &Shared) -> Vec<Effect> {
        let Field::Row(at) = self.focus else {
            return Vec::new();
        };
        let Some(to) = at.checked_add_signed(by) else {
            return Vec::new();
        };
        let rows = &self.sitting.rows;
        let (Some(one), Some(other)) = (rows.get(at), rows.get(to)) else {
            return Vec::new();
        };
        if one.symptom.category != other.symptom.category {
            self.remark = Some(format!("{} stays in its group.", one.symptom.name));
            return Vec::new();
        }
        self.sitting.rows.swap(at, to);
        self.focus = Field::Row(to);
        let on_form = self.sitting.rows.iter();
        let mut codes: Vec<String> = on_form.map(|row| row.symptom.code.clone()).collect();
        // What rests or is off keeps its place behind those that are asked.
        let before = shared.journal.settings.symptom_order.iter();
        let hidden = before.filter(|code| self.sitting.place(code).is_none());
        codes.extend(hidden.cloned());
        let change = Change::Set(Setting::SymptomOrder(codes));
        vec![Effect::write(&shared.journal, change, &shared.now)]
    }

    /// Takes a row without an answer off the form; one with an answer stays in sight until it is saved, and so does one that
    /// an edited check-in asked.
    fn let_go(&mut self, code: &str) {
        let has_answer = self.draft().answers.contains_key(code);
        let is_edit = self.draft().intent == Intent::Edit;
        self.sitting.rows.retain_mut(|row| {
            let is_it = row.symptom.code == code;
            row.symptom.rated &= !is_it;
            !is_it || has_answer || (is_edit && row.is_asked)
        });
        self.stay_in_sight();
    }

    /// The focus after rows went away.
    fn stay_in_sight(&mut self) {
        if let Field::Row(at) = self.focus
            && at >= self.sitting.rows.len()
        {
            self.go(0);
        }
    }
}

/// The finder over the lower part of the form: the letters, and the rows they leave.
pub(super) fn draw(
    form: &CheckInForm,
    finder: &Finder,
    shared: &Shared,
    frame: &mut Frame,
    inner: Rect,
) {
    let theme = shared.theme;
    let hits = form.hits(finder, shared);
    // The letters, the borders, and as many rows as the form has room for.
    let wanted = u16::try_from(hits.len()).unwrap_or(u16::MAX).clamp(1, 9) + 3;
    let height = wanted.min(inner.height);
    let place = Rect {
        y: inner.bottom() - height,
        height,
        ..inner
    };
    // The whole rows, so that no half of a line stands beside it.
    clear(frame.buffer_mut(), place);
    let place = Rect {
        width: inner.width.min(WIDEST),
        ..place
    };
    let at = finder.at.min(hits.len().saturating_sub(1));
    let fact = list::position(hits.len(), at);
    let room = Panel::new("Something else")
        .fact(&fact)
        .draw(place, frame.buffer_mut(), theme);
    let line = Rect {
        height: room.height.min(1),
        ..room
    };
    let cursor = finder.field.draw(line, frame.buffer_mut(), theme);
    let rest = Rect {
        y: room.y + line.height,
        height: room.height - line.height,
        ..room
    };
    for (nth, place) in list::rows(hits.len(), at, rest) {
        let Some(hit) = hits.get(nth) else { continue };
        let is_here = nth == at;
        let right = list::mark(Focus::on(is_here), place, frame.buffer_mut(), theme);
        let role = if is_here { Role::Focus } else { Role::Text };
        let text = text_of(hit, form, shared);
        put(frame.buffer_mut(), right, &text, theme.style(role), theme);
    }
    if let Some(cursor) = cursor {
        frame.set_cursor_position(cursor);
    }
}

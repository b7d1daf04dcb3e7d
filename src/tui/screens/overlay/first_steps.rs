//! First run: three skippable steps.

use crate::domain::attempt::{Attempt, Method};
use crate::domain::check_in::Form;
use crate::domain::id::{EntryId, IdSource};
use crate::domain::time::parse::{Toward, moment_reading};
use crate::tui::begin::{begin, typed_day};
use crate::tui::effect::{Effect, Opening};
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, Screen, Typed};
use crate::tui::shared::Shared;
use crate::tui::theme::Role;
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::list;
use crate::tui::widgets::popup;
use crate::tui::widgets::popup::{LongLines, Page};
use crate::tui::widgets::text_field::{Handled, Shape, TextField};
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::Rect;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// What this is, and where the file lies.
    Welcome,
    /// When did you last use, or are you still using?
    LastUse,
    /// `b` one number, `c` all symptoms.
    CheckIn,
}

/// The first steps.
pub struct FirstSteps {
    step: Step,
    id: EntryId,
    at: usize,
    when: TextField,
    problem: Option<String>,
}

/// What a person may mean on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// Take this step.
    Go,
    /// Skip this step.
    Skip,
    /// To another answer.
    Answer(list::Step),
    /// All symptoms.
    Full,
    /// One number.
    Brief,
}

const WELCOME: &[Binding<Msg>] = &[
    Binding::footer(Key::ENTER, Msg::Go, "go on"),
    Binding::footer(Key::ESC, Msg::Skip, "skip"),
    Binding::quiet(Key::char(' '), Msg::Go, "go on"),
];

const LAST_USE: &[Binding<Msg>] = &[
    Binding::footer(Key::DOWN, Msg::Answer(list::Step::Next), "down"),
    Binding::footer(Key::UP, Msg::Answer(list::Step::Previous), "up"),
    Binding::footer(Key::ENTER, Msg::Go, "take it"),
    Binding::footer(Key::ESC, Msg::Skip, "skip"),
    Binding::quiet(Key::TAB, Msg::Answer(list::Step::Next), "down"),
    Binding::quiet(Key::BACK_TAB, Msg::Answer(list::Step::Previous), "up"),
];

const CHECK_IN: &[Binding<Msg>] = &[
    Binding::footer(Key::char('b'), Msg::Brief, "one number"),
    Binding::row("c Enter", Key::char('c'), Msg::Full, "all symptoms"),
    Binding::footer(Key::ESC, Msg::Skip, "later"),
    Binding::quiet(Key::ENTER, Msg::Full, "all symptoms"),
];

const ANSWERS: [&str; 4] = [
    "I last used on",
    "still using, tapering or about to",
    "still using, not decided",
    "skip this",
];

impl FirstSteps {
    /// From the first step on.
    pub(crate) fn new(shared: &Shared, ids: &mut IdSource) -> Self {
        Self {
            step: Step::Welcome,
            // Made once, so that a second try after an error begins no second attempt.
            id: ids.next(shared.now.at),
            at: 0,
            when: TextField::new(Shape::OneLine, 40, ""),
            problem: None,
        }
    }

    /// The id of the attempt that it begins.
    pub(crate) fn entry_id(&self) -> EntryId {
        self.id
    }

    /// Asks for the last use again: the answer could not be saved.
    pub(crate) fn ask_again(&mut self) {
        self.step = Step::LastUse;
    }

    fn answer(&mut self, shared: &Shared) -> Vec<Effect> {
        let (day_zero, method) = match self.at {
            0 => {
                match typed_day(&self.when.value(), shared) {
                    Ok(Some(day)) => (Some(day), Method::Stop),
                    Ok(None) => {
                        self.problem = Some("Type a day, such as yesterday or 2026-11-13, or choose another answer.".to_owned());
                        return Vec::new();
                    }
                    Err(problem) => {
                        self.problem = Some(problem);
                        return Vec::new();
                    }
                }
            }
            1 => (None, Method::Taper),
            2 => (None, Method::Undecided),
            _ => {
                self.step = Step::CheckIn;
                return Vec::new();
            }
        };
        let began = day_zero.unwrap_or(shared.today());
        let wanted = Attempt {
            id: self.id,
            began,
            day_zero,
            method,
            name: None,
            goal: None,
            ended: None,
        };
        match begin(wanted, shared) {
            Ok(effects) => {
                self.step = Step::CheckIn;
                effects
            }
            Err(problem) => {
                self.problem = Some(problem);
                Vec::new()
            }
        }
    }

    fn welcome(shared: &Shared) -> Vec<(String, Role)> {
        [
            "A private journal for the weeks of tapering off or stopping kratom: rate how you feel in under a minute, see it move, \
             take it with you."
                .to_owned(),
            format!("Everything stays in one file on this computer: {}", shared.place),
            "It never uses the network. It is a record, not medical care; ! shows help lines at any time.".to_owned(),
            "ebb --plain asks one question a line, for screen readers and small terminals.".to_owned(),
            "A shared computer? Settings has a passphrase.".to_owned(),
        ]
        .into_iter()
        .map(|line| (line, Role::Text))
        .collect()
    }

    fn reading(&self, shared: &Shared) -> Option<String> {
        let day_end = shared.journal.settings.day_end;
        moment_reading(&self.when.value(), &shared.now, day_end, Toward::Past)
    }

    fn lines(&self, shared: &Shared) -> (Vec<(String, Role)>, usize) {
        match self.step {
            Step::Welcome => (Self::welcome(shared), 0),
            Step::LastUse => {
                let head = "When did you last use, or are you still using? A day in the past is fine, and so is not knowing.";
                let head = vec![(head.to_owned(), Role::Text), (String::new(), Role::Text)];
                let mut rows = ANSWERS.map(|answer| vec![(answer.to_owned(), Role::Text)]);
                // The first answer is the one that is typed behind its words.
                rows[0][0].0 = format!("{}: {}", ANSWERS[0], self.when.value());
                let (mut lines, focus) = popup::focused(head, rows.into(), self.at);
                let about = self.problem.clone().unwrap_or_else(|| match self.at {
                    0 => self.reading(shared).unwrap_or_else(|| {
                        "Type it: last night, yesterday 22:00, 3 days ago, 12 Nov, 2026-11-13 20:00."
                            .to_owned()
                    }),
                    _ => "Day 0 can be set at any time later.".to_owned(),
                });
                let role = if self.problem.is_some() {
                    Role::Warning
                } else {
                    Role::Faint
                };
                lines.extend([(String::new(), Role::Text), (about, role)]);
                (lines, focus)
            }
            Step::CheckIn => {
                let lines = [
                    "b  one number for today: enough on a bad day",
                    "c  all symptoms, 0 to 4 each: under a minute; . leaves one blank, and a blank is never a 0",
                    "",
                    "Both keys work from everywhere. ? shows all keys.",
                    "1 to 8 open the tabs above; each says what it is for.",
                ];
                (lines.map(|line| (line.to_owned(), Role::Text)).into(), 0)
            }
        }
    }
}

impl Screen for FirstSteps {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        match self.step {
            Step::Welcome => "Ebbtide, first steps 1 of 3",
            Step::LastUse => "First steps 2 of 3",
            Step::CheckIn => "First steps 3 of 3",
        }
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        match self.step {
            Step::Welcome => WELCOME,
            Step::LastUse => LAST_USE,
            Step::CheckIn => CHECK_IN,
        }
    }

    fn update(&mut self, msg: Msg, shared: &Shared) -> Vec<Effect> {
        self.problem = None;
        match (self.step, msg) {
            (Step::Welcome, _) => self.step = Step::LastUse,
            (Step::LastUse, Msg::Answer(step)) => self.at = step.target(self.at, ANSWERS.len()),
            (Step::LastUse, Msg::Go) => return self.answer(shared),
            (Step::LastUse, _) => self.step = Step::CheckIn,
            (Step::CheckIn, Msg::Full) => return vec![Effect::Close, check_in(Form::Full)],
            (Step::CheckIn, Msg::Brief) => return vec![Effect::Close, check_in(Form::Brief)],
            (Step::CheckIn, _) => return vec![Effect::Close],
        }
        Vec::new()
    }

    fn is_typing(&self) -> bool {
        // Letters belong to the date only while its answer is in focus.
        self.step == Step::LastUse && self.at == 0
    }

    fn typed(&mut self, key: KeyEvent, _shared: &Shared) -> Typed {
        if !self.is_typing() {
            return Typed::Ignored;
        }
        self.problem = None;
        match self.when.handle(key) {
            Handled::Ignored => Typed::Ignored,
            Handled::Edited | Handled::Moved | Handled::Full { .. } => Typed::Taken(Vec::new()),
        }
    }

    fn paste(&mut self, text: &str, _shared: &Shared) -> Vec<Effect> {
        if self.is_typing() {
            self.when.paste(text);
        }
        Vec::new()
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        let (lines, focus) = self.lines(shared);
        // What came of typing stands in the last line, and has to be in sight then.
        let is_answered = self.problem.is_some() || !self.when.value().is_empty();
        let until = if self.step == Step::LastUse && is_answered {
            lines.len() - 1
        } else {
            focus
        };
        let page = Page {
            title: self.title(),
            lines: &lines,
            focus,
            until,
            long: LongLines::Wrapped,
            field: None,
        };
        page.draw(frame, area, shared.theme);
    }
}

fn check_in(form: Form) -> Effect {
    Effect::Open(Opening::CheckIn { form, day: None })
}

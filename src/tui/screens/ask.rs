//! A question with few answers, each with a digit and a name.

use crate::domain::check_in::{CheckInDraft, Form};
use crate::domain::settings::Setting;
use crate::domain::{change::Change, words};
use crate::tui::effect::{Effect, Opening, Question};
use crate::tui::input::Key;
use crate::tui::keys::{Binding, Screen};
use crate::tui::shared::Shared;
use crate::tui::theme::Role;
use crate::tui::widgets::popup;
use chrono::NaiveDate;
use ratatui::Frame;
use ratatui::layout::Rect;

/// A question.
pub struct Ask {
    question: Question,
    at: usize,
}

/// What a person may mean on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// The answer with this number.
    Pick(usize),
    /// The answer in focus.
    Take,
    /// Down.
    Next,
    /// Up.
    Previous,
    /// None of them.
    Close,
}

const KEYS: &[Binding<Msg>] = &[
    Binding::row("1 2 3", Key::char('1'), Msg::Pick(0), "answer"),
    Binding::quiet(Key::char('2'), Msg::Pick(1), "second"),
    Binding::quiet(Key::char('3'), Msg::Pick(2), "third"),
    Binding::footer(Key::ENTER, Msg::Take, "the one marked"),
    Binding::footer(Key::ESC, Msg::Close, "close"),
    Binding::quiet(Key::DOWN, Msg::Next, "down"),
    Binding::quiet(Key::UP, Msg::Previous, "up"),
    Binding::quiet(Key::char('j'), Msg::Next, "down"),
    Binding::quiet(Key::char('k'), Msg::Previous, "up"),
    Binding::quiet(Key::TAB, Msg::Next, "down"),
    Binding::quiet(Key::BACK_TAB, Msg::Previous, "up"),
];

/// A draft of another day stands when a check-in is begun: asked once.
pub fn older_draft(older: &CheckInDraft, fresh: CheckInDraft, today: NaiveDate) -> Question {
    let answered = words::count(older.answers.len(), "rating", "ratings");
    Question {
        title: "An unsaved draft",
        text: format!(
            "A draft for {} ({answered}) was kept and not saved.",
            words::relative_day(older.day, today)
        ),
        answers: vec![
            (
                format!("go on with the draft for {}", words::short_day(older.day)),
                vec![Effect::Close, Effect::Open(Opening::Draft(older.clone()))],
            ),
            (
                format!(
                    "check in for {}, the draft stays",
                    words::relative_day(fresh.day, today)
                ),
                vec![Effect::Close, Effect::Open(Opening::Draft(fresh.clone()))],
            ),
            (
                format!(
                    "let the draft go and check in for {}",
                    words::relative_day(fresh.day, today)
                ),
                vec![
                    Effect::Close,
                    Effect::DropDraft(older.id),
                    Effect::Open(Opening::Draft(fresh)),
                ],
            ),
        ],
    }
}

/// "3 days missing: fill, skip, later".
pub fn missing(shared: &Shared) -> Question {
    let missing = shared.journal.missing_days(shared.today());
    let (Some(first), Some(last)) = (missing.first().copied(), missing.last().copied()) else {
        return Question {
            title: "Missing days",
            text: "No day is missing since the last check-in.".to_owned(),
            answers: vec![("go on".to_owned(), vec![Effect::Close])],
        };
    };
    let span = if first == last {
        words::day(first)
    } else {
        format!("{} to {}", words::short_day(first), words::day(last))
    };
    let skip = Effect::Write {
        changes: vec![Change::Set(Setting::MissingSkippedUntil(last))],
        said: "Skipped. History fills a day whenever you like.".to_owned(),
    };
    let fill = Effect::Open(Opening::CheckIn {
        form: Form::Brief,
        day: Some(first),
    });
    Question {
        title: "Missing days",
        text: format!(
            "{} without a check-in: {span}. Days filled in now are marked as written late; a gap is fine too.",
            words::count(missing.len(), "day", "days")
        ),
        answers: vec![
            (
                format!(
                    "fill, beginning with {}: one number a day",
                    words::short_day(first)
                ),
                vec![Effect::Close, fill],
            ),
            ("skip them".to_owned(), vec![Effect::Close, skip]),
            ("later".to_owned(), vec![Effect::Close]),
        ],
    }
}

/// Asks before something is put away.
pub fn confirm(title: &'static str, question: String, yes: String, done: Vec<Effect>) -> Question {
    let mut effects = vec![Effect::Close];
    effects.extend(done);
    Question {
        title,
        text: question,
        answers: vec![
            ("leave it as it is".to_owned(), vec![Effect::Close]),
            (yes, effects),
        ],
    }
}

impl Ask {
    /// The question, with its first answer in focus.
    pub fn new(question: Question) -> Self {
        Self { question, at: 0 }
    }
}

impl Screen for Ask {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        self.question.title
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        KEYS
    }

    fn update(&mut self, msg: Msg, _shared: &Shared) -> Vec<Effect> {
        let last = self.question.answers.len().saturating_sub(1);
        match msg {
            Msg::Pick(at) => self
                .question
                .answers
                .get(at)
                .map(|(_, effects)| effects.clone())
                .unwrap_or_default(),
            Msg::Take => self
                .question
                .answers
                .get(self.at)
                .map(|(_, effects)| effects.clone())
                .unwrap_or_default(),
            Msg::Next => {
                self.at = (self.at + 1).min(last);
                Vec::new()
            }
            Msg::Previous => {
                self.at = self.at.saturating_sub(1);
                Vec::new()
            }
            Msg::Close => vec![Effect::Close],
        }
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        let mut lines = vec![
            (self.question.text.clone(), Role::Text),
            (String::new(), Role::Text),
        ];
        let answers = self.question.answers.iter().enumerate();
        lines.extend(answers.map(|(at, (name, _))| {
            (
                format!("{}  {name}", at + 1),
                if at == self.at {
                    Role::Focus
                } else {
                    Role::Text
                },
            )
        }));
        let focus = 2 + self.at;
        popup::text(
            frame,
            area,
            self.question.title,
            &lines,
            focus,
            shared.theme,
        );
    }
}

//! What a column can be, and the answers to a question about a file as a whole: chosen from a list, or typed.

use super::super::overlay::list_page::Msg;
use super::super::overlay::picker::{Choices, Look};
use crate::domain::care::catalogue::CareList;
use crate::domain::care::practice;
use crate::domain::dose::product;
use crate::domain::journal::Journal;
use crate::domain::text::closeness;
use crate::domain::text::words;
use crate::transfer::errand::{ColumnLook, ImportAnswer};
use crate::transfer::foreign::target::target_of;
use crate::transfer::import::guess::scale_of;
use crate::transfer::import::whole_file::{About, FileAnswers, FileQuestion};
use crate::tui::effect::Effect;
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, joined};
use crate::tui::shared::Shared;
use crate::tui::widgets::list::Step;
use crate::tui::widgets::popup::LongLines;
use std::convert::Infallible;

/// What a column can be, or the answers to a question about the file as a whole.
pub struct Meanings {
    of: Of,
    title: &'static str,
    /// What stands over the answers.
    about: String,
    /// The words on screen, and the answer.
    all: Vec<(String, String)>,
}

/// What the answers are about.
enum Of {
    Column(String),
    File(About),
}

static MEANING_KEYS: [Binding<Msg<Infallible>>; 9] = joined(
    [
        Binding::footer(Key::ENTER, Msg::Enter, "take it"),
        Binding::row(
            "\u{2191} \u{2193}",
            Key::DOWN,
            Msg::Go(Step::Next),
            "choose",
        ),
    ],
    Msg::TYPING_KEYS,
);

impl Meanings {
    pub(crate) fn of_column(column: &ColumnLook, shared: &Shared) -> Self {
        Self {
            of: Of::Column(column.name.clone()),
            title: "What is this column?",
            about: format!("{}: {}", column.name, column.examples.join(", ")),
            all: every(column, shared),
        }
    }

    pub(crate) fn of_file(question: FileQuestion) -> Self {
        Self {
            of: Of::File(question.about),
            title: question.name,
            about: words::sentence(&question.reason),
            all: question.choices,
        }
    }

    /// Whether what is typed is an answer by itself.
    fn is_answer(&self, typed: &str, journal: &Journal) -> bool {
        match self.of {
            // The words of `--map` are understood as well, with every scale and unit.
            Of::Column(_) => target_of(typed, journal).is_ok(),
            Of::File(about) => {
                about == About::Blanks || FileAnswers::default().answer(about, typed).is_ok()
            }
        }
    }
}

/// Every meaning: its words on screen, and those of `--map`.
fn every(column: &ColumnLook, shared: &Shared) -> Vec<(String, String)> {
    let journal = &shared.journal;
    let mut all = Vec::new();
    let mut add = |words: String, meaning: String| all.push((words, meaning));
    if let Some(guess) = &column.guess {
        add(
            format!("{} ({})", guess.words, guess.reason),
            guess.meaning.clone(),
        );
    }
    add("leave it out".to_owned(), "skip".to_owned());
    for (words, meaning) in [
        ("the day", "date"),
        ("the day, written day first: 3.11.2026", "date:dmy"),
        ("the day, written month first: 11/3/2026", "date:mdy"),
        ("the time", "time"),
        ("a note", "note"),
        ("overall, 0 to 10: 10 is hardest", "overall:0-10"),
        ("overall, from a mood of 1 to 5: 5 is best", "overall:5-1"),
        (
            "overall, from a mood of 0 to 10: 10 is best",
            "overall:10-0",
        ),
        (
            "overall, from moods: rad, good, meh, bad, awful",
            "overall:rad|good|meh|bad|awful",
        ),
        ("an urge, 0 to 4", "urge:0-4"),
        ("an urge, 0 to 10", "urge:0-10"),
    ] {
        add(words.to_owned(), meaning.to_owned());
    }
    let scale = scale_of(&column.examples).unwrap_or_else(|| "0-4".to_owned());
    let shown = scale.replace('-', " to ").replace('|', ", ");
    for symptom in &journal.symptoms {
        add(
            format!("symptom {}, {shown}", symptom.name),
            format!("symptom:{}:{scale}", symptom.code),
        );
    }
    for (group, code) in [("Body", "physical"), ("Mind", "psychological")] {
        let name = column.name.replace(':', " ");
        add(
            format!("a symptom of your own, {name} ({group}), {shown}"),
            format!("own:{name}:{code}:{scale}"),
        );
    }
    for measure in CareList::built_in().measures {
        let unit = measure.units.first().map_or("", |unit| unit.code);
        let name = format!("measurement {}, {unit}", measure.name);
        add(
            name.trim_end_matches([',', ' ']).to_owned(),
            format!("measure:{}", measure.code),
        );
    }
    for product in product::products(journal) {
        add(
            format!("a dose of {}, {}", product.name, product.unit),
            format!("dose:{}", product.code),
        );
    }
    for practice in practice::practices(journal) {
        add(
            format!("the practice {}", practice.name),
            format!("practice:{}", practice.code),
        );
    }
    for (words, meaning) in [
        ("the name of a medicine", "medicine"),
        ("the amount of the medicine", "amount"),
        ("whether the medicine was taken", "state"),
        ("when the medicine was taken", "taken_at"),
        ("the name of each value, where each has a row", "name"),
        ("the value of each row", "value"),
        ("the unit of each value", "unit"),
    ] {
        add(words.to_owned(), meaning.to_owned());
    }
    // A list that offers what cannot be taken would be a trap.
    all.retain(|(_, meaning)| target_of(meaning, journal).is_ok());
    all
}

impl Choices for Meanings {
    type Row = (String, String);
    type Act = Infallible;

    const LOOK: Look = Look::Popup(LongLines::Cut);

    fn title(&self) -> &'static str {
        self.title
    }

    fn keys(&self) -> &'static [Binding<Msg<Infallible>>] {
        &MEANING_KEYS
    }

    fn rows(&self, typed: &str, shared: &Shared) -> Vec<(String, String)> {
        if typed.trim().is_empty() {
            return self.all.clone();
        }
        let wanted = typed.trim().to_lowercase();
        let has = |(words, _): &&(String, String)| words.to_lowercase().contains(&wanted);
        let mut rows: Vec<_> = self.all.iter().filter(has).cloned().collect();
        if rows.is_empty() {
            let far = |row: &(String, String)| closeness::of_row(typed, &row.0, "", &[""; 0]);
            let mut near: Vec<_> = self
                .all
                .iter()
                .filter_map(|row| Some((far(row)?, row.clone())))
                .collect();
            near.sort_by_key(|(far, _)| *far);
            rows = near.into_iter().map(|(_, row)| row).collect();
        }
        if self.is_answer(typed, &shared.journal) {
            let row = (
                format!("as typed: {}", typed.trim()),
                typed.trim().to_owned(),
            );
            // Enter takes the first row, and who types a whole answer means that one.
            let is_whole = typed.contains(':') || matches!(self.of, Of::File(About::Blanks));
            let at = if is_whole { 0 } else { rows.len() };
            rows.insert(at, row);
        }
        rows
    }

    fn about(&self, rows: &[(String, String)], _typed: &str, _shared: &Shared) -> String {
        if rows.is_empty() {
            return "No answer has these words; Backspace widens the list.".to_owned();
        }
        self.about.clone()
    }

    fn text(&self, row: &(String, String), _room: u16, _shared: &Shared) -> String {
        row.0.clone()
    }

    fn enter(&self, row: &(String, String), _typed: &str) -> Vec<Effect> {
        let value = row.1.clone();
        let answer = match &self.of {
            Of::Column(name) => ImportAnswer::Column(name.clone(), value),
            Of::File(about) => ImportAnswer::File(*about, value),
        };
        vec![Effect::Close, Effect::Answer(answer)]
    }
}

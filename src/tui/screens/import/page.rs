//! The page of a file that is to be taken in: what would come in, its columns, and the questions about it as a whole.

use crate::transfer::errand::{Answered, ColumnLook, Look};
use crate::transfer::import::whole_file::FileQuestion;
use crate::tui::effect::{Effect, Opening};
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::popup::PageLine;
use crate::tui::widgets::text::{pad, width};

/// How many lines about what would come in stand over the columns.
const OUTCOME: usize = 5;

pub(in crate::tui::screens) fn text(line: impl Into<String>) -> PageLine {
    (line.into(), Role::Text)
}

pub(in crate::tui::screens) fn faint(line: impl Into<String>) -> PageLine {
    (line.into(), Role::Faint)
}

/// The first row that waits for an answer, else the first one.
pub(crate) fn first_open(look: &Look) -> usize {
    let columns = look
        .columns
        .iter()
        .map(|column| column.open_guess().is_some());
    let questions = look.questions.iter().map(|question| question.is_open);
    columns
        .chain(questions)
        .position(|is_open| is_open)
        .unwrap_or(0)
}

/// The rows: the columns, then the questions about the file as a whole.
pub(crate) fn rows(look: &Look, theme: Theme) -> Vec<Vec<PageLine>> {
    let names = look.columns.iter();
    let names = names.map(|column| width(&column.name)).max().unwrap_or(0);
    let columns = look.columns.iter();
    let columns = columns.map(|of| column(of, names.min(NAMES), theme));
    columns.chain(look.questions.iter().map(question)).collect()
}

fn question(question: &FileQuestion) -> Vec<PageLine> {
    vec![
        text(format!("{}: {}", question.name, question.now)),
        faint(format!("  {}", question.reason)),
    ]
}

/// What Enter opens on the row `at`.
pub(crate) fn opened(look: &Look, at: usize) -> Vec<Effect> {
    let column = look.columns.get(at).cloned().map(Opening::Meaning);
    let question = || {
        let at = at.checked_sub(look.columns.len())?;
        look.questions.get(at).cloned().map(Opening::FileQuestion)
    };
    let opening = column.or_else(question);
    opening.map(Effect::Open).into_iter().collect()
}

/// Why there is nothing to take in.
pub(crate) fn nothing(look: &Look) -> &'static str {
    if look
        .columns
        .iter()
        .any(|column| column.standing == Answered::Open)
    {
        "Nothing would come in yet: a takes all guesses, Enter gives a column its meaning."
    } else {
        "There is nothing new in it."
    }
}

/// What would come in, over the columns.
pub(crate) fn outcome(look: &Look) -> Vec<PageLine> {
    let mut lines: Vec<PageLine> = look.outcome.iter().take(OUTCOME).map(text).collect();
    let more = look.outcome.len().saturating_sub(OUTCOME);
    if more > 0 {
        lines.push(faint(format!("{more} more lines; r reads all")));
    }
    lines
}

/// The room for the names of columns.
const NAMES: usize = 20;

/// A column: its name, what it becomes, and its examples or the reason of the guess.
fn column(column: &ColumnLook, names: usize, theme: Theme) -> Vec<PageLine> {
    let name = pad(&column.name, names, theme);
    let ColumnLook {
        becomes, examples, ..
    } = column;
    let examples = match examples.len() {
        0 => "no value in it".to_owned(),
        _ => format!("such as {}", examples.join(", ")),
    };
    if let Some(waits) = &column.waits {
        return vec![
            text(format!("{name}  {becomes}")),
            faint(format!("  {examples}; {waits}")),
        ];
    }
    match (column.standing, &column.guess) {
        (Answered::Open, Some(guess)) => vec![
            text(format!("{name}  {}?", guess.words)),
            faint(format!("  {}; left out until you say so", guess.reason)),
        ],
        (Answered::Open, None) => vec![
            text(format!("{name}  left out")),
            faint(format!("  {examples}")),
        ],
        (Answered::ByName, Some(guess)) => vec![
            text(format!("{name}  {becomes}; or {}?", guess.words)),
            faint(format!("  {}; {becomes} until you say so", guess.reason)),
        ],
        (Answered::ByName, None) => vec![
            text(format!("{name}  {becomes}")),
            faint(format!("  {examples}; by its name")),
        ],
        (Answered::ByPerson, _) => vec![
            text(format!("{name}  {becomes}")),
            faint(format!("  {examples}; as you said")),
        ],
    }
}

//! The plainest editor there is, and the field beside it.

use crate::tui::widgets::text_field::{Handled, Shape, TextField};
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use unicode_segmentation::UnicodeSegmentation;

/// One thing done in a field.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    /// A letter is typed.
    Type(char),
    /// A text is pasted.
    Paste(String),
    /// A key that is no letter is pressed.
    Press(KeyCode),
}

/// The clusters, and how many of them stand left of the cursor.
#[derive(Default)]
pub(crate) struct Model {
    clusters: Vec<String>,
    cursor: usize,
}

impl Model {
    fn replace(&mut self, from: usize, to: usize, with: &str) {
        let left: String = self.clusters[..from].concat() + with;
        let text = left.clone() + &self.clusters[to..].concat();
        self.clusters = clusters(&text);
        let (mut bytes, mut cursor) = (0, 0);
        while bytes < left.len() {
            bytes += self.clusters[cursor].len();
            cursor += 1;
        }
        self.cursor = cursor;
    }

    fn line(&self) -> (usize, usize) {
        let left = &self.clusters[..self.cursor];
        let start = left.iter().rposition(|c| c == "\n").map_or(0, |at| at + 1);
        let right = self.clusters[self.cursor..].iter().position(|c| c == "\n");
        (
            start,
            right.map_or(self.clusters.len(), |at| self.cursor + at),
        )
    }

    fn act(&mut self, act: &Act) {
        let (at, len) = (self.cursor, self.clusters.len());
        match act {
            Act::Type(c) => self.replace(at, at, &c.to_string()),
            Act::Paste(text) => self.replace(at, at, text),
            Act::Press(KeyCode::Enter) => self.replace(at, at, "\n"),
            Act::Press(KeyCode::Left) => self.cursor = at.saturating_sub(1),
            Act::Press(KeyCode::Right) => self.cursor = (at + 1).min(len),
            Act::Press(KeyCode::Home) => self.cursor = self.line().0,
            Act::Press(KeyCode::End) => self.cursor = self.line().1,
            Act::Press(KeyCode::Backspace) if at > 0 => self.replace(at - 1, at, ""),
            Act::Press(KeyCode::Delete) if at < len => self.replace(at, at + 1, ""),
            Act::Press(_) => {}
        }
    }
}

/// Clusters line by line, each line end one of its own, as the field has them.
fn clusters(text: &str) -> Vec<String> {
    text.graphemes(true).map(str::to_owned).collect()
}

/// Does the same in the field and in the plain editor, and compares them after each act; then everything is undone and done
/// again.
pub(crate) fn compare(acts: &[Act]) {
    let mut field = TextField::new(Shape::ManyLines, 1_000, "");
    let mut model = Model::default();
    for act in acts {
        model.act(act);
        match act {
            Act::Type('\n') => {
                field.handle(KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE));
            }
            Act::Type(c) => {
                field.handle(KeyEvent::new(KeyCode::Char(*c), KeyModifiers::NONE));
            }
            Act::Paste(text) => {
                field.paste(text);
            }
            Act::Press(code) => {
                field.handle(KeyEvent::new(*code, KeyModifiers::NONE));
            }
        }
        let (start, _) = model.line();
        let left = &model.clusters[..model.cursor];
        let row = left.iter().filter(|c| *c == "\n").count();
        assert_eq!(field.value(), model.clusters.concat());
        assert_eq!(
            field.cursor(),
            (row, model.cursor - start),
            "{:?}",
            field.value()
        );
        assert_eq!(field.length(), field.value().chars().count());
    }
    let end = field.value();
    while field.undo() == Handled::Edited {}
    assert!(field.is_empty());
    while field.redo() == Handled::Edited {}
    assert_eq!(field.value(), end);
}

/// The most acts of one input, and the most letters of one paste: below the field's limit and its steps of undo.
const MOST_ACTS: usize = 200;
const LONGEST_PASTE: usize = 4;

/// Keys.
const KEYS: [KeyCode; 7] = [
    KeyCode::Left,
    KeyCode::Right,
    KeyCode::Home,
    KeyCode::End,
    KeyCode::Backspace,
    KeyCode::Delete,
    KeyCode::Enter,
];

/// The acts that a fuzzer's bytes stand for: its letters are typed or pasted, the first control characters are keys, and
/// U+001F begins a paste.
pub(crate) fn acts(data: &[u8]) -> Vec<Act> {
    let text = String::from_utf8_lossy(data);
    let mut letters = text.chars();
    let mut acts = Vec::new();
    while let Some(letter) = letters.next() {
        let key = KEYS.get(letter as usize);
        acts.push(match key {
            Some(code) => Act::Press(*code),
            None if letter == '\u{1f}' => {
                let pasted = letters.by_ref().take(LONGEST_PASTE);
                Act::Paste(pasted.filter(|sign| !sign.is_control()).collect())
            }
            None if letter == '\n' => Act::Type(letter),
            None if letter.is_control() => continue,
            None => Act::Type(letter),
        });
        if acts.len() == MOST_ACTS {
            break;
        }
    }
    acts
}

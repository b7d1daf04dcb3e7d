//! `/`: search in the notes. Each letter narrows the list, newest note first; Enter goes to the one in focus.

use super::list_page::Msg;
use super::picker::{Choices, Look};
use crate::domain::entry::search::{Excerpt, Hit, excerpt_of, hits, hits_among};
use crate::domain::journal::Coverage;
use crate::domain::text::words;
use crate::tui::effect::Effect;
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, joined};
use crate::tui::shared::Shared;
use crate::tui::widgets::list::Step;
use crate::tui::widgets::text::width;
use std::convert::Infallible;

/// The search.
pub struct NoteSearch;

static KEYS: [Binding<Msg<Infallible>>; 9] = joined(
    [
        Binding::footer(Key::ENTER, Msg::Enter, "go there; n N: the others"),
        Binding::row(
            "\u{2191} \u{2193}",
            Key::DOWN,
            Msg::Go(Step::Next),
            "choose",
        ),
    ],
    Msg::TYPING_KEYS,
);

impl Choices for NoteSearch {
    type Row = Hit;
    type Act = Infallible;

    const LOOK: Look = Look::Panel;

    fn title(&self) -> &'static str {
        "Search the notes"
    }

    fn keys(&self) -> &'static [Binding<Msg<Infallible>>] {
        &KEYS
    }

    fn rows(&self, typed: &str, shared: &Shared) -> Vec<Hit> {
        hits(&shared.journal, typed)
    }

    fn fewer(&self, typed: &str, wider: (&str, &[Hit]), shared: &Shared) -> Vec<Hit> {
        let (less, hits) = wider;
        // Nothing has no hits, and is part of every text.
        if less.trim().is_empty() {
            return self.rows(typed, shared);
        }
        hits_among(&shared.journal, typed, hits)
    }

    /// How many notes have the text, or what to type.
    fn about(&self, hits: &[Hit], typed: &str, shared: &Shared) -> String {
        let has_note = || {
            shared
                .journal
                .days()
                .flat_map(|day| day.check_ins.iter())
                .any(|c| c.note.is_some())
        };
        let reading = match shared.journal.coverage {
            Coverage::Whole => "",
            Coverage::Since(_) => " Earlier days are still being read.",
        };
        let text = if !hits.is_empty() {
            words::count(hits.len(), "note", "notes") + ", newest first."
        } else if !has_note() {
            "There is no note yet; n in a check-in writes one.".to_owned()
        } else if typed.trim().is_empty() {
            "Type a word of the note, in any case.".to_owned()
        } else {
            "No note has this text. Fewer letters find more; Backspace takes one away.".to_owned()
        };
        text + reading
    }

    fn text(&self, hit: &Hit, _room: u16, _shared: &Shared) -> String {
        let day = words::day(hit.day);
        // "Wed 18 Nov 2026" has 15 cells: the excerpts begin in one column.
        let gap = " ".repeat(16_usize.saturating_sub(width(&day)) + 1);
        format!("{day}{gap}")
    }

    fn excerpt(&self, hit: &Hit, typed: &str, shared: &Shared) -> Option<Excerpt> {
        excerpt_of(&shared.journal, *hit, typed)
    }

    fn enter(&self, hit: &Hit, typed: &str) -> Vec<Effect> {
        let (wanted, hit) = (typed.trim().to_owned(), *hit);
        vec![Effect::Close, Effect::ShowHit { wanted, hit }]
    }
}

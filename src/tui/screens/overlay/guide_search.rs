//! Search in the guide. Each letter narrows the list; Enter opens the page at that place.

use super::list_page::Msg;
use super::picker::{Choices, Look};
use crate::domain::entry::search::Excerpt;
use crate::domain::guide::{Hit, guide};
use crate::domain::text::words;
use crate::tui::effect::Effect;
use crate::tui::keys::input::Key;
use crate::tui::keys::{Binding, joined};
use crate::tui::shared::Shared;
use crate::tui::widgets::list::Step;
use crate::tui::widgets::text::width;
use std::convert::Infallible;

/// The search.
pub struct TopicSearch;

static KEYS: [Binding<Msg<Infallible>>; 9] = joined(
    [
        Binding::footer(Key::ENTER, Msg::Enter, "read there"),
        Binding::row(
            "\u{2191} \u{2193}",
            Key::DOWN,
            Msg::Go(Step::Next),
            "choose",
        ),
    ],
    Msg::TYPING_KEYS,
);

/// Where the excerpts begin: behind the longest title, in cells.
const TITLES: usize = 30;

impl Choices for TopicSearch {
    type Row = Hit;
    type Act = Infallible;

    const LOOK: Look = Look::Panel;

    fn title(&self) -> &'static str {
        "Search the guide"
    }

    fn keys(&self) -> &'static [Binding<Msg<Infallible>>] {
        &KEYS
    }

    fn rows(&self, typed: &str, _shared: &Shared) -> Vec<Hit> {
        guide().search(typed)
    }

    fn about(&self, hits: &[Hit], typed: &str, _shared: &Shared) -> String {
        if !hits.is_empty() {
            words::count(hits.len(), "place", "places") + "; titles first."
        } else if typed.trim().is_empty() {
            "Type words that stand in the guide, in any case and order.".to_owned()
        } else {
            "No page has all of these words. Fewer letters find more; Backspace takes one away."
                .to_owned()
        }
    }

    /// The title of the page, as wide as the longest one where there is room.
    fn text(&self, hit: &Hit, room: u16, _shared: &Shared) -> String {
        let title = guide().topic(hit.topic).map_or("", |topic| &topic.title);
        // Below 70 cells a column of titles leaves the excerpt too few words.
        let column = if room < 70 { 0 } else { TITLES };
        let gap = " ".repeat(column.saturating_sub(width(title)).max(2));
        format!("{title}{gap}")
    }

    fn excerpt(&self, hit: &Hit, _typed: &str, _shared: &Shared) -> Option<Excerpt> {
        Some(hit.excerpt.clone())
    }

    fn enter(&self, hit: &Hit, _typed: &str) -> Vec<Effect> {
        let (topic, row) = (hit.topic, hit.row);
        vec![Effect::Close, Effect::ShowTopic { topic, row }]
    }
}

//! The guide, read out: the pages by number or name, and a search in all of them.

use super::session::Session;
use super::talk::Step;
use crate::domain::guide::{RowStyle, Topic, guide};

/// Places that are read out at once.
const PLACES: usize = 8;

impl Session<'_> {
    /// Lists the pages and reads out the one that is chosen.
    pub(super) fn guide(&mut self) -> Step<()> {
        if !self.talk.has_rest() {
            for (at, topic) in (1..).zip(&guide().topics) {
                self.say(&format!("{at}: {}. {}", topic.title, topic.summary))?;
            }
        }
        loop {
            let answer =
                self.ask_line("Which page? Its number or name, search and words, or back.")?;
            let lower = answer.to_lowercase();
            match lower.as_str() {
                "" | "done" | "skip" | "." => return Ok(()),
                "search" => {
                    let wanted = self.ask_text("Which words?")?;
                    self.find_in_guide(&wanted)?;
                }
                other => {
                    if let Some(wanted) = other.strip_prefix("search ") {
                        self.find_in_guide(wanted)?;
                    } else if let Some(topic) = named(other) {
                        self.read_out(topic)?;
                    } else {
                        let near = guide().near(other);
                        let near: Vec<&str> = near.iter().map(|topic| topic.code).collect();
                        let wanted = if near.is_empty() {
                            "a number or a name of a page".to_owned()
                        } else {
                            format!("did you mean {}", near.join(", "))
                        };
                        self.not_an_answer(other, &wanted)?;
                    }
                }
            }
        }
    }

    fn read_out(&mut self, topic: &Topic) -> Step<()> {
        self.say(&format!("{}.", topic.title))?;
        for row in topic.rows() {
            match row.style {
                RowStyle::Blank => {}
                RowStyle::Heading => self.say(&format!("{}:", row.text))?,
                _ => self.say(&row.text)?,
            }
        }
        Ok(())
    }

    fn find_in_guide(&mut self, wanted: &str) -> Step<()> {
        let hits = guide().search(wanted);
        if hits.is_empty() {
            return self.say("No page has all of these words.");
        }
        for hit in hits.iter().take(PLACES) {
            let place = guide().topics.iter().position(|t| t.code == hit.topic);
            let number = place.map_or(0, |at| at + 1);
            let title = guide().topic(hit.topic).map_or("", |topic| &topic.title);
            let told = guide()
                .topic(hit.topic)
                .and_then(|t| t.rows().into_iter().nth(hit.row));
            let told = told.map_or_else(String::new, |row| row.text);
            self.say(&format!("{number}, {title}: {told}"))?;
        }
        match hits.len().saturating_sub(PLACES) {
            0 => Ok(()),
            more => self.say(&format!("{more} more; one more word narrows it.")),
        }
    }
}

/// The page with this number, name or title.
fn named(answer: &str) -> Option<&'static Topic> {
    let number = answer.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
    number
        .and_then(|at| guide().topics.get(at))
        .or_else(|| guide().topic(answer))
}

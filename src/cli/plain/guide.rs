//! The guide, read out: the pages by number or name, and a search in all of them.

use super::session::{Asked, Session};
use super::talk::{Step, numbered};
use crate::domain::guide::{RowStyle, Topic, guide};

/// Hits of a search that are read out; more would be slow to hear.
const HITS: usize = 8;

/// Lists the pages and reads out the one that is chosen.
pub(super) fn page(session: &mut Session<'_>) -> Step<()> {
    if !session.talk.has_rest() {
        // The list is skipped when the line already names a page.
        let topics = guide().topics.iter();
        session.say_numbered(topics.map(|topic| format!("{}. {}", topic.title, topic.summary)))?;
    }
    loop {
        let about = "A page of the guide, read out. search and words, such as search clonidine, finds where all of them stand.";
        let question = "Which page? Its number or name, search and words, or back.";
        let answer = session.ask_line(Asked::new(question, about))?;
        let lower = answer.to_lowercase();
        match lower.as_str() {
            "" | "done" | "skip" | "." => return Ok(()),
            "search" => {
                let wanted = session.ask_text(Asked::new(
                    "Which words?",
                    "Words that stand together in the guide, in any order.",
                ))?;
                search(session, &wanted)?;
            }
            other => {
                if let Some(wanted) = other.strip_prefix("search ") {
                    search(session, wanted)?;
                } else if let Some(topic) = named(other) {
                    read_out(session, topic)?;
                } else {
                    // A slip in a title is answered with the nearest pages.
                    let near = guide().near(other);
                    let near: Vec<&str> = near.iter().map(|topic| topic.code).collect();
                    let wanted = if near.is_empty() {
                        "a number or a name of a page".to_owned()
                    } else {
                        format!("did you mean {}", near.join(", "))
                    };
                    session.not_an_answer(other, &wanted)?;
                }
            }
        }
    }
}

fn read_out(session: &mut Session<'_>, topic: &Topic) -> Step<()> {
    session.say(&format!("{}.", topic.title))?;
    for row in topic.rows() {
        match row.style {
            // Air is for the eye; read aloud it is nothing.
            RowStyle::Blank => {}
            RowStyle::Heading => session.say(&format!("{}:", row.text))?,
            _ => session.say(&row.text)?,
        }
    }
    Ok(())
}

fn search(session: &mut Session<'_>, wanted: &str) -> Step<()> {
    let hits = guide().search(wanted);
    if hits.is_empty() {
        return session.say("No page has all of these words.");
    }
    for hit in hits.iter().take(HITS) {
        let mut topics = (1..).zip(&guide().topics);
        let Some((number, topic)) = topics.find(|(_, topic)| topic.code == hit.topic) else {
            continue;
        };
        let row = topic.rows().into_iter().nth(hit.row);
        let text = row.map_or_else(String::new, |row| row.text);
        session.say(&format!("{number}, {}: {text}", topic.title))?;
    }
    match hits.len().saturating_sub(HITS) {
        0 => Ok(()),
        more => session.say(&format!("{more} more; one more word narrows it.")),
    }
}

/// The page with this number, name or title.
fn named(answer: &str) -> Option<&'static Topic> {
    numbered(answer, &guide().topics).or_else(|| guide().topic(answer))
}

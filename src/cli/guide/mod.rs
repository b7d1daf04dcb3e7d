//! `ebb guide`: pages to read, each statement with its source. Needs no journal.

pub(super) mod helplines;

use super::failure::{Failure, NO, Outcome};
use super::output;
use super::session::{Reply, Session};
use crate::domain::guide::{Hit, PageRow, RowStyle, Topic, guide};
use crate::domain::text::wrap::wrap;
use serde_json::json;
use std::fmt::Write as _;

/// The widest line, in cells: longer ones are hard to read.
const WIDEST: usize = 100;
/// The narrowest layout: below it a name would leave no room for its summary.
const NARROWEST: usize = 32;
/// Room for the longest name of a page, with air.
const NAMES: usize = 13;

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb guide                              the pages
  ebb guide tapering                     one of them, with its sources
  ebb guide --search \"clonidine stop\"    where all of these words stand")]
pub(super) struct Args {
    /// A page, by its name or title
    #[arg(value_name = "TOPIC", num_args = 0.., conflicts_with = "search")]
    topic: Vec<String>,
    /// Words to look for, in any case and order
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    search: Option<String>,
}

pub(super) fn run(args: &Args, session: &Session) -> Outcome {
    if session.reply == Reply::Json {
        return as_json(args);
    }
    // A pipe has no width; its reader gets the widest lines.
    let width = output::room().unwrap_or(WIDEST).clamp(NARROWEST, WIDEST);
    if let Some(wanted) = &args.search {
        return search(wanted, width);
    }
    if args.topic.is_empty() {
        return session.pager.text(&listing(width));
    }
    let name = args.topic.join(" ");
    let topic = guide().topic(&name).ok_or_else(|| unknown(&name))?;
    session.pager.text(&page(topic, width))
}

fn search(query: &str, width: usize) -> Outcome {
    // An empty search would match every row of every page.
    if query.trim().is_empty() {
        return Err(Failure::usage("--search needs a word"));
    }
    let hits = guide().search(query);
    if hits.is_empty() {
        return Err(Failure::new(
            NO,
            format!("no page has all the words of \"{query}\""),
        ));
    }
    output::text(&found(&hits, width))
}

/// The pages, one of them as text, or the places of a search.
fn as_json(args: &Args) -> Outcome {
    if let Some(wanted) = &args.search {
        let hits = guide().search(wanted);
        let hits = hits.iter().map(|hit| {
            let excerpt = &hit.excerpt;
            json!({
                "topic": hit.topic,
                "text": format!("{}{}{}", excerpt.before, excerpt.hit, excerpt.after),
            })
        });
        return output::json(&json!({ "version": 1, "hits": hits.collect::<Vec<_>>() }));
    }
    if args.topic.is_empty() {
        let topics = guide().topics.iter();
        let topics = topics.map(
            |topic| json!({ "topic": topic.code, "title": topic.title, "summary": topic.summary }),
        );
        return output::json(&json!({ "version": 1, "topics": topics.collect::<Vec<_>>() }));
    }
    let name = args.topic.join(" ");
    let topic = guide().topic(&name).ok_or_else(|| unknown(&name))?;
    output::json(&json!({
        "version": 1, "topic": topic.code, "title": topic.title,
        // No line is broken for a program.
        "text": page(topic, usize::MAX),
    }))
}

/// Nobody knows this page; names near ones.
pub(super) fn unknown(name: &str) -> Failure {
    let near: Vec<&str> = guide().near(name).iter().map(|topic| topic.code).collect();
    let hint = if near.is_empty() {
        "`ebb guide` lists the pages.".to_owned()
    } else {
        format!("did you mean {}?", near.join(", "))
    };
    Failure::usage(format!("the guide has no page \"{name}\"; {hint}"))
}

/// A name and a summary a line.
fn listing(width: usize) -> String {
    let mut text = String::new();
    for topic in &guide().topics {
        let summary = format!("{}. {}", topic.title, topic.summary);
        hang(
            &mut text,
            &format!("{:NAMES$}", topic.code),
            &summary,
            width,
        );
    }
    text.push_str(
        "\nebb guide NAME prints a page, ebb guide --search WORDS finds words in all of them.\n",
    );
    text
}

/// A page as it is read.
fn page(topic: &Topic, width: usize) -> String {
    let mut text = format!(
        "{}\n{}\n",
        topic.title,
        "=".repeat(topic.title.chars().count())
    );
    for PageRow { style, text: row } in topic.rows() {
        match style {
            RowStyle::Blank => text.push('\n'),
            RowStyle::Heading => {
                writeln!(text, "{row}\n{}", "-".repeat(row.chars().count())).ok();
            }
            RowStyle::Bullet => hang(&mut text, "- ", &row, width),
            RowStyle::Text | RowStyle::Ask | RowStyle::Source => hang(&mut text, "", &row, width),
        }
    }
    text
}

/// A place a line: "medicines     … not stop clonidine, or skip".
fn found(hits: &[Hit], width: usize) -> String {
    let mut text = String::new();
    for Hit { topic, excerpt, .. } in hits {
        // Three dots, as the cut end below has them.
        let before = excerpt.before.replace('\u{2026}', "...");
        let summary = format!("{before}{}{}", excerpt.hit, excerpt.after);
        let first = wrap(&summary, width.saturating_sub(NAMES + 4).max(16));
        let cut = if first.len() > 1 { " ..." } else { "" };
        let line = first.into_iter().next().unwrap_or_default();
        writeln!(text, "{topic:NAMES$}{line}{cut}").ok();
    }
    text
}

/// `head`, with `words` wrapped beside it.
fn hang(text: &mut String, head: &str, words: &str, width: usize) {
    let room = width.saturating_sub(head.len()).max(8);
    for (n, line) in wrap(words, room).into_iter().enumerate() {
        let gap = " ".repeat(head.len());
        writeln!(text, "{}{line}", if n == 0 { head } else { &gap }).ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_there_is_room() {
        for width in [32, 40, 80, 100] {
            for topic in &guide().topics {
                for line in page(topic, width).lines() {
                    // A heading is never wrapped.
                    let is_heading = topic.rows().iter().any(|row| {
                        row.style == RowStyle::Heading && row.text.len() >= line.len() && width < 60
                    });
                    assert!(line.len() <= width || is_heading, "{width}: {line}");
                }
            }
        }
    }

    #[test]
    fn a_page_that_is_not_there_names_a_near_one() {
        let sentence = unknown("tapring").message.unwrap_or_default();
        assert!(sentence.contains("did you mean tapering?"), "{sentence}");
        let sentence = unknown("zzz").message.unwrap_or_default();
        assert!(sentence.contains("`ebb guide` lists"), "{sentence}");
        assert_eq!(unknown("zzz").code, crate::cli::failure::USAGE);
    }

    #[test]
    fn the_list_names_every_page_with_its_summary() {
        let list = listing(100);
        for topic in &guide().topics {
            assert!(list.contains(topic.code));
            assert!(topic.code.len() < NAMES, "{}", topic.code);
        }
    }
}

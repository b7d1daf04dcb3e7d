//! Trends as a conversation: which view, which series, which days. The sentences are those of `ebb trend --plain`.
//!
//! Invariant: everything of the full screen's Trends that can be said has its word in [`words_of_trends`].

use super::history;
use super::session::{Asked, Session};
use super::talk::Step;
use crate::cli::trend;
use crate::domain::series::Series;
use crate::domain::taper::after_cut;
use crate::domain::trends::latest;
use crate::domain::trends::sight::{Basis, Sight};
use crate::domain::trends::view::View;

/// A word of Trends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// What is typed.
    pub word: &'static str,
    /// Its short form; empty without one.
    pub(crate) short: &'static str,
    /// What it does, in few words.
    pub(crate) does: &'static str,
    /// The labels of the full screen's key table that it stands for.
    pub labels: &'static [&'static str],
    meant: Meant,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meant {
    View(View),
    Series,
    Second,
    Earlier,
    Later,
    Date,
    Today,
    Origin,
    Attempt,
    Others,
    Order,
    Worst,
    AfterCut,
    Chart,
    Marks,
    Open,
    Words,
}

const fn word(
    word: &'static str,
    short: &'static str,
    does: &'static str,
    labels: &'static [&'static str],
    meant: Meant,
) -> Word {
    Word {
        word,
        short,
        does,
        labels,
        meant,
    }
}

/// Everything that can be asked of Trends: the views, then the rest.
pub fn words_of_trends() -> impl Iterator<Item = Word> {
    let views = View::ALL.iter().map(|view| {
        let facts = view.facts();
        word(
            facts.code,
            facts.short,
            facts.about,
            VIEW_LABELS,
            Meant::View(*view),
        )
    });
    views.chain(WORDS.iter().copied())
}

/// What the words of the views together stand for.
#[rustfmt::skip]
const VIEW_LABELS: &[&str] = &["view", "view before", "entry", "fewer days", "more days", "all days of the view, the axis as they need it", "higher columns", "lower columns", "the whole row in words"];

#[rustfmt::skip]
const WORDS: &[Word] = &[
    // Every product is said after the series.
    word("series", "s", "which series; its name alone works too", &["series", "series before", "symptom", "row", "its chart", "product under the chart"], Meant::Series),
    word("second", "", "a second series after the first; again: without it", &["two series"], Meant::Second),
    word("earlier", "[", "the period before", &["period", "4 weeks", "week"], Meant::Earlier),
    word("later", "]", "the period after", &[], Meant::Later),
    word("date", "D", "the period around a day", &["to a day", "day"], Meant::Date),
    word("today", "", "back to today", &["to today"], Meant::Today),
    word("origin", "", "the timeline from day 0, the beginning, or the last cut; hours from the dose of day 0 or the last one", &["count from"], Meant::Origin),
    word("attempt", "", "another attempt's timeline: its number, earlier or later", &["attempts", "attempt before", "attempt after"], Meant::Attempt),
    word("others", "", "the other attempts on the timeline, or not", &["other attempts over this one, or under it"], Meant::Others),
    word("order", "o", "another order of table and grid", &["order"], Meant::Order),
    word("worst", "", "the table or the grid with the highest first", &["highest first"], Meant::Worst),
    word("cuts", "", "the series before and after cuts, for each product", &["days around a cut, on average"], Meant::AfterCut),
    word("chart", "C", "the view drawn with signs, a line a row of cells; not for a screen reader", &[], Meant::Chart),
    word("marks", "", "day 0, attempts, cuts, use, medicines, visits and notes of these days", &["event marks of these days", "next event mark", "event mark before"], Meant::Marks),
    word("open", "", "a day with its check-ins", &["that day", "read on beside the view"], Meant::Open),
    word("words", "", "this list", &[], Meant::Words),
];

/// What can be asked for most often.
fn choices() -> String {
    let views: Vec<&str> = View::ALL.iter().map(|view| view.code()).collect();
    let views = views.join(", ");
    format!("{views}, series, earlier ([), later (]), words for all of them, or done?")
}

/// What comes after a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    /// The view is said.
    Say,
    /// Something else was said.
    Said,
}

pub(super) fn page(session: &mut Session<'_>) -> Step<()> {
    if session.journal.first_entry().is_none() {
        return session.say(
            "Trends begin with the first check-in; there is none yet. check-in (c) writes one.",
        );
    }
    let mut sight = Sight::default();
    // Further words on the line choose the view first; only the last choice is said.
    let mut is_said = !session.talk.has_rest();
    if is_said {
        say_sight(session, &sight)?;
    }
    loop {
        let typed = session.ask(Asked::new(&choices(), &explained()))?;
        if matches!(typed.as_str(), "" | "done" | "skip") {
            return if is_said {
                Ok(())
            } else {
                say_sight(session, &sight)
            };
        }
        match turn(session, &mut sight, &typed)? {
            Next::Say => is_said = false,
            Next::Said => is_said = true,
        }
        if !is_said && !session.talk.has_rest() {
            is_said = true;
            say_sight(session, &sight)?;
        }
    }
}

/// Does what `typed` asks for.
fn turn(session: &mut Session<'_>, sight: &mut Sight, typed: &str) -> Step<Next> {
    let found = words_of_trends().find(|word| {
        word.word == typed.to_lowercase() || (!word.short.is_empty() && word.short == typed)
    });
    let Some(found) = found else {
        // A series by its name, on one line with what follows: `trends week nausea`.
        let Some(chosen) = Series::find(typed, &session.journal) else {
            session.not_an_answer(
                typed,
                "a word such as week (words lists all), a series, or done",
            )?;
            return Ok(Next::Said);
        };
        sight.choose(Some(chosen));
        return Ok(Next::Say);
    };
    match found.meant {
        Meant::View(view) => sight.view = view,
        Meant::Series => return choose_series(session, sight),
        Meant::Second => return choose_second(session, sight),
        Meant::Earlier => return turn_to(session, sight, -1),
        Meant::Later => return turn_to(session, sight, 1),
        Meant::Date => {
            match session.ask_day("Which day? 2026-11-22, yesterday; skip leaves it.")? {
                Some(day) => {
                    sight.day = Some(day);
                    // A timeline and "all" have no page around a day.
                    sight.view = sight.paged();
                }
                None => return Ok(Next::Said),
            }
        }
        Meant::Today => {
            // A chosen attempt may have ended; today belongs to the latest one.
            (sight.day, sight.attempt) = (None, None);
        }
        Meant::Origin => {
            if sight.view == View::Hours {
                sight.hours.since = sight.hours.since.other();
            } else {
                sight.origin = sight.origin.next();
                sight.view = View::Timeline;
            }
        }
        Meant::Attempt => return choose_attempt(session, sight),
        Meant::Others => {
            sight.switch_others();
            sight.view = View::Timeline;
        }
        Meant::Order => {
            sight.reorder(basis(session));
            // A chart has no rows to order, so the table shows the order.
            if sight.view.is_chart() {
                sight.view = View::Table;
            }
        }
        Meant::Worst => sight.put_worst_first(basis(session)),
        Meant::AfterCut => {
            let summary = after_cut::sentences(
                &session.journal,
                None,
                sight.series(basis(session)),
                session.today(),
            );
            summary.iter().try_for_each(|line| session.say(line))?;
            return Ok(Next::Said);
        }
        Meant::Chart => {
            draw(session, sight)?;
            return Ok(Next::Said);
        }
        Meant::Marks => {
            say_marks(session, sight)?;
            return Ok(Next::Said);
        }
        Meant::Open => {
            if let Some(day) = session.ask_day("Which day? skip leaves it.")? {
                history::open_day(session, day)?;
            }
            return Ok(Next::Said);
        }
        Meant::Words => {
            say_words(session)?;
            return Ok(Next::Said);
        }
    }
    Ok(Next::Say)
}

fn choose_series(session: &mut Session<'_>, sight: &mut Sight) -> Step<Next> {
    let Some(chosen) = ask_series(session, "Which series?")? else {
        return Ok(Next::Said);
    };
    sight.choose(Some(chosen));
    Ok(Next::Say)
}

fn choose_second(session: &mut Session<'_>, sight: &mut Sight) -> Step<Next> {
    // The same word takes the second series away again.
    if sight.second.is_some() && !session.talk.has_rest() {
        sight.second = None;
        session.say("Without the second series.")?;
        return Ok(Next::Say);
    }
    let Some(chosen) = ask_series(session, "Which series after the first?")? else {
        return Ok(Next::Said);
    };
    if chosen == sight.series(basis(session)) {
        session.say("That is the first series already.")?;
        return Ok(Next::Said);
    }
    sight.choose_second(Some(chosen), basis(session));
    Ok(Next::Say)
}

pub(super) fn ask_series(session: &mut Session<'_>, question: &str) -> Step<Option<Series>> {
    loop {
        let text = session.ask_text(Asked::new(
            &format!("{question} Severity, Body, Mind, Overall or a symptom; list names all."),
            "What is looked at over the days, by its name: an index, a symptom, doses, urges, a measurement. skip leaves it.",
        ))?;
        if text.is_empty() {
            return Ok(None);
        }
        if text == "list" {
            let names: Vec<String> = Series::offered(&session.journal)
                .into_iter()
                .map(|series| series.name(&session.journal))
                .collect();
            session.say(&format!("{}.", names.join(", ")))?;
            continue;
        }
        match Series::find(&text, &session.journal) {
            Some(series) => return Ok(Some(series)),
            None => session.say(&format!("There is no series called \"{text}\"."))?,
        }
    }
}

fn choose_attempt(session: &mut Session<'_>, sight: &mut Sight) -> Step<Next> {
    let begun: Vec<usize> = session
        .journal
        .attempts
        .iter()
        .filter(|numbered| numbered.attempt.began <= session.today())
        .map(|numbered| numbered.number)
        .collect();
    let Some(last) = begun.last().copied() else {
        session.say(NO_ATTEMPT)?;
        return Ok(Next::Said);
    };
    let at = begun
        .iter()
        .position(|number| Some(*number) == sight.attempt)
        .unwrap_or(begun.len() - 1);
    let question = format!("Which attempt? 1 to {last}, earlier or later; skip leaves it.");
    let chosen = loop {
        let about = "Whose days are shown: the number of an attempt, or the one before or after the one in sight.";
        let word = session.ask(Asked::new(&question, about))?;
        let chosen = match word.as_str() {
            "" | "skip" | "done" => return Ok(Next::Said),
            "earlier" | "[" | "a" => at.checked_sub(1).and_then(|at| begun.get(at)),
            "later" | "]" | "f" => begun.get(at + 1),
            number => begun.iter().find(|one| number == one.to_string()),
        };
        match (chosen, word.as_str()) {
            (Some(chosen), _) => break *chosen,
            (None, "earlier" | "[" | "a") => {
                session.say("There is no earlier attempt.")?;
                return Ok(Next::Said);
            }
            (None, "later" | "]" | "f") => {
                session.say("There is no later attempt.")?;
                return Ok(Next::Said);
            }
            (None, other) => {
                session.not_an_answer(other, &format!("1 to {last}, earlier, later or skip"))?;
            }
        }
    };
    sight.attempt = Some(chosen);
    sight.view = View::Timeline;
    Ok(Next::Say)
}

/// Turns to another period where there is one.
fn turn_to(session: &mut Session<'_>, sight: &mut Sight, way: i64) -> Step<Next> {
    match sight.turn_period(way, basis(session)) {
        Ok(()) => Ok(Next::Say),
        Err(why) => {
            session.say(&why)?;
            Ok(Next::Said)
        }
    }
}

fn basis<'a>(session: &'a Session<'_>) -> Basis<'a> {
    Basis {
        journal: &session.journal,
        today: session.today(),
        manner: session.now().manner,
    }
}

fn say_sight(session: &mut Session<'_>, sight: &Sight) -> Step<()> {
    let summary = trend::sentences_of(sight, basis(session));
    say_lines(session, summary)
}

/// The view drawn, for people who see it.
fn draw(session: &mut Session<'_>, sight: &Sight) -> Step<()> {
    let (now, theme, room) = (session.now(), session.theme, session.talk.room());
    // The drawing holds the journal while it is made.
    let journal = std::mem::take(&mut session.journal);
    let (journal, lines) = trend::drawn_of(sight, journal, now, theme, room);
    session.journal = journal;
    match lines {
        Ok(lines) => session.talk.draw(&lines),
        Err(why) => session.say(why),
    }
}

fn say_marks(session: &mut Session<'_>, sight: &Sight) -> Step<()> {
    let marks = trend::marks_of(sight, basis(session));
    if marks.as_ref().is_some_and(Vec::is_empty) {
        return session.say("No event marks in these days.");
    }
    say_lines(session, marks)
}

fn say_lines(session: &mut Session<'_>, summary: Option<Vec<String>>) -> Step<()> {
    match summary {
        Some(lines) => lines.iter().try_for_each(|line| session.say(line)),
        None if latest(&session.journal.attempts, session.today()).is_none() => {
            session.say(NO_ATTEMPT)
        }
        None => session.say("That attempt has not begun."),
    }
}

fn say_words(session: &mut Session<'_>) -> Step<()> {
    session.say(&explained())
}

/// What each word does, a line each.
fn explained() -> String {
    let words = words_of_trends().map(|word| {
        let short = if word.short.is_empty() {
            String::new()
        } else {
            format!(" ({})", word.short)
        };
        format!("{}{short}: {}", word.word, word.does)
    });
    let end = "The name of a series: its chart. done: back to the menu.".to_owned();
    words.chain([end]).collect::<Vec<_>>().join("\n")
}

const NO_ATTEMPT: &str = "The timeline needs an attempt: start begins one.";

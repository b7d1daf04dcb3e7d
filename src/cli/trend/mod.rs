//! `ebb trend`: each view of Trends drawn as on the full screen, in sentences, and as JSON.
//!
//! Invariant: a day without a value has no mark, and where no day has one it is said why.

mod attempts;
mod closing;
mod drawn;
mod grid;
mod hours;
pub(super) mod json;
mod look;
mod marks;
mod sentences;
mod stairs;
mod timeline_sentences;
mod weeks;

use super::failure::{Failure, NO, Outcome};
use super::output;
use super::output::look::{ink, theme};
use super::plain::talk::WIDTH;
use super::session;
use super::session::Session;
use crate::domain::journal::Journal;
use crate::domain::series::{Group, Series};
use crate::domain::text::wrap::wrap;
use crate::domain::time::Now;
use crate::domain::trends::Origin;
use crate::domain::trends::hours::{Place, Since};
use crate::domain::trends::sight::{Basis, Sight};
use crate::domain::trends::view::View;
use crate::domain::trends::week_table::Order;
use crate::tui::shared::Shared;
use crate::tui::theme::Theme;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use drawn::{Paper, Part};
use look::Look;
use marks::Notes;
use serde_json::Value;

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb trend                             the week beside the week before, and every symptom of these days
  ebb trend nausea anxiety --view all
  ebb trend --view timeline             days counted from day 0, the earlier attempts under them
  ebb trend --view hours                the first four days by the hour since the dose of day 0
  ebb trend --view grid --order worst   each symptom, each day of four weeks
  ebb trend --view table                this week, the week before, the change
  ebb trend --color always | less -R    in colours through a pipe; COLUMNS=120 sets the width
  ebb trend --plain                     the same in sentences")]
pub(super) struct Args {
    /// severity, overall, a symptom, doses, urges, a product; when left out what most days have, all in a table
    series: Vec<String>,
    /// How the days are laid out
    #[arg(long, value_parser = views(), default_value = "week")]
    view: View,
    /// The first day
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    from: Option<String>,
    /// The last day
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    to: Option<String>,
    /// The attempt of a timeline; the latest when left out
    #[arg(long, value_name = "N")]
    attempt: Option<usize>,
    /// From where a timeline counts
    #[arg(long, value_parser = origins(), default_value = "day-zero")]
    origin: Origin,
    /// Hours count from the last dose, not from that of day 0
    #[arg(long)]
    last_dose: bool,
    /// In which order a grid or table lists
    #[arg(long, value_parser = orders(), default_value = "group")]
    order: Order,
    /// For scripts
    #[arg(long)]
    json: bool,
}

fn views() -> impl TypedValueParser<Value = View> {
    PossibleValuesParser::new(View::ALL.iter().map(|view| view.code()))
        .map(|code| View::from_code(&code).unwrap_or_default())
}

fn origins() -> impl TypedValueParser<Value = Origin> {
    PossibleValuesParser::new(["day-zero", "beginning", "last-cut"]).map(|word| {
        match word.as_str() {
            "beginning" => Origin::Beginning,
            "last-cut" => Origin::LastCut,
            _ => Origin::DayZero,
        }
    })
}

fn orders() -> impl TypedValueParser<Value = Order> {
    PossibleValuesParser::new(Order::ALL.map(Order::code))
        .map(|code| Order::from_code(&code).unwrap_or_default())
}

/// How a view is given in text.
struct Face {
    /// Drawn, and what is said of it.
    drawn: fn(&Look<'_>, Paper<'_>) -> Vec<Part>,
    /// In sentences, a line each; the event marks follow.
    sentences: fn(&Look<'_>) -> Vec<String>,
    /// What its JSON has besides what every view has.
    json: fn(&Look<'_>, &mut Value),
}

/// The one place where a view's drawing, sentences and JSON are picked.
///
/// The drawing itself is that of the full screen: see `paper` in `src/tui/screens/trends/mod.rs`.
const fn face(view: View) -> Face {
    match view {
        View::Week | View::Month | View::All | View::Timeline => Face {
            drawn: drawn::charts,
            sentences: charts_text,
            json: json::charts,
        },
        View::Hours => Face {
            drawn: drawn::hours,
            sentences: hours::sentences,
            json: hours::json,
        },
        View::Grid => Face {
            drawn: drawn::grid,
            sentences: grid::sentences,
            json: json::grid,
        },
        View::Table => Face {
            drawn: drawn::table,
            sentences: weeks::sentences,
            json: json::table,
        },
    }
}

fn charts_text(look: &Look<'_>) -> Vec<String> {
    let chart = |series: &Series| match look.course {
        Some(course) => timeline_sentences::timeline(look, *series, course),
        None => sentences::chart(look, *series),
    };
    let charts = look.series.iter().flat_map(chart);
    charts.chain(stairs::sentences(look)).collect()
}

fn sentences(look: &Look<'_>, notes: Notes) -> Vec<String> {
    let mut lines = (face(look.sight.view).sentences)(look);
    lines.extend(marks::sentences(look, notes));
    lines
}

pub(super) fn run(args: &Args, session: &Session) -> Outcome {
    let journal = session.open()?.load(None)?;
    let shared = Shared::on_paper(journal, session.now.clone(), theme(session)?);
    let journal = &shared.journal;
    let day_end = journal.settings.day_end;
    let mut sight = Sight {
        view: args.view,
        origin: args.origin,
        hours: Place {
            since: if args.last_dose {
                Since::LastDose
            } else {
                Since::DayZero
            },
            unit: None,
        },
        attempt: args.attempt,
        order: args.order,
        ..Sight::default()
    };
    let at = shared.basis();
    let series = series(args, &sight, at)?;
    // A series that was named needs no word on why it stands first.
    sight.chosen = series.first().copied().filter(|_| !args.series.is_empty());
    (sight.from, sight.to) = session.range(args.from.as_deref(), args.to.as_deref(), day_end)?;
    // A week, a month and a table are those around the last day that was asked for.
    sight.day = sight.to;
    if let Some(number) = args.attempt {
        if !sight.counts_attempt() && sight.view != View::Hours {
            return Err(Failure::usage(
                "--attempt chooses the attempt of a timeline or of hours; add --view timeline"
                    .to_owned(),
            ));
        }
        if journal.attempts.by_number(number).is_none() {
            return Err(Failure::usage(format!(
                "there is no attempt {number}; `ebb attempt list` names them"
            )));
        }
    }
    let Some(look) = Look::of(sight, series, at) else {
        return Err(Failure::new(
            NO,
            "a timeline needs an attempt that has begun; `ebb start` begins one",
        ));
    };
    if args.view == View::Hours {
        hours::of(&look).map_err(|why| Failure::new(NO, why.to_string()))?;
    }
    let face = face(args.view);
    // JSON carries `counted_from`, so the sentence about another origin is for people only.
    if args.json {
        let mut whole = json::of(&look);
        (face.json)(&look, &mut whole);
        return output::json(&whole);
    }
    if let Some(course) = look.course
        && args.origin == Origin::LastCut
        && course.origin != Origin::LastCut
    {
        let instead = course.origin.name();
        output::say(&format!(
            "This attempt has no cut of a plan: counted from {instead}."
        ));
    }
    let room = output::room().unwrap_or(output::USUAL);
    // A narrower page would cut numbers, and sentences are whole at any width.
    let width = drawn::width(room).filter(|_| session.face == session::Face::Screen);
    if let Some(width) = width {
        let paper = Paper {
            shared: &shared,
            width,
        };
        let lines = drawn::lines((face.drawn)(&look, paper), width);
        return session.pager.drawing(lines, ink(session));
    }
    let room = room.min(WIDTH);
    output::text(&wrap(&sentences(&look, Notes::OnPaper).join("\n"), room).join("\n"))
}

fn look_in_plain<'a>(sight: &Sight, at: Basis<'a>) -> Option<Look<'a>> {
    Look::of(sight.clone(), Look::series_of(sight, at), at)
}

/// The view as sentences for plain mode; `None` for the timeline of an attempt that is not there or has not begun.
pub(super) fn sentences_of(sight: &Sight, at: Basis<'_>) -> Option<Vec<String>> {
    Some(sentences(&look_in_plain(sight, at)?, Notes::Spoken))
}

/// Every event mark of the days in sight as sentences; `None` like [`sentences_of`].
pub(super) fn marks_of(sight: &Sight, at: Basis<'_>) -> Option<Vec<String>> {
    let marks = marks::all_text(&look_in_plain(sight, at)?);
    Some(marks.into_iter().map(|(_, line)| line).collect())
}

/// The view drawn for plain mode in the signs of `theme`, or why it is not; the journal comes back.
pub(super) fn drawn_of(
    sight: &Sight,
    journal: Journal,
    now: Now,
    theme: Theme,
    room: usize,
) -> (Journal, Result<Vec<String>, &'static str>) {
    let shared = Shared::on_paper(journal, now, theme);
    let lines = lines_of(sight, &shared, room);
    (shared.journal, lines)
}

fn lines_of(sight: &Sight, shared: &Shared, room: usize) -> Result<Vec<String>, &'static str> {
    let Some(width) = drawn::width(room) else {
        return Err("A chart needs a line of at least 40 cells; the sentences say the same.");
    };
    let Some(look) = look_in_plain(sight, shared.basis()) else {
        return Err("There is no timeline to draw: its attempt has not begun.");
    };
    let parts = (face(sight.view).drawn)(&look, Paper { shared, width });
    let lines = drawn::lines(parts, width).into_iter();
    Ok(lines.map(|line| line.plain).collect())
}

fn series(args: &Args, sight: &Sight, at: Basis<'_>) -> Outcome<Vec<Series>> {
    let journal = at.journal;
    if args.series.is_empty() {
        return Ok(Look::series_of(sight, at));
    }
    let find = |name: &String| {
        let found = Series::find(name, journal).ok_or_else(|| {
            if let Some(series) = Series::unlogged(name, journal) {
                let facts = series.facts(journal);
                return Failure::new(NO, unlogged(&facts.name, facts.group));
            }
            // The words about a near symptom are those of `ebb checkin --set`.
            let unknown = super::checkin::symptom::unknown(name, &journal.symptoms);
            let message = unknown.message.unwrap_or_default();
            Failure::usage(format!("{message} Also: severity, body, mind, overall, and what was logged: doses, urges, a product, a measurement."))
        })?;
        if !args.view.holds(found) {
            return Err(Failure::usage(format!(
                "a {} holds symptoms, 0 to 4; {name} is not one",
                args.view.code()
            )));
        }
        Ok(found)
    };
    args.series.iter().map(find).collect()
}

fn unlogged(name: &str, group: Group) -> String {
    let command = match group {
        Group::Urges => "urge",
        Group::Substances => "used",
        Group::Intakes => "take",
        Group::Measurements => "measure",
        Group::Practices => "did",
        Group::Use => "dose",
        Group::Whole | Group::Body | Group::Mind => "checkin",
    };
    format!("nothing is logged for {name} yet; `ebb {command}` logs it")
}

//! `ebb trend`: each view of Trends in plain text that reads well in a pipe, in sentences, and as JSON.
//!
//! Invariant: a day without a value has no mark, and where no day has one it is said why.

mod chart;
mod sentences;
mod timeline_chart;
mod timeline_sentences;

mod grid;
mod hours;
pub(super) mod json;
mod look;
mod marks;
mod rows;
mod stairs;
mod weeks;

use super::failure::{Failure, NO, Outcome};
use super::output;
use super::plain::talk::WIDTH;
use super::session;
use super::session::Session;
use crate::domain::series::{Group, Series};
use crate::domain::text::wrap::wrap;
use crate::domain::trends::Origin;
use crate::domain::trends::hours::{Place, Since};
use crate::domain::trends::sight::{Basis, Sight};
use crate::domain::trends::view::View;
use crate::domain::trends::week_table::Order;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use look::Look;
use marks::Notes;
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb trend                             what most days have, this week beside the week before
  ebb trend nausea anxiety --view all
  ebb trend --view timeline             days counted from day 0, beside earlier attempts
  ebb trend --view hours                the first four days by the hour since the dose of day 0
  ebb trend --view grid --order worst   each symptom, each day of four weeks
  ebb trend --view table                this week, the week before, the change
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
    /// In columns of 80 cells.
    drawn: fn(&Look<'_>) -> String,
    /// In sentences, a line each; the event marks follow.
    sentences: fn(&Look<'_>) -> Vec<String>,
    /// What its JSON has besides what every view has.
    json: fn(&Look<'_>, &mut Value),
}

/// The one place where a view's drawing, sentences and JSON are picked.
///
/// `drawn` answers text, and does not care how it came about: a drawing of the full screen, made into a ratatui buffer and
/// printed line by line, can be put there.
const fn face(view: View) -> Face {
    match view {
        View::Week | View::Month | View::All | View::Timeline => Face {
            drawn: charts_drawn,
            sentences: charts_text,
            json: json::charts,
        },
        View::Hours => Face {
            drawn: hours::drawn,
            sentences: hours::sentences,
            json: hours::json,
        },
        View::Grid => Face {
            drawn: grid::drawn,
            sentences: grid::sentences,
            json: json::grid,
        },
        View::Table => Face {
            drawn: weeks::drawn,
            sentences: weeks::sentences,
            json: json::table,
        },
    }
}

fn charts_drawn(look: &Look<'_>) -> String {
    let chart = |series: &Series| match look.course {
        Some(course) => timeline_chart::drawn(look, *series, course),
        None => chart::chart(look, *series),
    };
    let charts: Vec<String> = look.series.iter().map(chart).collect();
    charts.join("\n") + &stairs::drawn(look)
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
    let at = Basis {
        journal: &journal,
        today: session.today(&journal),
        manner: session.now.manner,
    };
    let series = series(args, &sight, at)?;
    // A series that was named needs no word on why it stands first.
    sight.chosen = series.first().copied().filter(|_| !args.series.is_empty());
    (sight.from, sight.to) = session.range(args.from.as_deref(), args.to.as_deref(), day_end)?;
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
    // Without a terminal and `COLUMNS` a drawing is as wide as it is, and sentences as those of plain mode.
    let room = output::room();
    let drawn = (session.face == session::Face::Screen).then(|| (face.drawn)(&look));
    let fits = |drawn: &String| room.is_none_or(|room| drawn.lines().all(|l| l.width() <= room));
    if let Some(drawn) = drawn.filter(fits) {
        return session.pager.text(&drawn);
    }
    let room = room.unwrap_or(WIDTH).min(WIDTH);
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

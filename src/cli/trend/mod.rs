//! `ebb trend`: each view of Trends in plain text that reads well in a pipe, in sentences, and as JSON.
//!
//! Invariant: a day without a value has no mark, and fewer than three days draw nothing.

mod drawing;
mod grid;
mod json;
mod laid;
mod marks;
mod rows;
mod weeks;
mod window;

use super::failure::{Failure, Outcome};
use super::output;
use super::plain::talk::wrap;
use super::session::{Face, Session};
use crate::domain::journal::Journal;
use crate::domain::period::{Origin, View, week_of};
use crate::domain::series::Series;
use crate::domain::table::{Order, ranked, table};
use chrono::NaiveDate;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use window::{Bounds, Window};

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb trend                             severity, this week beside the week before
  ebb trend nausea anxiety --view all
  ebb trend --view timeline             days counted from day 0, beside earlier attempts
  ebb trend --view grid --order worst   each symptom, each day of four weeks
  ebb trend --view table                this week, the week before, the change
  ebb trend --plain                     the same in sentences")]
pub(super) struct Args {
    /// severity, body, mind, overall, or a symptom; severity when left out, all in a grid or table
    series: Vec<String>,
    /// How the days are laid out
    #[arg(long, value_parser = views(), default_value = "week")]
    view: View,
    /// The first day
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// The last day
    #[arg(long, value_name = "DAY")]
    to: Option<String>,
    /// The attempt of a timeline; the latest when left out
    #[arg(long, value_name = "N")]
    attempt: Option<usize>,
    /// From where a timeline counts
    #[arg(long, value_parser = origins(), default_value = "day-zero")]
    origin: Origin,
    /// In which order a grid or table lists
    #[arg(long, value_parser = orders(), default_value = "group")]
    order: Order,
    /// For scripts
    #[arg(long)]
    json: bool,
}

fn views() -> impl TypedValueParser<Value = View> {
    PossibleValuesParser::new(View::ALL.map(View::code))
        .map(|code| View::from_code(&code).unwrap_or_default())
}

fn origins() -> impl TypedValueParser<Value = Origin> {
    PossibleValuesParser::new(["day-zero", "beginning"]).map(|word| match word.as_str() {
        "beginning" => Origin::Beginning,
        _ => Origin::DayZero,
    })
}

fn orders() -> impl TypedValueParser<Value = Order> {
    PossibleValuesParser::new(Order::ALL.map(Order::code))
        .map(|code| Order::from_code(&code).unwrap_or_default())
}

/// What is looked at.
struct Look<'a> {
    journal: &'a Journal,
    view: View,
    series: Vec<Series>,
    window: Window<'a>,
    order: Order,
}

pub(super) fn run(args: &Args, session: &Session) -> Outcome {
    let journal = session.open()?.load(None)?;
    let series = series(args, &journal)?;
    let (from, to) = session.range(
        args.from.as_deref(),
        args.to.as_deref(),
        journal.settings.day_end,
    )?;
    let today = session.today(&journal);
    let bounds = Bounds { from, to, today };
    let window = match args.view {
        View::Timeline => window::timeline(&journal, args.attempt, args.origin, bounds)?,
        _ if args.attempt.is_some() => {
            return Err(Failure::usage(
                "--attempt chooses the attempt of a timeline; add --view timeline".to_owned(),
            ));
        }
        view => window::window(view, &journal, bounds),
    };
    let look = Look {
        journal: &journal,
        view: args.view,
        series,
        window,
        order: args.order,
    };
    if args.json {
        return output::json(&json::of(&look));
    }
    let said = look.said(session.face);
    match session.face {
        Face::Screen => output::text(&said),
        Face::Plain => output::text(&wrap(said.trim_end()).join("\n")),
    }
}

/// A view in sentences: what plain mode says, too. A chart is that of `series`; a grid or table has all.
pub(super) fn spoken(
    journal: &Journal,
    view: View,
    series: Series,
    (to, today): (NaiveDate, NaiveDate),
    order: Order,
) -> String {
    let bounds = Bounds {
        from: None,
        to: Some(to),
        today,
    };
    let look = Look {
        journal,
        view,
        series: if view.is_chart() {
            vec![series]
        } else {
            all_of(view, journal)
        },
        window: window::window(view, journal, bounds),
        order,
    };
    look.said(Face::Plain)
}

/// The series that a grid or table has unless some are named.
fn all_of(view: View, journal: &Journal) -> Vec<Series> {
    Series::offered(journal)
        .into_iter()
        .filter(|series| view != View::Grid || matches!(series, Series::Symptom(_)))
        .collect()
}

impl Look<'_> {
    fn said(&self, face: Face) -> String {
        let week = week_of(self.window.span.to);
        match self.view {
            View::Table => {
                let rows = table(self.journal, &self.series, week, self.order);
                match face {
                    Face::Screen => weeks::drawn(self.journal, &rows, week),
                    Face::Plain => weeks::sentences(self.journal, &rows, week),
                }
            }
            View::Grid => {
                let series = ranked(self.journal, &self.series, week, self.order);
                match face {
                    Face::Screen => {
                        grid::drawn(self.journal, &series, self.window.span, self.order)
                    }
                    Face::Plain => grid::sentences(self.journal, &series, self.window.span),
                }
            }
            View::Week | View::Month | View::All | View::Timeline => self
                .series
                .iter()
                .map(|series| self.chart(*series, face))
                .collect::<Vec<_>>()
                .join("\n"),
        }
    }

    fn chart(&self, series: Series, face: Face) -> String {
        let draw = match (self.window.course.is_some(), face) {
            (true, Face::Screen) => return laid::drawn(self.journal, series, self.window),
            (true, Face::Plain) => return laid::sentences(self.journal, series, self.window),
            (false, Face::Screen) => drawing::chart,
            (false, Face::Plain) => drawing::sentences,
        };
        draw(self.journal, series, self.view, self.window)
    }
}

fn series(args: &Args, journal: &Journal) -> Outcome<Vec<Series>> {
    let is_symptom = |series: &Series| matches!(series, Series::Symptom(_));
    if args.series.is_empty() {
        return Ok(if args.view.is_chart() {
            vec![Series::Severity]
        } else {
            all_of(args.view, journal)
        });
    }
    let find = |name: &String| {
        let found = Series::find(name, &journal.symptoms).ok_or_else(|| {
            let unknown = super::symptom::unknown(name, &journal.symptoms);
            let message = unknown.message.unwrap_or_default();
            Failure::usage(format!("{message} Also: severity, body, mind, overall."))
        })?;
        if args.view == View::Grid && !is_symptom(&found) {
            return Err(Failure::usage(format!(
                "a grid holds symptoms, 0 to 4; {name} is not one"
            )));
        }
        Ok(found)
    };
    args.series.iter().map(find).collect()
}

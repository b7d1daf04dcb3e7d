//! `ebb trend`: each view of Trends in plain text that reads well in a pipe, in sentences, and as JSON.
//!
//! Invariant: a day without a value has no mark, and fewer than three days draw nothing.

mod chart;
mod sentences;
mod timeline_chart;
mod timeline_sentences;

mod grid;
mod json;
mod marks;
mod rows;
mod stairs;
mod weeks;
mod window;

use super::failure::{Failure, Outcome};
use super::output;
use super::plain::talk::wrap;
use super::session::{Face, Session};
use crate::domain::journal::Journal;
use crate::domain::series::Series;
use crate::domain::time::display::Manner;
use crate::domain::time::span::Span;
use crate::domain::trends::week_table::{Order, ranked, table};
use crate::domain::trends::{Origin, View, month_of, week_of};
use chrono::NaiveDate;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use marks::Notes;
use sentences::week_names;
pub(super) use window::Others;
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
    /// severity, overall, a symptom, doses, urges, a product; severity when left out, all in a table
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
    let bounds = Bounds {
        from,
        to,
        today,
        manner: session.now.manner,
    };
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
    if let Some(course) = look.window.course
        && args.origin == Origin::LastCut
        && course.origin != Origin::LastCut
    {
        let instead = course.origin.name();
        output::say(&format!(
            "This attempt has no cut of a plan: counted from {instead}."
        ));
    }
    match session.face {
        Face::Screen => output::text(&look.drawn()),
        Face::Plain => output::text(&wrap(&look.told(Notes::OnPaper).join("\n")).join("\n")),
    }
}

/// What plain mode looks at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sight {
    /// How the days are laid out.
    pub(super) view: View,
    /// The series of a chart.
    pub(super) series: Series,
    /// A second one after it.
    pub(super) second: Option<Series>,
    /// A day of the week or month, the last day of a grid.
    pub(super) on: NaiveDate,
    /// The attempt of a timeline; the latest when `None`.
    pub(super) attempt: Option<usize>,
    /// From where a timeline counts.
    pub(super) origin: Origin,
    /// Whether a timeline says what the other attempts had.
    pub(super) others: Others,
    /// In which order a grid or table lists.
    pub(super) order: Order,
    /// The day it is.
    pub(super) today: NaiveDate,
    /// How days are said.
    pub(super) manner: Manner,
}

impl Sight {
    fn look<'a>(&self, journal: &'a Journal) -> Option<Look<'a>> {
        let to = match self.view {
            View::Week | View::Table => week_of(self.on, self.manner).to,
            View::Month => month_of(self.on).to,
            View::Grid | View::All | View::Timeline => self.on,
        };
        let bounds = Bounds {
            from: None,
            to: Some(to.min(self.today)),
            today: self.today,
            manner: self.manner,
        };
        let window = match self.view {
            View::Timeline | View::All => {
                let bounds = Bounds { to: None, ..bounds };
                if self.view == View::All {
                    window::window(self.view, journal, bounds)
                } else {
                    let window =
                        window::timeline(journal, self.attempt, self.origin, bounds).ok()?;
                    Window {
                        others: self.others,
                        ..window
                    }
                }
            }
            View::Week | View::Month | View::Grid | View::Table => {
                window::window(self.view, journal, bounds)
            }
        };
        let series = if self.view.is_chart() {
            std::iter::once(self.series).chain(self.second).collect()
        } else {
            all_of(self.view, journal)
        };
        Some(Look {
            journal,
            view: self.view,
            series,
            window,
            order: self.order,
        })
    }

    /// The view as sentences; `None` for the timeline of an attempt that is not there or has not begun.
    pub(super) fn told(&self, journal: &Journal) -> Option<Vec<String>> {
        self.look(journal).map(|look| look.told(Notes::Spoken))
    }

    /// Every event mark of the days in sight as sentences; `None` like [`Sight::told`].
    pub(super) fn marks(&self, journal: &Journal) -> Option<Vec<String>> {
        let look = self.look(journal)?;
        let marks = marks::all_told(journal, look.marked(), look.window.today);
        Some(marks.into_iter().map(|(_, line)| line).collect())
    }
}

/// The series that a grid or table has unless some are named.
fn all_of(view: View, journal: &Journal) -> Vec<Series> {
    Series::offered(journal)
        .into_iter()
        .filter(|series| view != View::Grid || matches!(series, Series::Symptom(_)))
        .collect()
}

impl Look<'_> {
    fn drawn(&self) -> String {
        let week = week_of(self.window.span.to, self.window.manner);
        match self.view {
            View::Table => {
                let rows = table(
                    self.journal,
                    &self.series,
                    week,
                    self.window.today,
                    self.order,
                );
                weeks::drawn(self.journal, &rows, week)
            }
            View::Grid => {
                let series = ranked(
                    self.journal,
                    &self.series,
                    week,
                    self.window.today,
                    self.order,
                );
                grid::drawn(self.journal, &series, self.window, self.order)
            }
            View::Week | View::Month | View::All | View::Timeline => {
                let chart = |series: &Series| match self.window.course {
                    Some(course) => {
                        timeline_chart::drawn(self.journal, *series, course, self.window)
                    }
                    None => chart::chart(self.journal, *series, self.view, self.window),
                };
                let charts: Vec<String> = self.series.iter().map(chart).collect();
                charts.join("\n") + &stairs::drawn(self.journal, self.window)
            }
        }
    }

    fn told(&self, notes: Notes) -> Vec<String> {
        let week = week_of(self.window.span.to, self.window.manner);
        let mut lines: Vec<String> = match self.view {
            View::Table => {
                let rows = table(
                    self.journal,
                    &self.series,
                    week,
                    self.window.today,
                    self.order,
                );
                let names = week_names(week.to, self.window);
                weeks::sentences(self.journal, &rows, week, self.order, names)
            }
            View::Grid => {
                let series = ranked(
                    self.journal,
                    &self.series,
                    week,
                    self.window.today,
                    self.order,
                );
                grid::sentences(self.journal, &series, self.window.span, self.order)
            }
            View::Week | View::Month | View::All | View::Timeline => {
                let chart = |series: &Series| match self.window.course {
                    Some(course) => {
                        timeline_sentences::timeline(self.journal, *series, course, self.window)
                    }
                    None => sentences::chart(self.journal, *series, self.view, self.window),
                };
                let charts = self.series.iter().flat_map(chart);
                charts
                    .chain(stairs::told(self.journal, self.window))
                    .collect()
            }
        };
        lines.extend(marks::told(
            self.journal,
            self.marked(),
            self.window.today,
            notes,
        ));
        lines
    }

    /// The days whose event marks belong to the view: a table compares two weeks.
    fn marked(&self) -> Span {
        match self.view {
            View::Table => {
                let week = week_of(self.window.span.to, self.window.manner);
                Span {
                    from: week.earlier(7).from,
                    to: week.to,
                }
            }
            _ => self.window.span,
        }
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
        let found = Series::find(name, journal).ok_or_else(|| {
            let unknown = super::checkin::symptom::unknown(name, &journal.symptoms);
            let message = unknown.message.unwrap_or_default();
            Failure::usage(format!("{message} Also: severity, body, mind, overall, and what was logged: doses, urges, a product, a measurement."))
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

//! Today in sentences: where am I, how does it compare, what is there today.

use super::session::Session;
use super::talk::Step;
use crate::domain::attempt::NumberedAttempt;
use crate::domain::check_in::CheckIn;
use crate::domain::check_in::catalogue::{Phase, phase_of};
use crate::domain::check_in::symptom::Origin;
use crate::domain::journal::Journal;
use crate::domain::series::Series;
use crate::domain::series::stats::{Comparison, TREND_DAYS, against_week_ago};
use crate::domain::text::words;
use crate::domain::time::display::Manner;
use crate::domain::time::span::Span;
use chrono::NaiveDate;

impl Session<'_> {
    /// The first lines: the day, and what waits.
    pub(super) fn greet(&mut self) -> Step<()> {
        let today = self.today();
        self.say(&words::sentence(&words::day(today)))?;
        let said = match self.journal.attempts.open(today) {
            Some(open) => self.where_am_i(open, today),
            None => return self.greet_without_attempt(),
        };
        self.say(&said)?;
        self.mention_missing()
    }

    fn greet_without_attempt(&mut self) -> Step<()> {
        if self.journal.is_empty() {
            return self.say(
                "The journal is empty: brief (b) is one number, check-in (c) is all symptoms.",
            );
        }
        self.mention_missing()
    }

    pub(super) fn show_today(&mut self) -> Step<()> {
        let today = self.today();
        self.say(&format!("Today: {}", words::day(today)))?;
        match self.journal.attempts.open(today) {
            Some(open) => {
                let said = self.where_am_i(open, today);
                let phase = open
                    .attempt
                    .day_number(today)
                    .and_then(phase_of)
                    .map(Phase::sentence);
                let goal = open.attempt.goal.clone();
                self.say(&said)?;
                if let Some(phase) = phase {
                    self.say(&phase)?;
                }
                if let Some(goal) = goal {
                    self.say(&format!("Goal: {goal}"))?;
                }
            }
            None => self.say("Attempt: none is open. start begins one.")?,
        }
        self.said_so_far_today(today)?;
        self.mention_missing()?;
        if self.journal.first_day.is_none() {
            return self.say("There is nothing to compare yet: check-in (c) writes the first day.");
        }
        self.comparisons(today)
    }

    /// "Day 9 since last use, Fri 13 Nov 2026."; after use since then the day counts from day 0 by name.
    fn where_am_i(&self, open: NumberedAttempt<'_>, today: NaiveDate) -> String {
        let now = self.now().at.timestamp();
        let last = self.journal.last_dose(now).map(|dose| dose.day);
        where_am_i(open, last, today, self.manner())
    }

    fn said_so_far_today(&mut self, today: NaiveDate) -> Step<()> {
        let manner = self.manner();
        let lines: Vec<String> = self
            .journal
            .check_ins(today)
            .iter()
            .map(|check_in| one_line(check_in, &self.journal, manner))
            .collect();
        if lines.is_empty() {
            self.say("Today so far: no check-in yet. check-in (c) or brief (b).")?;
        } else {
            self.say(&format!(
                "Today so far: {}.",
                words::count(lines.len(), "check-in", "check-ins")
            ))?;
        }
        for line in lines {
            self.say(&line)?;
        }
        for line in self.journal.so_far(&self.now()) {
            self.say(&words::sentence(&line))?;
        }
        Ok(())
    }

    /// The last 7 days against the 7 before: the indices and the overall, then the symptoms that can be compared.
    fn comparisons(&mut self, today: NaiveDate) -> Step<()> {
        self.say("Last 7 days against the 7 before:")?;
        let mut lines: Vec<String> = Vec::new();
        for series in Series::FIXED {
            let comparison = against_week_ago(&self.journal, series, today);
            let is_repeated = series != Series::Severity
                && matches!(comparison, Comparison::AcrossDayZero { earlier: None, .. });
            if !is_repeated {
                lines.push(compared(
                    &self.journal,
                    series,
                    &comparison,
                    "than a week ago",
                ));
            }
        }
        let brief = brief_days(&self.journal, Span::ending(today, TREND_DAYS));
        if brief > 0 {
            lines.push(format!(
                "{} with overall only.",
                words::count(brief, "day", "days")
            ));
        }
        let rated: Vec<Series> = self
            .journal
            .symptoms
            .rated()
            .map(|s| Series::Symptom(s.key))
            .collect();
        let mut silent = 0;
        for series in rated {
            let comparison = against_week_ago(&self.journal, series, today);
            match comparison {
                Comparison::TooFew { .. } => silent += 1,
                // Said once for all of them, with Severity.
                Comparison::AcrossDayZero { earlier: None, .. } => {}
                _ => lines.push(compared(
                    &self.journal,
                    series,
                    &comparison,
                    "than a week ago",
                )),
            }
        }
        if silent > 0 {
            lines.push(format!(
                "{} with too few days to compare.",
                words::count(silent, "symptom", "symptoms")
            ));
        }
        lines.iter().try_for_each(|line| self.say(line))
    }
}

/// "Day 9 since last use, Fri 13 Nov 2026."
fn where_am_i(
    open: NumberedAttempt<'_>,
    last: Option<NaiveDate>,
    today: NaiveDate,
    manner: Manner,
) -> String {
    let attempt = open.attempt;
    let counted = |day| manner.counted(day);
    match (attempt.day_zero, attempt.day_number(today)) {
        (Some(zero), Some(day)) if day >= 0 && last.is_some_and(|last| last > zero) => {
            let last = last.map(words::day).unwrap_or_default();
            format!(
                "Day {} since {}, {}; last dose {last}.",
                counted(day),
                manner.day_zero(),
                words::day(zero)
            )
        }
        (Some(zero), Some(day)) if day >= 0 => {
            format!("Day {} since last use, {}.", counted(day), words::day(zero))
        }
        (Some(zero), Some(day)) => format!(
            "{} before {}, {}.",
            words::count(day.unsigned_abs().try_into().unwrap_or(0), "day", "days"),
            manner.day_zero(),
            words::day(zero)
        ),
        _ => format!(
            "Attempt {}, {}, began {}; day 0 is not set.",
            open.number,
            attempt.method.label(),
            words::day(attempt.began)
        ),
    }
}

/// Days of `span` that have an overall and no severity index.
pub(super) fn brief_days(journal: &Journal, span: Span) -> usize {
    journal
        .between(span.from, span.to)
        .filter(|day| Series::Severity.hollow(day).is_some())
        .count()
}

/// A check-in in one line: "08:12: 18 of 18 answered, severity 31, overall 6, with a note."
pub(super) fn one_line(check_in: &CheckIn, journal: &Journal, manner: Manner) -> String {
    let mut parts = Vec::new();
    let asked = check_in.ratings.len();
    if asked > 0 {
        parts.push(format!("{} of {asked} answered", check_in.answered()));
    }
    if let Some(severity) = check_in.totals.severity() {
        let core = journal
            .symptoms
            .iter()
            .filter(|s| s.origin == Origin::Core)
            .count();
        parts.push(format!(
            "severity {} ({} of {core})",
            Series::Severity.shown(severity),
            check_in.totals.answered()
        ));
    }
    if let Some(overall) = check_in.overall {
        let form = if check_in.is_brief() {
            "brief, overall"
        } else {
            "overall"
        };
        parts.push(format!("{form} {}", overall.number()));
    }
    if check_in.note.is_some() {
        parts.push("with a note".to_owned());
    }
    if check_in.moment.late {
        parts.push("written late".to_owned());
    }
    if check_in.edited_utc.is_some() {
        parts.push("edited".to_owned());
    }
    format!(
        "{}: {}.",
        manner.time(check_in.moment.wall_time()),
        parts.join(", ")
    )
}

/// What can honestly be said about two stretches: "Severity: 43 before, 31 now, 12 less than a week ago; 7 and 7 days."
pub(super) fn compared(
    journal: &Journal,
    series: Series,
    comparison: &Comparison,
    than: &str,
) -> String {
    let name = series.name(journal);
    match comparison {
        Comparison::Change {
            before: (was, was_n),
            now: (is, is_n),
            change,
        } => {
            let moved = moved(change.value(), &change.abs().to_string(), than);
            format!("{name}: {was} before, {is} now, {moved}; {was_n} and {is_n} days.")
        }
        Comparison::TooFew { before, now, of } => {
            let (n, which) = if before < now {
                (before, "the earlier days")
            } else {
                (now, "the later days")
            };
            format!("{name}: too few days to compare ({n} of {of} in {which}).")
        }
        Comparison::AcrossDayZero { day_zero, earlier } => {
            let zero = words::day(*day_zero);
            let head = format!("{name}: day 0, {zero}, lies between, so there is no comparison");
            match earlier {
                None => format!("{head}."),
                Some(same) => {
                    let moved = moved(
                        same.change.value(),
                        &same.change.abs().to_string(),
                        "than then",
                    );
                    format!(
                        "{head}. Days {} to {} of attempt {}, the {} days that both have: {} then, {} now, {moved}.",
                        same.days.0, same.days.1, same.number, same.n, same.then, same.now
                    )
                }
            }
        }
    }
}

fn moved(change: f64, size: &str, than: &str) -> String {
    if change < 0.0 {
        format!("{size} less {than}")
    } else if change > 0.0 {
        format!("{size} more {than}")
    } else {
        format!("no change {}", than.replacen("than", "from", 1))
    }
}

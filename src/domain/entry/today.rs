//! What today holds besides check-ins, in few lines: one place for the full screen, plain mode and `ebb status`.
//!
//! Invariant: a plan's amount is said as "at most", never as what is left; nothing here is a task that is a dose; what was not
//! logged is not said to be none.

use crate::domain::care::urge::Urge;
use crate::domain::care::visit::is_asked;
use crate::domain::care::{medication, practice_log};
use crate::domain::dose;
use crate::domain::dose::day_without;
use crate::domain::dose::product;
use crate::domain::dose::product::Product;
use crate::domain::dose::{Dose, long};
use crate::domain::entry::summary;
use crate::domain::journal::Journal;
use crate::domain::record::Record;
use crate::domain::record::kind::Kind;
use crate::domain::taper::plan::Plan;
use crate::domain::taper::plans;
use crate::domain::text::words;
use crate::domain::time::Now;
use chrono::{NaiveDate, TimeDelta};

/// After how long the last dose is said with its day alone.
const LONG_AGO: TimeDelta = TimeDelta::days(3);

/// The next visit, with the questions gathered for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NextVisit<'a> {
    /// The appointment.
    pub(crate) visit: &'a Record,
    /// Questions that are still to be asked there.
    pub(crate) questions: Vec<&'a Record>,
}

/// What today holds besides check-ins, in the order of the day's care.
pub fn lines(journal: &Journal, now: &Now) -> Vec<String> {
    let mut lines = without_visit(journal, now);
    lines.extend(visit_line(
        journal,
        now,
        now.today(journal.settings.day_end),
    ));
    lines
}

/// The same where the next visit has a place of its own.
pub(crate) fn without_visit(journal: &Journal, now: &Now) -> Vec<String> {
    let today = now.today(journal.settings.day_end);
    let mut lines = used_so_far(journal, today);
    lines.extend(last_dose_line(journal, now, today));
    lines.extend(medicines_so_far(journal, today, now));
    lines.extend(urges_so_far(journal, today));
    lines.extend(rest_so_far(journal, today));
    lines.extend(routine_line(journal, today));
    lines
}

/// The products of a day: those with a plan first, also where nothing of them was used, then what was used or noted as not.
pub(crate) fn products_on(journal: &Journal, day: NaiveDate) -> Vec<Product> {
    products_of(journal, day, &plans::plans_on(journal, day))
}

/// [`products_on`] where the plans of the day are known.
fn products_of(journal: &Journal, day: NaiveDate, plans: &[Plan]) -> Vec<Product> {
    let doses = dose::doses_on(journal, day);
    let planned = plans.iter().map(|plan| plan.product.as_str());
    let used = doses.iter().map(|dose| dose.product);
    let without = day_without::on(journal, day).filter_map(Record::about);
    let mut products: Vec<Product> = Vec::new();
    for code in planned.chain(used).chain(without) {
        if !products.iter().any(|product| product.code == code) {
            products.extend(product::by_code(journal, code));
        }
    }
    products
}

fn used_so_far(journal: &Journal, today: NaiveDate) -> Vec<String> {
    let doses = dose::doses_on(journal, today);
    let plans = plans::plans_on(journal, today);
    let products = products_of(journal, today, &plans);
    let without: Vec<&str> = day_without::on(journal, today)
        .filter_map(Record::about)
        .collect();
    let line = |product: &Product| {
        let n = doses
            .iter()
            .filter(|dose| dose.product == product.code)
            .count();
        let used = dose::used_on(journal, product, today).map(|used| {
            let times = if n > 1 {
                format!(" in {n} doses")
            } else {
                String::new()
            };
            format!("used {}{times}", product.text(used))
        });
        let is_without = without.contains(&product.code.as_str());
        let used = used.or_else(|| is_without.then(|| day_without::NOTED.to_owned()));
        let plan = plans.iter().find(|plan| plan.product == product.code);
        let target = plan.and_then(|plan| {
            if plans::asks_since(journal, plan, today).is_some() {
                return Some("some days have no entry: the plan asks before it goes on".to_owned());
            }
            // Said, because a held plan stands at its amount for longer than its terms say.
            let held = if plan.is_held_on(today) { ", held" } else { "" };
            let at_most = product.text(plan.target_on(today)?);
            Some(format!("plan at most {at_most}{held}"))
        });
        let parts: Vec<String> = [used, target].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| format!("{}: {}", product.name, parts.join(", ")))
    };
    products.iter().filter_map(line).collect()
}

fn last_dose_line(journal: &Journal, now: &Now, today: NaiveDate) -> Option<String> {
    let dose: Dose<'_> = dose::last_dose(journal, now.at.timestamp())?;
    if let Some(ago) = dose.ago(now.at.timestamp())
        && ago < LONG_AGO
    {
        return Some(format!("last dose {} ago", long(ago)));
    }
    // After day 0 the day stands where the attempt is.
    let is_listed = dose::is_after_day_zero(journal, dose.day);
    (!is_listed).then(|| format!("last dose {}", words::relative_day(dose.day, today)))
}

/// When each medication was last taken; one that never was is no news.
fn medicines_so_far(journal: &Journal, today: NaiveDate, now: &Now) -> Vec<String> {
    let line = |medication: &Record| {
        // Never "not yet taken": nothing here is a task.
        let last = medication::last_intake(journal, medication, now.at.timestamp())?;
        let moment = last.moment;
        let when = if moment.day == today {
            now.manner.time_of(moment)
        } else {
            words::relative_day(moment.day, today)
        };
        Some(format!(
            "{}, last taken {when}",
            summary::title(journal, medication)
        ))
    };
    medication::medications_on(journal, today)
        .into_iter()
        .filter_map(line)
        .collect()
}

fn urges_so_far(journal: &Journal, today: NaiveDate) -> Option<String> {
    let urges = journal.records(today).iter().filter_map(Urge::of);
    let strengths: Vec<u32> = urges.map(|urge| urge.strength).collect();
    let strongest = strengths.iter().max()?;
    let count = words::count(strengths.len(), "urge", "urges");
    Some(format!("{count}, strongest {strongest}"))
}

/// Practices, measurements, other substances, signs and visits of the day, as they say themselves.
fn rest_so_far(journal: &Journal, today: NaiveDate) -> Vec<String> {
    let is_listed = |record: &&Record| match record.kind {
        Kind::Practice | Kind::Measurement | Kind::Substance | Kind::Sign => true,
        // No arm for the rest: a new kind has a line of its own, is said here, or belongs to no day.
        Kind::Dose
        | Kind::DayWithout
        | Kind::Urge
        | Kind::Intake
        | Kind::Appointment
        | Kind::Question
        | Kind::Purchase
        | Kind::Product
        | Kind::Medication
        | Kind::OwnPractice
        | Kind::Treatment
        | Kind::Contact
        | Kind::Reason
        | Kind::Baseline
        | Kind::Plan => false,
    };
    let records = journal.records(today).iter().filter(is_listed);
    records
        .map(|record| summary::line(journal, record))
        .collect()
}

fn routine_line(journal: &Journal, today: NaiveDate) -> Option<String> {
    let routine = practice_log::routine_on(journal, today);
    let open: Vec<&str> = routine
        .iter()
        .filter(|planned| planned.done.is_empty())
        .map(|planned| planned.practice.name.as_str())
        .collect();
    (!open.is_empty()).then(|| format!("in your routine: {}", open.join(", ")))
}

fn visit_line(journal: &Journal, now: &Now, today: NaiveDate) -> Option<String> {
    let next = next_visit(journal, now.at.timestamp())?;
    let moment = next.visit.moment.as_ref()?;
    let day = if moment.day == today {
        "today".to_owned()
    } else {
        words::short_day(moment.day)
    };
    let questions = match next.questions.len() {
        0 => String::new(),
        n => format!(", {}", words::count(n, "question", "questions")),
    };
    let time = now.manner.time_of(moment);
    Some(format!(
        "{} {day} {time}{questions}",
        summary::title(journal, next.visit)
    ))
}

/// The next visit after `now_utc`, with its open questions and those that belong to no visit yet.
pub(crate) fn next_visit(journal: &Journal, now_utc: i64) -> Option<NextVisit<'_>> {
    let mut visits = journal.records_of(Kind::Appointment);
    let visit = visits.find(|visit| visit.moment.as_ref().is_some_and(|m| m.at_utc > now_utc))?;
    let id = visit.id.to_string();
    let questions = journal
        .records_of(Kind::Question)
        .filter(|question| !is_asked(question) && question.about().is_none_or(|about| about == id));
    Some(NextVisit {
        visit,
        questions: questions.collect(),
    })
}

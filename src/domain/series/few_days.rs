//! Why a chart has nothing to draw, and which series has: nobody who wrote check-ins is told that there are none.

use super::Series;
use super::stats::day_values;
use crate::domain::check_in::severity::{BODY_ITEMS, CORE_ITEMS, MIND_ITEMS};
use crate::domain::journal::Journal;
use crate::domain::text::words;
use crate::domain::time::span::Span;

/// "13 check-ins here, none with 9 of 18 answered." Of what is logged besides: "Nothing logged here for Urges a day."
pub(crate) fn why(journal: &Journal, series: Series, span: Span) -> String {
    let with = days_with(journal, series, span);
    if !series.is_rated() {
        let name = series.name(journal);
        return match with {
            0 => format!("Nothing is logged in these days for {name}."),
            n => format!("{} with a value.", words::count(n, "day", "days")),
        };
    }
    let days = journal.between(span.from, span.to);
    let check_ins = days.map(|day| day.check_ins.len()).sum();
    if check_ins == 0 {
        return "No check-in in these days.".to_owned();
    }
    let all = words::count(check_ins, "check-in", "check-ins");
    let what = match series {
        Series::Severity => items(CORE_ITEMS),
        Series::Body => items(BODY_ITEMS),
        Series::Mind => items(MIND_ITEMS),
        Series::Overall => "an overall".to_owned(),
        other => format!("{} answered", other.name(journal)),
    };
    match with {
        0 if check_ins == 1 => format!("1 check-in here, without {what}."),
        0 => format!("{all} here, none with {what}."),
        n => format!(
            "{all} here, {} with {what}.",
            words::count(n, "day", "days")
        ),
    }
}

/// "9 of 18 answered".
fn items(of: u8) -> String {
    format!("{} of {of} answered", of.div_ceil(2))
}

/// The overall or the symptom that has the most days in `span`, with their number, where it has more than `series`.
pub(crate) fn richer(journal: &Journal, series: Series, span: Span) -> Option<(Series, usize)> {
    let symptoms = journal.symptoms.iter();
    let symptoms = symptoms.map(|symptom| Series::Symptom(symptom.key));
    let others = [Series::Severity, Series::Overall].into_iter();
    let mut others: Vec<(Series, usize)> = others.chain(symptoms).map(|it| (it, 0)).collect();
    // Each day is looked at once for all of them.
    journal.glimpse(span.from, span.to, |_, check_ins| {
        for (other, days) in &mut others {
            *days += usize::from(other.of_check_ins(check_ins).is_some());
        }
    });
    let mut most = (series, days_with(journal, series, span));
    for other in others {
        if other.1 > most.1 {
            most = other;
        }
    }
    (most.0 != series).then_some(most)
}

/// "Overall has 13 days".
pub(crate) fn richer_text(journal: &Journal, series: Series, span: Span) -> Option<String> {
    let (other, days) = richer(journal, series, span)?;
    let days = words::count(days, "day", "days");
    Some(format!("{} has {days}", other.name(journal)))
}

fn days_with(journal: &Journal, series: Series, span: Span) -> usize {
    day_values(journal, series, span)
        .into_iter()
        .flatten()
        .count()
}

#[cfg(test)]
mod tests {
    use super::{days_with, richer};
    use crate::domain::check_in::CheckIn;
    use crate::domain::demo::{Plan, changes};
    use crate::domain::journal::change::Change;
    use crate::domain::journal::{Coverage, Day, Journal};
    use crate::domain::series::Series;
    use crate::domain::time::span::Span;
    use crate::domain::time::{Now, Zone};
    use chrono::{DateTime, NaiveDate, Offset, Utc};
    use std::collections::BTreeMap;

    #[test]
    fn the_richer_series_is_the_first_with_the_most_days() {
        let now = Now::new(DateTime::UNIX_EPOCH, Zone::fixed(Utc.fix()));
        let mut by_day: BTreeMap<NaiveDate, Vec<CheckIn>> = BTreeMap::new();
        for change in changes(Plan::usual(90, 3), &now) {
            if let Change::RecordCheckIn(check_in) = change {
                by_day
                    .entry(check_in.moment.day)
                    .or_default()
                    .push(check_in);
            }
        }
        let days = by_day.into_iter().map(|(date, all)| Day::new(date, all));
        let journal = Journal::default().with_days(days.collect(), Coverage::Whole);
        let end = NaiveDate::default();
        for days in [3, 30, 80] {
            let span = Span::ending(end, days);
            let symptoms = journal.symptoms.iter();
            let symptoms = symptoms.map(|symptom| Series::Symptom(symptom.key));
            let all: Vec<Series> = [Series::Severity, Series::Overall]
                .into_iter()
                .chain(symptoms)
                .collect();
            for series in &all {
                let own = days_with(&journal, *series, span);
                let most = all
                    .iter()
                    .map(|it| (*it, days_with(&journal, *it, span)))
                    .rev()
                    .max_by_key(|(_, days)| *days)
                    .filter(|(_, days)| *days > own);
                assert_eq!(richer(&journal, *series, span), most, "{series:?} {days}");
            }
        }
    }
}

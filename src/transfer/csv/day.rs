//! One day a row: every day from the first to the last entry, with the day values that Trends draws.
//!
//! Invariant: a blank is no value and never 0. Every value comes from a series or a count of the domain, so this file, the
//! charts and `ebb trend` cannot differ.

use super::{Guard, Range};
use crate::domain::care::catalogue::CareList;
use crate::domain::care::measure::{Measure, MeasureForm};
use crate::domain::care::measurement::Part;
use crate::domain::care::{practice_log, urge};
use crate::domain::check_in::symptom::Symptom;
use crate::domain::dose::product::Product;
use crate::domain::dose::{Dose, day_without, product};
use crate::domain::journal::{Day, Journal};
use crate::domain::order::Ordered;
use crate::domain::record::kind::Kind;
use crate::domain::report::care::notes;
use crate::domain::report::section;
use crate::domain::series;
use crate::domain::series::Series;
use crate::domain::text::round::Shown;
use crate::domain::time::span::Span;
use crate::transfer::data_package;
use crate::transfer::import::encoding;
use crate::transfer::schema::{Holds, Schema, text};
use crate::transfer::wish::{Notes, Wish};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// The first columns; no other table begins with these.
const BEGINS: [&str; 5] = ["date", "attempt", "attempt_day", "checkins", "items_asked"];

/// How much of a file is looked at; its first columns take less.
const BEGINNING: usize = 1024;

/// Whether a file has a day a row as it is written here, also after a spreadsheet saved it.
pub(crate) fn is_days(bytes: &[u8]) -> bool {
    let start = encoding::beginning(bytes, BEGINNING);
    let columns = start
        .split(['\r', '\n'])
        .next()
        .unwrap_or_default()
        .split([',', ';', '\t'])
        .map(|name| name.trim().trim_matches('"'));
    columns.take(BEGINS.len()).eq(BEGINS)
}

const ABOUT: &str = "A day a row, every day from the first to the last entry, worked out from the other tables and not read back. A \
blank is no value and never 0: on a day without an amount nothing was noted, which is not the same as none.";
const INDEX: Holds = Holds::Number(Some((0, 100)));
const OVERALL: Holds = Holds::Number(Some((0, 10)));
const SEVERITY: Holds = Holds::Number(Some((0, 4)));

/// The kinds that have columns here.
pub(crate) const KINDS: [Kind; 6] = [
    Kind::Dose,
    Kind::DayWithout,
    Kind::Urge,
    Kind::Measurement,
    Kind::Practice,
    Kind::Intake,
];

/// The table of days, without rows.
pub(crate) fn schema(journal: &Journal, typed: Notes) -> Schema<'_, NaiveDate> {
    let on = |date: &NaiveDate| journal.attempts.on(*date);
    let mut schema = Schema::<NaiveDate>::new("days", ABOUT, &["date"])
        .must("date", Holds::Day, NaiveDate::to_string)
        .about("The logical day; it ends at day_end.")
        .may("attempt", Holds::Integer, move |date| {
            on(date).map(|on| on.number)
        })
        .about("The attempt it counts for: 1, 2, 3 in order; blank: none.")
        .may("attempt_day", Holds::Integer, move |date| {
            on(date).and_then(|on| on.attempt.day_number(*date))
        })
        .about("Days since that attempt's day 0; blank: not known.");
    schema = with_check_ins(schema, journal);
    for symptom in &journal.symptoms {
        schema = with_symptom(schema, journal, symptom);
    }
    schema = with_use(schema, journal);
    schema = with_urges(schema, journal);
    schema = with_measures(schema, journal);
    schema = with_practices(schema, journal);
    match typed {
        Notes::Left => schema,
        Notes::Taken => schema
            .may("note", Holds::Text, |date| note(journal, *date))
            .about("The notes of the day, a line each, as typed."),
    }
}

fn with_check_ins<'a>(
    schema: Schema<'a, NaiveDate>,
    journal: &'a Journal,
) -> Schema<'a, NaiveDate> {
    let day = |date: &NaiveDate| journal.day(*date);
    let schema = schema
        .may("checkins", Holds::Integer, move |date| {
            day(date).map(|day| day.check_ins.len())
        })
        .about("Check-ins of the day; blank: none.")
        .may("items_asked", Holds::Integer, move |date| {
            day(date).map(asked)
        })
        .about("Distinct symptoms that were asked on the day, answered or not; blank: no check-in.")
        .may("severity_n", Holds::Whole(0, 18), move |date| {
            day(date).map(|day| day.core_answered(&journal.symptoms))
        })
        .about("Distinct core items answered on the day, of 18; blank: no check-in.");
    let schema = with_value(schema, journal, Series::Severity, INDEX)
        .about("The severity index, 0 to 100: the mean of the day's check-ins that have one.");
    let schema = with_worst(schema, journal, Series::Severity, INDEX).about(
        "The highest index among the check-ins with at least 14 of 18 answered; blank with fewer than two of them.",
    );
    let schema = with_value(schema, journal, Series::Body, INDEX)
        .about("The same of the 10 items of the body.");
    let schema = with_value(schema, journal, Series::Mind, INDEX)
        .about("The same of the 8 items of the mind.");
    let schema = with_value(schema, journal, Series::Overall, OVERALL)
        .about("How hard the day was overall, 0 to 10: the mean of its check-ins that say so.");
    with_worst(schema, journal, Series::Overall, Holds::Whole(0, 10))
        .about("The highest of them; blank with fewer than two.")
}

fn with_symptom<'a>(
    schema: Schema<'a, NaiveDate>,
    journal: &'a Journal,
    symptom: &Symptom,
) -> Schema<'a, NaiveDate> {
    let series = Series::Symptom(symptom.key);
    let schema = with_value(schema, journal, series, SEVERITY).about(
        "0 none to 4 very severe: the mean of the day's answers; blank: not answered, never 0.",
    );
    with_worst(schema, journal, series, Holds::Whole(0, 4))
        .about("The highest of the day's answers; blank with fewer than two.")
}

/// Adds the day value of what is rated, under the name it has in every file.
fn with_value<'a>(
    schema: Schema<'a, NaiveDate>,
    journal: &'a Journal,
    series: Series,
    holds: Holds,
) -> Schema<'a, NaiveDate> {
    schema.may(&series.facts(journal).column, holds, move |date| {
        let value = series.of_day(journal.day(*date)?)?;
        // A mean has one decimal in files, of an index as of a symptom.
        Some(Shown::new(value, 1).to_string())
    })
}

fn with_worst<'a>(
    schema: Schema<'a, NaiveDate>,
    journal: &'a Journal,
    series: Series,
    holds: Holds,
) -> Schema<'a, NaiveDate> {
    let name = format!("{}_worst", series.facts(journal).column);
    schema.may(&name, holds, move |date| {
        let worst = series.worst_of_day(journal.day(*date)?)?;
        Some(series.in_files(worst.value).to_string())
    })
}

fn with_use<'a>(schema: Schema<'a, NaiveDate>, journal: &'a Journal) -> Schema<'a, NaiveDate> {
    let mut schema = with_count(schema, journal, "doses", Series::Doses)
        .about("Doses of any product; 0: a day without was noted; blank: nothing was noted, which is not 0.");
    let mut names = BTreeSet::new();
    for product in used(journal) {
        let name = free_name(&schema, &mut names, &product);
        let about = format!(
            "{}, in {}: what was used on the day; 0: noted as none. An empty amount is not 0.",
            product.code, product.unit
        );
        schema = schema
            .may(&name, Holds::AMOUNT, move |date| {
                day_without::amount_on(journal, &product, *date).map(|amount| amount.to_string())
            })
            .about(about);
    }
    schema
        .may("use_recorded", Holds::Flag, |date| {
            let doses = series::value(journal, Series::Doses, *date)?;
            Some(if doses > 0.0 { "true" } else { "false" })
        })
        .about("true: a dose was noted; false: only that there was none; blank: nothing was noted.")
}

/// The products with a dose or a day without, as they are listed; one that was noted in other units too stands there once for
/// each, since amounts are never converted.
fn used(journal: &Journal) -> Vec<Product> {
    let of = |kind| journal.records_of(kind).filter_map(|record| record.about());
    let codes: BTreeSet<&str> = of(Kind::Dose).chain(of(Kind::DayWithout)).collect();
    let mut products = product::products(journal);
    products.retain(|product| codes.contains(product.code.as_str()));
    let in_each_unit = |product: Product| {
        let doses = journal.records_about(Kind::Dose, &product.code);
        let doses = doses.filter_map(Dose::of);
        let others: BTreeSet<&str> = doses
            .filter(|dose| !product.adds_up(dose.unit))
            .map(|dose| dose.unit)
            .collect();
        let others = others.into_iter().map(|unit| Product {
            unit: unit.to_owned(),
            ..product.clone()
        });
        let others: Vec<Product> = others.collect();
        std::iter::once(product).chain(others)
    };
    products.into_iter().flat_map(in_each_unit).collect()
}

/// `powder_g`; with a number behind it where another column is called so.
fn free_name(
    schema: &Schema<'_, NaiveDate>,
    names: &mut BTreeSet<String>,
    product: &Product,
) -> String {
    let is_word = |c: char| if c.is_alphanumeric() { c } else { '_' };
    // Of an own product both are typed words, and no header may be run by a spreadsheet.
    let name = format!("{}_{}", product.code, product.unit.trim());
    let name: String = name.chars().map(is_word).collect();
    let is_taken = |name: &String| schema.table.place(name).is_some() || names.contains(name);
    let numbered = (2..).map(|n| format!("{name}_{n}"));
    let mut all = std::iter::once(name.clone()).chain(numbered);
    let free = all.find(|name| !is_taken(name)).unwrap_or(name);
    names.insert(free.clone());
    free
}

fn with_urges<'a>(schema: Schema<'a, NaiveDate>, journal: &'a Journal) -> Schema<'a, NaiveDate> {
    with_count(schema, journal, "urges", Series::Urges)
        .about("Urges that were noted; blank: none was noted.")
        .may("urge_worst", Holds::Whole(0, 4), |date| {
            urge::strongest_on(journal, *date)
        })
        .about("The strongest of them, 0 to 4.")
}

/// Adds how many events of a series a day has.
fn with_count<'a>(
    schema: Schema<'a, NaiveDate>,
    journal: &'a Journal,
    name: &str,
    series: Series,
) -> Schema<'a, NaiveDate> {
    schema.may(name, Holds::Integer, move |date| {
        series::value(journal, series, *date).map(|n| n.to_string())
    })
}

/// Adds what is measured: sleep and blood pressure first, then the others as they are listed.
fn with_measures<'a>(
    mut schema: Schema<'a, NaiveDate>,
    journal: &'a Journal,
) -> Schema<'a, NaiveDate> {
    let mut measures: Vec<&'static Measure> = CareList::built_in().measures.iter().collect();
    // A direction has no number.
    measures.retain(|measure| measure.form != MeasureForm::Direction);
    measures.order_by_key(|measure| match measure.form {
        MeasureForm::Sleep => 0,
        MeasureForm::Pair => 1,
        _ => 2,
    });
    for measure in measures {
        let parts: &[(Part, &str)] = match measure.form {
            MeasureForm::Pair => &[(Part::First, "systolic"), (Part::Second, "diastolic")],
            _ => &[(Part::First, measure.code)],
        };
        for (part, name) in parts {
            let series = Series::Measure(measure.code, *part);
            schema = schema
                .may(name, Holds::Number(None), move |date| {
                    let value = series::value(journal, series, *date)?;
                    Some(Shown::new(value, 0).fine().to_string())
                })
                .about(about(measure));
        }
    }
    schema
}

/// "Weight, in kg: the mean of the day."
fn about(measure: &Measure) -> String {
    let name = &measure.name;
    let unit = match (measure.is_scored(), measure.usual_unit()) {
        (true, _) | (_, "") => String::new(),
        (_, unit) => format!(", in {unit}"),
    };
    let scale = match measure.scale() {
        scale if scale.is_empty() => scale,
        scale => format!(" ({scale}; more is better)"),
    };
    let daily = if measure.adds_up() { "sum" } else { "mean" };
    format!("{name}{unit}{scale}: the {daily} of the day; blank: not measured.")
}

fn with_practices<'a>(
    schema: Schema<'a, NaiveDate>,
    journal: &'a Journal,
) -> Schema<'a, NaiveDate> {
    let schema = schema
        .may("practices", Holds::Integer, |date| {
            let n = practice_log::done_on(journal, *date).len();
            (n > 0).then_some(n)
        })
        .about("Practices that were noted; blank: none was noted.")
        .may("practice_minutes", Holds::Integer, |date| {
            practice_log::minutes_on(journal, *date)
        })
        .about("Their minutes; blank: no practice has minutes, or one that is counted in minutes lacks them.");
    with_count(schema, journal, "intakes", Series::Intakes)
        .about("Intakes of medicines that were taken; blank: none was noted as taken.")
}

/// How many distinct symptoms were asked.
fn asked(day: &Day) -> usize {
    let ratings = day.check_ins.iter().flat_map(|check_in| &check_in.ratings);
    let asked: BTreeSet<u16> = ratings.map(|rating| rating.symptom.0).collect();
    asked.len()
}

fn note(journal: &Journal, date: NaiveDate) -> Option<String> {
    let lines = notes_of(journal, date);
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// The notes of a day, in order.
fn notes_of(journal: &Journal, date: NaiveDate) -> Vec<String> {
    let span = Span {
        from: date,
        to: date,
    };
    let lines = notes(journal, span, &section::Notes::All).into_iter();
    lines.map(|line| line.text).collect()
}

/// How many notes of its days stay behind.
pub(crate) fn notes_left(journal: &Journal, wish: &Wish) -> usize {
    let all = || {
        let days = dates(journal, wish.range);
        days.map(|date| notes_of(journal, date).len()).sum()
    };
    match wish.notes {
        Notes::Left => all(),
        Notes::Taken => 0,
    }
}

/// Every day from the first to the last entry, as far as `range` reaches. A visit may lie ahead, so none stretches it.
pub(crate) fn dates(journal: &Journal, range: Range) -> impl Iterator<Item = NaiveDate> {
    let is_of = |date: &NaiveDate| {
        let mut records = journal.records(*date).iter();
        records.any(|record| record.kind != Kind::Appointment)
    };
    let records = || journal.record_days().filter(is_of);
    let check_ins = || journal.days().map(|day| day.date);
    let first = [check_ins().next(), records().next()];
    let last = [check_ins().next_back(), records().next_back()];
    let first = first.into_iter().flatten().min();
    let last = last.into_iter().flatten().max();
    let span = first.zip(last).map(|(first, last)| Span {
        from: first.max(range.from),
        to: last.min(range.to),
    });
    let span = span.filter(|span| !span.is_empty());
    span.into_iter().flat_map(Span::days)
}

/// The rows of `range`, one by one.
pub(crate) fn rows(
    schema: &Schema<'_, NaiveDate>,
    journal: &Journal,
    range: Range,
) -> impl Iterator<Item = Vec<String>> {
    dates(journal, range).map(|date| schema.row(&date).map(text).collect())
}

/// Writes days, one a row.
///
/// # Errors
/// Those of `out`.
pub fn days(
    journal: &Journal,
    range: Range,
    guard: Guard,
    typed: Notes,
    out: &mut dyn Write,
) -> io::Result<()> {
    let schema = schema(journal, typed);
    data_package::csv(
        &schema.table.columns,
        rows(&schema, journal, range),
        guard,
        out,
    )
}

//! Made-up journals against the table of days: every cell is what the entries of its day come to.

use crate::cells_of;
use chrono::NaiveDate;
use ebbtide::domain::check_in::rating::Rating;
use ebbtide::domain::check_in::severity::Totals;
use ebbtide::domain::check_in::symptom::Severity;
use ebbtide::domain::check_in::{CheckIn, Overall};
use ebbtide::domain::id::EntryId;
use ebbtide::domain::journal::{Coverage, Day, Journal};
use ebbtide::domain::record::kind::Kind;
use ebbtide::domain::record::{Record, Value};
use ebbtide::domain::time::Moment;
use ebbtide::transfer::csv::{Guard, Range};
use ebbtide::transfer::package;
use proptest::prelude::{ProptestConfig, Strategy, prop, prop_assert_eq, proptest};

/// Three symptoms (not asked, left blank or answered) and an overall.
type Sitting = ([Option<Option<u8>>; 3], Option<u8>);

/// A day of the generated journal: the check-ins' answers of three symptoms and overalls, doses and noted zeros, urges.
#[derive(Debug, Clone)]
struct Made {
    check_ins: Vec<Sitting>,
    doses: Vec<u32>,
    is_without: bool,
    urges: Vec<u8>,
}

fn made() -> impl Strategy<Value = Made> {
    let asked = || prop::option::of(prop::option::of(0_u8..=4));
    let check_in = ([asked(), asked(), asked()], prop::option::of(0_u8..=10));
    (
        prop::collection::vec(check_in, 0..4),
        prop::collection::vec(1_u32..9000, 0..3),
        proptest::bool::weighted(0.2),
        prop::collection::vec(0_u8..=4, 0..3),
    )
        .prop_map(|(check_ins, doses, is_without, urges)| Made {
            check_ins,
            doses,
            is_without,
            urges,
        })
}

fn journal_of(made: &[Made], first: NaiveDate) -> Journal {
    let journal = Journal::default();
    let mut n: u32 = 0;
    let (mut days, mut records) = (Vec::new(), Vec::new());
    for (date, one) in first.iter_days().zip(made) {
        let mut entry = |minute: usize| {
            n += 1;
            let mut id = [0; 16];
            id[..4].copy_from_slice(&n.to_be_bytes());
            let at = date.and_hms_opt(8, 0, 0).unwrap().and_utc().timestamp();
            let moment = Moment {
                at_utc: at + i64::try_from(minute).unwrap() * 60,
                offset_min: 0,
                zone: "UTC".into(),
                day: date,
                late: false,
                without_time: false,
            };
            (EntryId::from_bytes(id), moment)
        };
        let mut check_ins = Vec::new();
        for (at, (asked, overall)) in one.check_ins.iter().enumerate() {
            let (id, moment) = entry(at);
            let ratings: Box<[Rating]> = journal
                .symptoms
                .iter()
                .zip(asked)
                .filter_map(|(symptom, asked)| {
                    Some(Rating {
                        symptom: symptom.key,
                        answer: (*asked)?.and_then(Severity::new),
                        copied: false,
                    })
                })
                .collect();
            check_ins.push(CheckIn {
                id,
                moment,
                totals: Totals::of(&ratings, &journal.symptoms),
                ratings,
                overall: overall.and_then(Overall::new),
                note: None,
                edited_utc: None,
            });
        }
        days.push(Day::new(date, check_ins));
        for (at, thousandths) in one.doses.iter().enumerate() {
            let (id, moment) = entry(60 + at);
            let mut record = Record::new(id, Kind::Dose, Some(moment), Some("powder"));
            let amount = format!("{}.{:03}", thousandths / 1000, thousandths % 1000);
            record
                .fields
                .set("amount", Value::Number(amount.parse().unwrap()));
            record.fields.set("unit", Value::Text("g".into()));
            records.push(record);
        }
        if one.is_without {
            let (id, moment) = entry(90);
            records.push(Record::new(
                id,
                Kind::DayWithout,
                Some(moment),
                Some("powder"),
            ));
        }
        for (at, strength) in one.urges.iter().enumerate() {
            let (id, moment) = entry(120 + at);
            let mut record = Record::new(id, Kind::Urge, Some(moment), None);
            record.fields.set(
                "strength",
                Value::Number(strength.to_string().parse().unwrap()),
            );
            records.push(record);
        }
    }
    journal
        .with_days(days, Coverage::Whole)
        .with_records(records)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]
    #[test]
    fn every_cell_is_what_the_entries_of_its_day_come_to(made in prop::collection::vec(made(), 1..12)) {
        let first: NaiveDate = "2026-11-01".parse().unwrap();
        let journal = journal_of(&made, first);
        let mut files: Vec<(String, Vec<u8>)> = Vec::new();
        package::write(&journal, Range::ALL, Guard::Quote, &mut files).unwrap();
        let (_, bytes) = files.iter().find(|(name, _)| name == "days.csv").unwrap();
        let rows = cells_of(bytes);
        let is_filled = |one: &Made| !one.check_ins.is_empty() || !one.doses.is_empty() || one.is_without || !one.urges.is_empty();
        let from = made.iter().position(is_filled);
        let to = made.iter().rposition(is_filled);
        let span = from.zip(to).map_or(0, |(from, to)| to - from + 1);
        prop_assert_eq!(rows.len(), span);
        let has_use = made.iter().any(|one| !one.doses.is_empty() || one.is_without);
        for (row, one) in rows.iter().zip(&made[from.unwrap_or(0)..]) {
            let cell = |name: &str| row[name].as_str();
            let some = |n: usize| if n == 0 { String::new() } else { n.to_string() };
            prop_assert_eq!(cell("checkins"), some(one.check_ins.len()));
            let asked = (0..3).filter(|at| one.check_ins.iter().any(|(asked, _)| asked[*at].is_some())).count();
            let asked = if one.check_ins.is_empty() { String::new() } else { asked.to_string() };
            prop_assert_eq!(cell("items_asked"), asked);
            for (at, symptom) in journal.symptoms.iter().take(3).enumerate() {
                let answers: Vec<u32> = one.check_ins.iter().filter_map(|(asked, _)| asked[at]?).map(u32::from).collect();
                let n = u32::try_from(answers.len()).unwrap();
                // Tenths, half up, in whole numbers: no float of the program is asked.
                let tenths = (n > 0).then(|| (answers.iter().sum::<u32>() * 20 + n) / (2 * n));
                let mean = tenths.map_or_else(String::new, |tenths| format!("{}.{}", tenths / 10, tenths % 10));
                prop_assert_eq!(cell(&symptom.code), mean);
                let worst = answers.iter().max().filter(|_| n > 1).map_or_else(String::new, u32::to_string);
                prop_assert_eq!(cell(&format!("{}_worst", symptom.code)), worst);
            }
            let doses = one.doses.len();
            let (count, is_used) = match (doses, one.is_without) {
                (0, false) => (String::new(), ""),
                (0, true) => ("0".to_owned(), "false"),
                _ => (doses.to_string(), "true"),
            };
            prop_assert_eq!(cell("doses"), count);
            prop_assert_eq!(cell("use_recorded"), is_used);
            if has_use {
                let sum: u32 = one.doses.iter().sum();
                let held = row["powder_g"].parse::<f64>().ok();
                let sum = (doses > 0 || one.is_without).then(|| f64::from(sum) / 1000.0);
                prop_assert_eq!(held, sum);
            }
            prop_assert_eq!(cell("urges"), some(one.urges.len()));
            let worst = one.urges.iter().max().map_or_else(String::new, u8::to_string);
            prop_assert_eq!(cell("urge_worst"), worst);
        }
    }
}

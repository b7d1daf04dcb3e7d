//! Series of what is logged besides check-ins: urges, doses, amounts of a product, measurements, practices.
//!
//! Invariant: a day without an entry has no value, never 0; amounts stand in the product's own unit and are never converted.

use super::kind::{Facts, Group, Series};
use crate::domain::care::catalogue::{CareList, Counting, Substance};
use crate::domain::care::measure::{Measure, MeasureForm};
use crate::domain::care::measurement::Part;
use crate::domain::care::medication::Intake;
use crate::domain::care::practice::{Practice, PracticeKey};
use crate::domain::care::practice_log::Done;
use crate::domain::care::urge::Urge;
use crate::domain::care::{measurement, practice};
use crate::domain::check_in::symptom::Severity;
use crate::domain::dose::day_without;
use crate::domain::dose::product;
use crate::domain::dose::product::Product;
use crate::domain::journal::Journal;
use crate::domain::journal::by_day::by_month::Month;
use crate::domain::journal::scales::{Reach, Scales};
use crate::domain::record::Record;
use crate::domain::record::kind::Kind;
use chrono::NaiveDate;
use std::sync::Arc;

/// A series with data, how high its scale goes, and how many days have a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Logged {
    pub(crate) series: Series,
    pub(super) top: f64,
    pub(crate) days: usize,
}

/// What a series stands for, looked up once for many days.
#[derive(PartialEq)]
pub(super) enum Source {
    Urges,
    UrgeStrength,
    Substance(&'static Substance),
    Intakes,
    Doses,
    Amount(Product),
    Measure(&'static Measure, Part),
    Practice(Practice),
}

impl Source {
    /// `None` for a series of check-ins, and for what is there no more.
    pub(super) fn of(series: Series, journal: &Journal) -> Option<Self> {
        Some(match series {
            Series::Urges => Self::Urges,
            Series::UrgeStrength => Self::UrgeStrength,
            Series::Doses => Self::Doses,
            Series::Amount(key) => Self::Amount(product::by_key(journal, key)?),
            Series::Measure(code, part) => Self::Measure(CareList::built_in().measure(code)?, part),
            Series::Practice(key) => Self::Practice(practice::by_key(journal, key)?),
            Series::Substance(code) => Self::Substance(CareList::built_in().substance(code)?),
            Series::Intakes => Self::Intakes,
            Series::Severity
            | Series::Body
            | Series::Mind
            | Series::Overall
            | Series::Symptom(_) => return None,
        })
    }

    /// The kinds of the records that its value depends on.
    pub(super) const fn kinds(&self) -> &'static [Kind] {
        match self {
            Self::Urges | Self::UrgeStrength => &[Kind::Urge],
            Self::Doses | Self::Amount(_) => &[Kind::Dose, Kind::DayWithout],
            Self::Substance(_) => &[Kind::Substance],
            Self::Intakes => &[Kind::Intake],
            Self::Measure(..) => &[Kind::Measurement],
            Self::Practice(_) => &[Kind::Practice],
        }
    }

    /// The value of `date`.
    pub(super) fn on(&self, journal: &Journal, date: NaiveDate) -> Option<f64> {
        self.among(journal.records(date))
    }

    /// The value of a day with these records.
    pub(super) fn among(&self, records: &[Record]) -> Option<f64> {
        let count = |kind: Kind| {
            let n = records.iter().filter(|record| record.kind == kind).count();
            // A day without an entry has no value: "none logged" is not "none".
            (n > 0).then_some(n as f64)
        };
        match self {
            Self::Urges => count(Kind::Urge),
            // With no dose of any product, a noted 0 of one is the day's count.
            Self::Doses => count(Kind::Dose).or_else(|| {
                let mut without = day_without::among(records);
                without.next().map(|_| 0.0)
            }),
            Self::Substance(substance) => {
                let its = records.iter().filter(|it| it.kind == Kind::Substance);
                let n = its.filter(|it| it.about() == Some(substance.code)).count();
                (n > 0).then_some(n as f64)
            }
            Self::Intakes => {
                let taken = records.iter().filter_map(Intake::of);
                let n = taken.filter(Intake::is_taken).count();
                (n > 0).then_some(n as f64)
            }
            Self::UrgeStrength => {
                let urges = records.iter().filter_map(Urge::of);
                let strengths: Vec<f64> = urges.map(|urge| f64::from(urge.strength)).collect();
                (!strengths.is_empty())
                    .then(|| strengths.iter().sum::<f64>() / strengths.len() as f64)
            }
            Self::Amount(product) => day_without::amount_among(records, product)
                .map(crate::domain::amount::Amount::number),
            Self::Measure(measure, part) => measurement::value_among(records, measure, *part),
            Self::Practice(practice) => {
                let its = records.iter().filter(|r| r.about() == Some(&practice.code));
                let done = its.filter_map(Done::of);
                let numbers: Vec<u32> = match practice.counted {
                    Counting::Minutes => done.filter_map(|done| done.minutes).collect(),
                    Counting::Count => done.filter_map(|done| done.count).collect(),
                    // A free amount is words and cannot be added up, so the times are counted.
                    Counting::Amount | Counting::Done => done.map(|_| 1).collect(),
                };
                (!numbers.is_empty()).then(|| numbers.into_iter().map(f64::from).sum())
            }
        }
    }

    /// What is to be known about the series.
    pub(super) fn facts(&self) -> Facts {
        let facts = |name: &str, code: String, group: Group, unit: &str| Facts {
            name: name.to_owned(),
            column: code.clone(),
            code,
            group,
            unit: unit.to_owned(),
        };
        match self {
            Self::Urges => facts("Urges a day", "urges".to_owned(), Group::Urges, ""),
            Self::UrgeStrength => facts(
                "Urge strength",
                "urge_strength".to_owned(),
                Group::Urges,
                "",
            ),
            Self::Substance(substance) => {
                let code = format!("substance_{}", substance.code);
                facts(substance.name, code, Group::Substances, "times")
            }
            Self::Intakes => facts("Intakes a day", "intakes".to_owned(), Group::Intakes, ""),
            Self::Doses => facts("Doses a day", "doses".to_owned(), Group::Use, ""),
            Self::Amount(product) => facts(
                &product.name,
                format!("amount_{}", product.code),
                Group::Use,
                &product.unit,
            ),
            Self::Measure(measure, part) => {
                let usual = measure.units.first();
                let unit = usual.map_or("", |unit| unit.code);
                // A total is out of its scale's top, which says more than "points".
                let unit = if measure.is_scored() { "" } else { unit };
                let (name, code) = match (measure.form, part) {
                    (MeasureForm::Pair, Part::First) => (
                        format!("{}, upper", measure.name),
                        format!("{}_systolic", measure.code),
                    ),
                    (MeasureForm::Pair, Part::Second) => (
                        format!("{}, lower", measure.name),
                        format!("{}_diastolic", measure.code),
                    ),
                    _ => (measure.name.to_owned(), measure.code.to_owned()),
                };
                facts(&name, code, Group::Measurements, unit)
            }
            Self::Practice(practice) => {
                let code = format!("practice_{}", practice.code);
                let unit = match practice.counted {
                    Counting::Minutes => "min",
                    Counting::Count => "",
                    Counting::Amount | Counting::Done => "times",
                };
                facts(&practice.name, code, Group::Practices, unit)
            }
        }
    }

    /// The top of its scale over values up to `most`: a questionnaire's own, else a round number at or above.
    fn top(&self, most: f64) -> f64 {
        match self {
            Self::UrgeStrength => f64::from(Severity::TOP),
            Self::Measure(measure, _) if measure.is_scored() => measure.most.number(),
            _ => round_up(most),
        }
    }
}

/// The least of 1, 2, 3, 4, 5, 6, 8, 10, 12, 14, 16, 20, 30 … that is not below `most`.
pub(crate) fn round_up(most: f64) -> f64 {
    const STEPS: [f64; 10] = [1.0, 1.2, 1.4, 1.6, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0];
    let mut scale = 1.0;
    // Far above any amount; the loop ends for infinity, too.
    while scale < 1e12 {
        let fits = |step: &f64| {
            // Below ten a step of 1.2 would put decimals on the axis.
            (scale > 1.0 || step.fract() == 0.0) && step * scale >= most
        };
        if let Some(step) = STEPS.iter().find(|step| fits(step)) {
            return step * scale;
        }
        scale *= 10.0;
    }
    scale
}

/// Every series of records that has a value on some day, in the order in which they are offered.
pub(crate) fn logged(journal: &Journal) -> Vec<Logged> {
    let is_it = |held: &Kept| Arc::ptr_eq(&held.0.standing, &journal.standing);
    let kept = journal.kept().or(is_it, || {
        let all = candidates(journal);
        let scales = scales(journal, &all);
        let of = |reach: &Reach| {
            let series = *all.get(reach.place)?;
            Some(Logged {
                series,
                top: Source::of(series, journal)?.top(reach.most),
                days: reach.days,
            })
        };
        let logged = scales.whole.iter().filter_map(of).collect();
        Kept(scales, logged)
    });
    kept.1.clone()
}

/// The scales with what is told of them.
struct Kept(Arc<Scales>, Vec<Logged>);

/// Every series of records that there can be.
pub(super) fn candidates(journal: &Journal) -> Vec<Series> {
    let mut all: Vec<Series> = vec![Series::Doses];
    let products = product::products(journal).into_iter();
    all.extend(products.map(|product| Series::Amount(product.key)));
    all.extend([Series::Urges, Series::UrgeStrength]);
    let list = CareList::built_in();
    let substances = list.substances.iter();
    all.extend(substances.map(|substance| Series::Substance(substance.code)));
    all.push(Series::Intakes);
    all.extend(list.measures.iter().flat_map(|measure| {
        let second = (measure.form == MeasureForm::Pair).then_some(Part::Second);
        std::iter::once(Part::First)
            .chain(second)
            .map(|part| Series::Measure(measure.code, part))
    }));
    let listed = list.practices.iter();
    let listed = listed.map(|practice| PracticeKey::BuiltIn(practice.code));
    let own = journal.standing(Kind::OwnPractice).into_iter();
    let own = own.map(|practice| PracticeKey::Own(practice.id));
    all.extend(listed.chain(own).map(Series::Practice));
    all
}

/// The reaches of those that have a value: those of the whole journal, so that a scale stands still while one pages.
fn scales(journal: &Journal, all: &[Series]) -> Arc<Scales> {
    let is_it = |held: &Scales| Arc::ptr_eq(&held.standing, &journal.standing);
    journal.kept().or(is_it, || {
        let before = journal.kept().before::<Scales>();
        let before = before.filter(|before| is_told_apart_alike(&before.standing, journal));
        let before = before.as_ref().map(|before| &before.months);
        let sources = all.iter().map(|series| Source::of(*series, journal));
        let sources: Vec<Option<Source>> = sources.collect();
        let months = journal.by_month(before, |month| reaches(&month, &sources));
        Scales {
            standing: Arc::clone(&journal.standing),
            whole: put_together(months.iter(), sources.len()),
            months,
        }
    })
}

/// Whether the series of records and what they stand for are the same with other records that stand for themselves.
fn is_told_apart_alike(standing: &[Record], journal: &Journal) -> bool {
    let tells = |record: &&Record| matches!(record.kind, Kind::Product | Kind::OwnPractice);
    let before = standing.iter().filter(tells);
    before.eq(journal.standing.iter().filter(tells))
}

/// The reaches of a month.
fn reaches(month: &Month<'_>, sources: &[Option<Source>]) -> Arc<[Reach]> {
    let there = sources.iter().enumerate();
    // Of most there is never anything.
    let there = there.filter_map(|(place, source)| {
        let source = source.as_ref().filter(|source| source.may_be_in(month))?;
        Some((place, source))
    });
    let of = |(place, source): (usize, &Source)| {
        let values = month.days().filter_map(|records| source.among(records));
        let (days, most) = values.fold((0, f64::MIN), |(days, most), value| {
            (days + 1, f64::max(most, value))
        });
        (days > 0).then_some(Reach { place, days, most })
    };
    there.filter_map(of).collect()
}

fn put_together<'a>(months: impl Iterator<Item = &'a Arc<[Reach]>>, places: usize) -> Vec<Reach> {
    let none = |place| Reach {
        place,
        days: 0,
        most: f64::MIN,
    };
    let mut whole: Vec<Reach> = (0..places).map(none).collect();
    for reach in months.flat_map(|month| month.iter()) {
        if let Some(all) = whole.get_mut(reach.place) {
            all.days += reach.days;
            all.most = all.most.max(reach.most);
        }
    }
    whole.retain(|reach| reach.days > 0);
    whole
}

impl Source {
    /// Whether a month may have something of it.
    fn may_be_in(&self, month: &Month<'_>) -> bool {
        let about = match self {
            Self::Amount(product) => Some(&*product.code),
            Self::Substance(substance) => Some(substance.code),
            Self::Measure(measure, _) => Some(measure.code),
            Self::Practice(practice) => Some(&*practice.code),
            Self::Urges | Self::UrgeStrength | Self::Intakes | Self::Doses => None,
        };
        self.kinds().iter().any(|kind| month.has(*kind))
            && about.is_none_or(|about| month.may_be_about(about))
    }
}

#[cfg(test)]
mod tests {
    use super::round_up;

    #[test]
    fn a_scale_ends_with_a_round_number_at_or_above_the_largest_value() {
        let tops = [0.0, 0.4, 1.0, 1.2, 3.5, 7.0, 8.1, 12.0, 12.5, 81.0, 120.5];
        let rounded = tops.map(|top| format!("{}", round_up(top)));
        assert_eq!(
            rounded,
            ["1", "1", "1", "2", "4", "8", "10", "12", "14", "100", "140"]
        );
    }
}

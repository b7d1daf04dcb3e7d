//! Units of a column's numbers: from the person, from the cell, from the heading. Where nothing says one and the numbers fit
//! several, the person is asked.
//!
//! Invariant: a unit is never assumed where another one is possible, and a product's amounts are never converted into a unit
//! of another kind. Milligrams and grams are one kind, millilitres and glasses are not.

use super::digits;
use crate::domain::amount::Amount;
use crate::domain::care::catalogue::CareList;
use crate::domain::care::measure::{Measure, MeasureForm};
use crate::domain::dose::product::Product;

/// What a number's unit makes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unit {
    /// It is written behind the number as it is.
    Named(String),
    /// The number times `times` and over `over`, in the unit `into`.
    Scaled {
        said: String,
        times: i128,
        over: i128,
        into: String,
    },
    /// A time, by how many milliseconds one of its unit has.
    Time { said: String, ms: i128 },
    /// Hours and minutes with a colon.
    Clock,
}

impl Unit {
    /// Its word for a sentence.
    pub(super) fn word(&self) -> &str {
        match self {
            Self::Named(unit) => unit,
            Self::Scaled { said, .. } | Self::Time { said, .. } => said,
            Self::Clock => "h:mm",
        }
    }

    /// The typed amount of a number in this unit, and whether it had to be rounded.
    pub(super) fn amount(&self, digits: &str) -> (String, bool) {
        let (times, over, into) = match self {
            Self::Named(unit) => return (format!("{digits} {unit}"), false),
            Self::Clock => return (digits.to_owned(), false),
            Self::Time { ms, .. } => (*ms, 1000, ""),
            Self::Scaled {
                times, over, into, ..
            } => (*times, *over, into.as_str()),
        };
        let Ok(amount) = digits.parse::<Amount>() else {
            return (digits.to_owned(), false);
        };
        if let Self::Time { .. } = self {
            return time_text(i128::from(amount.thousandths()) * times / over);
        }
        let scaled = i128::from(amount.thousandths()) * times;
        let is_rounded = scaled % over != 0;
        let rounded = (scaled * 2 + over).div_euclid(over * 2);
        let text = format!("{}.{:03} {into}", rounded / 1000, rounded % 1000);
        (text, is_rounded)
    }
}

/// Words for units of one kind, with their size in the smallest of it.
type Kind = &'static [(&'static str, i128)];

const MASS: Kind = &[
    ("\u{b5}g", 1),
    ("\u{3bc}g", 1),
    ("ug", 1),
    ("mcg", 1),
    ("mg", 1_000),
    ("g", 1_000_000),
    ("kg", 1_000_000_000),
];
const VOLUME: Kind = &[("ml", 1), ("cl", 10), ("dl", 100), ("l", 1_000)];
const TIME: Kind = &[
    ("ms", 1),
    ("msec", 1),
    ("milliseconds", 1),
    ("s", 1_000),
    ("sec", 1_000),
    ("secs", 1_000),
    ("second", 1_000),
    ("seconds", 1_000),
    ("min", 60_000),
    ("minutes", 60_000),
    ("h", 3_600_000),
    ("hours", 3_600_000),
];
/// Words for a time with colons.
const CLOCKS: [&str; 6] = [
    "h:mm",
    "hh:mm",
    "h:mm:ss",
    "hh:mm:ss",
    "hh:mm:ss.s",
    "duration",
];

/// The size of `typed` in a kind; other spellings go by the catalogue.
fn size(kind: Kind, typed: &str) -> Option<i128> {
    let typed = typed.trim().to_lowercase();
    let listed = CareList::built_in().unit_of(&typed);
    let code = listed.map_or(typed.clone(), |unit| unit.code.to_lowercase());
    let find = |word: &str| kind.iter().find(|(known, _)| *known == word);
    find(&typed).or_else(|| find(&code)).map(|(_, size)| *size)
}

fn scaled(kind: Kind, said: &str, into: &str) -> Option<Unit> {
    let (from, to) = (size(kind, said)?, size(kind, into)?);
    Some(Unit::Scaled {
        said: said.trim().to_owned(),
        times: from,
        over: to,
        into: into.to_owned(),
    })
}

fn is_timed(measure: &Measure) -> bool {
    measure.unit("h").is_some() && measure.unit("min").is_some()
}

/// The unit that `typed` means for a measurement.
pub(super) fn of_measure(measure: &Measure, typed: &str) -> Option<Unit> {
    let typed = typed.trim();
    if typed.is_empty() || measure.form == MeasureForm::Direction || measure.is_scored() {
        return None;
    }
    if let Some(unit) = measure.unit(typed) {
        return Some(Unit::Named(unit.code.to_owned()));
    }
    if is_timed(measure) {
        if CLOCKS.contains(&typed.to_lowercase().as_str()) {
            return Some(Unit::Clock);
        }
        let said = typed.to_owned();
        return size(TIME, typed).map(|ms| Unit::Time { said, ms });
    }
    let usual = measure.usual_unit();
    scaled(MASS, typed, usual).or_else(|| scaled(VOLUME, typed, usual))
}

/// The unit that `typed` means for a product.
pub(super) fn of_product(product: &Product, typed: &str) -> Option<Unit> {
    let typed = typed.trim();
    if typed.is_empty() {
        return None;
    }
    if product.unit_fits(typed) {
        // "Grams" is g, and "scoops" is the person's own scoop.
        let listed = CareList::built_in().unit_of(typed);
        let code = listed.map_or(product.unit.as_str(), |unit| unit.code);
        return Some(Unit::Named(code.to_owned()));
    }
    scaled(MASS, typed, &product.unit).or_else(|| scaled(VOLUME, typed, &product.unit))
}

/// The sentence about a unit that a measurement does not have.
pub(super) fn not_of_measure(measure: &Measure, typed: &str) -> String {
    let units: Vec<&str> = measure.units().collect();
    let mut known = units.join(", ");
    if is_timed(measure) {
        known.push_str(", s, h:mm");
    }
    format!(
        "{} is not measured in {typed:?}; it is in {known}",
        measure.name
    )
}

/// The sentence about a unit that a product is not counted in.
pub(super) fn not_of_product(product: &Product, typed: &str) -> String {
    format!(
        "{} is counted in {}, and no amount in {typed} is ever converted into it",
        product.name, product.unit
    )
}

/// A time with a colon or with letters, in milliseconds: "7:30", "7:30:15", "7h 30m", "7 h".
pub(super) fn duration(cell: &str) -> Option<i128> {
    let cell = cell.trim().to_lowercase();
    if cell.contains(':') {
        let parts: Vec<&str> = cell.split(':').collect();
        let number = |text: &str| text.trim().parse::<u32>().ok().map(i128::from);
        let (hours, minutes, seconds) = match parts[..] {
            [hours, minutes] => (number(hours)?, number(minutes)?, 0),
            [hours, minutes, seconds] => {
                let whole = seconds.split(['.', ',']).next()?;
                (number(hours)?, number(minutes)?, number(whole)?)
            }
            _ => return None,
        };
        let is_clock = minutes < 60 && seconds < 60;
        return is_clock.then_some(((hours * 60 + minutes) * 60 + seconds) * 1000);
    }
    let (hours, rest) = cell.split_once('h')?;
    let hours: i128 = hours.trim().parse::<u32>().ok()?.into();
    let rest = rest.trim_start_matches(|c: char| c.is_alphabetic());
    let minutes = rest
        .trim()
        .trim_end_matches(|c: char| c.is_alphabetic())
        .trim();
    let minutes: i128 = if minutes.is_empty() {
        // "7 h" is a plain number with its unit.
        return None;
    } else {
        minutes.parse::<u32>().ok()?.into()
    };
    (minutes < 60).then_some((hours * 60 + minutes) * 60_000)
}

/// A time in milliseconds as a typed amount: in hours where that is exact, else in minutes; with whether it was rounded.
pub(super) fn time_text(ms: i128) -> (String, bool) {
    let (size, unit) = if ms % 3_600 == 0 {
        (3_600_000, "h")
    } else {
        (60_000, "min")
    };
    let thousandths = (ms * 2_000 + size).div_euclid(size * 2);
    let text = format!("{}.{:03} {unit}", thousandths / 1000, thousandths % 1000);
    (text, ms * 1000 % size != 0)
}

/// A word of a heading that is a unit.
struct Word<'a> {
    text: &'a str,
    /// In brackets, or the last word: there a unit stands that the numbers really have.
    is_clear: bool,
}

fn words(heading: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    if let (Some(from), Some(to)) = (heading.rfind(['(', '[']), heading.rfind([')', ']'])) {
        let inside = heading.get(from + 1..to).unwrap_or_default().trim();
        let inside = inside.strip_prefix("in ").unwrap_or(inside);
        // "1/min" is "/min" in the lists.
        let bare = match inside.strip_prefix('1') {
            Some(rest) if rest.starts_with('/') => rest,
            _ => inside,
        };
        let pieces = inside.split([',', ';', ' ']).map(str::trim);
        let clear = [bare]
            .into_iter()
            .chain(pieces)
            .filter(|word| !word.is_empty());
        words.extend(clear.map(|text| Word {
            text,
            is_clear: true,
        }));
    }
    let is_sign = |c: char| !(c.is_alphanumeric() || matches!(c, '\u{b0}' | '\u{b5}'));
    let outside = heading.split(['(', '[']).next().unwrap_or_default();
    let plain: Vec<&str> = outside
        .split(is_sign)
        .filter(|word| !word.is_empty())
        .collect();
    // One letter alone is a name of its own: a column S has no seconds by that.
    let is_name = |text: &str| plain.len() == 1 && text.chars().count() == 1;
    let last = plain.len();
    words.extend(
        plain
            .iter()
            .copied()
            .enumerate()
            .rev()
            .map(|(at, text)| Word {
                text,
                is_clear: at + 1 == last && !is_name(text),
            }),
    );
    words
}

/// Words that are units of counts alone, and too ordinary in a heading to say anything about another thing.
const ORDINARY: [&str; 12] = [
    "time", "times", "x", "unit", "units", "point", "points", "piece", "pieces", "duration",
    "beats", "gr",
];

/// Whether a word is a unit of anything.
pub(super) fn is_unit(word: &str) -> bool {
    let word = word.to_lowercase();
    if ORDINARY.contains(&word.as_str()) {
        return false;
    }
    let list = CareList::built_in();
    let more = ["st", "stone", "cm", "oz", "drops"];
    let is_of_kind = |kind: Kind| size(kind, &word).is_some();
    list.unit_of(&word).is_some()
        || list
            .measures
            .iter()
            .any(|measure| measure.unit(&word).is_some())
        || [MASS, VOLUME, TIME].into_iter().any(is_of_kind)
        || CLOCKS.contains(&word.as_str())
        || more.contains(&word.as_str())
}

/// What a heading says about the unit of its numbers.
pub(super) enum Heading {
    /// Nothing.
    Silent,
    /// This unit of the target.
    Says(Unit),
    /// A unit that the target does not have.
    Other(String),
}

/// Reads a heading. `of`: the unit that a word means for the target.
pub(super) fn heading(name: &str, of: impl Fn(&str) -> Option<Unit>) -> Heading {
    let words = words(name);
    // One letter in the middle of a heading is a word of its language.
    let mut could_be = words.iter().filter(|word| {
        (word.is_clear || word.text.chars().count() > 1)
            && !ORDINARY.contains(&word.text.to_lowercase().as_str())
    });
    if let Some(unit) = could_be.find_map(|word| of(word.text)) {
        return Heading::Says(unit);
    }
    let other = words
        .iter()
        .find(|word| word.is_clear && is_unit(word.text));
    other.map_or(Heading::Silent, |word| Heading::Other(word.text.to_owned()))
}

/// The share of numbers that have to fit a unit: some may be slips.
const MOST_OF: usize = 2;

/// The units that most bare numbers of a column are plausible in, and the place of the first that is not in the usual one.
pub(super) fn plausible<'a>(
    measure: &'a Measure,
    numbers: &[&str],
) -> (Vec<&'a str>, Option<usize>) {
    let fits = |unit: &str, number: &str| {
        let amount = digits::read(number, Some(digits::Decimal::Point)).ok();
        let amount = amount.and_then(|number| number.digits.parse::<Amount>().ok());
        let usual = amount.and_then(|amount| measure.in_usual(amount, unit));
        usual.is_some_and(|usual| measure.least <= usual && usual <= measure.most)
    };
    let is_fitting = |unit: &&str| {
        let n = numbers.iter().filter(|number| fits(unit, number)).count();
        n * MOST_OF >= numbers.len().max(1)
    };
    let first = numbers
        .iter()
        .position(|number| !fits(measure.usual_unit(), number));
    (measure.units().filter(is_fitting).collect(), first)
}

#[cfg(test)]
mod tests {
    use super::{Heading, Unit, duration, heading, of_measure, of_product, time_text};
    use crate::domain::care::catalogue::CareList;
    use crate::domain::dose::product;
    use crate::domain::journal::Journal;

    fn said(name: &str, code: &str) -> String {
        let Some(measure) = CareList::built_in().measure(code) else {
            return "no measure".to_owned();
        };
        match heading(name, |word| of_measure(measure, word)) {
            Heading::Silent => "silent".to_owned(),
            Heading::Says(unit) => unit.word().to_owned(),
            Heading::Other(word) => format!("not {word}"),
        }
    }

    #[test]
    fn a_heading_says_its_unit_in_brackets_or_as_a_word() {
        for (name, code, wanted) in [
            ("Weight (lbs)", "weight", "lb"),
            ("Weight [kg]", "weight", "kg"),
            ("weight_kg", "weight", "kg"),
            ("Weight/lb", "weight", "lb"),
            ("Temp F", "temperature", "\u{b0}F"),
            ("Sleep (min)", "sleep_hours", "min"),
            ("Minutes Asleep", "sleep_hours", "min"),
            ("Sleep (h:mm)", "sleep_hours", "h:mm"),
            ("total_sleep_seconds", "sleep_hours", "seconds"),
            ("Pulse (1/min)", "heart_rate", "/min"),
            ("Water (cl)", "fluids", "cl"),
            ("Weight", "weight", "silent"),
            ("Weight (morning)", "weight", "silent"),
            ("S", "sleep_hours", "silent"),
            ("Weight (cm)", "weight", "not cm"),
        ] {
            assert_eq!(said(name, code), wanted, "{name}");
        }
    }

    #[test]
    fn grams_and_milligrams_are_one_kind_and_millilitres_and_glasses_are_not() {
        let of = |code: &str, typed: &str| {
            let product = product::by_code(&Journal::default(), code)?;
            of_product(&product, typed)
        };
        let mg = of("powder", "mg").map(|unit| unit.amount("2503.5"));
        assert_eq!(mg, Some(("2.504 g".to_owned(), true)));
        let mg = of("powder", "mg").map(|unit| unit.amount("2500"));
        assert_eq!(mg, Some(("2.500 g".to_owned(), false)));
        assert_eq!(of("tea", "ml"), None);
        assert_eq!(of("extract_liquid", "mg"), None);
        assert_eq!(of("tea", "cups"), Some(Unit::Named("cup".to_owned())));
    }

    #[test]
    fn a_time_with_a_colon_or_letters_is_hours_where_that_is_exact() {
        let text = |cell| duration(cell).map(time_text);
        assert_eq!(text("7:30"), Some(("7.500 h".to_owned(), false)));
        assert_eq!(text("7:20:00"), Some(("440.000 min".to_owned(), false)));
        assert_eq!(text("7h 30m"), Some(("7.500 h".to_owned(), false)));
        assert_eq!(text("7 h"), None);
        assert_eq!(text("7:75"), None);
    }
}

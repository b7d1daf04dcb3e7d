//! `ebb dose`: notes what was used. Without an amount it is as last time, and that is said; 0 notes a day without.
//!
//! Invariant: amounts are in the product's own unit and never converted; none is ever proposed beyond the last one noted.

use super::Desk;
use super::args::{Noted, with};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output;
use crate::cli::session::Session;
use crate::domain::amount::{Amount, NotAnAmount, number_and_unit};
use crate::domain::care::catalogue::CareList;
use crate::domain::dose;
use crate::domain::dose::product;
use crate::domain::dose::product::Product;
use crate::domain::journal::Journal;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::text::suggest::{Beginning, by_beginning};

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb dose 1.5g powder              amount and product, in either order
  ebb dose 2                        of the product used last
  ebb dose                          as last time, and says so
  ebb dose 0                        none of it that day: a day without
  ebb dose 1 tea --at \"2h ago\"")]
pub(crate) struct Args {
    /// How much, and of what: 1.5g powder, 2 capsules, 10mg 7-oh
    #[arg(value_name = "AMOUNT[UNIT] PRODUCT", num_args = 0..)]
    words: Vec<String>,
    /// What it was for, if you like
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// Keep an amount that is far from the usual one, without a question
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    noted: Noted,
}

/// What the words mean: an amount as typed, and a product.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Meant {
    pub(crate) amount: Option<String>,
    pub(crate) product: Option<Product>,
}

pub(crate) fn run(args: &Args, session: &mut Session) -> Outcome {
    let desk = Desk::open(session)?;
    let journal = &desk.journal;
    let mut draft = args.noted.draft(&desk, Kind::Dose, session)?;
    let meant = meant(&args.words, journal)?;
    // "As last time" of a past dose means the one before it.
    let until = draft.at.unwrap_or(session.now.at).timestamp();
    let product = match meant.product {
        Some(product) => product,
        None => dose::last_dose(journal, until)
            .and_then(|dose| product::by_code(journal, dose.product))
            .ok_or_else(|| which(journal))?,
    };
    let amount = if let Some(amount) = meant.amount {
        amount
    } else {
        let last = dose::last_dose_of(journal, &product.code, until).ok_or_else(|| {
                Failure::usage(format!(
                    "{} was not noted before, so there is no last time: give an amount, as in `ebb dose AMOUNT {}`; nothing was saved",
                    product.name, product.code
                ))
            })?;
        output::say(&format!("As last time: {}, {}", last.text(), product.name));
        // In the unit it was noted in, even where the product's unit was changed since.
        draft = draft.with(key::UNIT, last.unit);
        last.amount.to_string()
    };
    draft = draft.about(&product.code).with(key::AMOUNT, amount);
    draft = with(draft, &[(key::REASON, &args.reason)]);
    let record = desk.recorded(&draft, session)?;
    desk.is_meant(&record, args.yes)?;
    desk.save(&[record], session)
}

/// The amount, as it was typed, and the code of the product that `typed` names.
pub(crate) fn amount_and_product(
    typed: &str,
    journal: &Journal,
) -> Outcome<(Option<String>, String)> {
    let words: Vec<String> = typed.split_whitespace().map(str::to_owned).collect();
    let meant = meant(&words, journal)?;
    let product = meant.product.ok_or_else(|| which(journal))?;
    Ok((meant.amount, product.code))
}

fn which(journal: &Journal) -> Failure {
    let all: Vec<String> = product::products(journal)
        .into_iter()
        .map(|p| p.code)
        .collect();
    Failure::usage(format!(
        "which product? There are {}; nothing was saved",
        all.join(", ")
    ))
}

/// Nobody knows this product; names near ones.
pub(crate) fn unknown(typed: &str, journal: &Journal) -> Failure {
    super::unknown_here("product", typed, &codes_and_names(journal))
}

/// Reads amount, unit and product out of the words, in either order. A name may begin with a digit ("7-oh").
pub(crate) fn meant(words: &[String], journal: &Journal) -> Outcome<Meant> {
    if words.is_empty() {
        return Ok(Meant::default());
    }
    let whole = words.join(" ");
    // The whole first: a name may begin with a number, as "7-oh" does.
    if let Some(product) = product::find(journal, &whole) {
        return Ok(Meant {
            amount: None,
            product: Some(product),
        });
    }
    let words = &with_fractions(words);
    // One that is too fine or too large is a number too: its own refusal says why it is none that can be kept.
    let is_number = |word: &str| {
        let amount = Amount::typed(number_and_unit(word).0);
        !matches!(amount, Err(NotAnAmount::NotANumber))
    };
    // What was typed beside the first number, for naming it where it is no product.
    let mut beside: Option<String> = None;
    for (at, word) in words.iter().enumerate().filter(|(_, word)| is_number(word)) {
        let mut rest: Vec<&str> = words.iter().map(String::as_str).collect();
        rest.remove(at);
        if let Some(product) = product::find(journal, &rest.join(" ")) {
            is_countable(word, &rest.join(" "), &product)?;
            return Ok(Meant {
                amount: Some(word.clone()),
                product: Some(product),
            });
        }
        let unit = rest.get(at).copied().filter(|unit| is_unit(unit, journal));
        let mut amount = word.clone();
        // "1.5 g powder": the unit may be a word of its own.
        if let Some(unit) = unit.filter(|_| is_bare(word)) {
            amount = format!("{word} {unit}");
            rest.remove(at);
        }
        if rest.is_empty() {
            return Ok(Meant {
                amount: Some(amount),
                product: None,
            });
        }
        let rest = rest.join(" ");
        if let Some(product) = begun(&rest, journal)? {
            is_countable(&amount, &rest, &product)?;
            return Ok(Meant {
                amount: Some(amount),
                product: Some(product),
            });
        }
        beside.get_or_insert(rest);
    }
    let (numbers, names): (Vec<&str>, Vec<&str>) = words
        .iter()
        .map(String::as_str)
        .partition(|word| is_number(word));
    match begun(&names.join(" "), journal)? {
        // A number that finds no place would be lost, and the amount of last time saved in its stead.
        Some(_) if !numbers.is_empty() => Err(Failure::usage(format!(
            "which one is the amount: {}? A dose has one, and `--at` says when it was; nothing was saved",
            numbers.join(", ")
        ))),
        Some(product) => Ok(Meant {
            amount: None,
            product: Some(product),
        }),
        None => Err(unknown(&beside.unwrap_or(names.join(" ")), journal)),
    }
}

/// Words that a product's name has and that count pieces of it, where its unit does not: "1 shot" is no 1 mL.
const PIECES: [&str; 6] = ["shot", "shots", "tablet", "tablets", "gummy", "gummies"];

/// Refuses pieces of a product that is counted in another unit.
fn is_countable(amount: &str, called: &str, product: &Product) -> Outcome<()> {
    let called = called.to_lowercase();
    if !is_bare(amount) || !PIECES.contains(&&*called) || product.unit_fits(&called) {
        return Ok(());
    }
    let (name, unit) = (&product.name, &product.unit);
    Err(Failure::usage(format!(
        "{name} is counted in {unit}, and how much one {called} holds is not known here: give it in {unit}, as in `ebb dose AMOUNT{unit} {}`; nothing was saved",
        product.code
    )))
}

/// The product of that name, or the one that alone has a word that begins so; several are named and refused.
fn begun(typed: &str, journal: &Journal) -> Outcome<Option<Product>> {
    if let Some(product) = product::find(journal, typed) {
        return Ok(Some(product));
    }
    let known = codes_and_names(journal);
    match by_beginning(&known, typed) {
        Beginning::None => Ok(None),
        _ => super::meant("product", typed, &known).map(|(code, _)| product::find(journal, code)),
    }
}

fn codes_and_names(journal: &Journal) -> Vec<(String, String)> {
    let products = product::products(journal).into_iter();
    products
        .map(|product| (product.code, product.name))
        .collect()
}

/// The words, a whole number joined to the fraction behind it, and "half" without its article.
fn with_fractions(words: &[String]) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    for word in words {
        match joined.last_mut() {
            Some(before) if word.contains('/') && before.parse::<u32>().is_ok() => {
                before.push(' ');
                before.push_str(word);
            }
            Some(before)
                if before.eq_ignore_ascii_case("half") && matches!(word.as_str(), "a" | "an") => {}
            _ => joined.push(word.clone()),
        }
    }
    joined
}

fn is_bare(word: &str) -> bool {
    number_and_unit(word).1.is_empty()
}

fn is_unit(word: &str, journal: &Journal) -> bool {
    CareList::built_in().unit_of(word).is_some()
        || product::products(journal).iter().any(|p| p.unit_fits(word))
}

#[cfg(test)]
mod tests {
    use super::{Journal, meant};

    #[test]
    fn amount_and_product_are_read_in_either_order() {
        for (typed, amount, product) in [
            ("1.5g powder", "1.5g", "powder"),
            ("powder 1.5 g", "1.5 g", "powder"),
            ("2 7-oh", "2", "tablet_7oh"),
            ("7-oh 2", "2", "tablet_7oh"),
            ("1.5 g leaf", "1.5 g", "powder"),
            ("1/2 capsule", "1/2", "capsule"),
            ("half a capsule", "half", "capsule"),
            ("1 1/2 capsules", "1 1/2", "capsule"),
            ("2 cups tea", "2 cups", "tea"),
        ] {
            let words: Vec<String> = typed.split(' ').map(str::to_owned).collect();
            let found = meant(&words, &Journal::default()).ok();
            let found = found.map(|meant| (meant.amount, meant.product.map(|p| p.code)));
            let wanted = (Some(amount.to_owned()), Some(product.to_owned()));
            assert_eq!(found, Some(wanted), "{typed}");
        }
    }

    #[test]
    fn words_that_find_no_place_are_refused_and_never_left_out() {
        for (typed, said) in [
            ("3g powder 8pm", "which one is the amount: 3g, 8pm?"),
            ("powder 2 3", "which one is the amount: 2, 3?"),
            ("3 0.5 caps", "which one is the amount: 3, 0.5?"),
            ("2x 3g powder", "which one is the amount: 2x, 3g?"),
            (
                "15 mg 7-oh tablets",
                "no product is called \"7-oh tablets\"",
            ),
            ("1 shot", "is counted in mL"),
            ("2 gummy", "is counted in mg"),
            ("1,500 powder", ""),
        ] {
            let words: Vec<String> = typed.split(' ').map(str::to_owned).collect();
            let refused = meant(&words, &Journal::default());
            match refused {
                Ok(found) => assert_eq!(
                    (said, found.amount.as_deref()),
                    ("", typed.split(' ').next()),
                    "{typed}"
                ),
                Err(failure) => {
                    let sentence = failure.message.unwrap_or_default();
                    assert!(
                        !said.is_empty() && sentence.contains(said),
                        "{typed}: {sentence}"
                    );
                }
            }
        }
    }
}

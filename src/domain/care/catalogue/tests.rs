//! The laws of the built-in lists.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use super::*;
use crate::domain::check_in::catalogue::catalogue;
use crate::domain::safety::help_lines::help;
use crate::domain::text::suggest::near;
use std::collections::BTreeSet;

fn list() -> &'static CareList {
    CareList::built_in()
}

/// Every statement about a substance, a medicine or a practice, and whose it is.
fn statements() -> Vec<(&'static str, &'static Statement)> {
    let mut all = Vec::new();
    for medicine in list().medications {
        let of = medicine.cautions.iter().chain(medicine.abrupt_stop);
        all.extend(
            std::iter::once(&medicine.description)
                .chain(of)
                .map(|s| (medicine.code, s)),
        );
    }
    for substance in list().substances {
        all.extend(substance.cautions.iter().map(|s| (substance.code, s)));
    }
    for practice in list().practices {
        all.extend(practice.cautions.iter().map(|s| (practice.code, s)));
    }
    all
}

/// A line that asks for help or names where to ask, which needs no source.
fn asks_for_help(text: &str) -> bool {
    let text = text.to_lowercase();
    ["ask ", "call ", "be seen", "talk to"]
        .iter()
        .any(|word| text.contains(word))
}

fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

const CARE: &str = include_str!("../../../../assets/care.toml");

/// Looks that each item holds each value that stands for it in a list of `assets/`.
fn is_as_written<T: std::fmt::Debug>(list: &str, name: &str, items: &[T]) {
    fn values<'a>(of: &'a toml::Value, all: &mut Vec<&'a toml::Value>) {
        match of {
            toml::Value::Table(table) => table.values().for_each(|value| values(value, all)),
            toml::Value::Array(array) => array.iter().for_each(|value| values(value, all)),
            value => all.push(value),
        }
    }
    let written: toml::Table = list.parse().unwrap();
    let written = written[name].as_array().unwrap();
    assert_eq!(written.len(), items.len(), "{name}");
    for (entry, item) in written.iter().zip(items) {
        let item = format!("{item:?}");
        let mut all = Vec::new();
        values(entry, &mut all);
        for value in all {
            let forms = if let Some(text) = value.as_str() {
                [
                    format!("{text:?}"),
                    // A choice and an amount are no words any more.
                    text.parse::<Amount>()
                        .map_or_else(|_| variant(text), |amount| format!("{amount:?}")),
                ]
            } else {
                let shown = value.as_integer().map_or_else(
                    || value.as_bool().unwrap_or_default().to_string(),
                    |number| number.to_string(),
                );
                [format!(": {shown},"), format!(": {shown} }}")]
            };
            assert!(
                forms.iter().any(|form| item.contains(form)),
                "{name}: {value:?} in {item}"
            );
        }
    }
}

/// The name of the variant that a word stands for.
fn variant(word: &str) -> String {
    let pieces = word.split('_').map(|piece| {
        let mut letters = piece.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        first.chain(letters).collect::<String>()
    });
    format!(": {}", pieces.collect::<String>())
}

#[test]
fn the_tables_hold_what_the_lists_say() {
    is_as_written(CARE, "products", list().products);
    is_as_written(CARE, "units", list().units);
    is_as_written(CARE, "substances", list().substances);
    is_as_written(CARE, "medications", list().medications);
    is_as_written(CARE, "headings", list().headings);
    is_as_written(CARE, "practices", list().practices);
    is_as_written(CARE, "measures", list().measures);
    is_as_written(CARE, "treatments", list().treatments);
    is_as_written(CARE, "visit_kinds", list().visit_kinds);
    is_as_written(CARE, "triggers", list().triggers);
    is_as_written(CARE, "helped", list().helped);
    let sources = crate::domain::guide::guide().sources.as_slice();
    is_as_written(
        include_str!("../../../../assets/guide/sources.toml"),
        "sources",
        sources,
    );
}

#[test]
fn the_help_lines_in_the_program_are_those_of_the_list() {
    let list = include_str!("../../../../assets/helplines.toml");
    is_as_written(list, "kinds", help().kinds);
    is_as_written(list, "countries", help().countries);
    is_as_written(list, "red_flags", help().red_flags);
    // A line's id is for the readers of the list.
    let read: Vec<&str> = list
        .lines()
        .filter(|line| !line.starts_with("id = "))
        .collect();
    is_as_written(&read.join("\n"), "lines", help().lines);
}

#[test]
fn the_lists_read() {
    let read = list();
    assert_eq!(
        (
            read.products.len(),
            read.substances.len(),
            read.medications.len(),
            read.practices.len(),
            read.measures.len(),
            read.treatments.len(),
            read.visit_kinds.len(),
            read.triggers.len(),
        ),
        (7, 10, 17, 39, 18, 10, 11, 10)
    );
}

#[test]
fn codes_are_unique_over_all_lists_symptoms_and_signs() {
    fn codes<T: Listed>(items: &[T]) -> Vec<&str> {
        items.iter().map(Listed::code).collect()
    }
    let l = list();
    let all: Vec<&str> = [
        codes(l.products),
        codes(l.substances),
        codes(l.medications),
        codes(l.practices),
        codes(l.measures),
        codes(l.treatments),
        codes(l.visit_kinds),
        codes(l.triggers),
        codes(l.helped),
        catalogue().symptoms.iter().map(|s| s.id).collect(),
    ]
    .concat();
    let unique: BTreeSet<&str> = all.iter().copied().collect();
    assert_eq!(unique.len(), all.len());
    let is_slug = |code: &&str| {
        code.chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
            && !code.starts_with("own_")
    };
    assert!(all.iter().all(is_slug));
    let signs: BTreeSet<&str> = help().red_flags.iter().map(|flag| flag.id).collect();
    assert_eq!(signs.len(), help().red_flags.len());
    assert_eq!(help().red_flag("fainting").unwrap().sign, "Passing out");
}

#[test]
fn no_word_means_two_things_of_one_list() {
    fn clash<T: Listed>(items: &[T]) {
        let mut seen = BTreeSet::new();
        for item in items {
            let own: BTreeSet<String> = [item.code(), item.name()]
                .into_iter()
                .chain(item.also().iter().copied())
                .map(str::to_lowercase)
                .collect();
            for word in own {
                assert!(seen.insert(word.clone()), "{word} in {}", item.code());
            }
        }
    }
    clash(list().products);
    clash(list().substances);
    clash(list().medications);
    clash(list().practices);
    clash(list().measures);
    clash(list().treatments);
    clash(list().visit_kinds);
    clash(list().triggers);
    clash(list().helped);
}

#[test]
fn a_claim_of_fact_has_a_source_and_everything_else_asks_for_help() {
    for (whose, statement) in statements() {
        match &statement.source {
            Some(source) => assert!(!source.trim().is_empty(), "{whose}"),
            None => assert!(asks_for_help(statement.text), "{whose}: {}", statement.text),
        }
    }
    assert!(!asks_for_help("It lowers blood pressure."));
}

#[test]
fn nothing_says_how_much_to_take() {
    let of_medicines = list().medications.iter().map(|m| m.class);
    let of_practices = list().practices.iter().map(|p| p.description);
    let sentence = statements().into_iter().map(|(_, s)| s.text);
    for text in sentence.chain(of_medicines).chain(of_practices) {
        let words = words(text);
        let advises = |word: &str| {
            matches!(
                word,
                "take" | "dose" | "dosage" | "daily" | "tablets" | "mg" | "twice"
            ) || word
                .strip_suffix("mg")
                .is_some_and(|n| n.parse::<u32>().is_ok())
        };
        // "that you use daily" is how often a person uses something, not how often to.
        let text_is_about_use = text.contains("use daily");
        assert!(
            text_is_about_use || !words.iter().any(|word| advises(word)),
            "{text}"
        );
    }
}

#[test]
fn medicines_that_are_not_stopped_suddenly_say_so_and_whom_to_ask() {
    for code in [
        "clonidine",
        "lofexidine",
        "gabapentin",
        "propranolol",
        "buprenorphine",
        "buprenorphine_naloxone",
        "methadone",
    ] {
        let medicine = list().medication(code).unwrap();
        let caution = medicine.abrupt_stop_caution().unwrap();
        assert!(
            caution.starts_with("Ask the prescriber before you stop"),
            "{code}"
        );
    }
    let clonidine = list().medication_called("Catapres").unwrap();
    assert_eq!(
        clonidine.suggest_measurements,
        ["blood_pressure", "heart_rate"]
    );
    assert!(
        clonidine
            .abrupt_stop_caution()
            .unwrap()
            .contains("(Lilja 1982, abstract)"),
        "a claim is said with its source"
    );
    assert_eq!(
        list().medication("naloxone").unwrap().abrupt_stop_caution(),
        None
    );
}

#[test]
fn what_is_offered_beside_a_medicine_can_be_measured() {
    for medicine in list().medications {
        for code in medicine.suggest_measurements {
            assert!(list().measure(code).is_some(), "{code}");
        }
    }
}

#[test]
fn what_is_a_measurement_or_a_visit_is_not_also_a_practice() {
    let named = [
        "sleep_enough",
        "hydration",
        "meals",
        "steps",
        "support_group",
        "counselling",
        "acupuncture",
        "alternative_therapy",
        "group_meeting",
        "therapy_hour",
    ];
    for code in named {
        assert!(list().practice(code).is_none(), "{code}");
    }
    let name_of = |practice: &Practice| practice.name.to_lowercase();
    for practice in list().practices {
        let measured = find(list().measures, &name_of(practice));
        let visited = find(list().visit_kinds, &name_of(practice));
        assert!(measured.is_none() && visited.is_none(), "{}", practice.code);
    }
    for (typed, code) in [("sleep", "sleep_hours"), ("water", "fluids")] {
        assert_eq!(find(list().measures, typed).unwrap().code, code);
    }
    for (typed, code) in [
        ("therapist", "therapy_hour"),
        ("acupuncture", "acupuncture_session"),
    ] {
        assert_eq!(find(list().visit_kinds, typed).unwrap().code, code);
    }
}

#[test]
fn every_practice_stands_under_its_heading_and_headings_follow_each_other() {
    let of = |practice: &Practice| {
        let is = |heading: &Heading| heading.category == practice.category;
        list().headings.iter().position(is).unwrap()
    };
    let places: Vec<usize> = list().practices.iter().map(of).collect();
    assert!(places.is_sorted(), "{places:?}");
    assert_eq!(places.last().copied(), Some(list().headings.len() - 1));
    let remedies = list().practices.iter().filter(|p| p.category == "remedy");
    assert!(remedies.clone().count() >= 12);
    assert!(
        remedies.into_iter().all(|p| p.caution().is_some()),
        "each says what to ask"
    );
}

#[test]
fn a_unit_fits_its_product_and_no_other() {
    let takes =
        |product: &str, typed: &str| unit_fits(list().product(product).unwrap().unit, typed);
    for typed in ["", "g", "G", "gram", "grams"] {
        assert!(takes("powder", typed), "{typed}");
    }
    for typed in ["mg", "capsule", "mL", "glass", "tablet"] {
        assert!(!takes("powder", typed), "{typed}");
    }
    assert!(takes("capsule", "caps") && takes("capsule", "capsules") && !takes("capsule", "g"));
    assert!(takes("tea", "cup") && takes("tea", "glasses"));
    assert!(takes("extract_liquid", "ml") && takes("extract_liquid", "mL"));
    assert!(
        takes("tablet_7oh", "mg") && !takes("tablet_7oh", "tablet") && !takes("tablet_7oh", "g")
    );
    assert!(
        unit_fits("teaspoon", "Teaspoon") && !unit_fits("teaspoon", "g"),
        "an own unit"
    );
    for product in list().products {
        assert!(list().unit(product.unit).is_some(), "{}", product.code);
        assert!(!product.smallest.is_zero(), "{}", product.code);
    }
}

#[test]
fn an_amount_is_said_with_its_unit() {
    let sentence =
        |unit: &str, amount: &str| list().unit(unit).unwrap().with(amount.parse().unwrap());
    assert_eq!(sentence("capsule", "1"), "1 capsule");
    assert_eq!(sentence("capsule", "2"), "2 capsules");
    assert_eq!(sentence("glass", "0.5"), "0.5 glasses");
    assert_eq!(sentence("g", "1.5"), "1.5 g");
    assert_eq!(list().unit_of("Grams").unwrap().code, "g");
}

#[test]
fn a_slip_of_the_fingers_is_met_with_near_ones() {
    assert_eq!(near(list().medications, "clonidin"), ["clonidine"]);
    assert_eq!(near(list().practices, "wlking"), ["walking"]);
    assert!(near(list().products, "zzzz").is_empty());
}

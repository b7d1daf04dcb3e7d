//! Addresses, moments, words and codes in the forms of FHIR.
//!
//! Invariant: an address is derived from a row's id and its role, so that the same journal gives the same bundle. No address
//! reveals the moment at which a row was typed, as row ids do.

use super::model::{Actor, Coding, Concept, Quantity, Reference, Text};
use crate::domain::amount::Amount;
use crate::domain::check_in::catalogue::catalogue;
use crate::domain::check_in::symptom::{Origin, Symptom};
use crate::domain::id::EntryId;
use crate::domain::time::Moment;
use chrono::{DateTime, FixedOffset, SecondsFormat};

const HPO: &str = "http://human-phenotype-ontology.org";
const SNOMED: &str = "http://snomed.info/sct";
const LOINC: &str = "http://loinc.org";
const ATC: &str = "http://www.whocc.no/atc";
const UCUM: &str = "http://unitsofmeasure.org";
const CATEGORY: &str = "http://terminology.hl7.org/CodeSystem/observation-category";
const ACT: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
const STATEMENT: &str = "http://terminology.hl7.org/CodeSystem/medication-statement-category";

/// The largest offset in minutes that FHIR's dateTime allows (R4, the regular expression of dateTime).
const FARTHEST_MIN: i16 = 14 * 60;

/// The address of a resource: a `UUIDv8` of its row's id and its `role`.
pub(super) fn address(id: EntryId, role: &str) -> String {
    urn(id.as_bytes(), role)
}

/// An address derived from `seed`.
pub(super) fn urn(seed: &[u8], role: &str) -> String {
    format!("urn:uuid:{}", EntryId::derived(seed, role))
}

/// A reference to a full URL.
pub(super) fn to(full_url: &str) -> Reference {
    Reference {
        reference: full_url.to_owned(),
    }
}

/// The performer of an action.
pub(super) fn by(full_url: &str) -> Vec<Actor> {
    vec![Actor {
        actor: to(full_url),
    }]
}

/// `2026-11-21T20:00:00-05:00`; in UTC where FHIR does not allow the offset, which is the same instant; `2026-11-21` for a day
/// alone.
pub(super) fn date_time(moment: &Moment) -> String {
    if moment.without_time {
        return moment.day.to_string();
    }
    let at = moment.at();
    if moment.offset_min.abs() > FARTHEST_MIN {
        return instant(at.to_utc().fixed_offset());
    }
    instant(at)
}

/// A moment with seconds and offset.
pub(super) fn instant(at: DateTime<FixedOffset>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, false)
}

/// Typed words as a FHIR string: without control characters except line ends and tabs; `None` for a blank text.
pub(super) fn words(typed: &str) -> Option<String> {
    let text: String = typed
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t'))
        .collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Words as an annotation or a name.
pub(super) fn text(words: impl Into<String>) -> Text {
    Text { text: words.into() }
}

/// A concept without a code.
pub(super) fn plain(words: &str) -> Concept {
    Concept {
        coding: Vec::new(),
        // FHIR allows no empty concept, and a typed name may consist of control characters.
        text: Some(self::words(words).unwrap_or_else(|| "unnamed".to_owned())),
    }
}

fn coded(system: &'static str, code: &str, display: Option<&str>) -> Coding {
    Coding {
        system,
        code: code.to_owned(),
        display: display.map(str::to_owned),
    }
}

/// A symptom: HPO where verified, SNOMED CT where it means exactly the same, and its name.
pub(super) fn symptom(symptom: &Symptom) -> Concept {
    let mut concept = plain(&symptom.name);
    // An own symptom may have a built-in one's name and mean something else.
    let listed = (symptom.origin != Origin::Own)
        .then(|| catalogue().symptom(&symptom.code))
        .flatten();
    let Some(listed) = listed else { return concept };
    let hpo = listed.hpo;
    concept
        .coding
        .extend(hpo.map(|code| coded(HPO, code, listed.hpo_label)));
    // A broader or narrower code would tell a clinic something that the person did not say.
    let is_same = listed.snomed_match == Some("exact");
    let snomed = listed.snomed.filter(|_| is_same);
    concept
        .coding
        .extend(snomed.map(|code| coded(SNOMED, code, listed.snomed_display)));
    concept
}

/// A concept with a LOINC code, if one was verified.
pub(super) fn loinc(code: Option<&str>, words: &str) -> Concept {
    Concept {
        coding: code
            .map(|code| coded(LOINC, code, None))
            .into_iter()
            .collect(),
        ..plain(words)
    }
}

/// A medicine with its ATC code, if one was verified.
pub(super) fn atc(code: Option<&str>, words: &str) -> Concept {
    Concept {
        coding: code
            .map(|code| coded(ATC, code, None))
            .into_iter()
            .collect(),
        ..plain(words)
    }
}

/// A category of observations.
pub(super) fn category(code: &str) -> Vec<Concept> {
    vec![Concept {
        coding: vec![coded(CATEGORY, code, None)],
        text: None,
    }]
}

/// A class of encounters.
pub(super) fn act(code: &str) -> Coding {
    coded(ACT, code, None)
}

/// The category of a statement by the person, not prescribed or dispensed through this record.
pub(super) fn by_the_person() -> Concept {
    Concept {
        coding: vec![coded(STATEMENT, "patientspecified", None)],
        text: None,
    }
}

/// An amount in its own unit, with the UCUM code where that unit has one.
pub(super) fn quantity(value: Amount, unit: &str) -> Quantity {
    let code = ucum(unit);
    Quantity {
        value: value.number(),
        unit: words(unit),
        system: code.map(|_| UCUM),
        code,
    }
}

/// A score, to one decimal.
pub(super) fn score(value: f64, unit: &str) -> Quantity {
    Quantity {
        value: crate::domain::text::round::round(value, 1),
        unit: words(unit),
        system: Some(UCUM),
        code: Some("{score}"),
    }
}

/// The UCUM code of a unit of the built-in lists.
fn ucum(unit: &str) -> Option<&'static str> {
    let code = match unit {
        "g" => "g",
        "mg" => "mg",
        "mL" => "mL",
        "L" => "L",
        "kg" => "kg",
        "lb" => "[lb_av]",
        "/min" => "/min",
        "mmHg" => "mm[Hg]",
        "\u{b0}C" => "Cel",
        "\u{b0}F" => "[degF]",
        "fl oz" => "[foz_us]",
        "h" => "h",
        "min" => "min",
        "points" => "{score}",
        _ => return None,
    };
    Some(code)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;
    use crate::domain::check_in::symptom::Symptoms;
    use std::collections::BTreeSet;

    #[test]
    fn an_address_is_the_same_every_time_and_another_for_each_role() {
        let id = EntryId::from_bytes([1; 16]);
        assert_eq!(address(id, "a"), address(id, "a"));
        let mut seen = BTreeSet::new();
        for byte in 0..=255 {
            for role in ["checkin", "rating/nausea", "rating/tremor"] {
                let address = address(EntryId::from_bytes([byte; 16]), role);
                assert_eq!(address, address.to_lowercase());
                assert!(seen.insert(address));
            }
        }
    }

    #[test]
    fn typed_words_lose_what_fhir_does_not_take() {
        assert_eq!(words(" a\u{0}b\n\tc\u{7f} ").unwrap(), "ab\n\tc");
        assert_eq!(words(" \u{1b} \n"), None);
    }

    #[test]
    fn an_offset_that_fhir_does_not_know_is_said_as_utc() {
        let mut moment = Moment {
            at_utc: 1_795_305_600,
            offset_min: -300,
            zone: "America/New_York".into(),
            day: "2026-11-21".parse().unwrap(),
            late: false,
            without_time: false,
        };
        assert!(date_time(&moment).ends_with("-05:00"));
        moment.offset_min = 15 * 60;
        assert!(date_time(&moment).ends_with("+00:00"));
    }

    #[test]
    fn a_symptom_has_codes_where_they_were_verified_and_its_name_always() {
        let symptoms = Symptoms::built_in();
        let codes = |code: &str| {
            let concept = symptom(symptoms.find(code).unwrap());
            assert!(concept.text.is_some());
            concept
                .coding
                .iter()
                .map(|c| c.code.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(codes("nausea"), ["HP:0002018", "422587007"]);
        assert_eq!(codes("sweating"), ["HP:0000975"], "a near match is none");
    }
}

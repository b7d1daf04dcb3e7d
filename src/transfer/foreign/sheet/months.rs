//! Months and weekdays of other languages in a day: "22. Juni 2018", "22 de junio de 2018", "samedi 22 juin 2018".
//!
//! Source: Unicode CLDR, months and days, wide and abbreviated, of de, fr, es, it, pt, nl and pl (read 2026-11-29).

use std::borrow::Cow;

/// For each month its English name and its beginnings in the other languages, without points.
const MONTHS: [(&str, &[&str]); 12] = [
    (
        "January",
        &[
            "januar", "jänner", "janvier", "janv", "enero", "ene", "gennaio", "gen", "janeiro",
            "januari", "styczeń", "stycznia", "sty",
        ],
    ),
    (
        "February",
        &[
            "februar",
            "februari",
            "février",
            "févr",
            "fevrier",
            "febrero",
            "febbraio",
            "fevereiro",
            "fev",
            "luty",
            "lutego",
            "lut",
        ],
    ),
    (
        "March",
        &[
            "märz", "mär", "mrz", "mars", "marzo", "março", "marco", "maart", "mrt", "marzec",
            "marca",
        ],
    ),
    (
        "April",
        &[
            "avril",
            "avr",
            "abril",
            "abr",
            "aprile",
            "kwiecień",
            "kwietnia",
            "kwi",
        ],
    ),
    (
        "May",
        &["mai", "mayo", "maggio", "mag", "maio", "mei", "maj", "maja"],
    ),
    (
        "June",
        &[
            "juni", "juin", "junio", "giugno", "giu", "junho", "czerwiec", "czerwca", "cze",
        ],
    ),
    (
        "July",
        &[
            "juli", "juillet", "juil", "julio", "luglio", "lug", "julho", "lipiec", "lipca", "lip",
        ],
    ),
    (
        "August",
        &[
            "août",
            "aout",
            "agosto",
            "ago",
            "augustus",
            "sierpień",
            "sierpnia",
            "sie",
        ],
    ),
    (
        "September",
        &[
            "septembre",
            "septiembre",
            "setiembre",
            "settembre",
            "setembro",
            "set",
            "wrzesień",
            "września",
            "wrz",
        ],
    ),
    (
        "October",
        &[
            "oktober",
            "okt",
            "octobre",
            "octubre",
            "ottobre",
            "ott",
            "outubro",
            "out",
            "październik",
            "października",
            "paź",
        ],
    ),
    (
        "November",
        &[
            "novembre",
            "noviembre",
            "novembro",
            "listopad",
            "listopada",
            "lis",
        ],
    ),
    (
        "December",
        &[
            "dezember",
            "dez",
            "décembre",
            "déc",
            "decembre",
            "diciembre",
            "dic",
            "dicembre",
            "dezembro",
            "december",
            "grudzień",
            "grudnia",
            "gru",
        ],
    ),
];

/// Weekdays, and the words between the parts of a day.
const LEFT_OUT: [&str; 61] = [
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonnabend",
    "sonntag",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "lunes",
    "martes",
    "miércoles",
    "jueves",
    "viernes",
    "sábado",
    "domingo",
    "lunedì",
    "martedì",
    "mercoledì",
    "giovedì",
    "venerdì",
    "sabato",
    "domenica",
    "segunda-feira",
    "terça-feira",
    "quarta-feira",
    "quinta-feira",
    "sexta-feira",
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
    "zaterdag",
    "zondag",
    "poniedziałek",
    "wtorek",
    "środa",
    "czwartek",
    "piątek",
    "sobota",
    "niedziela",
    "mo",
    "di",
    "mi",
    "do",
    "fr",
    "sa",
    "so",
    "lun",
    "jeu",
    "ven",
    "sam",
    "dim",
    "de",
];

/// A day with the words of another language in English; as it stands where it has none.
pub(crate) fn english(cell: &str) -> Cow<'_, str> {
    // Most days are in digits, with a T or PM at most.
    let mut words = cell.split(|letter: char| !letter.is_alphabetic());
    if !words.any(|word| word.len() > 2) {
        return Cow::Borrowed(cell);
    }
    let mut words: Vec<Cow<'_, str>> = Vec::new();
    let mut has_month = false;
    for word in cell.split_whitespace() {
        let plain = word.trim_matches(['.', ',']).to_lowercase();
        let month = MONTHS.iter().find(|(english, others)| {
            others.contains(&plain.as_str()) || english.eq_ignore_ascii_case(&plain)
        });
        if let Some((month, _)) = month {
            has_month = true;
            words.push(Cow::Borrowed(month));
        } else if LEFT_OUT.contains(&plain.as_str()) && !has_month_before(&words) {
            // "de" between a month and a year is left out below.
        } else if plain == "de" || plain == "del" {
            // "22 de junio de 2018".
        } else {
            words.push(Cow::Borrowed(ordinal(word)));
        }
    }
    if has_month {
        Cow::Owned(words.join(" "))
    } else {
        Cow::Borrowed(cell)
    }
}

/// Whether a month stands among these words: a weekday comes before it, "so" behind it is none.
fn has_month_before(words: &[Cow<'_, str>]) -> bool {
    words
        .iter()
        .any(|word| MONTHS.iter().any(|(english, _)| english == word))
}

/// "22." and "1er" and "1º" as their number; "2018." too.
fn ordinal(word: &str) -> &str {
    let number = word.trim_end_matches(['.', ',', '\u{ba}', '\u{b0}']);
    let number = number.strip_suffix("er").unwrap_or(number);
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { number } else { word }
}

#[cfg(test)]
mod tests {
    use super::english;

    #[test]
    fn a_day_of_another_language_is_one_in_english() {
        for (cell, wanted) in [
            ("22. Juni 2018", "22 June 2018"),
            ("Freitag, 22. Juni 2018", "22 June 2018"),
            ("22 juin 2018", "22 June 2018"),
            ("1er août 2018 20:39", "1 August 2018 20:39"),
            ("22 de junio de 2018", "22 June 2018"),
            ("sábado 22 giugno 2018", "22 June 2018"),
            ("22 de mar\u{e7}o de 2018", "22 March 2018"),
            ("22 mei 2018", "22 May 2018"),
            ("22 czerwca 2018", "22 June 2018"),
            ("22 d\u{e9}c. 2018", "22 December 2018"),
            ("June 22 2018 9:40 p. m.", "June 22 2018 9:40 p. m."),
            ("2018-06-22 20:39", "2018-06-22 20:39"),
            ("so it goes", "so it goes"),
        ] {
            assert_eq!(english(cell), wanted, "{cell}");
        }
    }
}

//! The calm lines: one or two sentences after saving, beside `!`. The rules are pure functions of plain values.
//!
//! Invariant: a line offers help and never blocks, shouts or judges. The entry that causes it is saved already. The thresholds
//! are design choices (`domain/facts.md` §6), not medical cut-offs. An unanswered symptom causes no line.

use super::note_words;
use crate::domain::care::catalogue::Medicine;
use chrono::NaiveDate;

/// A calm line, the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CalmLine {
    /// After words of an overdose, a seizure, passing out, the chest or the breath.
    Emergency,
    /// After thoughts of not wanting to live, or of hurting oneself.
    Crisis,
    /// After fluids that do not stay down.
    Dehydration,
    /// After stopping or skipping a medicine that must not be stopped suddenly.
    Rebound,
    /// After use that follows days without.
    Tolerance,
    /// After use that follows days without, with such a substance on its day.
    ToleranceMixed,
    /// After a substance beside kratom that a clinician or pharmacist should be asked about first.
    Mixed,
    /// After a very hard day.
    Heavy,
}

impl CalmLine {
    /// Every line.
    #[cfg(test)]
    pub(crate) const ALL: [Self; 8] = [
        Self::Emergency,
        Self::Crisis,
        Self::Dehydration,
        Self::Rebound,
        Self::Tolerance,
        Self::ToleranceMixed,
        Self::Mixed,
        Self::Heavy,
    ];

    /// The lines beside which numbers stand where no key leads to them.
    pub(crate) const NEEDS_NUMBERS: [Self; 2] = [Self::Emergency, Self::Crisis];

    /// The sentences.
    pub const fn text(self) -> &'static str {
        match self {
            // The note may tell of another day, or of someone else: the sentence does not know.
            Self::Emergency => {
                "If this is happening now or happened today, call emergency services or have someone call. ! has help lines and the signs that need help at once."
            }
            Self::Crisis => {
                "That sounds very hard to carry. You do not have to carry it alone: ! has help lines, with someone to talk to now."
            }
            Self::Dehydration => {
                "When fluids do not stay down, be seen by a doctor the same day; sooner if you feel faint or confused. ! has help lines and signs."
            }
            Self::Rebound => {
                "Ask the prescriber or a pharmacist about stopping this medicine, today if you can. ! has help lines and the signs that need help at once."
            }
            Self::Tolerance => {
                "After days without, an old amount can be too much: have someone near who can call for help, and ask a pharmacist what to look out for. ! has help lines and signs."
            }
            Self::ToleranceMixed => {
                "An old amount after days without, with another substance beside it: ask a pharmacist today, and have someone near who can call for help. ! has help lines and signs."
            }
            Self::Mixed => {
                "Together with kratom: ask a clinician or pharmacist about it first, today's too. ! has help lines and the signs that need help at once."
            }
            Self::Heavy => {
                "A hard day. You can leave it at this entry; ! has help lines, if you would like to talk to someone."
            }
        }
    }
}

/// Both of them high, twice in a row, drain the body.
const DRAINS: [&str; 2] = ["vomiting", "diarrhea"];

/// The ratings of a check-in, for the rules: 0 to 4 by the symptom's code, `None` if it is unanswered.
pub(crate) type Rated<'a> = &'a dyn Fn(&str) -> Option<u8>;

/// The most urgent line after a check-in, if any. `before` is the check-in before this one.
pub(crate) fn after_check_in(
    rated: Rated<'_>,
    overall: Option<u8>,
    note: Option<&str>,
    before: Option<Rated<'_>>,
) -> Option<CalmLine> {
    let at_least = |rated: Rated<'_>, code: &str, least: u8| rated(code) >= Some(least);
    let drains = |rated: Rated<'_>| DRAINS.iter().all(|code| at_least(rated, code, 3));
    let of_note = note.and_then(after_note);
    // The order is that of urgency, since only one line is shown.
    if of_note == Some(CalmLine::Emergency) {
        return of_note;
    }
    if of_note == Some(CalmLine::Crisis) || at_least(rated, "hopelessness", 3) {
        return Some(CalmLine::Crisis);
    }
    // Twice in a row: one such check-in is common in withdrawal, lasting loss of fluids is the danger.
    if of_note.is_some() || (drains(rated) && before.is_some_and(drains)) {
        return Some(CalmLine::Dehydration);
    }
    let is_heavy = at_least(rated, "depressed_mood", 4)
        || at_least(rated, "vomiting", 4)
        || overall >= Some(9);
    is_heavy.then_some(CalmLine::Heavy)
}

/// The line after the words of any entry: those of `assets/note_words.toml`.
pub(crate) fn after_note(note: &str) -> Option<CalmLine> {
    note_words::line_for(note).map(|line| match line {
        note_words::Line::Emergency => CalmLine::Emergency,
        note_words::Line::Crisis => CalmLine::Crisis,
        note_words::Line::Dehydration => CalmLine::Dehydration,
    })
}

/// The line after a PHQ-9 with this item 9, 0 to 3. The item asks about thoughts of being better off dead or of hurting
/// oneself (Kroenke and others, 2001).
pub(crate) const fn after_phq9_item9(item9: u8) -> Option<CalmLine> {
    // Any answer but "not at all": the item has no harmless level.
    if item9 > 0 {
        Some(CalmLine::Crisis)
    } else {
        None
    }
}

/// The line after a dose. `days_since_previous` is its logical day minus that of the dose before. The line comes from 4 on:
/// three days without lie between the two.
pub(crate) fn after_dose(days_since_previous: Option<i64>) -> Option<CalmLine> {
    (days_since_previous? >= 4).then_some(CalmLine::Tolerance)
}

/// Days until the line about mixing is shown again.
const MIXED_EVERY: i64 = 7;

/// The days that get the line about mixing, of all days with such a substance and a dose, in order.
pub(crate) fn days_to_say_mixed(days: impl IntoIterator<Item = NaiveDate>) -> Vec<NaiveDate> {
    // A line under every evening's entry would no longer be read.
    let mut line_days: Vec<NaiveDate> = Vec::new();
    for day in days {
        let is_due = |last: &NaiveDate| (day - *last).num_days() >= MIXED_EVERY;
        if line_days.last().is_none_or(is_due) {
            line_days.push(day);
        }
    }
    line_days
}

/// The line after a medicine was stopped, and the catalogue's caution about it, with sources. `None` for a medicine without a
/// caution.
pub(crate) fn after_stopping(medicine: &Medicine) -> Option<(CalmLine, String)> {
    Some((CalmLine::Rebound, medicine.abrupt_stop_caution()?))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;
    use crate::domain::care::catalogue::CareList;
    use crate::domain::check_in::symptom::{Origin, Symptoms, WATCHED};

    /// After a check-in with these ratings.
    fn after(
        ratings: &[(&str, u8)],
        overall: Option<u8>,
        before: Option<&[(&str, u8)]>,
    ) -> Option<CalmLine> {
        let of = |ratings: &[(&str, u8)], code: &str| {
            ratings
                .iter()
                .find(|(other, _)| *other == code)
                .map(|(_, rating)| *rating)
        };
        let rated = |code: &str| of(ratings, code);
        let earlier = |code: &str| of(before.unwrap_or_default(), code);
        after_check_in(&rated, overall, None, before.is_some().then_some(&earlier))
    }

    #[test]
    fn hopelessness_from_three_on_offers_help_lines() {
        assert_eq!(
            after(&[("hopelessness", 3)], None, None),
            Some(CalmLine::Crisis)
        );
        assert_eq!(after(&[("hopelessness", 2)], None, None), None);
        assert_eq!(
            after(&[("hopelessness", 4), ("vomiting", 4)], Some(10), None),
            Some(CalmLine::Crisis)
        );
    }

    #[test]
    fn a_very_hard_day_gets_a_line_and_a_day_just_below_does_not() {
        assert_eq!(
            after(&[("depressed_mood", 4)], None, None),
            Some(CalmLine::Heavy)
        );
        assert_eq!(after(&[("depressed_mood", 3)], None, None), None);
        assert_eq!(after(&[("vomiting", 4)], None, None), Some(CalmLine::Heavy));
        assert_eq!(after(&[("vomiting", 3)], None, None), None);
        assert_eq!(after(&[], Some(9), None), Some(CalmLine::Heavy));
        assert_eq!(after(&[], Some(8), None), None);
        assert_eq!(after(&[], None, None), None, "a blank sets nothing off");
    }

    #[test]
    fn vomiting_with_diarrhea_in_two_check_ins_running_is_about_fluids() {
        let both: &[(&str, u8)] = &[("vomiting", 3), ("diarrhea", 3)];
        let milder: &[(&str, u8)] = &[("vomiting", 3), ("diarrhea", 2)];
        assert_eq!(after(both, None, Some(both)), Some(CalmLine::Dehydration));
        assert_eq!(after(both, None, None), None, "one check-in");
        assert_eq!(after(both, None, Some(milder)), None);
        assert_eq!(after(milder, None, Some(both)), None);
        assert_eq!(
            after(&[("vomiting", 2), ("diarrhea", 4)], None, Some(both)),
            None
        );
    }

    #[test]
    fn the_words_of_a_note_are_whole_words_in_any_case_with_any_apostrophe() {
        for note in [
            "I want to KILL myself.",
            "thinking of suicide again",
            "I don\u{2019}t want to live",
            "i DON'T  want\nto live like this",
            "dont want to live",
            "sometimes I want to die",
            "afraid I will hurt myself",
        ] {
            assert_eq!(after_note(note), Some(CalmLine::Crisis), "{note}");
        }
        for note in [
            "Can't keep water down",
            "cannot keep any fluids down since noon",
            "I can\u{2019}t keep anything down",
        ] {
            assert_eq!(after_note(note), Some(CalmLine::Dehydration), "{note}");
        }
        for note in [
            "",
            "killed an hour by myself",
            "the plant will die",
            "want to diet",
            "I can keep water down again",
            "my back hurt, made tea for myself",
            "a hard day, want to live",
        ] {
            assert_eq!(after_note(note), None, "{note}");
        }
    }

    #[test]
    fn a_note_counts_beside_the_ratings_and_the_most_pressing_line_stands() {
        let none = |_: &str| None;
        let line_for = |note| after_check_in(&none, Some(9), Some(note), None);
        assert_eq!(
            line_for("I want to die, can't keep water down"),
            Some(CalmLine::Crisis)
        );
        assert_eq!(
            line_for("can't keep water down"),
            Some(CalmLine::Dehydration)
        );
        assert_eq!(line_for("slept badly"), Some(CalmLine::Heavy));
    }

    #[test]
    fn item_nine_above_nothing_offers_help_lines() {
        assert_eq!(after_phq9_item9(0), None);
        assert_eq!(after_phq9_item9(1), Some(CalmLine::Crisis));
    }

    #[test]
    fn a_dose_after_three_dose_free_days_speaks_of_tolerance() {
        assert_eq!(after_dose(None), None, "the first one");
        for (days, line) in [
            (0, None),
            (3, None),
            (4, Some(CalmLine::Tolerance)),
            (90, Some(CalmLine::Tolerance)),
            (-5, None),
        ] {
            assert_eq!(after_dose(Some(days)), line, "{days}");
        }
    }

    #[test]
    fn mixing_is_said_at_most_once_a_week_and_again_after_it() {
        let day = |n: u32| NaiveDate::from_ymd_opt(2026, 11, n).unwrap();
        let days = days_to_say_mixed((1..=16).map(day));
        assert_eq!(days, [day(1), day(8), day(15)], "every day");
        assert_eq!(
            days_to_say_mixed([day(3), day(9), day(20)]),
            [day(3), day(20)]
        );
        assert!(days_to_say_mixed([]).is_empty());
    }

    #[test]
    fn stopping_a_medicine_that_needs_it_says_whom_to_ask() {
        let medicine = |code| CareList::built_in().medication(code).unwrap();
        let (line, caution) = after_stopping(medicine("clonidine")).unwrap();
        assert_eq!(line, CalmLine::Rebound);
        assert!(caution.starts_with("Ask the prescriber"));
        assert!(after_stopping(medicine("ibuprofen")).is_none());
    }

    #[test]
    fn every_line_is_calm_short_and_offers_help_lines() {
        for line in CalmLine::ALL {
            let text = line.text();
            assert!(text.contains("! has help lines"), "{line:?}");
            let sentences = text.matches(['.', '?']).count();
            assert!((1..=2).contains(&sentences), "{line:?}: {sentences}");
            assert!(text.chars().count() <= 170, "{line:?}");
        }
    }

    /// Whether a rule listens to the rating of the symptom with this code.
    fn listens_to(code: &str) -> bool {
        let rates = |severity: u8| {
            let only = |asked: &str| (asked == code).then_some(severity);
            // What two check-ins in a row can call for is heard as well.
            let both = |asked: &str| (asked == code || DRAINS.contains(&asked)).then_some(severity);
            after_check_in(&only, None, None, None).is_some()
                || (DRAINS.contains(&code)
                    && after_check_in(&both, None, None, Some(&both)).is_some())
        };
        (0..=4).any(rates)
    }

    #[test]
    fn every_symptom_outside_the_eighteen_that_a_line_listens_to_is_watched() {
        let symptoms = Symptoms::built_in();
        let beyond = symptoms
            .iter()
            .filter(|symptom| symptom.origin != Origin::Core);
        let heard = beyond.filter(|symptom| listens_to(&symptom.code));
        let heard: Vec<&str> = heard.map(|symptom| symptom.code.as_str()).collect();
        assert_eq!(heard, WATCHED);
    }
}

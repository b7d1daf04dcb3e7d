//! Search in notes: where a text stands in another, in any case and with or without accents, and which notes have it.
//!
//! Invariant: a range that is given back lies on character borders of the text that was searched, also where lower case is
//! longer or shorter than the letter itself (`İ`, `ẞ`); nothing is sliced anywhere else.

use super::{Entry, What, entries_of};
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::record::Record;
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::ops::Range;
use unicode_normalization::char::decompose_canonical;

/// A character in lower case, with the bytes of the character that it comes from.
struct Folded {
    letter: char,
    of: Range<usize>,
}

/// The letters of a text without case and accents: "Café" is typed as "cafe", and an e with an accent is one character or two.
fn fold(text: &str) -> Vec<Folded> {
    let mut folded: Vec<Folded> = Vec::with_capacity(text.len());
    for (start, character) in text.char_indices() {
        let of = start..start + character.len_utf8();
        if is_accent(character) {
            // It belongs to the letter before it, and is marked with it.
            if let Some(letter) = folded.last_mut() {
                letter.of.end = of.end;
            }
            continue;
        }
        let mut put = |letter: char| {
            if !is_accent(letter) {
                // The Greek sigma at a word's end is the same letter.
                let letter = if letter == 'ς' { 'σ' } else { letter };
                let of = of.clone();
                folded.push(Folded { letter, of });
            }
        };
        if character.is_ascii() {
            put(character.to_ascii_lowercase());
        } else {
            decompose_canonical(character, |part| part.to_lowercase().for_each(&mut put));
        }
    }
    folded
}

/// Whether a character is an accent on the letter before it. Marks of other scripts are vowels and more, and stay.
const fn is_accent(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}

/// Where `wanted` stands in `text`, in any case, from left to right and never overlapping. Blanks around `wanted` do not
/// count; of nothing there is nothing to be found.
pub(crate) fn find(text: &str, wanted: &str) -> Vec<Range<usize>> {
    let wanted: Vec<char> = fold(wanted.trim()).iter().map(|f| f.letter).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let folded = fold(text);
    let mut found: Vec<Range<usize>> = Vec::new();
    for window in folded.windows(wanted.len()) {
        let is_same = window.iter().zip(&wanted).all(|(a, b)| a.letter == *b);
        let (Some(first), Some(last), true) = (window.first(), window.last(), is_same) else {
            continue;
        };
        if found
            .last()
            // Hits never overlap: each is marked once.
            .is_none_or(|before| first.of.start >= before.end)
        {
            found.push(first.of.start..last.of.end);
        }
    }
    found
}

/// An entry with words that have the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Its day.
    pub day: NaiveDate,
    /// The check-in or record.
    pub entry: EntryId,
}

/// The words that were typed freely in an entry: the note of a check-in, each such field of a record.
pub(crate) fn typed_in(what: What<'_>) -> Vec<&str> {
    match what {
        What::CheckIn(check_in) => check_in.note.as_deref().into_iter().collect(),
        What::Record(record) => record.typed().collect(),
        What::Began(_) | What::DayZero(_) | What::Ended(..) => Vec::new(),
    }
}

/// A text that is looked for in many others.
pub(crate) struct Wanted(Vec<char>);

impl Wanted {
    /// Blanks around it do not count.
    pub(crate) fn new(wanted: &str) -> Self {
        Self(fold(wanted.trim()).iter().map(|f| f.letter).collect())
    }

    /// Whether `text` has it: the same as whether [`find`] finds anything, without saying where. Nothing is taken apart while
    /// both are ASCII, as they mostly are.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        let wanted = &self.0;
        let Some(first) = wanted.first() else {
            return false;
        };
        if text.is_ascii() {
            let is_at = |window: &[u8]| {
                let mut pairs = window.iter().zip(wanted);
                pairs.all(|(byte, letter)| char::from(byte.to_ascii_lowercase()) == *letter)
            };
            return text.as_bytes().windows(wanted.len()).any(is_at);
        }
        let letters: Vec<char> = fold(text).iter().map(|f| f.letter).collect();
        let mut windows = letters.windows(wanted.len());
        windows.any(|window| window.first() == Some(first) && window == wanted)
    }
}

/// The entries whose words have `wanted`, newest first.
pub fn hits(journal: &Journal, wanted: &str) -> Vec<Hit> {
    let wanted = Wanted::new(wanted);
    let days = days_with(journal, &wanted).into_iter().rev();
    days.flat_map(|day| hits_on(journal, day, &wanted))
        .collect()
}

/// The same, where `wider` are all hits of a text that stands in `wanted`: no other day can have it.
pub(crate) fn hits_among(journal: &Journal, wanted: &str, wider: &[Hit]) -> Vec<Hit> {
    let wanted = Wanted::new(wanted);
    let mut days: Vec<NaiveDate> = wider.iter().map(|hit| hit.day).collect();
    days.dedup();
    days.retain(|day| {
        let notes = journal.check_ins(*day).iter();
        let mut notes = notes.filter_map(|one| one.note.as_deref());
        notes.any(|note| wanted.is_in(note)) || has_typed(journal.records(*day), &wanted)
    });
    let days = days.into_iter();
    days.flat_map(|day| hits_on(journal, day, &wanted))
        .collect()
}

fn hits_on(journal: &Journal, day: NaiveDate, wanted: &Wanted) -> Vec<Hit> {
    let entries = entries_of(journal, day).into_iter().rev();
    let has = |entry: &Entry<'_>| {
        let mut typed = typed_in(entry.what).into_iter();
        typed.any(|text| wanted.is_in(text))
    };
    let hits = entries.filter(has).map(|entry| Hit {
        day,
        entry: entry.id,
    });
    hits.collect()
}

fn has_typed(records: &[Record], wanted: &Wanted) -> bool {
    let mut typed = records.iter().flat_map(Record::typed);
    typed.any(|text| wanted.is_in(text))
}

/// The days on which a typed text has `wanted`. Only their entries have to be put in order: most days have none.
fn days_with(journal: &Journal, wanted: &Wanted) -> BTreeSet<NaiveDate> {
    let noted = journal.days().filter(|day| {
        let mut notes = day.check_ins.iter().filter_map(|one| one.note.as_deref());
        notes.any(|note| wanted.is_in(note))
    });
    let days = journal.record_days_between(NaiveDate::MIN, NaiveDate::MAX);
    let typed = days.filter(|(_, records)| has_typed(records, wanted));
    let noted = noted.map(|day| day.date);
    noted.chain(typed.map(|(day, _)| day)).collect()
}

/// The piece of a hit's words around the first place of `wanted`.
pub fn excerpt_of(journal: &Journal, hit: Hit, wanted: &str) -> Option<Excerpt> {
    let entries = entries_of(journal, hit.day);
    let entry = entries.iter().find(|entry| entry.id == hit.entry)?;
    let mut typed = typed_in(entry.what).into_iter();
    typed.find_map(|text| excerpt(text, wanted))
}

/// A piece of a note around the first place of a text in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// What stands before it.
    pub before: String,
    /// The text as it stands there.
    pub hit: String,
    /// What stands behind it.
    pub(crate) after: String,
}

/// How much stands before the hit, in characters.
const BEFORE: usize = 16;
/// How much stands behind the hit, in characters: more than a line has room for.
const AFTER: usize = 120;

/// The first place of `wanted` in `note` with what stands around it, on one line.
pub(crate) fn excerpt(note: &str, wanted: &str) -> Option<Excerpt> {
    let range = find(note, wanted).into_iter().next()?;
    // An excerpt is a row of a list.
    let one_line = |text: &str| text.replace(['\n', '\r', '\t'], " ");
    let before = note.get(..range.start)?;
    let cut = before.chars().count().saturating_sub(BEFORE);
    let kept: String = before.chars().skip(cut).collect();
    // Half a word at the head says less than none.
    let kept = match (cut, kept.split_once(char::is_whitespace)) {
        (0, _) => kept,
        (_, Some((_, whole))) => format!("\u{2026} {whole}"),
        (_, None) => format!("\u{2026}{kept}"),
    };
    let after: String = note.get(range.end..)?.chars().take(AFTER).collect();
    Some(Excerpt {
        before: one_line(&kept),
        hit: one_line(note.get(range)?),
        after: one_line(&after),
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;
    use crate::domain::check_in::CheckIn;
    use crate::domain::demo;
    use crate::domain::demo::Plan;
    use crate::domain::journal::change::Change;
    use crate::domain::journal::{Coverage, Day};
    use crate::domain::time::{Now, Zone};
    use chrono::{Offset, Utc};
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};
    use proptest::sample;
    use std::collections::BTreeMap;

    fn found<'a>(text: &'a str, wanted: &str) -> Vec<&'a str> {
        find(text, wanted)
            .into_iter()
            .map(|range| text.get(range).unwrap())
            .collect()
    }

    #[test]
    fn case_does_not_count_in_any_script() {
        assert_eq!(found("A Walk, a WALK", "walk"), ["Walk", "WALK"]);
        assert_eq!(found("ΣΟΦΟΣ σοφός", "σοφοσ"), ["ΣΟΦΟΣ", "σοφός"]);
        assert_eq!(found("Straße, STRAẞE", "strasse"), Vec::<&str>::new());
        assert_eq!(found("Straße, STRAẞE", "straße"), ["Straße", "STRAẞE"]);
        assert_eq!(found("日本の夜", "の"), ["の"]);
    }

    #[test]
    fn letters_whose_lower_case_is_longer_keep_the_places_right() {
        // İ has two characters in lower case; a byte position of the lower text would be none of the text itself.
        assert_eq!(found("İİİ tea İ", "tea"), ["tea"]);
        assert_eq!(found("xİy", "İ"), ["İ"]);
        assert_eq!(found("İstanbul", "istanbul"), ["İstanbul"]);
        assert_eq!(found("ȺȾ tea", "tea"), ["tea"]);
    }

    #[test]
    fn an_accent_does_not_count_and_may_be_a_character_of_its_own() {
        let notes = "Café, Cafe\u{301} noir, CAFE";
        for wanted in ["cafe", "café", "cafe\u{301}", "CAFÉ"] {
            assert_eq!(
                found(notes, wanted),
                ["Café", "Cafe\u{301}", "CAFE"],
                "{wanted}"
            );
        }
        assert_eq!(found("Übelkeit, ubel", "übel"), ["Übel", "ubel"]);
        assert_eq!(found("Cafe\u{301} noir", "é n"), ["e\u{301} n"]);
        assert_eq!(found("\u{301}a", "\u{301}"), Vec::<&str>::new());
        // Marks that are vowels count.
        assert_eq!(found("कि का", "का"), ["का"]);
    }

    #[test]
    fn nothing_is_found_of_nothing_and_blanks_around_do_not_count() {
        assert_eq!(found("a b", ""), Vec::<&str>::new());
        assert_eq!(found("a b", "  "), Vec::<&str>::new());
        assert_eq!(found("a walk", " walk "), ["walk"]);
        assert_eq!(found("aaaa", "aa"), ["aa", "aa"]);
    }

    #[test]
    fn an_excerpt_stands_on_one_line_with_the_hit_apart() {
        let note = "slept badly and then went\nfor a walk by\nthe river";
        let excerpt = excerpt(note, "WALK").unwrap();
        assert_eq!(excerpt.before, "\u{2026} went for a ");
        assert_eq!(excerpt.hit, "walk");
        assert_eq!(excerpt.after, " by the river");
        assert_eq!(super::excerpt(note, "sea"), None);
    }

    /// A journal of two hundred days, the same each time.
    fn made_up() -> Journal {
        let now = Now::new(
            "2026-11-22T20:00:00Z".parse().unwrap(),
            Zone::fixed(Utc.fix()),
        );
        let (mut records, mut days) = (Vec::new(), BTreeMap::<NaiveDate, Vec<CheckIn>>::new());
        for change in demo::changes(Plan::usual(200, 1), &now) {
            match change {
                Change::Record(record) => records.push(record),
                Change::RecordCheckIn(one) => days.entry(one.moment.day).or_default().push(one),
                _ => {}
            }
        }
        let days = days.into_iter().map(|(date, all)| Day::new(date, all));
        let journal = Journal::default().with_days(days.collect(), Coverage::Whole);
        journal.with_records(records)
    }

    proptest! {
        #[test]
        fn a_search_that_goes_on_finds_what_a_new_one_finds(word in sample::select(vec!["sleep", "walk", "after", "at work", "Today"]), fewer in 1usize..5) {
            let journal = made_up();
            let less = word.get(..fewer.min(word.len())).unwrap();
            prop_assert!(!hits(&journal, word).is_empty(), "{word} is nowhere");
            prop_assert_eq!(hits_among(&journal, word, &hits(&journal, less)), hits(&journal, word));
        }

        #[test]
        fn what_is_found_lies_on_borders_and_is_the_text(text in "\\PC{0,40}", wanted in "\\PC{1,4}") {
            let lower = |text: &str| -> String { fold(text).iter().map(|f| f.letter).collect() };
            let mut end = 0;
            for range in find(&text, &wanted) {
                prop_assert!(range.start >= end && range.end > range.start);
                end = range.end;
                let piece = text.get(range);
                prop_assert!(piece.is_some_and(|piece| lower(piece).contains(&lower(wanted.trim()))));
            }
            prop_assert_eq!(excerpt(&text, &wanted).is_some(), end > 0);
            prop_assert_eq!(Wanted::new(&wanted).is_in(&text), end > 0);
        }

        #[test]
        fn a_text_has_what_is_found_in_it(text in "[aAbBkK \u{212a}İſς]{0,8}", wanted in "[aAbBkK \u{212a}İſσ]{0,3}") {
            prop_assert_eq!(Wanted::new(&wanted).is_in(&text), !find(&text, &wanted).is_empty());
        }

        #[test]
        fn a_piece_of_a_text_is_found_in_it(before in "\\PC{0,9}", piece in "[a-zA-ZİẞΣéß日]{1,6}", after in "\\PC{0,9}") {
            let text = format!("{before}{piece}{after}");
            prop_assert!(!find(&text, &piece).is_empty());
            prop_assert!(!find(&text, &piece.to_lowercase()).is_empty());
        }
    }
}

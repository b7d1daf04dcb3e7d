//! The practices of a journal: those of the catalogue and the person's own.

use super::catalogue;
use super::catalogue::{CareList, Counting};
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::order::Ordered;
use crate::domain::record::Record;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;
use crate::domain::text::suggest;

/// The lasting identity of a practice; its name may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PracticeKey {
    /// One of the catalogue, by code.
    BuiltIn(&'static str),
    /// An own one.
    Own(EntryId),
}

/// A practice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Practice {
    /// Its identity.
    pub(crate) key: PracticeKey,
    /// Its word in files and on the command line: `walking`, `own_cold_plunge`.
    pub code: String,
    /// Its name on screen.
    pub(crate) name: String,
    /// The heading it stands under.
    pub(crate) heading: String,
    /// How it is counted.
    pub(crate) counted: Counting,
    /// What to know or ask, with sources.
    pub(crate) caution: Option<String>,
}

impl Practice {
    fn listed(listed: &'static catalogue::Practice) -> Self {
        Self {
            key: PracticeKey::BuiltIn(listed.code),
            code: listed.code.to_owned(),
            name: listed.name.to_owned(),
            heading: CareList::built_in().heading(listed).to_owned(),
            counted: listed.counted,
            caution: listed.caution(),
        }
    }

    fn own(own: &Record) -> Option<Self> {
        let counted = own.text(key::MEASURE).and_then(Counting::from_code);
        Some(Self {
            key: PracticeKey::Own(own.id),
            code: own.about()?.to_owned(),
            name: own.text(key::NAME)?.to_owned(),
            heading: "Your own".to_owned(),
            counted: counted.unwrap_or(Counting::Done),
            caution: None,
        })
    }
}

impl Practice {
    /// What was typed for it, where its name does not say as much: "gym" for other exercise.
    pub(crate) fn own_word<'a>(&self, typed: &'a str) -> Option<&'a str> {
        suggest::own_word(&(self.code.clone(), self.name.clone()), typed)
    }
}

/// The practice behind a key; `None` for an own one that was deleted.
pub(crate) fn by_key(journal: &Journal, key: PracticeKey) -> Option<Practice> {
    match key {
        PracticeKey::BuiltIn(code) => CareList::built_in().practice(code).map(Practice::listed),
        PracticeKey::Own(id) => journal.record(id).and_then(Practice::own),
    }
}

/// Every practice: favourites first, then by heading, own ones last.
pub(crate) fn practices(journal: &Journal) -> Vec<Practice> {
    let list = CareList::built_in();
    let listed = list.practices.iter().map(Practice::listed);
    let own = journal.standing(Kind::OwnPractice).into_iter();
    let own = own.filter_map(Practice::own);
    let mut practices: Vec<Practice> = listed.chain(own).collect();
    let favourites = &journal.settings.favourite_practices;
    // A stable sort: favourites move to the front, and every other order stays.
    practices.order_by_key(|practice| !favourites.contains(&practice.code));
    practices
}

/// The practice of this code.
pub(crate) fn by_code(journal: &Journal, code: &str) -> Option<Practice> {
    // Not all of them for the one: each has texts of its own, and Today asks at each frame.
    let listed = CareList::built_in().practice(code).map(Practice::listed);
    listed.or_else(|| {
        let own = journal.standing(Kind::OwnPractice).into_iter();
        own.filter_map(Practice::own)
            .find(|practice| practice.code == code)
    })
}

/// The practice that a person means by `typed`.
pub fn find(journal: &Journal, typed: &str) -> Option<Practice> {
    let query = typed.trim().to_lowercase();
    let practices = practices(journal);
    let exactly = practices
        .iter()
        .find(|practice| practice.code == query || practice.name.to_lowercase() == query);
    // An exact code or name first: an own practice may share a word with a built-in one.
    exactly.cloned().or_else(|| {
        let listed = suggest::find(CareList::built_in().practices, typed)?;
        practices
            .into_iter()
            .find(|practice| practice.code == listed.code)
    })
}

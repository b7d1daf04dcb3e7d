//! Something else: a symptom that one check-in asks beside the list, because the person looked for it while rating.
//!
//! Invariant: nothing is made or switched by looking. An own symptom comes into being with the check-in that rates it, in the
//! same step; the list of what is asked changes only where the person says so.

use super::CheckInDraft;
use super::catalogue::Category;
use super::sitting::Sitting;
use super::symptom::{Origin, Symptom, SymptomKey, Symptoms};
use crate::domain::order::Ordered;
use crate::domain::text::suggest::Beginning;
use serde::{Deserialize, Serialize};

/// A symptom that a check-in asks beside its list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Extra {
    /// The symptom's code.
    pub(crate) code: String,
    /// What an own one is made of that the journal does not have yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fresh: Option<Fresh>,
    /// Whether check-ins ask for it from now on.
    #[serde(default)]
    pub(crate) stays: bool,
}

/// An own symptom that comes into being with the check-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Fresh {
    name: String,
    category: Category,
}

/// What the typed letters can mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Hit {
    /// A symptom of the journal, by its code.
    Symptom(String),
    /// A new own one of this name.
    Own(String, Category),
}

/// The symptoms whose names the typed letters can mean, the likeliest first: those that begin so, then those with a word
/// that begins so; behind them a new own one, under Body or under Mind, and last those that only hold the letters.
pub(crate) fn hits(typed: &str, sitting: &Sitting, symptoms: &Symptoms) -> Vec<Hit> {
    let name = one_line(typed);
    let query = name.to_lowercase();
    let all = sitting.draft.with_fresh(symptoms);
    let rank = |symptom: &Symptom| -> Option<u8> {
        let called = symptom.name.to_lowercase();
        let begins = |text: &str| {
            let mut words = text.split(|letter: char| !letter.is_alphanumeric());
            words.any(|word| word.starts_with(&query))
        };
        match () {
            () if called == query => Some(0),
            () if called.starts_with(&query) => Some(1),
            // The word of the files is a name that people know too: interference, insomnia.
            () if begins(&called) || (symptom.origin != Origin::Own && begins(&symptom.code)) => {
                Some(2)
            }
            () => called.contains(&query).then_some(3),
        }
    };
    let is_on_form = |symptom: &Symptom| {
        let mut rows = sitting.rows.iter();
        rows.any(|row| row.symptom.code == symptom.code)
    };
    let mut known: Vec<(bool, u8, &Symptom)> = all
        .iter()
        .filter_map(|symptom| Some((is_on_form(symptom), rank(symptom)?, symptom)))
        // Without letters the list is what the form does not have.
        .filter(|(is_on_form, ..)| !(*is_on_form && query.is_empty()))
        .collect();
    // The exact name first; else what the form has already is what the person was not looking for.
    known.order_by_key(|(is_on_form, rank, _)| (*rank > 0, *is_on_form, *rank));
    let is_called_so = known.iter().any(|(_, rank, _)| *rank == 0);
    // "itch" stands inside "Twitches", which nobody means by it: Enter takes the first row.
    let (held, begun): (Vec<_>, Vec<_>) = known.into_iter().partition(|(_, rank, _)| *rank == 3);
    let hit = |(.., symptom): (bool, u8, &Symptom)| Hit::Symptom(symptom.code.clone());
    let mut hits: Vec<Hit> = begun.into_iter().map(hit).collect();
    if !query.is_empty() && !is_called_so {
        let groups = [Category::Physical, Category::Psychological];
        hits.extend(groups.map(|group| Hit::Own(name.clone(), group)));
    }
    hits.extend(held.into_iter().map(hit));
    hits
}

/// What the words behind `+` ask for, where there are no rows to choose from: a symptom by the beginning of a word of its
/// name, or with `body` or `mind` before it a new own one. `_` stands for a blank.
///
/// # Errors
/// The sentence that says why it is none, with the way on.
pub(crate) fn named(typed: &str, draft: &CheckInDraft, symptoms: &Symptoms) -> Result<Hit, String> {
    let typed = one_line(&typed.replace('_', " "));
    let all = draft.with_fresh(symptoms);
    let (head, rest) = typed.split_once(' ').unwrap_or((&typed, ""));
    let group = match head.to_lowercase().as_str() {
        "body" => Some(Category::Physical),
        "mind" => Some(Category::Psychological),
        _ => None,
    };
    if let Some(group) = group.filter(|_| !rest.is_empty()) {
        // A second symptom of one name would split its history.
        return Ok(match all.find(rest) {
            Some(known) => Hit::Symptom(known.code.clone()),
            None => Hit::Own(rest.to_owned(), group),
        });
    }
    match all.meant(&typed) {
        Beginning::One(symptom) => Ok(Hit::Symptom(symptom.code.clone())),
        Beginning::Several(several) => {
            let names: Vec<&str> = several.iter().map(|one| one.name.as_str()).collect();
            Err(format!(
                "\"{typed}\" can be {}; more letters tell them apart",
                names.join(" or ")
            ))
        }
        Beginning::None => {
            let name = typed.replace(' ', "_");
            Err(format!(
                "no symptom begins with \"{typed}\". + body {name} or + mind {name} makes it your own"
            ))
        }
    }
}

/// A typed name on one line.
fn one_line(typed: &str) -> String {
    typed.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl CheckInDraft {
    /// Asks for what was hit beside the list; the code of its symptom.
    pub(crate) fn ask_beside(&mut self, hit: &Hit, symptoms: &Symptoms) -> String {
        let (code, fresh) = match hit {
            Hit::Symptom(code) => (code.clone(), None),
            Hit::Own(name, category) => {
                let fresh = Fresh {
                    name: one_line(name),
                    category: *category,
                };
                (self.with_fresh(symptoms).own_code(&fresh.name), Some(fresh))
            }
        };
        if !self.extras.iter().any(|extra| extra.code == code) {
            self.extras.push(Extra {
                code: code.clone(),
                fresh,
                stays: false,
            });
        }
        code
    }

    /// What is asked beside the list under this code.
    pub(crate) fn extra(&self, code: &str) -> Option<&Extra> {
        self.extras.iter().find(|extra| extra.code == code)
    }

    /// Whether check-ins ask for it from now on, the other way round; `None` where it is no extra of this check-in.
    pub(crate) fn switch_extra(&mut self, code: &str) -> Option<bool> {
        let mut extras = self.extras.iter_mut();
        let extra = extras.find(|extra| extra.code == code)?;
        extra.stays = !extra.stays;
        Some(extra.stays)
    }

    /// The journal's symptoms with the own ones that this check-in brings.
    pub(crate) fn with_fresh(&self, symptoms: &Symptoms) -> Symptoms {
        let highest = symptoms.iter().map(|symptom| symptom.key.0).max();
        let mut free = highest.unwrap_or(0);
        let is_there = |code: &str| symptoms.iter().any(|symptom| symptom.code == code);
        let extras = self.extras.iter().filter(|extra| !is_there(&extra.code));
        let fresh = extras.filter_map(|extra| {
            let fresh = extra.fresh.as_ref()?;
            // The file numbers a new one after the highest.
            free = free.saturating_add(1);
            Some(Symptom {
                key: SymptomKey(free),
                code: extra.code.clone(),
                name: fresh.name.clone(),
                category: fresh.category,
                origin: Origin::Own,
                rated: false,
            })
        });
        let fresh: Vec<Symptom> = fresh.collect();
        Symptoms::new(symptoms.iter().cloned().chain(fresh).collect())
    }

    /// What stands of the extras after saving: those that are answered, and those that stay.
    pub(crate) fn without_idle_extras(&self) -> Self {
        let mut draft = self.clone();
        draft
            .extras
            .retain(|extra| extra.stays || self.answers.contains_key(&extra.code));
        draft
    }
}

//! The symptoms of the new file: harmed codes are mended, and symptoms that did not come over are added, so that no rating
//! loses its meaning.

use crate::domain::check_in::symptom::{Symptom, Symptoms};
use crate::store::error::Result;
use crate::store::hybrid_clock::Stamp;
use crate::store::integrity::sum;
use crate::store::integrity::sum::{Gap, RowSum};
use crate::store::{Seed, open};
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

/// Gives symptoms whose sum is wrong the code that makes it right: that of the index, or of the built-in symptom with that name.
/// A rating is the rating of a code. A harmed code of a built-in symptom gives way also if more of the row is harmed.
pub(super) fn mend_codes(db: &Connection, codes: &BTreeMap<i64, String>) -> Result<()> {
    let built_in = Symptoms::built_in();
    let is_built_in = |code: &str| built_in.iter().any(|known| known.code == code);
    let mut set = db.prepare("UPDATE OR IGNORE symptom SET code = ?2 WHERE id = ?1")?;
    let mut query = db.prepare("SELECT id, code, name, origin = 'own' FROM symptom")?;
    let symptoms: Vec<(i64, String, String, bool)> = query
        .query_map([], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    for (number, own, name, is_own) in symptoms {
        let is_right = || {
            let of = sum::of(db, &sum::SYMPTOM, "id", &number.into());
            of.map(|of| of.is_none_or(RowSum::is_right))
        };
        if is_right()? {
            continue;
        }
        let known = built_in.iter().find(|known| known.name == name && !is_own);
        let known = known.map(|known| &known.code);
        let told: Vec<&String> = codes.get(&number).into_iter().chain(known).collect();
        let mut right = None;
        for code in &told {
            set.execute(params![number, code])?;
            if is_right()? {
                right = Some(*code);
                break;
            }
        }
        let is_harmed = !is_own && !is_built_in(&own);
        let known = told.into_iter().find(|code| is_harmed && is_built_in(code));
        set.execute(params![number, right.or(known).unwrap_or(&own)])?;
    }
    Ok(())
}

/// The symptoms that were added.
pub(super) struct Completed {
    /// How many got the number that they had.
    pub(super) numbered: usize,
    /// How many of those have no name of their own now.
    pub(super) nameless: usize,
}

/// Adds the symptoms that are missing: those that the index still names with their own numbers, so that their ratings stay
/// theirs, then the other built-in ones. `codes` is what the index names, if a symptom was lost.
pub(super) fn complete(
    db: &Connection,
    codes: Option<BTreeMap<i64, String>>,
    seed: Seed,
) -> Result<Completed> {
    let stamp = Stamp::ZERO;
    let built_in = Symptoms::built_in();
    let (mut numbered, mut nameless) = (0, 0);
    let is_any_lost = codes.is_some();
    let mut codes = codes.unwrap_or_default();
    if is_any_lost {
        let mut query = db.prepare(
            "SELECT DISTINCT symptom FROM rating WHERE symptom BETWEEN 1 AND 65535
             AND symptom NOT IN (SELECT id FROM symptom)",
        )?;
        let numbers = query.query_map([], |row| row.get::<_, i64>(0))?;
        let mut standing = standing(db)?;
        for (number, code) in &codes {
            standing.entry(code.clone()).or_insert(*number);
        }
        for number in numbers {
            let number = number?;
            let is_of_list = codes.get(&number).is_some_and(|code| {
                code.starts_with("own_") || built_in.iter().any(|known| known.code == *code)
            });
            if let (false, Some(known)) = (is_of_list, in_order(&built_in, &standing, number)) {
                codes.insert(number, known.code.clone());
            }
            codes
                .entry(number)
                .or_insert_with(|| format!("own_symptom_{number}"));
        }
    }
    let sql = "INSERT OR IGNORE INTO symptom (id, uid, code, name, category, origin, rated, edited)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let mut insert = db.prepare(sql)?;
    for (number, code) in codes {
        if let Some(known) = built_in.iter().find(|symptom| symptom.code == code) {
            let origin = open::origin(known);
            let category = known.category.code();
            let values = params![
                number,
                None::<Vec<u8>>,
                code,
                known.name,
                category,
                origin,
                known.rated,
                stamp.0
            ];
            if insert.execute(values)? > 0 {
                sum::write(db, &sum::SYMPTOM, "code", &code.into(), Gap::NONE)?;
                numbered += 1;
            }
            continue;
        }
        // Its group and its name are gone. The code was made from the first name.
        let name = code.trim_start_matches("own_").replace('_', " ");
        let mut uid = seed.journal;
        uid[8..].copy_from_slice(&number.to_be_bytes());
        let values = params![number, uid, code, name, "physical", "own", true, stamp.0];
        let n = insert.execute(values)?;
        numbered += n;
        nameless += n;
    }
    open::insert_symptoms(db, &built_in, stamp)?;
    Ok(Completed { numbered, nameless })
}

/// The built-in symptom that a number is in the order of the list, in which a new journal numbers them. Most of the list has
/// to stand in that order, and the symptom must not stand anywhere.
fn in_order<'a>(
    built_in: &'a Symptoms,
    standing: &BTreeMap<String, i64>,
    number: i64,
) -> Option<&'a Symptom> {
    let place = |known: &Symptom| i64::from(known.key.0);
    let numbers = built_in
        .iter()
        .map(|known| (known, standing.get(&known.code)));
    let (mut there, mut missing) = (0, 0);
    for (known, number) in numbers {
        match number {
            Some(number) if *number == place(known) => there += 1,
            Some(_) => return None,
            None => missing += 1,
        }
    }
    let is_free = |known: &&Symptom| !standing.contains_key(&known.code);
    let mut fitting = built_in.iter().filter(|known| place(known) == number);
    fitting.find(is_free).filter(|_| there > missing)
}

/// The numbers of the symptoms that are there, by their codes.
fn standing(db: &Connection) -> Result<BTreeMap<String, i64>> {
    let mut query = db.prepare("SELECT code, id FROM symptom")?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

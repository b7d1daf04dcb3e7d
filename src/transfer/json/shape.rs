//! The head, check-ins and records of the JSON document, both ways: the names and the order of their members are these
//! structs'. Other entries have the columns of the package's tables for members.

use crate::domain::check_in::symptom;
use crate::domain::check_in::symptom::Symptoms;
use crate::domain::order::Ordered;
use crate::domain::{check_in, record, time};
use crate::transfer::schema;
use chrono::NaiveDate;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde::{Deserialize as Read, Serialize as Write};
use serde_json::Value as Json;
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

/// What stands before the lists.
#[derive(Debug, Write, Read)]
pub(crate) struct Head<'a> {
    /// What it is.
    #[serde(borrow)]
    pub(crate) format: Cow<'a, str>,
    /// The version of the form.
    pub(crate) version: u64,
    /// The version of the built-in lists.
    #[serde(borrow, default)]
    pub(crate) catalogue: Cow<'a, str>,
    /// When a logical day ends.
    #[serde(borrow, default)]
    pub(crate) day_end: Cow<'a, str>,
    /// The first day, when it is not all days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) from: Option<NaiveDate>,
    /// The last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) to: Option<NaiveDate>,
}

/// When something was.
#[derive(Debug, Write, Read)]
#[serde(deny_unknown_fields)]
pub(crate) struct Moment<'a> {
    /// RFC 3339, with the offset it was written in.
    #[serde(borrow)]
    pub(crate) at: Cow<'a, str>,
    /// The zone it was written in.
    #[serde(borrow)]
    pub zone: Cow<'a, str>,
    /// The logical day it counts for.
    pub day: NaiveDate,
    /// Written at or after the end of its day.
    pub late: bool,
    /// True for a day alone; not there with a time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) without_time: Option<bool>,
}

impl<'a> Moment<'a> {
    fn of(moment: &'a time::Moment) -> Self {
        Self {
            at: moment
                .at()
                // Always whole seconds: `to_rfc3339` would add fractions where there are any.
                .format("%Y-%m-%dT%H:%M:%S%:z")
                .to_string()
                .into(),
            zone: Cow::Borrowed(&moment.zone),
            day: moment.day,
            late: moment.late,
            without_time: moment.mark(),
        }
    }
}

/// A check-in.
#[derive(Debug, Write, Read)]
#[serde(deny_unknown_fields)]
pub(crate) struct CheckIn<'a> {
    /// Its id.
    #[serde(borrow)]
    pub id: Cow<'a, str>,
    /// When it was.
    #[serde(borrow)]
    pub moment: Moment<'a>,
    /// 0 to 10.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overall: Option<u8>,
    /// What was asked, by code; null: asked and left blank.
    #[serde(borrow)]
    pub ratings: Pairs<'a, Option<u8>>,
    /// The codes of those that were taken over "as last time".
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) copied: Vec<Cow<'a, str>>,
    /// As typed.
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub note: Option<Cow<'a, str>>,
}

impl<'a> CheckIn<'a> {
    /// As it is written.
    pub(crate) fn of(check_in: &'a check_in::CheckIn, symptoms: &'a Symptoms) -> Self {
        let mut ratings = Vec::with_capacity(check_in.ratings.len());
        let mut copied = Vec::new();
        for symptom in symptoms {
            let asked = check_in.ratings.iter().find(|r| r.symptom == symptom.key);
            let Some(rating) = asked else { continue };
            let code = Cow::Borrowed(symptom.code.as_str());
            if rating.copied {
                copied.push(code.clone());
            }
            ratings.push((code, rating.answer.map(symptom::Severity::number)));
        }
        Self {
            id: check_in.id.to_string().into(),
            moment: Moment::of(&check_in.moment),
            overall: check_in.overall.map(check_in::Overall::number),
            ratings: Pairs(ratings),
            copied,
            note: check_in.note.as_deref().map(Cow::Borrowed),
        }
    }
}

/// A record of any kind.
#[derive(Debug, Write, Read)]
#[serde(deny_unknown_fields)]
pub(crate) struct Record<'a> {
    /// The word of its kind.
    #[serde(borrow)]
    pub kind: Cow<'a, str>,
    /// Its id.
    #[serde(borrow)]
    pub id: Cow<'a, str>,
    /// When it was; what stands for itself has none.
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub moment: Option<Moment<'a>>,
    /// What it is about: a code, or another entry's id.
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub about: Option<Cow<'a, str>>,
    /// What is filled in.
    #[serde(borrow)]
    pub fields: Pairs<'a, Json>,
}

impl<'a> Record<'a> {
    /// As it is written: known fields in the order in which they are asked, then others by code.
    pub(crate) fn of(record: &'a record::Record) -> Self {
        let known = record.kind.facts().fields.iter();
        let known = known.filter_map(|field| Some((field.code, record.fields.value(field.code)?)));
        let mut fields: Vec<(Cow<'a, str>, Json)> = known
            .map(|(code, value)| (code.into(), schema::value(value)))
            .collect();
        let others = record.fields.iter();
        let mut others: Vec<(&str, _)> = others
            .filter(|(code, _)| record.kind.field(code).is_none())
            .collect();
        // By code, so that equal records give equal bytes in whatever order their fields were set.
        others.order_by_key(|(code, _)| *code);
        fields.extend(
            others
                .into_iter()
                .map(|(code, value)| (code.into(), schema::value(value))),
        );
        Self {
            kind: record.kind.code().into(),
            id: record.id.to_string().into(),
            moment: record.moment.as_ref().map(Moment::of),
            about: record.about().map(Cow::Borrowed),
            fields: Pairs(fields),
        }
    }
}

/// An object's members in their order, each name once.
#[derive(Debug)]
pub(crate) struct Pairs<'a, T>(pub(crate) Vec<(Cow<'a, str>, T)>);

impl<T: Serialize> Serialize for Pairs<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl<'de: 'a, 'a, T: Deserialize<'de>> Deserialize<'de> for Pairs<'a, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PairsVisitor(PhantomData))
    }
}

struct PairsVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for PairsVisitor<T> {
    type Value = Pairs<'de, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut members: M) -> Result<Self::Value, M::Error> {
        let mut pairs: Vec<(Cow<'de, str>, T)> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        while let Some((name, value)) = members.next_entry::<String, T>()? {
            // serde_json would let the last one win, and the first answer would vanish in silence.
            if !seen.insert(name.clone()) {
                return Err(serde::de::Error::custom("a name stands here twice"));
            }
            pairs.push((name.into(), value));
        }
        Ok(Pairs(pairs))
    }
}

//! The journal as the model knows it, and the JSON document that it is handed to the program as.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde_json::{Map, Value, json};
use std::sync::LazyLock;

/// What can be rated, as the catalogue of the built-in lists has it.
pub struct Symptom {
    pub code: String,
    pub name: String,
    pub category: String,
    pub is_core: bool,
}

/// A symptom of one's own, beside the built-in ones.
pub const OWN: &str = "own_jaw";

pub static SYMPTOMS: LazyLock<Vec<Symptom>> = LazyLock::new(|| {
    let text = include_str!("../../assets/catalogue.toml");
    let all: toml::Table = toml::from_str(text).unwrap();
    let each = all["symptoms"].as_array().unwrap().iter().map(|symptom| {
        let word = |name: &str| symptom[name].as_str().unwrap().to_owned();
        Symptom {
            code: word("id"),
            name: word("name"),
            category: word("category"),
            is_core: word("tier") == "core",
        }
    });
    let own = Symptom {
        code: OWN.to_owned(),
        name: "Jaw".to_owned(),
        category: "physical".to_owned(),
        is_core: false,
    };
    each.chain([own]).collect()
});

/// The 18 core codes, ten of the body and eight of the mind.
pub static CORE: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let core = SYMPTOMS.iter().filter(|symptom| symptom.is_core);
    core.map(|symptom| symptom.code.as_str()).collect()
});

#[derive(Debug, Clone)]
pub struct Moment {
    pub at: DateTime<FixedOffset>,
    pub zone: &'static str,
    pub day: NaiveDate,
    pub late: bool,
}

#[derive(Debug, Clone)]
pub struct CheckIn {
    pub id: String,
    pub moment: Moment,
    pub overall: Option<u8>,
    /// What was asked, in the catalogue's order; none was left blank.
    pub ratings: Vec<(&'static str, Option<u8>)>,
    pub note: Option<String>,
}

impl CheckIn {
    pub fn answer(&self, code: &str) -> Option<u8> {
        let asked = self.ratings.iter().find(|(asked, _)| *asked == code);
        asked.and_then(|(_, answer)| *answer)
    }
}

/// What a record notes. Amounts are thousandths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    Dose(&'static str, i64),
    /// A day without a product, noted as such.
    Without(&'static str),
    Urge(u8),
    Practice(&'static str, Option<u32>),
    Substance(&'static str, i64),
    Intake {
        taken: bool,
    },
    Measured(&'static str, i64),
}

#[derive(Debug, Clone)]
pub struct Record {
    pub id: String,
    pub moment: Moment,
    pub what: What,
}

#[derive(Debug, Clone)]
pub struct Attempt {
    pub id: String,
    pub began: NaiveDate,
    pub day_zero: Option<NaiveDate>,
    pub ended: Option<NaiveDate>,
}

/// How a plan goes down. Amounts are thousandths.
#[derive(Debug, Clone)]
pub enum Shape {
    PercentOfCurrent(i64),
    PercentOfStart(i64),
    Cut(i64),
    Steps(Vec<i64>),
}

#[derive(Debug, Clone)]
pub struct Plan {
    pub product: &'static str,
    pub shape: Shape,
    pub start: i64,
    pub every: u64,
    pub until: i64,
    pub begin: NaiveDate,
    /// Held on the first day, resumed on the second.
    pub held: Option<(NaiveDate, NaiveDate)>,
}

#[derive(Debug, Clone)]
pub struct Journal {
    pub seed: u64,
    pub day_end: u32,
    pub now: DateTime<FixedOffset>,
    pub today: NaiveDate,
    pub check_ins: Vec<CheckIn>,
    pub records: Vec<Record>,
    pub attempts: Vec<Attempt>,
    pub plan: Option<Plan>,
    pub off: Vec<&'static str>,
}

/// Products with their unit, their smallest amount in thousandths, and the word for them on the command line.
pub const PRODUCTS: [(&str, &str, i64); 4] = [
    ("powder", "g", 100),
    ("capsule", "capsule", 1000),
    ("extract_solid", "g", 10),
    ("tea", "glass", 500),
];

pub fn unit_of(code: &str) -> &'static str {
    let product = PRODUCTS.iter().find(|(product, _, _)| *product == code);
    match code {
        "sleep_hours" => "h",
        "weight" => "kg",
        "fluids" => "mL",
        "alcohol" => "drink",
        _ => product.unwrap().1,
    }
}

pub const MEDICATION: &str = "00000000-0000-7000-8000-ffffffffffff";

/// An amount as JSON has it.
pub fn amount(thousandths: i64) -> Value {
    let text = format!("{}.{:03}", thousandths / 1000, thousandths % 1000);
    json!(text.parse::<f64>().unwrap())
}

impl Moment {
    fn json(&self) -> Value {
        json!({
            "at": self.at.format("%Y-%m-%dT%H:%M:%S%:z").to_string(),
            "zone": self.zone,
            "day": self.day.to_string(),
            "late": self.late,
        })
    }
}

impl What {
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Dose(..) => "dose",
            Self::Without(_) => "day_without",
            Self::Urge(_) => "urge",
            Self::Practice(..) => "practice",
            Self::Substance(..) => "substance",
            Self::Intake { .. } => "intake",
            Self::Measured(..) => "measurement",
        }
    }

    pub fn about(&self) -> Option<&str> {
        match self {
            Self::Dose(about, _)
            | Self::Without(about)
            | Self::Practice(about, _)
            | Self::Substance(about, _)
            | Self::Measured(about, _) => Some(about),
            Self::Intake { .. } => Some(MEDICATION),
            Self::Urge(_) => None,
        }
    }

    pub fn fields(&self) -> Value {
        match self {
            Self::Dose(code, number) | Self::Substance(code, number) => {
                json!({"amount": amount(*number), "unit": unit_of(code)})
            }
            Self::Measured(code, number) => {
                json!({"value": amount(*number), "unit": unit_of(code)})
            }
            Self::Without(_) | Self::Practice(_, None) => json!({}),
            Self::Urge(strength) => json!({"strength": strength}),
            Self::Practice(_, Some(minutes)) => json!({"minutes": minutes}),
            Self::Intake { taken: true } => json!({"state": "taken"}),
            Self::Intake { taken: false } => json!({"state": "skipped"}),
        }
    }
}

fn without_nulls(value: Value) -> Value {
    let Value::Object(members) = value else {
        return value;
    };
    let kept: Map<String, Value> = members.into_iter().filter(|(_, v)| !v.is_null()).collect();
    Value::Object(kept)
}

impl Journal {
    /// The program's own document of it.
    pub fn document(&self) -> String {
        let symptoms: Vec<Value> = SYMPTOMS
            .iter()
            .map(|symptom| {
                let code = symptom.code.as_str();
                let origin = match (code, symptom.is_core) {
                    (OWN, _) => "own",
                    (_, true) => "core",
                    _ => "extended",
                };
                let rated = (symptom.is_core || code == OWN) && !self.off.contains(&code);
                json!({"code": code, "name": symptom.name, "category": symptom.category,
                    "origin": origin, "rated": rated})
            })
            .collect();
        let attempts: Vec<Value> = self.attempts.iter().map(attempt).collect();
        let check_ins: Vec<Value> = self.check_ins.iter().map(check_in).collect();
        let records = self.records.iter().map(record);
        let medication = json!({"kind": "medication", "id": MEDICATION, "about": "clonidine",
            "fields": {"name": "Clonidine"}});
        let records: Vec<Value> = records.chain([medication]).collect();
        let end = format!("{:02}:00", self.day_end);
        // Days without came with the second form.
        let is_second = self
            .records
            .iter()
            .any(|on| matches!(on.what, What::Without(_)));
        let version = if is_second { 2 } else { 1 };
        json!({
            "format": "ebbtide-journal", "version": version, "catalogue": "2026-11-22", "day_end": end,
            "settings": [{"key": "day_end", "value": end}], "symptoms": symptoms,
            "attempts": attempts, "check_ins": check_ins, "help_lines": [], "records": records,
        })
        .to_string()
    }
}

fn attempt(attempt: &Attempt) -> Value {
    without_nulls(json!({
        "id": attempt.id, "began": attempt.began.to_string(), "method": "taper",
        "day_zero": attempt.day_zero.map(|day| day.to_string()),
        "ended": attempt.ended.map(|day| day.to_string()),
        "ending": attempt.ended.map(|_| "ended"),
    }))
}

fn check_in(check_in: &CheckIn) -> Value {
    let ratings: Map<String, Value> = check_in
        .ratings
        .iter()
        .map(|(code, answer)| ((*code).to_owned(), json!(answer)))
        .collect();
    without_nulls(json!({
        "id": check_in.id, "moment": check_in.moment.json(), "overall": check_in.overall,
        "ratings": ratings, "note": check_in.note,
    }))
}

fn record(record: &Record) -> Value {
    without_nulls(json!({
        "kind": record.what.kind(), "id": record.id, "moment": record.moment.json(),
        "about": record.what.about(), "fields": record.what.fields(),
    }))
}

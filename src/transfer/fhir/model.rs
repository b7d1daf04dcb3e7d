//! The FHIR R4 resources of a bundle, with the elements that it uses.
//!
//! Invariant: an unknown element is left out. FHIR allows no null, no blank text and no empty list.

use serde::Serialize;

/// A resource with its address.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Entry {
    /// `urn:uuid:…` in small letters.
    pub(crate) full_url: String,
    /// The resource.
    pub(crate) resource: Resource,
}

/// A resource.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "resourceType")]
pub(crate) enum Resource {
    /// The person.
    Patient(Patient),
    /// A number or words, at a moment.
    Observation(Box<Observation>),
    /// Questions and answers.
    QuestionnaireResponse(Box<QuestionnaireResponse>),
    /// A medicine or product that is or was taken.
    MedicationStatement(Box<MedicationStatement>),
    /// One intake, taken or skipped.
    MedicationAdministration(Box<MedicationAdministration>),
    /// A visit.
    Encounter(Box<Encounter>),
    /// A version of a plan.
    CarePlan(Box<CarePlan>),
}

/// The person. Nameless, unless something was typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Patient {
    /// Always true: FHIR allows no empty resource.
    pub(crate) active: bool,
    /// Initials.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) name: Vec<Text>,
    /// The year alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) birth_date: Option<String>,
}

/// Words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Text {
    /// The words.
    pub(crate) text: String,
}

/// A code of a published list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Coding {
    /// The list.
    pub(crate) system: &'static str,
    /// The code.
    pub(crate) code: String,
    /// Its name in the list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) display: Option<String>,
}

/// A concept: words, and codes where they were verified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Concept {
    /// Codes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) coding: Vec<Coding>,
    /// Words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<String>,
}

/// The address of another resource of the bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Reference {
    /// Its full URL.
    pub(crate) reference: String,
}

/// Who did something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Actor {
    /// Who.
    pub(crate) actor: Reference,
}

/// An amount with its unit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Quantity {
    /// How much.
    pub(crate) value: f64,
    /// The unit in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) unit: Option<String>,
    /// UCUM, with the code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) system: Option<&'static str>,
    /// The unit's code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) code: Option<&'static str>,
}

/// First and last day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Period {
    /// The first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) start: Option<String>,
    /// The last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) end: Option<String>,
}

/// One value, of the kind that its name says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) enum Value {
    /// A whole number.
    #[serde(rename = "valueInteger")]
    Integer(i64),
    /// An amount.
    #[serde(rename = "valueQuantity")]
    Quantity(Quantity),
    /// Words.
    #[serde(rename = "valueString")]
    Words(String),
    /// A time of day, `22:30:00`.
    #[serde(rename = "valueTime")]
    Time(String),
    /// It was so.
    #[serde(rename = "valueBoolean")]
    Truth(bool),
}

/// A number or words, at a moment.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Observation {
    /// `final`, or `amended` after an edit.
    pub(crate) status: &'static str,
    /// Of what kind.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) category: Vec<Concept>,
    /// Of what.
    pub(crate) code: Concept,
    /// Of whom.
    pub(crate) subject: Reference,
    /// When, with its offset.
    pub(crate) effective_date_time: String,
    /// By whom.
    pub(crate) performer: Vec<Reference>,
    /// The value.
    #[serde(flatten)]
    pub(crate) value: Option<Value>,
    /// The scale, and what else is to be known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) note: Vec<Text>,
    /// Parts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) component: Vec<Component>,
}

/// A part of an observation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Component {
    /// Which.
    pub(crate) code: Concept,
    /// Its value.
    #[serde(flatten)]
    pub(crate) value: Value,
}

/// What was asked, and what was answered.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct QuestionnaireResponse {
    /// `completed`, or `amended` after an edit.
    pub(crate) status: &'static str,
    /// About whom.
    pub(crate) subject: Reference,
    /// When.
    pub(crate) authored: String,
    /// By whom.
    pub(crate) author: Reference,
    /// The questions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) item: Vec<Item>,
}

/// A question; without an answer it was asked and left blank.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Item {
    /// Which.
    pub(crate) link_id: String,
    /// In words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) text: Option<String>,
    /// The answer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) answer: Vec<Value>,
    /// Questions under it.
    #[serde(rename = "item", skip_serializing_if = "Vec::is_empty")]
    pub(crate) under: Vec<Self>,
}

/// How something is taken.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Dosage {
    /// In words.
    pub(crate) text: String,
    /// The amount.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) dose_and_rate: Vec<DoseAndRate>,
}

/// An amount at a time.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DoseAndRate {
    /// How much.
    pub(crate) dose_quantity: Quantity,
}

/// What is or was taken.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MedicationStatement {
    /// `active`, `intended`, `completed` or `stopped`.
    pub(crate) status: &'static str,
    /// Why it is so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) status_reason: Vec<Concept>,
    /// Said by the person.
    pub(crate) category: Concept,
    /// What.
    pub(crate) medication_codeable_concept: Concept,
    /// By whom.
    pub(crate) subject: Reference,
    /// When: one moment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) effective_date_time: Option<String>,
    /// When: from, until.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) effective_period: Option<Period>,
    /// Who says so.
    pub(crate) information_source: Reference,
    /// What for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) reason_code: Vec<Concept>,
    /// Notes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) note: Vec<Text>,
    /// How.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) dosage: Vec<Dosage>,
}

/// One taking or skipping.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MedicationAdministration {
    /// `completed` or `not-done`.
    pub(crate) status: &'static str,
    /// What.
    pub(crate) medication_codeable_concept: Concept,
    /// By whom.
    pub(crate) subject: Reference,
    /// The statement it belongs to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) supporting_information: Vec<Reference>,
    /// When.
    pub(crate) effective_date_time: String,
    /// Who did it.
    pub(crate) performer: Vec<Actor>,
    /// Amount as on the label, and notes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) note: Vec<Text>,
}

/// A visit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Encounter {
    /// `planned`, `finished` or `unknown`.
    pub(crate) status: &'static str,
    /// At a place or from afar.
    pub(crate) class: Coding,
    /// Of what kind.
    #[serde(rename = "type")]
    pub(crate) kind: Vec<Concept>,
    /// Of whom.
    pub(crate) subject: Reference,
    /// When it begins.
    pub(crate) period: Period,
}

/// A version of a plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CarePlan {
    /// The version it takes the place of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) replaces: Vec<Reference>,
    /// `active`, `on-hold`, `revoked` or `completed`.
    pub(crate) status: &'static str,
    /// Always `plan`: no proposal to anybody and no order.
    pub(crate) intent: &'static str,
    /// In words.
    pub(crate) title: String,
    /// Of whom.
    pub(crate) subject: Reference,
    /// When it is in force.
    pub(crate) period: Period,
    /// The day it was made.
    pub(crate) created: String,
    /// By whom.
    pub(crate) author: Reference,
    /// Its steps.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) activity: Vec<Activity>,
    /// Whose plan it is.
    pub(crate) note: Vec<Text>,
}

/// A step of a plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Activity {
    /// What it is.
    pub(crate) detail: Detail,
}

/// What a step is.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Detail {
    /// `scheduled`, `in-progress`, `cancelled` or `unknown`.
    pub(crate) status: &'static str,
    /// From its first day on, until the day before the next.
    pub(crate) scheduled_period: Period,
    /// Of what.
    #[serde(rename = "productCodeableConcept")]
    pub(crate) product: Concept,
    /// How much a day.
    pub(crate) daily_amount: Quantity,
}

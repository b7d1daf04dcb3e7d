//! The FHIR R4 resources of a bundle, with the elements that it uses.
//!
//! Invariant: an unknown element is left out. FHIR allows no null, no blank text and no empty list.

use serde::Serialize;

/// A resource with its address.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// `urn:uuid:…` in small letters.
    pub full_url: String,
    /// The resource.
    pub resource: Resource,
}

/// A resource.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "resourceType")]
pub enum Resource {
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
}

/// The person. Nameless, unless something was typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Patient {
    /// Always true: FHIR allows no empty resource.
    pub active: bool,
    /// Initials.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub name: Vec<Text>,
    /// The year alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<String>,
}

/// Words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Text {
    /// The words.
    pub text: String,
}

/// A code of a published list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Coding {
    /// The list.
    pub system: &'static str,
    /// The code.
    pub code: String,
    /// Its name in the list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display: Option<String>,
}

/// A concept: words, and codes where they were verified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Concept {
    /// Codes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub coding: Vec<Coding>,
    /// Words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// The address of another resource of the bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reference {
    /// Its full URL.
    pub reference: String,
}

/// Who did something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Actor {
    /// Who.
    pub actor: Reference,
}

/// An amount with its unit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Quantity {
    /// How much.
    pub value: f64,
    /// The unit in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// UCUM, with the code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system: Option<&'static str>,
    /// The unit's code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'static str>,
}

/// First and last day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Period {
    /// The first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// The last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
}

/// One value, of the kind that its name says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Value {
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
pub struct Observation {
    /// `final`, or `amended` after an edit.
    pub status: &'static str,
    /// Of what kind.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub category: Vec<Concept>,
    /// Of what.
    pub code: Concept,
    /// Of whom.
    pub subject: Reference,
    /// When, with its offset.
    pub effective_date_time: String,
    /// By whom.
    pub performer: Vec<Reference>,
    /// The value.
    #[serde(flatten)]
    pub value: Option<Value>,
    /// The scale, and what else is to be known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub note: Vec<Text>,
    /// Parts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub component: Vec<Component>,
}

/// A part of an observation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Component {
    /// Which.
    pub code: Concept,
    /// Its value.
    #[serde(flatten)]
    pub value: Value,
}

/// What was asked, and what was answered.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct QuestionnaireResponse {
    /// `completed`, or `amended` after an edit.
    pub status: &'static str,
    /// About whom.
    pub subject: Reference,
    /// When.
    pub authored: String,
    /// By whom.
    pub author: Reference,
    /// The questions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub item: Vec<Item>,
}

/// A question; without an answer it was asked and left blank.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    /// Which.
    pub link_id: String,
    /// In words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The answer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub answer: Vec<Value>,
    /// Questions under it.
    #[serde(rename = "item", skip_serializing_if = "Vec::is_empty")]
    pub under: Vec<Self>,
}

/// How something is taken.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Dosage {
    /// In words.
    pub text: String,
    /// The amount.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dose_and_rate: Vec<DoseAndRate>,
}

/// An amount at a time.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DoseAndRate {
    /// How much.
    pub dose_quantity: Quantity,
}

/// What is or was taken.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MedicationStatement {
    /// `active`, `intended`, `completed` or `stopped`.
    pub status: &'static str,
    /// Why it is so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub status_reason: Vec<Concept>,
    /// Said by the person.
    pub category: Concept,
    /// What.
    pub medication_codeable_concept: Concept,
    /// By whom.
    pub subject: Reference,
    /// When: one moment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effective_date_time: Option<String>,
    /// When: from, until.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effective_period: Option<Period>,
    /// Who says so.
    pub information_source: Reference,
    /// What for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reason_code: Vec<Concept>,
    /// Notes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub note: Vec<Text>,
    /// How.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dosage: Vec<Dosage>,
}

/// One taking or skipping.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MedicationAdministration {
    /// `completed` or `not-done`.
    pub status: &'static str,
    /// What.
    pub medication_codeable_concept: Concept,
    /// By whom.
    pub subject: Reference,
    /// The statement it belongs to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub supporting_information: Vec<Reference>,
    /// When.
    pub effective_date_time: String,
    /// Who did it.
    pub performer: Vec<Actor>,
    /// Amount as on the label, and notes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub note: Vec<Text>,
}

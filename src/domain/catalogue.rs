//! Stand-in.
#![allow(missing_docs)]
use serde::Deserialize;
use std::sync::OnceLock;
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Category {
    Physical,
    Psychological,
}
impl Category {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Physical => "physical",
            Self::Psychological => "psychological",
        }
    }
    pub fn from_code(c: &str) -> Option<Self> {
        [Self::Physical, Self::Psychological]
            .into_iter()
            .find(|x| x.code() == c)
    }
}
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    Core,
    Extended,
    Measure,
}
#[derive(Debug, Deserialize)]
pub struct CatalogueSymptom {
    pub id: String,
    pub name: String,
    pub description: String,
    pub category: Category,
    pub tier: Tier,
}
#[derive(Debug, Deserialize)]
pub struct Phase {
    pub name: String,
    pub from_day: Option<i64>,
    pub to_day: Option<i64>,
    pub description: String,
}
#[derive(Debug, Deserialize)]
pub struct RedFlag {
    pub sign: String,
    pub level: String,
    pub action: String,
}
#[derive(Debug, Deserialize)]
pub struct Resource {
    pub country: String,
    pub name: String,
    pub kind: String,
    pub contact: Option<String>,
    pub url: Option<String>,
    pub note: Option<String>,
    pub checked: String,
}
#[derive(Debug, Deserialize)]
pub struct Catalogue {
    pub symptoms: Vec<CatalogueSymptom>,
    pub phases: Vec<Phase>,
    pub red_flags: Vec<RedFlag>,
    pub resources: Vec<Resource>,
}
impl Catalogue {
    pub fn symptom(&self, id: &str) -> Option<&CatalogueSymptom> {
        self.symptoms.iter().find(|s| s.id == id)
    }
    pub fn place(&self, id: &str) -> Option<usize> {
        self.symptoms.iter().position(|s| s.id == id)
    }
}
pub fn catalogue() -> &'static Catalogue {
    static C: OnceLock<Catalogue> = OnceLock::new();
    C.get_or_init(|| {
        let mut c: Catalogue = toml::from_str(include_str!("../../assets/catalogue.toml"))
            .unwrap_or(Catalogue { symptoms: vec![], phases: vec![], red_flags: vec![], resources: vec![] });
        c.symptoms.retain(|s| s.tier != Tier::Measure);
        c
    })
}

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
pub struct Catalogue {
    pub symptoms: Vec<CatalogueSymptom>,
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
            .unwrap_or(Catalogue { symptoms: vec![] });
        c.symptoms.retain(|s| s.tier != Tier::Measure);
        c
    })
}
#[derive(Debug, Deserialize, Clone)]
pub struct Country {
    pub code: String,
    pub name: String,
}
#[derive(Debug, Deserialize)]
pub struct HelpLine {
    pub country: String,
    pub name: String,
    pub kind: String,
    pub contact: Option<String>,
    pub url: Option<String>,
    pub note: Option<String>,
}
#[derive(Debug, Deserialize)]
pub struct RedFlag {
    pub sign: String,
    pub level: String,
    pub action: String,
}
#[derive(Debug, Deserialize)]
pub struct HelpLines {
    #[serde(default)]
    pub countries: Vec<Country>,
    #[serde(rename = "resources")]
    pub lines: Vec<HelpLine>,
    pub red_flags: Vec<RedFlag>,
    #[serde(default)]
    pub checked: String,
}
impl HelpLines {
    pub fn lines_for(&self, country: &str) -> Vec<&HelpLine> {
        self.lines
            .iter()
            .filter(|l| l.country == country || l.country == "*")
            .collect()
    }
}
pub fn help() -> &'static HelpLines {
    static H: OnceLock<HelpLines> = OnceLock::new();
    H.get_or_init(|| {
        let mut h: HelpLines = toml::from_str(include_str!("../../assets/catalogue.toml"))
            .unwrap_or(HelpLines {
                countries: vec![],
                lines: vec![],
                red_flags: vec![],
                checked: String::new(),
            });
        h.checked = "2026-11-22".into();
        for l in &h.lines {
            if !h.countries.iter().any(|c| c.code == l.country) {
                h.countries.push(Country {
                    code: l.country.clone(),
                    name: l.country.clone(),
                });
            }
        }
        h
    })
}

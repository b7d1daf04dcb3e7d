//! The form of a plan: its terms, which hang together, so that the name of a question leads to it.

use super::{Form, Item, Words, choices_of, numbered as form_choices};
use crate::cli::plain::session::Session;
use crate::cli::plain::talk::{Step, Stop, numbered};
use crate::domain::dose;
use crate::domain::dose::product;
use crate::domain::dose::product::Product;
use crate::domain::record::draft::Refusal;
use crate::domain::record::key;
use crate::domain::taper::schedule::{Preview, preview};
use crate::domain::taper::terms::Terms;
use crate::domain::taper::terms_draft::{FIELDS, TermsDraft};
use crate::domain::taper::{plan_action, plans, terms_draft};
use crate::domain::text::words;

/// The terms of a plan that is being made.
pub(in crate::cli::plain) struct PlanForm {
    draft: TermsDraft,
    /// The code of the product of a plan that gets new terms; a plan stays with its product.
    of: Option<String>,
}

impl PlanForm {
    pub(in crate::cli::plain) fn new(draft: TermsDraft, of: Option<String>) -> Self {
        Self { draft, of }
    }

    /// The products that have no plan yet, those used last first.
    fn products(session: &Session<'_>) -> Vec<Product> {
        let (journal, today) = (&session.journal, session.today());
        let mut products = dose::products_offered(journal);
        products.retain(|product| plans::plan_for(journal, &product.code, today).is_none());
        products
    }

    fn product(&self, session: &Session<'_>) -> Option<Product> {
        product::by_code(&session.journal, self.draft.text(key::PRODUCT))
    }

    /// A product by the number of the list, or by its name.
    fn with_product(&self, session: &Session<'_>, typed: &str) -> Result<TermsDraft, Refusal> {
        let products = Self::products(session);
        let chosen = match numbered(typed, &products) {
            Some(product) => product.clone(),
            None => terms_draft::planned_product(&session.journal, typed).map_err(|refusal| {
                let names: Vec<String> = products.into_iter().map(|product| product.name).collect();
                let sentence = format!("{}. {}", refusal.sentence, form_choices(&names));
                Refusal::new(refusal.field, sentence)
            })?,
        };
        let free = plan_action::refuse_second(&session.journal, &chosen, session.today());
        free.map_err(|why| Refusal::new(key::PRODUCT, why))?;
        Ok(self.draft.clone().with(key::PRODUCT, chosen.code))
    }
}

impl Form for PlanForm {
    type Whole = (Product, Terms, Preview);

    fn items(&self, _: &Session<'_>) -> Vec<Item> {
        let fields = FIELDS.iter();
        let asked = fields.filter(|field| field.code != key::PRODUCT || self.of.is_none());
        asked.map(Item::Field).collect()
    }

    fn words(&self, session: &Session<'_>, item: Item) -> Words {
        let Item::Field(field) = item else {
            return Words {
                label: item.label().to_owned(),
                about: String::new(),
                choices: Vec::new(),
                empty: String::new(),
            };
        };
        let choices = match field.code {
            key::PRODUCT => {
                let products = Self::products(session).into_iter();
                products.map(|product| product.name).collect()
            }
            _ => choices_of(field),
        };
        let product = self.product(session);
        let label = match (field.code, product.as_ref()) {
            (key::START | key::UNTIL | key::SMALLEST, Some(product)) => {
                format!("{}, in {}", field.label, product.unit)
            }
            _ => field.label.to_owned(),
        };
        // What an empty answer means is said only where it will do: a share of the current amount never reaches 0.
        let now = session.now();
        let empty = terms_draft::answered(&session.journal, &self.draft, field, "", &now);
        let smallest = product.map(|product| product.text(product.smallest));
        let means = match (field.code, smallest) {
            (key::SMALLEST, Some(smallest)) => smallest,
            _ => field.empty.to_owned(),
        };
        Words {
            label,
            about: words::sentence(field.about),
            choices,
            empty: if empty.is_ok() { means } else { String::new() },
        }
    }

    fn held(&self, session: &Session<'_>, item: Item) -> String {
        let Item::Field(field) = item else {
            return String::new();
        };
        match self.product(session) {
            Some(product) if field.code == key::PRODUCT => product.name,
            _ => field.words(self.draft.text(field.code)).to_owned(),
        }
    }

    fn answer(&mut self, session: &Session<'_>, item: Item, typed: &str) -> Result<(), String> {
        let Item::Field(field) = item else {
            return Ok(());
        };
        let answered = if field.code == key::PRODUCT && !typed.is_empty() {
            self.with_product(session, typed)
        } else {
            let now = session.now();
            terms_draft::answered(&session.journal, &self.draft, field, typed, &now)
        };
        self.draft = answered.map_err(|refusal| refusal.sentence)?;
        Ok(())
    }

    fn forget(&mut self, item: Item) {
        if let Item::Field(field) = item {
            self.draft.set(field.code, "");
        }
    }

    fn whole(&self, session: &Session<'_>) -> Result<Self::Whole, Refusal> {
        let (product, terms) = terms_draft::terms(&session.journal, &self.draft, &session.now())?;
        let preview =
            preview(&terms).map_err(|why| Refusal::new(key::SHAPE_VALUE, why.to_string()))?;
        Ok((product, terms, preview))
    }

    fn ends_early(&self) -> bool {
        false
    }

    fn keep(&self, _: &mut Session<'_>) -> Step<()> {
        // A plan is begun at its preview or not at all; drafts are of entries.
        Ok(())
    }

    fn left(&self, session: &mut Session<'_>, stop: &Stop) -> Step<()> {
        // The way back out is answered where the form was opened.
        if matches!(stop, Stop::Back) {
            return Ok(());
        }
        session.say("No plan was begun, and what was answered for it is not kept.")
    }
}

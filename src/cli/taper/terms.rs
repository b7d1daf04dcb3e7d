//! The terms of a plan as options, and the option that a refusal names.
//!
//! Invariant: an amount and a rate have no default. A refusal names an option that the person typed.

use crate::cli::failure::{Failure, Outcome};
use crate::cli::log::dose;
use crate::cli::output;
use crate::cli::session::Session;
use crate::domain::care::catalogue::CareList;
use crate::domain::care::medication;
use crate::domain::dose::product::Product;
use crate::domain::dose::{last_dose, product};
use crate::domain::journal::Journal;
use crate::domain::record::draft::Refusal;
use crate::domain::record::key;
use crate::domain::taper::schedule::{Preview, preview};
use crate::domain::taper::terms::{Shape, Terms};
use crate::domain::taper::terms_draft;
use crate::domain::taper::terms_draft::TermsDraft;
use crate::domain::text::suggest::find;

/// What a share is taken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
enum Of {
    /// Of the amount before.
    #[default]
    Current,
    /// Of the first amount.
    Start,
}

#[derive(Debug, clap::Args)]
pub(super) struct Typed {
    /// What a whole day holds now; the plan begins with it
    #[arg(long, value_name = "AMOUNT")]
    from: String,
    #[command(flatten)]
    shape: Going,
    /// What the share is of; current when left out
    #[arg(long, value_enum, conflicts_with_all = ["cut", "steps"])]
    of: Option<Of>,
    /// How many days each amount stays
    #[arg(long, value_name = "DAYS")]
    every: String,
    /// The plan ends at the first amount shown at or below this; 0 when left out
    #[arg(long, value_name = "AMOUNT")]
    until: Option<String>,
    /// The finest amount you can measure out; that of the product when left out
    #[arg(long, value_name = "AMOUNT")]
    smallest: Option<String>,
    /// Over how many doses a day's amount is split; 1 when left out
    #[arg(long, value_name = "N")]
    split: Option<String>,
    /// Its first day; today when left out
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    begin: Option<String>,
}

/// How it goes down: one of them.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
struct Going {
    /// Each step goes down by this share; nobody can say which is right for you, a clinician may
    #[arg(long, value_name = "P", allow_hyphen_values = true)]
    percent: Option<String>,
    /// Each step goes down by this amount
    #[arg(long, value_name = "AMOUNT")]
    cut: Option<String>,
    /// Your own amounts, one a step: 9,8,7
    #[arg(long, value_name = "A,B,...")]
    steps: Option<String>,
}

/// Checked terms with their steps.
pub(super) struct Offer {
    pub(super) product: Product,
    pub(super) terms: Terms,
    pub(super) preview: Preview,
}

impl Typed {
    /// Reads the options as terms for `product`, a code or a typed name.
    pub(super) fn read(
        &self,
        product: &str,
        journal: &Journal,
        session: &Session,
    ) -> Outcome<Offer> {
        let (shape, value) = match (
            &self.shape.percent,
            &self.shape.cut,
            self.of.unwrap_or_default(),
        ) {
            (Some(percent), _, Of::Current) => (Shape::CODES[0], percent),
            (Some(percent), _, Of::Start) => (Shape::CODES[1], percent),
            (None, Some(cut), _) => (Shape::CODES[2], cut),
            // clap requires one of the three, so `--steps` is there; `--from` is never used as a list.
            (None, None, _) => (
                Shape::CODES[3],
                self.shape.steps.as_ref().unwrap_or(&self.from),
            ),
        };
        let mut draft = TermsDraft::default()
            .with(key::PRODUCT, product)
            .with(key::START, &*self.from)
            .with(key::SHAPE, shape)
            .with(key::SHAPE_VALUE, value)
            .with(key::EVERY_DAYS, &*self.every);
        for (code, typed) in [
            (key::UNTIL, &self.until),
            (key::SMALLEST, &self.smallest),
            (key::SPLIT, &self.split),
            (key::BEGIN, &self.begin),
        ] {
            draft.set(code, typed.clone().unwrap_or_default());
        }
        let (product, terms) = terms_draft::terms(journal, &draft, &session.now)
            .map_err(|refusal| self.failure(&refusal))?;
        let preview = preview(&terms)
            .map_err(|why| self.failure(&Refusal::new(key::SHAPE_VALUE, why.to_string())))?;
        Ok(Offer {
            product,
            terms,
            preview,
        })
    }

    /// Exit 2, naming the option.
    fn failure(&self, refusal: &Refusal) -> Failure {
        let option = match refusal.field {
            key::START => "from",
            key::SHAPE | key::SHAPE_VALUE if self.shape.percent.is_some() => "percent",
            key::SHAPE | key::SHAPE_VALUE if self.shape.cut.is_some() => "cut",
            key::SHAPE | key::SHAPE_VALUE => "steps",
            key::EVERY_DAYS => "every",
            field => field,
        };
        Failure::usage(format!(
            "--{option}: {}; nothing was saved",
            refusal.sentence
        ))
    }
}

/// The typed product, or the one used last, with a line that names it.
pub(super) fn product(
    typed: Option<&str>,
    journal: &Journal,
    session: &Session,
) -> Outcome<String> {
    if let Some(typed) = typed {
        return Ok(planned_product(typed, journal, session)?.code);
    }
    let last = last_dose(journal, session.now.at.timestamp());
    let product = last.and_then(|dose| product::by_code(journal, dose.product));
    let product = product.ok_or_else(|| {
        let all: Vec<String> = product::products(journal)
            .into_iter()
            .map(|p| p.code)
            .collect();
        Failure::usage(format!(
            "--product: which one is the plan for? There are {}; nothing was saved",
            all.join(", ")
        ))
    })?;
    output::say(&format!(
        "For {}, the product used last; --product names another.",
        product.name
    ));
    Ok(product.code)
}

/// The typed product; a medicine is refused.
pub(super) fn planned_product(
    typed: &str,
    journal: &Journal,
    session: &Session,
) -> Outcome<Product> {
    // A taper of a prescribed medicine belongs with its prescriber, so the refusal says that instead of "unknown product".
    let is_medicine = find(CareList::built_in().medications, typed).is_some();
    match terms_draft::planned_product(journal, typed) {
        Ok(product) => Ok(product),
        Err(refusal) if is_medicine => Err(Failure::usage(format!(
            "--product: {}; nothing was saved",
            refusal.sentence
        ))),
        Err(_) if medication::find(journal, typed, session.today(journal)).is_some() => {
            Err(Failure::usage(format!(
                "--product: {typed} is one of your medications, and plans are for kratom products; how a prescribed medicine is changed belongs with whoever prescribes it. Nothing was saved"
            )))
        }
        Err(_) => Err(dose::unknown(typed, journal)),
    }
}

//! The products of a journal: those of the catalogue with the person's changes, and own ones.
//!
//! Invariant: each product is counted in its own unit; no code converts one product into another. A factor is the person's
//! own, and screens show it only as "my estimate".

use crate::domain::amount::{Amount, number_and_unit};
use crate::domain::care::catalogue;
use crate::domain::care::catalogue::CareList;
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::record::Record;
use crate::domain::record::key;
use crate::domain::record::kind::Kind;

/// The lasting identity of a product; its name may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProductKey {
    /// One of the catalogue, by code.
    BuiltIn(&'static str),
    /// An own one.
    Own(EntryId),
}

/// A product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// Its identity.
    pub(crate) key: ProductKey,
    /// Its word in files and on the command line: `powder`, `own_blue_bag`.
    pub code: String,
    /// Its name on screen.
    pub name: String,
    /// Its unit: `g`, `capsule`, `mg`.
    pub unit: String,
    /// The smallest amount that a person can measure out.
    pub smallest: Amount,
    /// The person's own estimate of grams of leaf in one unit.
    pub(crate) factor: Option<Amount>,
}

impl Product {
    /// Whether `typed` means this product's unit.
    pub(crate) fn unit_fits(&self, typed: &str) -> bool {
        catalogue::unit_fits(&self.unit, typed)
    }

    /// The number of an amount as it was typed, "1.5 g" or "1.5"; a sentence where another unit was typed.
    pub(crate) fn number_of<'a>(&self, typed: &'a str) -> Result<&'a str, String> {
        let (number, unit) = number_and_unit(typed);
        if unit.is_empty() || self.unit_fits(unit) {
            return Ok(number);
        }
        // Words that are no unit were never another one.
        if CareList::built_in().unit_of(unit).is_none() {
            return Err("an amount is a number, such as 2 or 2.5".to_owned());
        }
        Err(self.wants_own_unit())
    }

    /// The same for what is worked out in its own unit alone, such as the steps of a plan.
    pub(crate) fn own_number_of<'a>(&self, typed: &'a str) -> Result<&'a str, String> {
        match self.other_unit(typed) {
            Some(_) => Err(self.wants_own_unit()),
            None => self.number_of(typed),
        }
    }

    fn wants_own_unit(&self) -> String {
        let (name, own) = (&self.name, &self.unit);
        format!("{name} is counted in {own}, and amounts are never converted: give it in {own}")
    }

    /// The unit that was typed with an amount, where it is another one that fits: tea is counted in glasses, and two cups of it
    /// stay two cups.
    pub(crate) fn other_unit(&self, typed: &str) -> Option<&'static str> {
        let unit = CareList::built_in().unit_of(number_and_unit(typed).1)?;
        let is_other = self.unit_fits(unit.code) && !self.unit.eq_ignore_ascii_case(unit.code);
        is_other.then_some(unit.code)
    }

    /// Whether amounts in `unit` add up with those in its own: a cup is counted as no glass.
    pub(crate) fn adds_up(&self, unit: &str) -> bool {
        // Nearly every dose has it as it is stored; the lists need not be searched for that.
        self.unit.eq_ignore_ascii_case(unit)
            || self.unit_fits(unit) && self.other_unit(&format!("1 {unit}")).is_none()
    }

    /// "1.5 g", "2 capsules".
    pub fn text(&self, amount: Amount) -> String {
        with_unit(amount, &self.unit)
    }

    /// This product with the person's name, unit, smallest amount and factor.
    fn with_record(mut self, record: &Record) -> Self {
        if let Some(name) = record.text(key::NAME) {
            name.clone_into(&mut self.name);
        }
        if let Some(unit) = record.text(key::UNIT) {
            unit.clone_into(&mut self.unit);
        }
        // The catalogue's amount stays where the person has not measured their own.
        self.smallest = record.number(key::SMALLEST).unwrap_or(self.smallest);
        self.factor = record.number(key::FACTOR);
        self
    }
}

/// "1.5 g", "2 capsules", "1 glass": an amount with its unit in words.
pub(crate) fn with_unit(amount: Amount, unit: &str) -> String {
    match CareList::built_in().unit_of(unit) {
        Some(unit) => unit.with(amount),
        None => format!("{amount} {unit}"),
    }
}

/// "1.5 g Leaf powder"; "0.5 capsules" where the product is called by its unit.
pub(crate) fn with_name(amount: &str, name: &str) -> String {
    let unit = amount.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let called = name.to_lowercase();
    if !unit.is_empty() && called.trim_end_matches('s') == unit.trim_end_matches('s') {
        amount.to_owned()
    } else {
        format!("{amount} {name}")
    }
}

/// Every product there is: the catalogue's, then own ones in the order in which they were added.
pub fn products(journal: &Journal) -> Vec<Product> {
    let records = journal.standing(Kind::Product);
    let listed = CareList::built_in().products.iter();
    let listed = listed.map(|listed| of_list(listed, &records));
    listed
        .chain(records.iter().filter_map(|record| own(record)))
        .collect()
}

/// A product of the catalogue, with the person's changes among `records`.
fn of_list(listed: &catalogue::Product, records: &[&Record]) -> Product {
    let product = Product {
        key: ProductKey::BuiltIn(listed.code),
        code: listed.code.to_owned(),
        name: listed.name.to_owned(),
        unit: listed.unit.to_owned(),
        smallest: listed.smallest,
        factor: None,
    };
    let mut records = records.iter();
    match records.find(|record| record.about() == Some(listed.code)) {
        Some(record) => product.with_record(record),
        None => product,
    }
}

/// An own product; `None` for a change of one of the catalogue.
fn own(record: &Record) -> Option<Product> {
    let mut listed = CareList::built_in().products.iter();
    let code = record.about()?;
    if listed.any(|listed| listed.code == code) {
        return None;
    }
    let product = Product {
        key: ProductKey::Own(record.id),
        code: code.to_owned(),
        name: code.to_owned(),
        // Defaults for an own product whose fields are empty; its code is then its name.
        unit: "unit".to_owned(),
        smallest: Amount::whole(1),
        factor: None,
    };
    Some(product.with_record(record))
}

/// The product of this code.
pub fn by_code(journal: &Journal, code: &str) -> Option<Product> {
    // Only that one is put together: a day of many doses asks for it with each.
    let records = journal.standing(Kind::Product);
    let mut listed = CareList::built_in().products.iter();
    let listed = listed.find(|listed| listed.code == code);
    let listed = listed.map(|listed| of_list(listed, &records));
    listed.or_else(|| {
        let mut own_ones = records.iter().filter(|it| it.about() == Some(code));
        own_ones.find_map(|record| own(record))
    })
}

/// The product behind a key; `None` for an own one that was deleted.
pub(crate) fn by_key(journal: &Journal, key: ProductKey) -> Option<Product> {
    match key {
        ProductKey::BuiltIn(code) => by_code(journal, code),
        ProductKey::Own(id) => {
            let records = journal.standing(Kind::Product);
            records
                .into_iter()
                .find(|record| record.id == id)
                .and_then(own)
        }
    }
}

/// The product that a person means by `typed`: its code, its name or another word for it.
pub fn find(journal: &Journal, typed: &str) -> Option<Product> {
    let query = typed.trim().to_lowercase();
    let products = products(journal);
    let exactly = products
        .iter()
        .find(|product| product.code == query || product.name.to_lowercase() == query);
    exactly.cloned().or_else(|| {
        let listed = CareList::built_in().products.iter();
        let code = &listed
            .clone()
            .find(|listed| listed.also.contains(&&*query))?
            .code;
        products.into_iter().find(|product| product.code == *code)
    })
}

//! Where a word belongs that was typed for another list: water is measured, a herb is done, a medicine is added first.
//!
//! Invariant: only a whole word of a list is answered; nothing is guessed and nothing is saved.

use super::catalogue::CareList;
use crate::domain::text::suggest::{Listed, find, own_word};

/// The verb that notes what `typed` means, in backticks, by all lists; `None` for a word of no list.
pub(crate) fn verb_for(typed: &str) -> Option<String> {
    let list = CareList::built_in();
    let verbs = [
        code_of(list.measures, typed).map(|code| format!("`ebb measure {code}=VALUE`")),
        code_of(list.practices, typed).map(|code| format!("`ebb did {code}`")),
        code_of(list.substances, typed).map(|code| format!("`ebb used {code}`")),
        // By the word that was typed: the medicine is added under the name on the person's own label.
        find(list.medications, typed).map(|medicine| {
            let called = own_word(medicine, typed).unwrap_or(medicine.code);
            format!("`ebb medication add {called}`, then `ebb take {called}`")
        }),
        code_of(list.products, typed).map(|code| format!("`ebb dose AMOUNT {code}`")),
        code_of(list.visit_kinds, typed).map(|code| format!("`ebb appointment add {code}`")),
        code_of(list.treatments, typed).map(|code| format!("`ebb treatment add {code}`")),
    ];
    let kratom = typed.trim().eq_ignore_ascii_case("kratom");
    let kratom = kratom.then(|| "`ebb dose AMOUNT PRODUCT`".to_owned());
    verbs.into_iter().flatten().next().or(kratom)
}

fn code_of<'a, T: Listed>(list: &'a [T], typed: &str) -> Option<&'a str> {
    find(list, typed).map(Listed::code)
}

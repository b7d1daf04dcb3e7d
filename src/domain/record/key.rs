//! The keys of fields, one constant a word: a field is named by its constant, so that a slip of the pen does not compile.
//!
//! A key is the field's word in the file, on the command line and in exports: it never changes. The same word means the same in
//! every kind that has it. Which kind has which fields is said by the tables of `super::table`.

// The constants and their list come from one place, so that no key can be missing from the list.
macro_rules! keys {
    ($($name:ident => $word:literal;)*) => {
        $(pub(crate) const $name: &str = $word;)*

        /// Every key, in alphabetical order: a record in memory names a field by its place here.
        pub(super) const ALL: [&str; [$($word),*].len()] = [$($word),*];
    };
}

keys! {
    AFTER => "after";
    ALLERGIES => "allergies";
    AMOUNT => "amount";
    ANSWER => "answer";
    ASLEEP => "asleep";
    BED => "bed";
    BEFORE => "before";
    BEGIN => "begin";
    CONDITIONS => "conditions";
    CONTACT => "contact";
    COUNT => "count";
    DIRECTION => "direction";
    EVERY_DAYS => "every_days";
    FACTOR => "factor";
    FOR => "for";
    GAP => "gap";
    HELD_UNTIL => "held_until";
    HELPED => "helped";
    ITEM9 => "item9";
    MADE => "made";
    MEASURE => "measure";
    MINUTES => "minutes";
    MOST => "most";
    NAME => "name";
    NOTE => "note";
    NUMBER => "number";
    OUTCOME => "outcome";
    PLACE => "place";
    PLAN => "plan";
    PRESCRIBED => "prescribed";
    PRICE => "price";
    PRODUCT => "product";
    PRODUCTS => "products";
    REASON => "reason";
    ROLE => "role";
    SECOND => "second";
    SHAPE => "shape";
    SHAPE_VALUE => "shape_value";
    SINCE => "since";
    SMALLEST => "smallest";
    SPLIT => "split";
    STAIRS => "stairs";
    START => "start";
    STATE => "state";
    STOP => "stop";
    STRENGTH => "strength";
    TAKEN_FOR => "taken_for";
    TAKEN_FOR_2 => "taken_for_2";
    TEXT => "text";
    TRIGGER => "trigger";
    UNIT => "unit";
    UNTIL => "until";
    UP => "up";
    USING => "using";
    USING_2 => "using_2";
    VALUE => "value";
    WHY => "why";
    WITH => "with";
    WITHOUT => "without";
    WITHOUT_2 => "without_2";
    WOKE => "woke";
}

// No fields of any kind. A refusal uses them to point to what a record is about and to its moment.
pub(crate) const ABOUT: &str = "about";
pub(crate) const WHEN: &str = "when";

/// The fields that can hold notes, in the order in which they are read.
pub(crate) const NOTES: [&str; 6] = [TRIGGER, HELPED, NOTE, REASON, OUTCOME, ANSWER];

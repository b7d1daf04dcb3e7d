//! The keys of fields, one constant a word: a field is named by its constant, so that a slip of the pen does not compile.
//!
//! A key is the field's word in the file, on the command line and in exports: it never changes. The same word means the same in
//! every kind that has it. Which kind has which fields is said by the tables of `super::table`.

pub(crate) const AFTER: &str = "after";
pub(crate) const ALLERGIES: &str = "allergies";
pub(crate) const AMOUNT: &str = "amount";
pub(crate) const ANSWER: &str = "answer";
pub(crate) const ASLEEP: &str = "asleep";
pub(crate) const BED: &str = "bed";
pub(crate) const BEFORE: &str = "before";
pub(crate) const BEGIN: &str = "begin";
pub(crate) const CONDITIONS: &str = "conditions";
pub(crate) const CONTACT: &str = "contact";
pub(crate) const COUNT: &str = "count";
pub(crate) const DIRECTION: &str = "direction";
pub(crate) const EVERY_DAYS: &str = "every_days";
pub(crate) const FACTOR: &str = "factor";
pub(crate) const FOR: &str = "for";
pub(crate) const GAP: &str = "gap";
pub(crate) const HELD_UNTIL: &str = "held_until";
pub(crate) const HELPED: &str = "helped";
pub(crate) const ITEM9: &str = "item9";
pub(crate) const MADE: &str = "made";
pub(crate) const MEASURE: &str = "measure";
pub(crate) const MINUTES: &str = "minutes";
pub(crate) const MOST: &str = "most";
pub(crate) const NAME: &str = "name";
pub(crate) const NOTE: &str = "note";
pub(crate) const NUMBER: &str = "number";
pub(crate) const OUTCOME: &str = "outcome";
pub(crate) const PLACE: &str = "place";
pub(crate) const PLAN: &str = "plan";
pub(crate) const PRESCRIBED: &str = "prescribed";
pub(crate) const PRICE: &str = "price";
pub(crate) const PRODUCT: &str = "product";
pub(crate) const PRODUCTS: &str = "products";
pub(crate) const REASON: &str = "reason";
pub(crate) const ROLE: &str = "role";
pub(crate) const SECOND: &str = "second";
pub(crate) const SHAPE: &str = "shape";
pub(crate) const SHAPE_VALUE: &str = "shape_value";
pub(crate) const SINCE: &str = "since";
pub(crate) const SMALLEST: &str = "smallest";
pub(crate) const SPLIT: &str = "split";
pub(crate) const STAIRS: &str = "stairs";
pub(crate) const START: &str = "start";
pub(crate) const STATE: &str = "state";
pub(crate) const STOP: &str = "stop";
pub(crate) const STRENGTH: &str = "strength";
pub(crate) const TAKEN_FOR: &str = "taken_for";
pub(crate) const TAKEN_FOR_2: &str = "taken_for_2";
pub(crate) const TEXT: &str = "text";
pub(crate) const TRIGGER: &str = "trigger";
pub(crate) const UNIT: &str = "unit";
pub(crate) const UNTIL: &str = "until";
pub(crate) const UP: &str = "up";
pub(crate) const USING: &str = "using";
pub(crate) const USING_2: &str = "using_2";
pub(crate) const VALUE: &str = "value";
pub(crate) const WHY: &str = "why";
pub(crate) const WITH: &str = "with";
pub(crate) const WITHOUT: &str = "without";
pub(crate) const WITHOUT_2: &str = "without_2";
pub(crate) const WOKE: &str = "woke";

// No fields of any kind. A refusal uses them to point to what a record is about and to its moment.
pub(crate) const ABOUT: &str = "about";
pub(crate) const WHEN: &str = "when";

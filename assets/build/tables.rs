//! Turns the built-in lists of `assets/` into tables, so that no start reads TOML.
//!
//! A list is written in TOML, where people read and review it. Read at each start it took a third of the instructions up to the
//! first frame.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a list that cannot be made into a table must stop the build"
)]

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};
use toml::{Table, Value};

/// What a field of a table holds, and how it is written in Rust.
#[derive(Clone, Copy)]
enum Shape {
    /// Words; empty where a second value says so.
    Text,
    TextOrEmpty,
    MayText,
    Texts,
    /// A table of words, in the order of its keys.
    Pairs,
    /// No unless said.
    Flag,
    Whole,
    WholeOr(i64),
    MayWhole,
    /// A decimal number in quotes, because a float of TOML is not exact.
    Amount,
    MayAmount,
    /// A variant of an enum, by its word.
    Choice(&'static str),
    ChoiceOr(&'static str, &'static str),
    Item(&'static Struct),
    Items(&'static Struct),
}
use Shape::{
    Amount, Choice, ChoiceOr, Flag, Item, Items, MayAmount, MayText, MayWhole, Pairs, Text,
    TextOrEmpty, Texts, Whole, WholeOr,
};

/// A struct of the program: its name, its fields with their keys, and keys that are for readers of the list alone.
struct Struct {
    name: &'static str,
    fields: &'static [(&'static str, &'static str, Shape)],
    unread: &'static [&'static str],
}

const STATEMENT: Struct = Struct {
    name: "Statement",
    fields: &[("text", "text", Text), ("source", "source", MayText)],
    unread: &[],
};

const WORD: Struct = Struct {
    name: "Word",
    fields: &[
        ("code", "code", Text),
        ("name", "name", Text),
        ("also", "also", Texts),
    ],
    unread: &[],
};

const CARE: Struct = Struct {
    name: "CareList",
    fields: &[
        (
            "products",
            "products",
            Items(&Struct {
                name: "Product",
                fields: &[
                    ("code", "code", Text),
                    ("name", "name", Text),
                    ("unit", "unit", Text),
                    ("smallest", "smallest", Amount),
                    ("also", "also", Texts),
                ],
                unread: &[],
            }),
        ),
        (
            "units",
            "units",
            Items(&Struct {
                name: "Unit",
                fields: &[
                    ("code", "code", Text),
                    ("one", "one", Text),
                    ("many", "many", Text),
                    ("typed", "typed", Texts),
                    ("asked_above", "asked_above", MayAmount),
                ],
                unread: &[],
            }),
        ),
        (
            "substances",
            "substances",
            Items(&Struct {
                name: "Substance",
                fields: &[
                    ("code", "code", Text),
                    ("name", "name", Text),
                    ("unit", "unit", MayText),
                    ("asks_with_kratom", "asks_with_kratom", Flag),
                    ("cautions", "cautions", Items(&STATEMENT)),
                    ("also", "also", Texts),
                ],
                unread: &[],
            }),
        ),
        (
            "medications",
            "medications",
            Items(&Struct {
                name: "Medicine",
                fields: &[
                    ("code", "code", Text),
                    ("name", "name", Text),
                    ("atc", "atc", MayText),
                    ("class", "class", Text),
                    ("description", "description", Item(&STATEMENT)),
                    ("cautions", "cautions", Items(&STATEMENT)),
                    ("abrupt_stop", "abrupt_stop", Items(&STATEMENT)),
                    ("suggest_measurements", "suggest_measurements", Texts),
                    ("also", "also", Texts),
                ],
                unread: &[],
            }),
        ),
        (
            "headings",
            "headings",
            Items(&Struct {
                name: "Heading",
                fields: &[("category", "category", Text), ("name", "name", Text)],
                unread: &[],
            }),
        ),
        (
            "practices",
            "practices",
            Items(&Struct {
                name: "Practice",
                fields: &[
                    ("code", "code", Text),
                    ("name", "name", Text),
                    ("description", "description", Text),
                    ("category", "category", Text),
                    ("counted", "measure", Choice("Counting")),
                    ("cautions", "cautions", Items(&STATEMENT)),
                    ("also", "also", Texts),
                ],
                unread: &[],
            }),
        ),
        (
            "measures",
            "measures",
            Items(&Struct {
                name: "Measure",
                fields: &[
                    ("code", "code", Text),
                    ("name", "name", Text),
                    ("description", "description", Text),
                    ("form", "form", Choice("MeasureForm")),
                    (
                        "units",
                        "units",
                        Items(&Struct {
                            name: "MeasureUnit",
                            fields: &[
                                ("code", "code", Text),
                                ("typed", "typed", Texts),
                                ("times", "times", WholeOr(1)),
                                ("over", "over", WholeOr(1)),
                                ("less", "less", WholeOr(0)),
                            ],
                            unread: &[],
                        }),
                    ),
                    ("words", "words", Texts),
                    ("least", "least", Amount),
                    ("most", "most", Amount),
                    ("asked_below", "asked_below", MayAmount),
                    ("asked_above", "asked_above", MayAmount),
                    ("least_second", "least_second", MayAmount),
                    ("most_second", "most_second", MayAmount),
                    ("places", "places", Whole),
                    ("daily", "daily", ChoiceOr("Daily", "mean")),
                    ("has_item9", "has_item9", Flag),
                    ("loinc", "loinc", MayText),
                    ("loinc_parts", "loinc_parts", Texts),
                    (
                        "bands",
                        "bands",
                        Items(&Struct {
                            name: "Band",
                            fields: &[("from", "from", Whole), ("name", "name", Text)],
                            unread: &[],
                        }),
                    ),
                    ("bands_source", "bands_source", MayText),
                    ("also", "also", Texts),
                ],
                unread: &[],
            }),
        ),
        ("treatments", "treatments", Items(&WORD)),
        ("visit_kinds", "visit_kinds", Items(&WORD)),
        ("triggers", "triggers", Items(&WORD)),
        ("helped", "helped", Items(&WORD)),
    ],
    unread: &["schema_version", "catalogue_date"],
};

const CATALOGUE: Struct = Struct {
    name: "Catalogue",
    fields: &[
        ("version", "catalogue_date", Text),
        (
            "scale",
            "scale",
            Item(&Struct {
                name: "Scale",
                fields: &[
                    ("id", "id", Text),
                    ("recall", "recall", Text),
                    (
                        "anchors",
                        "anchors",
                        Items(&Struct {
                            name: "Anchor",
                            fields: &[
                                ("value", "value", Whole),
                                ("label", "label", Text),
                                ("description", "description", Text),
                            ],
                            unread: &["snomed"],
                        }),
                    ),
                ],
                unread: &["missing"],
            }),
        ),
        (
            "symptoms",
            "symptoms",
            Items(&Struct {
                name: "CatalogueSymptom",
                fields: &[
                    ("id", "id", Text),
                    ("name", "name", Text),
                    ("description", "description", Text),
                    ("category", "category", Choice("Category")),
                    ("tier", "tier", Choice("Tier")),
                    ("hpo", "hpo", MayText),
                    ("hpo_label", "hpo_label", MayText),
                    ("snomed", "snomed", MayText),
                    ("snomed_match", "snomed_match", MayText),
                    ("snomed_display", "snomed_display", MayText),
                ],
                unread: &["group", "term"],
            }),
        ),
        (
            "phases",
            "phases",
            Items(&Struct {
                name: "Phase",
                fields: &[
                    ("id", "id", Text),
                    ("name", "name", Text),
                    ("from_day", "from_day", MayWhole),
                    ("to_day", "to_day", MayWhole),
                    ("description", "description", TextOrEmpty),
                    ("reported", "reported", MayText),
                    ("source", "source", MayText),
                ],
                unread: &[],
            }),
        ),
    ],
    unread: &["schema_version", "hpo_system", "snomed_system", "overall"],
};

const HELP: Struct = Struct {
    name: "Help",
    fields: &[
        ("checked", "checked", Text),
        (
            "kinds",
            "kinds",
            Items(&Struct {
                name: "LineKind",
                fields: &[
                    ("code", "code", Text),
                    ("name", "name", Text),
                    ("absent", "absent", MayText),
                ],
                unread: &[],
            }),
        ),
        (
            "countries",
            "countries",
            Items(&Struct {
                name: "Country",
                fields: &[
                    ("code", "code", Text),
                    ("name", "name", Text),
                    ("in_eu", "in_eu", Flag),
                ],
                unread: &[],
            }),
        ),
        (
            "lines",
            "lines",
            Items(&Struct {
                name: "HelpLine",
                fields: &[
                    ("country", "country", Text),
                    ("name", "name", Text),
                    ("kind", "kind", Text),
                    ("contact", "contact", MayText),
                    ("url", "url", MayText),
                    ("note", "note", MayText),
                    ("hours", "hours", Text),
                    ("region", "region", Text),
                    ("whom", "whom", Text),
                    ("checked", "checked", Text),
                    ("source", "source", Text),
                ],
                unread: &["id"],
            }),
        ),
        (
            "red_flags",
            "red_flags",
            Items(&Struct {
                name: "RedFlag",
                fields: &[
                    ("id", "id", Text),
                    ("sign", "sign", Text),
                    ("level", "level", Text),
                    ("action", "action", Text),
                    ("neutral", "neutral", MayText),
                ],
                unread: &[],
            }),
        ),
    ],
    unread: &[],
};

const NOTE_WORDS: Struct = Struct {
    name: "NoteWords",
    fields: &[
        ("spellings", "spellings", Pairs),
        (
            "reading",
            "reading",
            Item(&Struct {
                name: "Reading",
                fields: &[
                    ("negations", "negations", Texts),
                    ("crisis_negations", "crisis_negations", Texts),
                    ("fillers", "fillers", Texts),
                    ("stops", "stops", Texts),
                    ("behind", "behind", Texts),
                    ("ever", "ever", Texts),
                    ("takes_back", "takes_back", Texts),
                ],
                unread: &[],
            }),
        ),
        (
            "subjects",
            "subjects",
            Items(&Struct {
                name: "Subject",
                fields: &[
                    ("line", "line", Choice("Line")),
                    ("reach", "reach", Whole),
                    ("phrases", "phrases", Texts),
                    ("unless", "unless", Texts),
                ],
                // Notes of a test.
                unread: &["raising", "other"],
            }),
        ),
    ],
    unread: &[],
};

const SOURCES: Struct = Struct {
    name: "Sources",
    fields: &[(
        "sources",
        "sources",
        Items(&Struct {
            name: "Source",
            fields: &[
                ("id", "id", Text),
                ("citation", "citation", Text),
                ("kind", "kind", Choice("SourceAccess")),
                ("through", "through", MayText),
                ("checked", "checked", Text),
            ],
            unread: &[],
        }),
    )],
    unread: &[],
};

/// Writes the tables into the folder of this build.
pub fn write() {
    for (list, of) in [
        ("care", &CARE),
        ("catalogue", &CATALOGUE),
        ("guide/sources", &SOURCES),
        ("helplines", &HELP),
        ("note_words", &NOTE_WORDS),
    ] {
        let mut rust = String::new();
        literal(of, &read(&format!("assets/{list}.toml")), &mut rust);
        let name = list.rsplit('/').next().unwrap_or(list);
        put(&format!("{name}.rs"), &rust);
    }
}

fn read(path: &str) -> Table {
    println!("cargo::rerun-if-changed={path}");
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    text.parse()
        .unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn put(name: &str, text: &str) {
    let folder = env::var_os("OUT_DIR").expect("cargo names the folder of a build");
    let out = Path::new(&folder).join(name);
    fs::write(&out, text).unwrap_or_else(|error| panic!("{}: {error}", out.display()));
}

/// Writes a table as a literal of its struct.
fn literal(of: &Struct, table: &Table, rust: &mut String) {
    for key in table.keys() {
        let is_read = of.fields.iter().any(|(_, read, _)| read == key);
        // A slip in a key would otherwise be a value that silently is not there.
        assert!(
            is_read || of.unread.contains(&key.as_str()),
            "{}: what is {key:?}?",
            of.name
        );
    }
    write!(rust, "{} {{ ", of.name).unwrap();
    for (field, key, shape) in of.fields {
        write!(rust, "{field}: ").unwrap();
        value(*shape, table.get(*key), rust).unwrap_or_else(|| {
            panic!(
                "{}: {key:?} is missing or of another type: {table:?}",
                of.name
            )
        });
        rust.push_str(", ");
    }
    rust.push('}');
}

/// Writes a value in its shape; `None` where it has another.
fn value(shape: Shape, value: Option<&Value>, rust: &mut String) -> Option<()> {
    let may =
        |written: Option<String>| written.map_or("None".to_owned(), |it| format!("Some({it})"));
    let text = |value: &Value| Some(format!("{:?}", value.as_str()?));
    let whole = |value: &Value| Some(grouped(value.as_integer()?));
    let amount = |value: &Value| {
        Some(format!(
            "Amount::from_thousandths({})",
            grouped(thousandths(value.as_str()?)?)
        ))
    };
    let choice = |of: &str, word: &str| format!("{of}::{}", pascal(word));
    match shape {
        Text => rust.push_str(&text(value?)?),
        TextOrEmpty => rust.push_str(&value.map_or(Some("\"\"".to_owned()), text)?),
        MayText => rust.push_str(&may(value.map(text).map(Option::unwrap))),
        Texts => {
            rust.push_str("&[");
            for item in value.map_or(Some(&Vec::new()), Value::as_array)? {
                write!(rust, "{}, ", text(item)?).unwrap();
            }
            rust.push(']');
        }
        Pairs => {
            rust.push_str("&[");
            for (key, item) in value?.as_table()? {
                write!(rust, "({key:?}, {}), ", text(item)?).unwrap();
            }
            rust.push(']');
        }
        Flag => write!(rust, "{}", value.map_or(Some(false), Value::as_bool)?).unwrap(),
        Whole => rust.push_str(&whole(value?)?),
        WholeOr(usual) => rust.push_str(&value.map_or(Some(usual.to_string()), whole)?),
        MayWhole => rust.push_str(&may(value.map(whole).map(Option::unwrap))),
        Amount => rust.push_str(&amount(value?)?),
        MayAmount => rust.push_str(&may(value.map(amount).map(Option::unwrap))),
        Choice(of) => rust.push_str(&choice(of, value?.as_str()?)),
        ChoiceOr(of, usual) => {
            rust.push_str(&choice(of, value.map_or(Some(usual), Value::as_str)?));
        }
        Item(of) => literal(of, value?.as_table()?, rust),
        Items(of) => {
            rust.push_str("&[");
            for item in value.map_or(Some(&Vec::new()), Value::as_array)? {
                literal(of, item.as_table()?, rust);
                rust.push_str(", ");
            }
            rust.push(']');
        }
    }
    Some(())
}

/// "0.05" is 50.
fn thousandths(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let is_exact = part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_digit());
    let whole: i64 = whole.parse().ok()?;
    is_exact.then_some(())?;
    Some(whole * 1000 + format!("{part:0<3}").parse::<i64>().ok()?)
}

/// 100000 is `100_000`.
fn grouped(number: i64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        let left = digits.len() - at;
        if at > 0 && left.is_multiple_of(3) && !grouped.ends_with('-') {
            grouped.push('_');
        }
        grouped.push(digit);
    }
    grouped
}

/// `very_severe` is `VerySevere`.
fn pascal(word: &str) -> String {
    let pieces = word.split('_').map(|piece| {
        let (first, rest) = piece.split_at(1);
        first.to_uppercase() + rest
    });
    pieces.collect()
}

//! A source says what it is cited for: a table by hand, `tests/citations/covers.toml`, against everything that is printed with a
//! source, on the guide's pages and in the lists that people log from.
//!
//! The table was written from our notes on each source. A statement that is laid to another source turns red, which is tried
//! with every other one.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use ebbtide::domain::guide::FILES;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

const TABLE: &str = include_str!("citations/covers.toml");

#[derive(Deserialize)]
struct Table {
    plain: Vec<String>,
    sources: Vec<Covered>,
}

#[derive(Deserialize)]
struct Covered {
    id: String,
    #[serde(default)]
    called: Vec<String>,
    topics: Vec<String>,
}

/// A subject of a source: the words that name it, and the words of what the source says of it.
struct Subject {
    named: Vec<String>,
    words: BTreeSet<String>,
}

/// What every source says.
struct Covers {
    subjects: BTreeMap<String, Vec<Subject>>,
    called: BTreeMap<String, Vec<String>>,
    vocabulary: BTreeSet<String>,
}

/// The words of a text by their beginnings, numbers whole; short words carry nothing.
fn words(text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    let parts = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | ',' | '-')));
    let parts = parts.map(|part| part.trim_matches(['.', ',', '-']));
    let mut words = Vec::new();
    for part in parts.filter(|part| !part.is_empty()) {
        if is_number(part) {
            words.push(part.to_owned());
            continue;
        }
        let each = part.split('-').filter(|word| word.chars().count() > 3);
        words.extend(each.map(|word| word.chars().take(5).collect()));
    }
    words
}

/// Also "7-OH" and "19th".
fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

fn covers(text: &str) -> Covers {
    let table: Table = toml::from_str(text).unwrap();
    let mut covers = Covers {
        subjects: BTreeMap::new(),
        called: BTreeMap::new(),
        vocabulary: BTreeSet::new(),
    };
    for source in table.sources {
        let subjects = source.topics.iter().map(|topic| {
            let (named, says) = topic.split_once(':').unwrap();
            let mut all: BTreeSet<String> = words(says).into_iter().collect();
            all.extend(words(&named.replace('/', " ")));
            Subject {
                named: named.split('/').map(|it| it.trim().to_owned()).collect(),
                words: all,
            }
        });
        let subjects: Vec<Subject> = subjects.collect();
        for subject in &subjects {
            covers.vocabulary.extend(subject.words.iter().cloned());
        }
        for name in source.called {
            covers
                .called
                .entry(name)
                .or_default()
                .push(source.id.clone());
        }
        let twice = covers.subjects.insert(source.id, subjects);
        assert!(twice.is_none(), "a source stands in the table twice");
    }
    for word in &table.plain {
        for word in words(word) {
            covers.vocabulary.remove(&word);
        }
    }
    covers
}

/// Something printed with a source.
struct Statement {
    source: String,
    /// What stands around it: its page, its heading, the name of the entry.
    context: String,
    text: String,
}

/// The statements of a page of the guide.
fn of_page(code: &str, page: &str) -> Vec<Statement> {
    let body = page.rsplit_once("+++\n").map_or(page, |(_, body)| body);
    let mut heading = String::new();
    let mut found = Vec::new();
    for block in body.replace("\n- ", "\n\n- ").split("\n\n") {
        let mut block = block.trim();
        if let Some(rest) = block.strip_prefix("## ") {
            let (title, below) = rest.split_once('\n').unwrap_or((rest, ""));
            title.clone_into(&mut heading);
            block = below;
        }
        let block = block.split_whitespace().collect::<Vec<_>>().join(" ");
        let (mut rest, mut last) = (block.as_str(), "");
        while let Some((before, after)) = rest.split_once("[^") {
            let (source, after) = after.split_once(']').unwrap();
            let text = before.trim_matches([' ', '-']);
            // Two sources beside each other stand behind the same words.
            if !text.is_empty() {
                last = text;
            }
            found.push(Statement {
                source: source.to_owned(),
                context: format!("{code} {heading} {block}").to_lowercase(),
                text: last.to_owned(),
            });
            rest = after;
        }
    }
    found
}

/// The statements of a list, wherever its tables are nested.
fn of_list(value: &toml::Value, name: &str, covers: &Covers, found: &mut Vec<Statement>) {
    let table = match value {
        toml::Value::Array(all) => {
            for value in all {
                of_list(value, name, covers, found);
            }
            return;
        }
        toml::Value::Table(table) => table,
        _ => return,
    };
    let text = |field: &str| table.get(field).and_then(toml::Value::as_str);
    let name = text("name").unwrap_or(name);
    let bands = table.get("bands").and_then(toml::Value::as_array);
    let bands = bands.map(|bands| {
        let from_zero = |band: &&toml::Value| band["from"].as_integer() != Some(0);
        let each = bands.iter().filter(from_zero);
        let each = each.map(|band| {
            let from = band["from"].as_integer().unwrap();
            format!("{from} {}", band["name"].as_str().unwrap())
        });
        each.collect::<Vec<_>>().join(" ")
    });
    let stated = [
        (
            text("source"),
            text("text").or(text("reported")).map(str::to_owned),
        ),
        (text("bands_source"), bands),
    ];
    for (source, statement) in stated {
        let Some((source, statement)) = source.zip(statement) else {
            continue;
        };
        // One that no source of the table is called by is found as a statement without a row.
        let unknown = vec![source.to_owned()];
        for id in covers.called.get(source).unwrap_or(&unknown) {
            found.push(Statement {
                source: id.clone(),
                context: format!("{name} {statement}").to_lowercase(),
                text: statement.clone(),
            });
        }
    }
    for value in table.values() {
        of_list(value, name, covers, found);
    }
}

fn everything(covers: &Covers) -> Vec<Statement> {
    let pages = FILES.iter().flat_map(|(code, page)| of_page(code, page));
    let mut all: Vec<Statement> = pages.collect();
    for path in ["assets/care.toml", "assets/catalogue.toml"] {
        let text = std::fs::read_to_string(path).unwrap();
        let list = toml::Value::Table(text.parse().unwrap());
        of_list(&list, "", covers, &mut all);
    }
    all
}

/// What is wrong with laying a statement to its source.
fn fault(statement: &Statement, covers: &Covers) -> Option<String> {
    let Statement {
        source,
        context,
        text,
    } = statement;
    let Some(subjects) = covers.subjects.get(source) else {
        return Some(format!("{source} has no row: {text}"));
    };
    let is_named = |subject: &&Subject| subject.named.iter().any(|word| context.contains(word));
    let cited: Vec<&Subject> = subjects.iter().filter(is_named).collect();
    if cited.is_empty() {
        return Some(format!("{source} has no such subject: {text}"));
    }
    let is_covered = |word: &String| cited.iter().any(|it| it.words.contains(word));
    let mut uncovered = words(text);
    uncovered.retain(|word| covers.vocabulary.contains(word) || is_number(word));
    uncovered.retain(|word| !is_covered(word));
    (!uncovered.is_empty())
        .then(|| format!("{source} says nothing of {}: {text}", uncovered.join(", ")))
}

#[test]
fn every_printed_statement_stands_in_the_source_that_it_is_laid_to() {
    let covers = covers(TABLE);
    let all = everything(&covers);
    assert!(
        all.len() > 160,
        "pages and lists are read whole: {}",
        all.len()
    );
    let faults: Vec<String> = all.iter().filter_map(|it| fault(it, &covers)).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn every_row_of_the_table_has_a_statement() {
    let covers = covers(TABLE);
    let all = everything(&covers);
    for (id, subjects) in &covers.subjects {
        for subject in subjects {
            let is_used = all.iter().any(|it| {
                it.source == *id && subject.named.iter().any(|word| it.context.contains(word))
            });
            assert!(is_used, "{id}: {:?}", subject.named);
        }
    }
}

#[test]
fn a_statement_laid_to_another_source_turns_red() {
    let covers = covers(TABLE);
    let all = everything(&covers);
    let (mut tried, mut green) = (0, Vec::new());
    for statement in &all {
        for other in covers.subjects.keys().filter(|id| **id != statement.source) {
            tried += 1;
            let moved = Statement {
                source: other.clone(),
                context: statement.context.clone(),
                text: statement.text.clone(),
            };
            if fault(&moved, &covers).is_none() {
                green.push(format!("{other}: {}", statement.text));
            }
        }
    }
    // Some sources say the same few words, as "6 to 12 hours" is said by two.
    assert!(tried > 8000, "{tried}");
    assert!(green.len() < 20, "{green:#?}");
}

#[test]
fn citations_that_were_wrong_once_and_made_up_ones_are_found() {
    let covers = covers(TABLE);
    let found = |page: &str| {
        let all = of_page("a", page);
        all.iter().filter_map(|it| fault(it, &covers)).count()
    };
    for page in [
        "Passionflower and valerian are named for calm and sleep. [^seed]",
        "## Buprenorphine\nA partial agonist: it acts on opioid receptors. [^seed]",
        "## Clonidine\nFour of four who stopped it had a stroke. [^lilja_1982]",
        "Pain: 92 % of 2,798 people in an online survey. [^garcia_2020]",
        "Pain: 91 % of people. [^singh_2014]",
        "Kava is safe. [^njafp]",
        "Kava is safe. [^nobody_2020]",
    ] {
        assert_eq!(found(page), 1, "{page}");
    }
    assert_eq!(
        found("Pain: 91 % of 2,798 people in an online survey. [^garcia_2020]"),
        0
    );
    let mut listed = Vec::new();
    let list =
        "[[a]]\nname = \"Valerian root\"\ntext = \"A sleep aid.\"\nsource = \"a page, 2020\"";
    let list = toml::Value::Table(list.parse().unwrap());
    of_list(&list, "", &covers, &mut listed);
    assert!(fault(&listed[0], &covers).is_some_and(|it| it.contains("has no row")));
}

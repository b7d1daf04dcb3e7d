//! Every medical statement carries its source: the guide's, the phases', and those of the lists that people log from.
//!
//! The rule (the head of the facts that the project was given): what was read may be printed with its source; what is known
//! through another page only as "reported second-hand", with where; what nobody looked up is not printed as a claim. Lines
//! that ask for help or advice need no source, and claim nothing. Each rule is shown red on a made-up page.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use ebbtide::domain::guide::{Block, FILES, Kind, Known, Shape, Source, Topic, guide, parse};
use std::collections::BTreeSet;

/// Words of statements: a block that asks or explains has none of them.
const CLAIMING: [&str; 34] = [
    "%",
    " mg",
    "evidence",
    "study",
    "studies",
    "survey",
    "trial",
    "reported",
    "proven",
    "proof",
    "effective",
    "cure",
    "eases",
    "relieves",
    "reduces",
    "raises",
    "causes",
    "caused",
    "leads to",
    "lasts",
    "peak",
    "onset",
    "half-life",
    "receptor",
    "fda",
    "cdc",
    "milder",
    "typically",
    "usually",
    "most people",
    "many people",
    "hours after",
    "works for",
    "is safe",
];

/// A block that asks for help says to whom or what to do.
const ASKING: [&str; 11] = [
    "clinician",
    "pharmacist",
    "prescriber",
    "emergency",
    "crisis line",
    "! ",
    "be seen",
    "call",
    "ask first",
    "get urgent help",
    "book a visit",
];

/// Things that are general knowledge in our facts and were not looked up: no page names them.
const UNCHECKED: [&str; 14] = [
    "half-life",
    "huestis",
    "self-limiting",
    "methadone",
    "lofexidine",
    "gabapentin",
    "trazodone",
    "ondansetron",
    "ibuprofen",
    "daisy",
    "ragweed",
    "about a third",
    "torsades",
    "dicyclomine",
];

/// What a page may never do: tell an amount to take, or promise.
const ADVISING: [&str; 10] = [
    "you should",
    "we recommend",
    "try taking",
    "take one",
    "will be over",
    "you will feel",
    "better by",
    "guaranteed",
    "start with",
    "the right amount",
];

/// The ids that a block names and that a reader would see as numbers.
fn second_hand<'a>(block: &Block, sources: &'a [Source]) -> Vec<&'a Source> {
    let named = sources.iter().filter(|s| block.cites.contains(&s.id));
    named.filter(|s| s.kind == Known::SecondHand).collect()
}

/// Each sentence or clause that ends before a source, and what comes after the last one.
fn after_the_last_source(text: &str) -> &str {
    text.rsplit(']').next().unwrap_or_default()
}

/// What is wrong with a page.
fn faults(topic: &Topic, sources: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    for block in &topic.blocks {
        let text = block.text.to_lowercase();
        let mut fault = |what: &str| {
            faults.push(format!("{}: {what}: {}", topic.code, block.text));
        };
        let claiming = CLAIMING.iter().find(|word| text.contains(**word));
        match (block.shape, block.kind) {
            (Shape::Heading, _) => {}
            (_, Kind::Claim) => {
                if block.cites.is_empty() {
                    fault("a statement without a source");
                } else if after_the_last_source(&text)
                    .chars()
                    .any(char::is_alphanumeric)
                {
                    fault("a sentence behind the last source");
                }
                let at_second = second_hand(block, sources);
                let where_to = ["through ", "from "].iter().any(|word| text.contains(word));
                let is_said = text.contains("reported second-hand") && where_to;
                if at_second.is_empty() && text.contains("second-hand") {
                    fault("said to be second-hand, and its source was read");
                }
                if !at_second.is_empty() && !is_said {
                    fault("second-hand without \"reported second-hand\" and where");
                }
            }
            (_, kind) => {
                if !block.cites.is_empty() {
                    fault("marked as asking or explaining, with a source");
                }
                if let Some(word) = claiming {
                    fault(&format!(
                        "marked as asking or explaining, and says \"{}\"",
                        word.trim()
                    ));
                }
                if kind == Kind::Ask && !ASKING.iter().any(|word| text.contains(word)) {
                    fault("asks for no help");
                }
            }
        }
        if let Some(word) = UNCHECKED.iter().find(|word| text.contains(**word)) {
            fault(&format!("names \"{word}\", which nobody looked up"));
        }
        if let Some(word) = ADVISING.iter().find(|word| text.contains(**word)) {
            fault(&format!("advises: \"{word}\""));
        }
    }
    faults
}

#[test]
fn every_statement_of_the_guide_has_its_source_and_all_else_claims_nothing() {
    assert_eq!(guide().topics.len(), FILES.len(), "every page is read");
    let faults: Vec<String> = guide()
        .topics
        .iter()
        .flat_map(|t| faults(t, &guide().sources))
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    let claims = guide().topics.iter().flat_map(|t| &t.blocks);
    let claims = claims.filter(|b| b.kind == Kind::Claim && b.shape != Shape::Heading);
    assert!(claims.count() > 80, "the whole guide is read");
}

#[test]
fn each_rule_turns_red_on_a_bad_page() {
    let red = |body: &str| {
        let text = format!("+++\ntitle = \"A\"\nsummary = \"b\"\n+++\n{body}\n");
        let topic = parse("a", &text, &guide().sources).unwrap();
        faults(&topic, &guide().sources).len()
    };
    for body in [
        "It takes ten days.",
        "It takes ten days. [^seed] And then five.",
        "It takes ten days. [^boyer_2008]",
        "It takes ten days, reported second-hand. [^boyer_2008]",
        "It is reported second-hand, through a page. [^seed]",
        "how: It lasts ten days.",
        "how: Most people know this.",
        "ask: Rest a while.",
        "ask: Ask a clinician, as a study says.",
        "ask: Ask a clinician. [^seed]",
        "- a bullet",
        "Methadone is used. [^seed]",
        "You should rest. [^seed]",
    ] {
        assert_eq!(red(body), 1, "{body}");
    }
    for body in [
        "It takes ten days. [^seed]",
        "It takes ten days: reported second-hand, through a page. [^boyer_2008]",
        "how: A blank is never a 0.",
        "ask: Ask a clinician before that.",
        "## A heading",
    ] {
        assert_eq!(red(body), 0, "{body}");
    }
}

#[test]
fn a_summary_says_what_stands_on_the_page_and_claims_nothing() {
    for topic in &guide().topics {
        let text = topic.summary.to_lowercase();
        let claiming = CLAIMING.iter().find(|word| text.contains(**word));
        assert_eq!(claiming, None, "{}: {}", topic.code, topic.summary);
        assert!(topic.title.len() <= 30, "{}: {}", topic.code, topic.title);
    }
}

#[test]
fn every_source_is_named_and_says_how_and_when_it_is_known() {
    let named: BTreeSet<&str> = guide()
        .topics
        .iter()
        .flat_map(|topic| &topic.blocks)
        .flat_map(|block| block.cites.iter().map(String::as_str))
        .collect();
    let mut seen = BTreeSet::new();
    for source in &guide().sources {
        assert!(
            named.contains(source.id.as_str()),
            "{} is used nowhere",
            source.id
        );
        assert!(seen.insert(&source.id), "{} is there twice", source.id);
        assert!(
            !source.citation.is_empty() && !source.citation.ends_with('.'),
            "{source:?}"
        );
        assert!(
            source.checked.parse::<chrono::NaiveDate>().is_ok(),
            "{source:?}"
        );
        let is_second = source.kind == Known::SecondHand;
        assert_eq!(is_second, source.through.is_some(), "{source:?}");
        assert_eq!(
            is_second,
            source.sentence().contains("Reported second-hand")
        );
    }
}

#[test]
fn what_sources_say_differently_is_said_to_differ() {
    let timeline = guide().topic("timeline").unwrap();
    assert!(timeline.summary.contains("Sources differ"));
    assert!(timeline.sources.len() >= 8, "many sources side by side");
    let tapering = guide().topic("tapering").unwrap();
    let texts: Vec<&str> = tapering.blocks.iter().map(|b| b.text.as_str()).collect();
    let whole = texts.join("\n");
    assert!(
        whole.contains("no taper of kratom or of 7-OH has been validated"),
        "{whole}"
    );
    assert!(whole.contains("they disagree"), "{whole}");
    // The safety card comes before any number of steps.
    assert!(whole.find("talk to a clinician first") < whole.find('%'));
}

#[test]
fn every_page_with_a_red_flag_or_a_risk_leads_to_help() {
    for code in [
        "in_short",
        "safety",
        "tapering",
        "medicines",
        "coping",
        "opioids",
        "remedies",
    ] {
        let topic = guide().topic(code).unwrap();
        assert!(
            topic.blocks.iter().any(|block| block.kind == Kind::Ask),
            "{code}"
        );
    }
}

/// Every table in a file, wherever it is nested.
fn tables(value: &toml::Value, found: &mut Vec<toml::Table>) {
    match value {
        toml::Value::Table(table) => {
            found.push(table.clone());
            table.values().for_each(|value| tables(value, found));
        }
        toml::Value::Array(list) => list.iter().for_each(|value| tables(value, found)),
        _ => {}
    }
}

fn tables_of(path: &str) -> Vec<toml::Table> {
    let text = std::fs::read_to_string(path).unwrap();
    let mut found = Vec::new();
    tables(&toml::Value::Table(text.parse().unwrap()), &mut found);
    found
}

/// What the lists must not say without a source beside it, in these fields.
fn unsourced(tables: &[toml::Table], fields: &[&str]) -> Vec<String> {
    let mut broken = Vec::new();
    for table in tables {
        let text = |field: &str| table.get(field).and_then(toml::Value::as_str);
        for field in fields {
            let Some(said) = text(field) else { continue };
            let lower = said.to_lowercase();
            let asks = ASKING.iter().any(|word| lower.contains(word));
            let claims = CLAIMING.iter().any(|word| lower.contains(word));
            if text("source").is_none_or(str::is_empty) && (claims || !asks) {
                broken.push(format!("{field}: {said}"));
            }
        }
    }
    broken
}

#[test]
fn every_report_of_a_phase_has_its_source() {
    let tables = tables_of("assets/catalogue.toml");
    assert!(tables.iter().any(|table| table.contains_key("reported")));
    let broken = unsourced(&tables, &["reported"]);
    let broken: Vec<_> = broken.iter().collect();
    assert!(broken.is_empty(), "{broken:#?}");
    for table in tables.iter().filter(|table| table.contains_key("source")) {
        let source = table["source"].as_str().unwrap();
        let is_dated = source.split([' ', ',', ';']).any(|word| {
            word.parse::<chrono::NaiveDate>().is_ok() || word.parse::<u16>().is_ok_and(|y| y > 1900)
        });
        assert!(is_dated, "{source}");
    }
}

#[test]
fn every_caution_of_the_care_lists_has_its_source_or_asks() {
    let path = "assets/care.toml";
    if !std::path::Path::new(path).exists() {
        return;
    }
    let broken = unsourced(&tables_of(path), &["text"]);
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn a_list_entry_that_claims_without_a_source_is_found() {
    let found = |text: &str| {
        let mut all = Vec::new();
        tables(&toml::Value::Table(text.parse().unwrap()), &mut all);
        unsourced(&all, &["text"]).len()
    };
    assert_eq!(found("[[a]]\ntext = \"Lowers the pulse.\""), 1);
    assert_eq!(
        found("[[a]]\ntext = \"Lowers the pulse.\"\nsource = \"a label, 2020\""),
        0
    );
    assert_eq!(
        found("[[a]]\ntext = \"Ask the prescriber before stopping.\""),
        0
    );
}

//! Every medical statement carries its source: the guide's, the phases', and those of the lists that people log from.
//!
//! The rule (the head of the facts that the project was given): what was read may be printed with its source; what is known
//! through another page only as "reported second-hand", with where; what nobody looked up is not printed as a claim. Lines
//! that ask for help or advice need no source, and claim nothing. Each rule is shown red on a made-up page.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use ebbtide::domain::care::catalogue::CareList;
use ebbtide::domain::guide::{
    Block, BlockKind, BlockShape, FILES, Source, SourceAccess, Topic, guide, parse,
};
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

/// Named in questions to a clinician or pharmacist, and nowhere else.
const ASKED_ABOUT: [&str; 1] = ["gabapentin"];

/// Things that are general knowledge in our facts and were not looked up: no page claims anything of them.
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
    let named = sources
        .iter()
        .filter(|s| block.cites.iter().any(|cited| cited == s.id));
    named
        .filter(|s| s.kind == SourceAccess::SecondHand)
        .collect()
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
            (BlockShape::Heading, _) => {}
            (_, BlockKind::Claim) => {
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
                if kind == BlockKind::Ask && !ASKING.iter().any(|word| text.contains(word)) {
                    fault("asks for no help");
                }
            }
        }
        let is_question = block.kind == BlockKind::Ask;
        let named = UNCHECKED
            .iter()
            .find(|word| text.contains(**word) && !(is_question && ASKED_ABOUT.contains(word)));
        if let Some(word) = named {
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
    let claims = claims.filter(|b| b.kind == BlockKind::Claim && b.shape != BlockShape::Heading);
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
        "Gabapentin is used. [^seed]",
        "how: Gabapentin is a medicine.",
        "ask: Ask a clinician about methadone.",
        "You should rest. [^seed]",
    ] {
        assert_eq!(red(body), 1, "{body}");
    }
    for body in [
        "It takes ten days. [^seed]",
        "It takes ten days: reported second-hand, through a page. [^boyer_2008]",
        "how: A blank is never a 0.",
        "ask: Ask a clinician before that.",
        "ask: Ask a clinician before gabapentin.",
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
        assert!(named.contains(source.id), "{} is used nowhere", source.id);
        assert!(seen.insert(&source.id), "{} is there twice", source.id);
        assert!(
            !source.citation.is_empty() && !source.citation.ends_with('.'),
            "{source:?}"
        );
        assert!(
            source.checked.parse::<chrono::NaiveDate>().is_ok(),
            "{source:?}"
        );
        let is_second = source.kind == SourceAccess::SecondHand;
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
            topic
                .blocks
                .iter()
                .any(|block| block.kind == BlockKind::Ask),
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

/// What the founding article does not say, with the subject that it was cited for: another source has to.
const NOT_IN_THE_FOUNDING_ARTICLE: [(&str, &str); 7] = [
    ("passionflower", "sleep"),
    ("valerian", "sleep"),
    ("chamomile", "sleep"),
    ("buprenorphine", "partial"),
    ("buprenorphine", "agonist"),
    ("receptors", "partial"),
    ("receptors", "agonist"),
];

/// The sentences of a block that rest on a source: what stands before it and behind the source before.
fn resting_on(text: &str, source: &str) -> Vec<String> {
    let mut resting = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("[^") {
        let (id, after) = after.split_once(']').unwrap_or((after, ""));
        if id == source {
            resting.push(before.to_lowercase());
        }
        rest = after;
    }
    resting
}

/// What is laid to the founding article and does not stand in it, of the guide's pages and of the care list's tables.
fn misattributed(pages: &[(&str, &str)], tables: &[toml::Table]) -> Vec<String> {
    let is_wrong = |text: &str| {
        NOT_IN_THE_FOUNDING_ARTICLE
            .iter()
            .any(|(subject, said)| text.contains(subject) && text.contains(said))
    };
    let mut wrong = Vec::new();
    for (_, page) in pages {
        for block in page.split("\n\n").flat_map(|block| block.split("\n- ")) {
            let resting = resting_on(&block.replace('\n', " "), "seed");
            wrong.extend(resting.into_iter().filter(|text| is_wrong(text)));
        }
    }
    for table in tables {
        let text = |field: &str| table.get(field).and_then(toml::Value::as_str);
        let is_seed = text("source").is_some_and(|it| it.starts_with("general article"));
        let said = text("text").unwrap_or_default().to_lowercase();
        // Beside a medicine, the statement does not repeat its name.
        if is_seed && (is_wrong(&said) || said.contains("partial opioid agonist")) {
            wrong.push(said);
        }
    }
    wrong
}

#[test]
fn the_founding_article_is_not_cited_for_what_it_does_not_say() {
    let pages: Vec<(&str, &str)> = FILES.to_vec();
    assert_eq!(
        misattributed(&pages, &tables_of("assets/care.toml")),
        Vec::<String>::new()
    );
    // As it stood, both were found.
    let page = "- Passionflower and valerian are named for calm and\n  sleep. [^seed]\n\nA partial opioid agonist: it acts on receptors. [^seed]";
    assert_eq!(misattributed(&[("a", page)], &[]).len(), 2);
    let table = "text = \"A partial opioid agonist.\"\nsource = \"general article on kratom\"";
    assert_eq!(misattributed(&[], &[table.parse().unwrap()]).len(), 1);
}

/// Everything that is printed about medicines: the guide's page and the lists.
fn about_medicines() -> Vec<String> {
    let page = guide().topic("medicines").unwrap();
    let mut said: Vec<String> = page.blocks.iter().map(|block| block.text.clone()).collect();
    for medicine in CareList::built_in().medications {
        said.push(medicine.description.text.to_owned());
        let cautions = medicine.cautions.iter().chain(medicine.abrupt_stop);
        said.extend(cautions.map(|caution| caution.text.to_owned()));
    }
    said
}

#[test]
fn no_medicine_has_an_amount_or_a_schedule() {
    let amounts = [
        " mg",
        "mcg",
        "microgram",
        "milligram",
        "times a day",
        "t.i.d",
        "twice",
        "0.1",
        "0.2",
        "0.3",
    ];
    let found = |text: &str| {
        let text = text.to_lowercase();
        amounts.iter().any(|amount| text.contains(amount))
    };
    let broken: Vec<String> = about_medicines().into_iter().filter(|t| found(t)).collect();
    assert!(broken.is_empty(), "{broken:#?}");
    assert!(found("Four had 0.3 mg three times a day stopped at once."));
}

#[test]
fn the_study_of_clonidine_and_a_beta_blocker_is_told_as_what_it_was() {
    let whole = about_medicines().join("\n").to_lowercase();
    let told: Vec<&str> = whole
        .lines()
        .filter(|line| line.contains("18 people") && line.contains("four"))
        .collect();
    assert_eq!(told.len(), 2, "on the page and in the list: {told:#?}");
    for line in told {
        for part in ["beta blocker", "in steps", "few side effects"] {
            assert!(line.contains(part), "{part}: {line}");
        }
    }
    assert!(!whole.contains("4 of 4"));
    // Nobody looked up what an early start of buprenorphine brings: it is asked, not told.
    assert!(!whole.contains("precipit"));
    assert!(whole.matches("with and without a beta blocker").count() >= 2);
}

/// What the founding article says, where a page says it: its words, and the source behind them.
const OF_THE_FOUNDING_ARTICLE: [(&str, &[&str]); 6] = [
    (
        "timeline",
        &["managed", "support", "how long withdrawal lasts"],
    ),
    ("remedies", &["may not take withdrawal away"]),
    (
        "medicines",
        &["same receptors", "without a euphoric effect"],
    ),
    ("medicines", &["anxiety, agitation and sweating"]),
    ("self_care", &["endorphins", "distraction"]),
    ("self_care", &["water"]),
];

#[test]
fn what_the_founding_article_says_stands_on_its_page_with_its_source() {
    for (code, parts) in OF_THE_FOUNDING_ARTICLE {
        let blocks = &guide().topic(code).unwrap().blocks;
        let is_it = |block: &&Block| {
            let text = block.text.to_lowercase();
            block.cites.iter().any(|id| id == "seed") && parts.iter().all(|it| text.contains(it))
        };
        assert!(
            blocks.iter().any(|block| is_it(&block)),
            "{code}: {parts:?}"
        );
    }
    let medicines = &CareList::built_in().medications;
    let listed = |part: &str| {
        medicines
            .iter()
            .any(|it| it.description.text.contains(part))
    };
    assert!(listed("anxiety, agitation and sweating"));
    assert!(listed("without a euphoric effect"));
}

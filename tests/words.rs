//! The words that a person reads: none of them blames, praises or shouts, and none of them names kratom where others look.
//!
//! Read are all string literals of the source outside its tests, the help texts that clap takes from `///`, every value in
//! `assets/*.toml`, and the documents at the top and migrations as they stand. Each rule is shown red on a made-up text.
#![allow(clippy::unwrap_used, missing_docs)]
#![allow(
    clippy::needless_raw_string_hashes,
    reason = "the made-up source holds a raw string of its own"
)]

#[path = "words/read.rs"]
mod read;

use read::{Kind, Text};

/// Words that judge a person, or that one hears too often from people who do.
const BANNED: [&str; 24] = [
    "clean",
    "dirty",
    "addict",
    "addicts",
    "addicted",
    "addiction",
    "addictive",
    "abuse",
    "abused",
    "abuser",
    "abusing",
    "cheat",
    "cheated",
    "cheating",
    "streak",
    "streaks",
    "relapse",
    "relapsed",
    "junkie",
    "sober",
    "sobriety",
    "fail",
    "failed",
    "failure",
];

/// Names that others gave themselves: a help line has to be called what it is called.
const PROPER_NAMES: [&str; 0] = [];

/// Counts that a bare "only" would belittle.
const AMOUNTS: [&str; 14] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "half", "a few",
    "some", "about",
];

/// `text` in words, in small letters; `_` and digits belong to a word, so that an id such as `relapse_tolerance` is one.
fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn without_proper_names(text: &str) -> String {
    PROPER_NAMES
        .iter()
        .fold(text.to_owned(), |text, name| text.replace(name, ""))
}

fn no_word_judges(texts: &[Text]) -> Vec<String> {
    let mut broken = Vec::new();
    for text in texts {
        let words = words(&without_proper_names(&text.text));
        let banned = words.iter().find(|word| BANNED.contains(&word.as_str()));
        let told = words
            .windows(2)
            .find(|pair| pair[0] == "you" && pair[1] == "should")
            .map(|pair| &pair[0]);
        if let Some(word) = banned.or(told) {
            broken.push(text.with(&format!("\"{word}\"")));
        }
    }
    broken
}

/// "only 3", "only {n}", "only two": an amount is told as it is.
fn no_amount_is_belittled(texts: &[Text]) -> Vec<String> {
    let belittles = |text: &str| {
        let small = text.to_lowercase();
        small.match_indices("only ").any(|(at, only)| {
            let begins = !small[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            let rest = &small[at + only.len()..];
            let counts = rest.starts_with(|c: char| c.is_ascii_digit())
                || (rest.starts_with('{') && !rest.starts_with("{{"))
                || AMOUNTS.iter().any(|amount| {
                    rest.strip_prefix(amount)
                        .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
                });
            begins && counts
        })
    };
    let broken = texts.iter().filter(|text| belittles(&text.text));
    broken
        .map(|text| text.with("\"only\" before an amount"))
        .collect()
}

/// A `!` that ends a sentence. The key `!` stands alone; `!=` and `![picture]` end nothing.
fn nothing_shouts(texts: &[Text]) -> Vec<String> {
    let shouts = |text: &str| {
        text.match_indices('!').any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let after = text[at + 1..].chars().next();
            before.is_some_and(|c| c.is_alphanumeric() || matches!(c, ')' | '}' | '!'))
                && after.is_none_or(|c| c.is_whitespace() || matches!(c, '"' | ')' | '\'' | '!'))
        })
    };
    let broken = texts.iter().filter(|text| shouts(&text.text));
    broken
        .map(|text| text.with("a sentence that shouts"))
        .collect()
}

/// Whether terminals draw `c` as a little picture, or a sign asks them to.
fn is_emoji(c: char) -> bool {
    matches!(c,
        '\u{1f000}'..='\u{1faff}' | '\u{fe0f}' | '\u{20e3}' | '\u{231a}'..='\u{231b}' | '\u{23e9}'..='\u{23f3}'
        | '\u{2614}'..='\u{2615}' | '\u{2648}'..='\u{2653}' | '\u{267f}' | '\u{2693}' | '\u{26a0}' | '\u{26a1}'
        | '\u{26aa}'..='\u{26ab}' | '\u{26bd}'..='\u{26be}' | '\u{26c4}'..='\u{26c5}' | '\u{26ce}' | '\u{26d4}'
        | '\u{26ea}' | '\u{26f2}'..='\u{26f5}' | '\u{26fa}' | '\u{26fd}' | '\u{2705}' | '\u{270a}'..='\u{270b}'
        | '\u{2728}' | '\u{274c}' | '\u{274e}' | '\u{2753}'..='\u{2757}' | '\u{2763}'..='\u{2764}'
        | '\u{2795}'..='\u{2797}' | '\u{27b0}' | '\u{27bf}' | '\u{2b1b}'..='\u{2b1c}' | '\u{2b50}' | '\u{2b55}')
}

fn no_emoji(texts: &[Text]) -> Vec<String> {
    let broken = texts.iter().filter(|text| text.text.contains(is_emoji));
    broken.map(|text| text.with("an emoji")).collect()
}

/// Titles, escape sequences, names of files and folders: others see them. "kratom" is a word of sentences.
fn kratom_is_said_in_sentences(texts: &[Text]) -> Vec<String> {
    let is_seen_by_others = |text: &Text| {
        let names = text.text.to_lowercase().contains("kratom");
        let is_name = text.kind == Kind::Literal
            && !text.text.trim().contains(char::is_whitespace)
            && words(&text.text) != ["kratom"];
        let is_sequence = text.text.contains('\u{1b}') || text.text.contains("]0;");
        let places = ["src/config.rs", "src/tui/outside/terminal.rs"];
        names && (is_name || is_sequence || places.contains(&text.path.as_str()))
    };
    let broken = texts.iter().filter(|text| is_seen_by_others(text));
    broken
        .map(|text| text.with("kratom where others look"))
        .collect()
}

fn no_path_names_kratom(paths: &[String]) -> Vec<String> {
    let broken = paths
        .iter()
        .filter(|path| path.to_lowercase().contains("kratom"));
    broken
        .map(|path| format!("{path}: kratom in a file's name"))
        .collect()
}

/// A rule: what it finds wrong.
type Rule = fn(&[Text]) -> Vec<String>;

const RULES: [Rule; 5] = [
    no_word_judges,
    no_amount_is_belittled,
    nothing_shouts,
    no_emoji,
    kratom_is_said_in_sentences,
];

#[test]
fn the_words_are_kind() {
    let texts = read::everything();
    let literals = texts.iter().filter(|text| text.kind == Kind::Literal);
    assert!(literals.count() > 1500, "the whole source is read");
    assert!(
        texts
            .iter()
            .any(|text| text.path == "src/cli/args/mod.rs" && text.text.contains("day 0")),
        "help texts are read"
    );
    for path in [
        "CHANGELOG.md",
        "SECURITY.md",
        "assets/guide/tapering.md",
        "assets/guide/sources.toml",
    ] {
        assert!(texts.iter().any(|text| text.path == path), "{path} is read");
    }
    let mut broken: Vec<String> = RULES.iter().flat_map(|rule| rule(&texts)).collect();
    broken.extend(no_path_names_kratom(&read::paths()));
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn each_rule_turns_red_on_a_bad_text() {
    let red = |rule: fn(&[Text]) -> Vec<String>, text: &str| {
        rule(&[Text::new("src/a.rs", 1, Kind::Literal, text)]).len()
    };
    for text in [
        "A streak of days",
        "you are Clean",
        "You should rest",
        "it failed",
    ] {
        assert_eq!(red(no_word_judges, text), 1, "{text}");
    }
    for text in ["cleaned_at", "relapse_tolerance", "you showed", "unfailing"] {
        assert_eq!(red(no_word_judges, text), 0, "{text}");
    }
    for text in ["only 3 days", "Only {} g", "only two left", "only a few"] {
        assert_eq!(red(no_amount_is_belittled, text), 1, "{text}");
    }
    for text in [
        "overall only",
        "only often",
        "only there",
        "readonly 3",
        "only onetime",
    ] {
        assert_eq!(red(no_amount_is_belittled, text), 0, "{text}");
    }
    for text in ["Well done!", "Day {n}! Go on", "Saved!!"] {
        assert_eq!(red(nothing_shouts, text), 1, "{text}");
    }
    for text in [
        "! help lines",
        "press !",
        "a != b",
        "![Today](x.png)",
        "`!`",
    ] {
        assert_eq!(red(nothing_shouts, text), 0, "{text}");
    }
    assert_eq!(red(no_emoji, "saved \u{1f389}"), 1);
    assert_eq!(red(no_emoji, "\u{2713} check-in \u{25bc}12 \u{2026}"), 0);
    for text in ["kratom.db", "kratom-journal", "\u{1b}]0;kratom log\u{7}"] {
        assert_eq!(red(kratom_is_said_in_sentences, text), 1, "{text}");
    }
    assert_eq!(
        red(kratom_is_said_in_sentences, "What kratom is called"),
        0,
        "a sentence"
    );
    let file = Text::new("src/config.rs", 1, Kind::Literal, "my kratom folder");
    assert_eq!(kratom_is_said_in_sentences(&[file]).len(), 1);
    assert_eq!(
        no_path_names_kratom(&["assets/Kratom.md".to_owned()]).len(),
        1
    );
}

#[test]
fn strings_are_found_where_a_person_would_see_them() {
    let source = r##"//! "not me"
/// Nor this "one".
const A: &str = "first \"quoted\"\n\
    goes on"; // "nor this"
const B: char = '"'; /* "nor /* that */ one" */
fn f<'a>(x: &'a str) -> &'a str { r#"raw "second""# }
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests { const T: &str = "hidden }"; }
#[cfg(test)]
mod others;
const C: &[u8] = b"third\x1b]0;";
"##;
    let found = read::literals("src/a.rs", source);
    let texts: Vec<&str> = found.iter().map(|text| text.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "first \"quoted\"\ngoes on",
            "raw \"second\"",
            "third\u{1b}]0;"
        ]
    );
    assert_eq!(found[0].line, 3);
    assert_eq!(found[1].line, 6);
    assert_eq!(read::test_modules(source), ["others"]);
    let help = "use clap::Parser;\n/// Said by `--help`\nstruct A;";
    assert_eq!(read::help_texts("src/cli/a.rs", help).len(), 1);
    assert_eq!(read::help_texts("src/a.rs", "/// Not said").len(), 0);
}

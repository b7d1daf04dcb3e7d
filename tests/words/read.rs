//! Finds what a person may read: string literals outside tests, help texts, values in assets, documents.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Where a text was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A string literal of the source.
    Literal,
    /// A `///` that clap prints.
    Help,
    /// A value in an asset.
    Asset,
    /// A line of a document.
    Document,
}

/// A text that a person may read, and where it stands.
#[derive(Debug)]
#[expect(clippy::struct_field_names, reason = "a text has a text")]
pub struct Text {
    pub path: String,
    pub line: usize,
    pub kind: Kind,
    pub text: String,
}

impl Text {
    pub fn new(path: &str, line: usize, kind: Kind, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            line,
            kind,
            text: text.to_owned(),
        }
    }

    /// A finding, with the place to go to.
    pub fn with(&self, what: &str) -> String {
        format!("{}:{}: {what}: {:?}", self.path, self.line, self.text)
    }
}

/// The source without its tests: blanked, so that lines keep their numbers.
fn shown_code(source: &str) -> Vec<char> {
    let mut chars: Vec<char> = source.chars().collect();
    let marker: Vec<char> = "#[cfg(test)]".chars().collect();
    let mut at = 0;
    while at < chars.len() {
        if let Some(end) = past_literal_or_comment(&chars, at) {
            at = end;
        } else if chars[at..].starts_with(&marker) {
            let end = end_of_item(&chars, at + marker.len());
            for c in &mut chars[at..end] {
                if *c != '\n' {
                    *c = ' ';
                }
            }
            at = end;
        } else {
            at += 1;
        }
    }
    chars
}

/// The end of the item that begins after `at`: its `;` or its last `}`, attributes before it included.
fn end_of_item(chars: &[char], mut at: usize) -> usize {
    let (mut braces, mut brackets) = (0_usize, 0_usize);
    while at < chars.len() {
        if let Some(end) = past_literal_or_comment(chars, at) {
            at = end;
            continue;
        }
        match chars[at] {
            '[' | '(' => brackets += 1,
            ']' | ')' => brackets = brackets.saturating_sub(1),
            '{' => braces += 1,
            '}' => {
                braces = braces.saturating_sub(1);
                if braces == 0 {
                    return at + 1;
                }
            }
            ';' if braces == 0 && brackets == 0 => return at + 1,
            _ => {}
        }
        at += 1;
    }
    at
}

/// Where the comment, string or character that begins at `at` ends; `None` when none begins there.
fn past_literal_or_comment(chars: &[char], at: usize) -> Option<usize> {
    let rest = &chars[at..];
    match rest {
        ['/', '/', ..] => Some(at + rest.iter().position(|c| *c == '\n').unwrap_or(rest.len())),
        ['/', '*', ..] => Some(past_block_comment(chars, at)),
        ['"', ..] => Some(past_string(chars, at)),
        ['r', '"' | '#', ..] if !is_in_word(chars, at) => past_raw_string(chars, at),
        // A character, but not a lifetime.
        ['\'', '\\', _, ..] => {
            let close = rest.iter().skip(3).position(|c| *c == '\'')?;
            Some(at + close + 4)
        }
        ['\'', _, '\'', ..] => Some(at + 3),
        _ => None,
    }
}

fn is_in_word(chars: &[char], at: usize) -> bool {
    // The b of br"…" is a prefix, not a word.
    let before = at.checked_sub(1).map(|at| chars[at]);
    before.is_some_and(|c| c.is_alphanumeric() && c != 'b' || c == '_')
}

fn past_block_comment(chars: &[char], from: usize) -> usize {
    let (mut depth, mut at) = (0_usize, from);
    while at < chars.len() {
        match chars[at..] {
            ['/', '*', ..] => (depth, at) = (depth + 1, at + 2),
            ['*', '/', ..] => {
                (depth, at) = (depth - 1, at + 2);
                if depth == 0 {
                    return at;
                }
            }
            _ => at += 1,
        }
    }
    at
}

fn past_string(chars: &[char], from: usize) -> usize {
    let mut at = from + 1;
    while at < chars.len() {
        match chars[at] {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    chars.len()
}

fn past_raw_string(chars: &[char], at: usize) -> Option<usize> {
    let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
    let open = at + 1 + hashes;
    if chars.get(open) != Some(&'"') {
        return None;
    }
    let close: Vec<char> = format!("\"{}", "#".repeat(hashes)).chars().collect();
    let end = chars[open + 1..]
        .windows(close.len())
        .position(|window| window == close.as_slice())?;
    Some(open + 1 + end + close.len())
}

/// Every string literal of `source` outside its tests, as a person would read it.
pub fn literals(path: &str, source: &str) -> Vec<Text> {
    let chars = shown_code(source);
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let Some(end) = past_literal_or_comment(&chars, at) else {
            at += 1;
            continue;
        };
        let piece: String = chars[at..end].iter().collect();
        let line = 1 + chars[..at].iter().filter(|c| **c == '\n').count();
        if let Some(raw) = piece.strip_prefix('r') {
            let inside = raw.trim_matches('#');
            let inside = inside.strip_prefix('"').and_then(|i| i.strip_suffix('"'));
            found.extend(inside.map(|text| Text::new(path, line, Kind::Literal, text)));
        } else if let Some(inside) = piece.strip_prefix('"') {
            let inside = inside.strip_suffix('"').unwrap_or(inside);
            let text = unescaped(inside);
            found.push(Text::new(path, line, Kind::Literal, &text));
        }
        at = end;
    }
    found
}

fn unescaped(inside: &str) -> String {
    let mut text = String::new();
    let mut chars = inside.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => text.push('\n'),
            Some('t') => text.push('\t'),
            Some('r') => text.push('\r'),
            Some('0') => text.push('\0'),
            Some('\n') => while chars.next_if(|c| c.is_whitespace()).is_some() {},
            Some('x') => {
                let digits: String = chars.by_ref().take(2).collect();
                text.extend(
                    u32::from_str_radix(&digits, 16)
                        .ok()
                        .and_then(char::from_u32),
                );
            }
            Some('u') => {
                let digits: String = chars.by_ref().skip(1).take_while(|c| *c != '}').collect();
                text.extend(
                    u32::from_str_radix(&digits, 16)
                        .ok()
                        .and_then(char::from_u32),
                );
            }
            Some(other) => text.push(other),
            None => {}
        }
    }
    text
}

/// The names of the modules that are built for tests alone and lie in files of their own.
pub fn test_modules(source: &str) -> Vec<String> {
    let parts = source.split("#[cfg(test)]\n").skip(1);
    let names = parts.filter_map(|part| {
        let mut lines = part.lines().map(str::trim);
        let first = lines.find(|line| !line.starts_with("#["))?;
        let name = first.strip_suffix(';')?.rsplit("mod ").next()?;
        let path = part.trim_start().strip_prefix("#[path = \"");
        let path = path.and_then(|path| path.split(".rs\"").next());
        Some(path.unwrap_or(name).to_owned())
    });
    names.collect()
}

/// The `///` of a file that derives its command line: clap prints them.
pub fn help_texts(path: &str, source: &str) -> Vec<Text> {
    if !source.contains("clap::") {
        return Vec::new();
    }
    let lines = source.lines().enumerate();
    let said = lines.filter_map(|(at, line)| Some((at, line.trim().strip_prefix("///")?)));
    said.map(|(at, line)| Text::new(path, at + 1, Kind::Help, line.trim()))
        .collect()
}

/// Every string in an asset, with the number of the line that first holds its beginning.
fn values(path: &str, source: &str) -> Vec<Text> {
    fn walk(value: &toml::Value, found: &mut Vec<String>) {
        match value {
            toml::Value::String(text) => found.push(text.clone()),
            toml::Value::Array(list) => list.iter().for_each(|value| walk(value, found)),
            toml::Value::Table(table) => table.values().for_each(|value| walk(value, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(&toml::Value::Table(source.parse().unwrap()), &mut found);
    let place = |text: &str| {
        let first = text.lines().next().unwrap_or_default();
        source
            .lines()
            .position(|line| line.contains(first))
            .map_or(0, |at| at + 1)
    };
    let texts = found.into_iter();
    texts
        .map(|text| Text::new(path, place(&text), Kind::Asset, &text))
        .collect()
}

fn walk(folder: &Path, files: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, files);
        } else {
            files.push(path.to_str().unwrap().to_owned());
        }
    }
}

/// Every file that belongs to the project, below its root.
pub fn paths() -> Vec<String> {
    let mut files = Vec::new();
    for folder in ["src", "assets", "migrations", "tests", "benches"] {
        walk(Path::new(folder), &mut files);
    }
    files.sort();
    files
}

/// Everything that a person may read.
pub fn everything() -> Vec<Text> {
    let paths = paths();
    let sources: Vec<(&String, String)> = paths
        .iter()
        .filter(|path| path.starts_with("src/") && has_ending(path, "rs"))
        .map(|path| (path, fs::read_to_string(path).unwrap()))
        .collect();
    let tests: BTreeSet<String> = sources
        .iter()
        .flat_map(|(path, source)| {
            let folder = path.trim_end_matches(".rs").trim_end_matches("/mod");
            let beside = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let each = test_modules(source).into_iter();
            each.flat_map(move |name| {
                [format!("{folder}/{name}.rs"), format!("{beside}/{name}.rs")]
            })
        })
        .collect();
    let mut found = Vec::new();
    for (path, source) in sources.iter().filter(|(path, _)| !tests.contains(*path)) {
        found.extend(literals(path, source));
        found.extend(help_texts(path, source));
    }
    for path in paths.iter().filter(|path| has_ending(path, "toml")) {
        found.extend(values(path, &fs::read_to_string(path).unwrap()));
    }
    let sql = paths.iter().filter(|path| has_ending(path, "sql")).cloned();
    let pages = paths.iter().filter(|path| has_ending(path, "md")).cloned();
    let at_the_top = [
        "README.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
    ];
    let mut documents: Vec<String> = at_the_top.map(str::to_owned).to_vec();
    documents.extend(pages.filter(|path| path.starts_with("assets/")));
    documents.extend(sql);
    for path in documents {
        let document = fs::read_to_string(&path).unwrap();
        let lines = document.lines().enumerate();
        found.extend(lines.map(|(at, line)| Text::new(&path, at + 1, Kind::Document, line)));
    }
    found
}

fn has_ending(path: &str, ending: &str) -> bool {
    std::path::Path::new(path)
        .extension()
        .is_some_and(|end| end == ending)
}

//! The Guide: pages to read, from `assets/guide/*.md`, each medical statement with its source.
//!
//! A file begins with TOML between two lines of `+++` (title, summary, the screens that open it). Then come headings (`## `),
//! paragraphs and bullets (`- `). A statement names its sources by id, `[^seed]`. A paragraph that asks the reader to seek
//! help, or explains the journal, begins with `ask:` or `how:` and claims nothing. `tests/sources.rs` checks both.
//!
//! Invariant: a page that cannot be parsed is left out, never shown in part. A test parses every file.

use super::entry::search;
use super::text::closeness;
use super::text::closeness::distance;
use super::text::suggest;
use std::fmt::Write as _;
use std::sync::LazyLock;

/// How the authors of the guide know a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceAccess {
    /// The named text was read; of papers mostly the abstract.
    Read,
    /// Only another page about it was read.
    SecondHand,
}

/// A source of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its name in the pages.
    pub id: &'static str,
    /// Author, year, and the number of people.
    pub citation: &'static str,
    /// Whether the source itself was read.
    pub kind: SourceAccess,
    /// The page that was read instead of it.
    pub through: Option<&'static str>,
    /// The day of the reading, ISO.
    pub checked: &'static str,
}

impl Source {
    /// "General article …. Read 2026-11-22."
    pub fn sentence(&self) -> String {
        let Self {
            citation, checked, ..
        } = self;
        match &self.through {
            Some(through) => {
                format!("{citation}. Reported second-hand, through {through}; checked {checked}.")
            }
            None => format!("{citation}. Read {checked}."),
        }
    }
}

/// The purpose of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// States something, with its sources.
    Claim,
    /// Asks the reader to seek help or advice; claims nothing.
    Ask,
    /// Explains the journal or the guide; claims nothing.
    How,
}

/// The form of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockShape {
    /// A heading.
    Heading,
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    Bullet,
}

/// A heading, a paragraph or a bullet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its form.
    pub shape: BlockShape,
    /// Its purpose. A heading is [`BlockKind::How`].
    pub kind: BlockKind,
    /// The text, with numbers in brackets for the sources.
    pub text: String,
    /// The ids of its sources.
    pub cites: Vec<String>,
}

/// A page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Its name on the command line.
    pub code: &'static str,
    /// Its name.
    pub title: String,
    /// Its content in one line.
    pub summary: String,
    /// The places of the full screen that open it.
    pub(crate) opens_from: Vec<String>,
    /// Its content.
    pub blocks: Vec<Block>,
    /// Its sources, in the order of their numbers, from 1.
    pub sources: Vec<Source>,
}

/// The look of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RowStyle {
    /// A heading.
    Heading,
    /// Text.
    Text,
    /// An item of a list.
    Bullet,
    /// A line that asks the reader to seek help or advice.
    Ask,
    /// A source at the foot.
    Source,
    /// An empty line.
    Blank,
}

/// A row of a page, before each face wraps it to its width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PageRow {
    /// Its look.
    pub(crate) style: RowStyle,
    /// Its text.
    pub(crate) text: String,
}

impl Topic {
    /// The page from its summary to its sources. A hit of a search is an index into this list.
    pub(crate) fn rows(&self) -> Vec<PageRow> {
        let row = |style, text: &str| PageRow {
            style,
            text: text.to_owned(),
        };
        let mut rows = vec![row(RowStyle::Text, &self.summary)];
        let mut before = BlockShape::Paragraph;
        for block in &self.blocks {
            // No empty line between the items of a list, nor between a heading and its text.
            if (before, block.shape) != (BlockShape::Bullet, BlockShape::Bullet)
                && before != BlockShape::Heading
            {
                rows.push(row(RowStyle::Blank, ""));
            }
            let style = match (block.shape, block.kind) {
                (BlockShape::Heading, _) => RowStyle::Heading,
                (BlockShape::Bullet, _) => RowStyle::Bullet,
                (BlockShape::Paragraph, BlockKind::Ask) => RowStyle::Ask,
                (BlockShape::Paragraph, _) => RowStyle::Text,
            };
            rows.push(row(style, &block.text));
            before = block.shape;
        }
        if !self.sources.is_empty() {
            rows.push(row(RowStyle::Blank, ""));
            rows.push(row(RowStyle::Heading, "Sources"));
        }
        let sources = (1..).zip(&self.sources);
        rows.extend(
            sources
                .map(|(n, source)| row(RowStyle::Source, &format!("[{n}] {}", source.sentence()))),
        );
        rows
    }
}

/// A place in the guide that matches a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The page.
    pub(crate) topic: &'static str,
    /// The index into [`Topic::rows`].
    pub(crate) row: usize,
    /// The text around the first of the words.
    pub(crate) excerpt: search::Excerpt,
}

/// Every page and every source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Guide {
    /// The pages, in reading order.
    pub topics: Vec<Topic>,
    /// All sources, also those that no page names.
    pub sources: Vec<Source>,
}

impl Guide {
    /// The page with this name or title, in any case.
    pub fn topic(&self, name: &str) -> Option<&Topic> {
        let query = slug(name);
        self.topics
            .iter()
            .find(|topic| topic.code == query || slug(&topic.title) == query)
    }

    /// Pages with a name similar to `name`, for "did you mean".
    pub(crate) fn near(&self, name: &str) -> Vec<&Topic> {
        let query = slug(name);
        let begin: String = query.chars().take(4).collect();
        // One or two letters occur in almost every title.
        if begin.chars().count() < 3 {
            return Vec::new();
        }
        let far = |topic: &Topic| {
            let title = slug(&topic.title);
            let is_near = distance(&query, topic.code) <= 2
                || topic.code.contains(&begin)
                || title.contains(&begin);
            let nearest = [topic.code, &title].map(|name| closeness::of(&query, name));
            is_near.then(|| nearest.into_iter().flatten().min().unwrap_or(usize::MAX))
        };
        suggest::nearest(self.topics.iter().map(|topic| (far(topic), topic)))
    }

    /// The page for a place of the full screen, or "In short" if no page names the place.
    pub(crate) fn opened_from(&self, place: &str) -> &'static str {
        let fits = |topic: &&Topic| topic.opens_from.iter().any(|from| from == place);
        self.topics
            .iter()
            .find(fits)
            .map_or(IN_SHORT, |topic| topic.code)
    }

    /// The places that contain all words of `query`: first pages by their title, then rows of text, in reading order. If a page
    /// has the words only in different rows, its hit is the row with most of them.
    pub(crate) fn search(&self, query: &str) -> Vec<Hit> {
        let words: Vec<&str> = query.split_whitespace().collect();
        if words.is_empty() {
            return Vec::new();
        }
        let count = |text: &str| {
            let has = |word: &&&str| !search::find(text, word).is_empty();
            words.iter().filter(has).count()
        };
        let mut titled = Vec::new();
        let mut inside = Vec::new();
        for topic in &self.topics {
            let rows = topic.rows();
            let in_title = count(&topic.title) == words.len();
            // The words of a heading count for the rows below it, as long as the row has one of the words itself.
            let mut heading = "";
            let counts: Vec<usize> = rows
                .iter()
                .map(|row| {
                    if row.style == RowStyle::Heading {
                        heading = &row.text;
                    }
                    match count(&row.text) {
                        0 => 0,
                        _ => count(&format!("{heading} {}", row.text)),
                    }
                })
                .collect();
            let whole = format!("{} {}", topic.title, joined(&rows));
            if count(&whole) < words.len() {
                continue;
            }
            let hit = |row: usize, text: &str| {
                let excerpt = words.iter().find_map(|word| search::excerpt(text, word));
                excerpt.map(|excerpt| Hit {
                    topic: topic.code,
                    row,
                    excerpt,
                })
            };
            if in_title {
                titled.extend(hit(0, &topic.title));
            }
            let most = counts.iter().copied().max().unwrap_or(0);
            let is_apart = most < words.len();
            let mut hits: Vec<Hit> = (0..)
                .zip(&rows)
                .zip(&counts)
                .filter(|(_, n)| **n == most && most > 0)
                .filter_map(|((at, row), _)| hit(at, &row.text))
                .collect();
            // Rows with some of the words are weak hits: one for a page is enough, and none if the title is one already.
            if is_apart {
                hits.truncate(usize::from(!in_title));
            }
            inside.extend(hits);
        }
        titled.extend(inside);
        titled
    }
}

fn joined(rows: &[PageRow]) -> String {
    let texts: Vec<&str> = rows.iter().map(|row| row.text.as_str()).collect();
    texts.join(" ")
}

/// "In short" and `in_short` are one name.
fn slug(name: &str) -> String {
    let parts: Vec<String> = name
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect();
    parts.join("_")
}

/// `assets/guide/sources.toml`.
struct Sources {
    sources: &'static [Source],
}

/// Parses a page. `all` are the sources that it may name.
///
/// # Errors
/// The fault as a sentence: no front matter, or an unknown source.
pub fn parse(code: &'static str, text: &str, all: &[Source]) -> Result<Topic, String> {
    let parts = text
        .strip_prefix("+++\n")
        .and_then(|rest| rest.split_once("\n+++\n"));
    let (front, body) = parts.ok_or_else(|| format!("{code}: no front matter"))?;
    let front = toml_edit::Document::parse(front).map_err(|error| format!("{code}: {error}"))?;
    let text = |key: &str| {
        let text = front.get(key).and_then(|item| item.as_str());
        text.map(str::to_owned)
            .ok_or_else(|| format!("{code}: no {key}"))
    };
    let opens_from = front.get("opens_from").and_then(|item| item.as_array());
    let mut sources: Vec<Source> = Vec::new();
    let mut blocks = Vec::new();
    for piece in pieces(body) {
        blocks.push(block(&piece, all, &mut sources).map_err(|what| format!("{code}: {what}"))?);
    }
    Ok(Topic {
        code,
        title: text("title")?,
        summary: text("summary")?,
        opens_from: (opens_from.into_iter().flatten())
            .filter_map(|place| place.as_str().map(str::to_owned))
            .collect(),
        blocks,
        sources,
    })
}

/// Splits a body into blocks: an empty line ends a block, a bullet or a heading begins one.
fn pieces(body: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut goes_on = false;
    for line in body.lines() {
        // Before trimming: an indented "- " inside a paragraph is text.
        let is_new = line.starts_with("- ") || line.starts_with("## ");
        let line = line.trim();
        match pieces.last_mut() {
            _ if line.is_empty() => {}
            Some(last) if goes_on && !is_new => {
                last.push(' ');
                last.push_str(line);
            }
            _ => pieces.push(line.to_owned()),
        }
        goes_on = !line.is_empty() && !line.starts_with("## ");
    }
    pieces
}

fn block(piece: &str, all: &[Source], sources: &mut Vec<Source>) -> Result<Block, String> {
    let (shape, text) = if let Some(text) = piece.strip_prefix("## ") {
        (BlockShape::Heading, text)
    } else if let Some(text) = piece.strip_prefix("- ") {
        (BlockShape::Bullet, text)
    } else {
        (BlockShape::Paragraph, piece)
    };
    let (kind, text) = match (
        shape,
        text.strip_prefix("ask: "),
        text.strip_prefix("how: "),
    ) {
        (BlockShape::Heading, ..) => (BlockKind::How, text),
        (_, Some(text), _) => (BlockKind::Ask, text),
        (_, _, Some(text)) => (BlockKind::How, text),
        _ => (BlockKind::Claim, text),
    };
    // Backticks mark keys and commands in the file; no face draws them differently.
    let text = text.replace('`', "");
    let mut parts = text.split("[^");
    let mut text = parts.next().unwrap_or_default().to_owned();
    let mut cites = Vec::new();
    for part in parts {
        let (id, rest) = part
            .split_once(']')
            .ok_or_else(|| format!("an open bracket in \"{piece}\""))?;
        let source = all.iter().find(|source| source.id == id);
        let source = source.ok_or_else(|| format!("no source is called \"{id}\""))?;
        // A source that is named again keeps its number.
        let at = sources.iter().position(|other| other.id == id);
        let at = at.unwrap_or_else(|| {
            sources.push(source.clone());
            sources.len() - 1
        });
        // Never fails: it writes to memory.
        write!(text, "[{}]", at + 1).ok();
        text.push_str(rest);
        cites.push(id.to_owned());
    }
    Ok(Block {
        shape,
        kind,
        text,
        cites,
    })
}

/// The page that opens if no other fits.
const IN_SHORT: &str = "in_short";

static SOURCES: Sources = include!(concat!(env!("OUT_DIR"), "/sources.rs"));

/// Name and text of each page, in reading order. A test compares them with the folder.
pub const FILES: [(&str, &str); 17] = [
    (IN_SHORT, include_str!("../../assets/guide/in_short.md")),
    ("safety", include_str!("../../assets/guide/safety.md")),
    ("symptoms", include_str!("../../assets/guide/symptoms.md")),
    ("timeline", include_str!("../../assets/guide/timeline.md")),
    ("tapering", include_str!("../../assets/guide/tapering.md")),
    (
        "supervision",
        include_str!("../../assets/guide/supervision.md"),
    ),
    ("medicines", include_str!("../../assets/guide/medicines.md")),
    ("therapy", include_str!("../../assets/guide/therapy.md")),
    ("self_care", include_str!("../../assets/guide/self_care.md")),
    ("coping", include_str!("../../assets/guide/coping.md")),
    ("remedies", include_str!("../../assets/guide/remedies.md")),
    ("treatment", include_str!("../../assets/guide/treatment.md")),
    (
        "dependence",
        include_str!("../../assets/guide/dependence.md"),
    ),
    (
        "what_it_is",
        include_str!("../../assets/guide/what_it_is.md"),
    ),
    ("origin", include_str!("../../assets/guide/origin.md")),
    ("uses", include_str!("../../assets/guide/uses.md")),
    ("opioids", include_str!("../../assets/guide/opioids.md")),
];

/// The built-in guide, parsed at the first call.
pub fn guide() -> &'static Guide {
    static GUIDE: LazyLock<Guide> = LazyLock::new(|| {
        let sources = SOURCES.sources.to_vec();
        // A page with a fault is left out rather than the whole guide; a test parses every page.
        let page = |(code, text): (&'static str, &str)| parse(code, text, &sources).ok();
        let topics = FILES.into_iter().filter_map(page).collect();
        Guide { topics, sources }
    });
    &GUIDE
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;

    fn known() -> Vec<Source> {
        SOURCES.sources.to_vec()
    }

    #[test]
    fn every_page_is_read_and_none_of_the_folder_is_forgotten() {
        for (code, text) in FILES {
            assert_eq!(parse(code, text, &known()).map(|_| ()), Ok(()));
        }
        let folder = std::fs::read_dir("assets/guide").unwrap();
        let mut there: Vec<String> = folder
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter_map(|name| name.strip_suffix(".md").map(str::to_owned))
            .collect();
        there.sort();
        let mut built: Vec<&str> = FILES.iter().map(|(code, _)| *code).collect();
        built.sort_unstable();
        assert_eq!(there, built);
    }

    #[test]
    fn a_page_is_headings_paragraphs_and_bullets_with_numbered_sources() {
        let text = "+++\ntitle = \"A\"\nsummary = \"b\"\n+++\n\nOne\ntwo. [^seed]\n\n## Head\n- ask: call\n- c [^raffa] d [^seed]\n";
        let page = parse("a", text, &known()).unwrap();
        let shapes: Vec<_> = page.blocks.iter().map(|b| (b.shape, b.kind)).collect();
        assert_eq!(
            shapes,
            [
                (BlockShape::Paragraph, BlockKind::Claim),
                (BlockShape::Heading, BlockKind::How),
                (BlockShape::Bullet, BlockKind::Ask),
                (BlockShape::Bullet, BlockKind::Claim)
            ]
        );
        assert_eq!(page.blocks[0].text, "One two. [1]");
        assert_eq!(page.blocks[3].text, "c [2] d [1]");
        assert_eq!(page.sources.len(), 2);
        let last = page.rows().pop().unwrap();
        assert!(last.text.starts_with("[2] Raffa"), "{last:?}");
        assert!(parse("a", "no front", &known()).is_err());
        assert!(parse("a", &text.replace("raffa", "nobody"), &known()).is_err());
    }

    #[test]
    fn a_page_is_found_by_name_by_title_and_by_place() {
        let code = |name: &str| guide().topic(name).map(|topic| topic.code);
        assert_eq!(code("In short"), Some("in_short"));
        assert_eq!(code("in-short"), Some("in_short"));
        assert_eq!(code("SELF_CARE"), Some("self_care"));
        assert_eq!(code("nothing"), None);
        let near = guide().near("tapring");
        assert_eq!(near.first().map(|topic| topic.code), Some("tapering"));
        assert!(guide().near("zz").is_empty());
        for (place, page) in [
            ("today", "in_short"),
            ("trends", "timeline"),
            ("history", "symptoms"),
            ("check-in", "symptoms"),
            ("plan", "tapering"),
            ("care", "medicines"),
            ("nowhere", "in_short"),
        ] {
            assert_eq!(guide().opened_from(place), page, "{place}");
        }
    }

    #[test]
    fn no_place_opens_two_pages() {
        let mut places: Vec<&String> = guide().topics.iter().flat_map(|t| &t.opens_from).collect();
        let all = places.len();
        places.sort();
        places.dedup();
        assert_eq!(places.len(), all);
    }

    #[test]
    fn search_wants_all_words_and_puts_titles_first() {
        let hits = guide().search("clonidine SUDDENLY");
        assert!(!hits.is_empty());
        let medicines = guide().topic("medicines").unwrap();
        assert!(hits.iter().any(|hit| hit.topic == "medicines"));
        for hit in hits.iter().filter(|hit| hit.topic == "medicines") {
            let text = medicines.rows()[hit.row].text.to_lowercase();
            assert!(
                text.contains("clonidine") || text.contains("suddenly"),
                "{text}"
            );
        }
        assert_eq!(guide().search("tapering")[0].topic, "tapering");
        assert_eq!(guide().search("tapering")[0].row, 0);
        assert!(guide().search("clonidine xyzzy").is_empty());
        assert!(guide().search("  ").is_empty());
    }

    #[test]
    fn words_that_stand_apart_find_the_page_once() {
        let hits = guide().search("lilja naltrexone overdose");
        assert_eq!(hits.len(), 1, "{hits:?}");
        assert_eq!(hits[0].topic, "medicines");
    }
}

//! Breaking text into rows: between words, or between clusters where a word is longer than a row.

use super::{Lines, cells_as_it_stands, cluster_width, line, shown, simple_cells, spell, width};
use crate::tui::theme::{Glyph, Theme};
use unicode_segmentation::UnicodeSegmentation;

/// Breaks `text` into safe lines of at most `room` cells: between words, or between clusters where a word is longer than a
/// line. Line ends of the text stay; blanks at a break are dropped. Never returns an empty list.
///
/// A cluster wider than `room` is left out, because it cannot be drawn.
pub(crate) fn wrap(text: &str, room: usize, theme: Theme) -> Vec<String> {
    let mut lines = Vec::new();
    match cells_as_it_stands(text, theme) {
        Some(cells) if cells <= room => return vec![text.trim_end().to_owned()],
        Some(_) if room > 0 => {
            wrap_simple(text, room, &mut lines);
            return lines;
        }
        _ => {}
    }
    let text = spell(shown(text, Lines::Keep, theme.stand()), theme);
    for paragraph in text.split('\n') {
        wrap_paragraph(paragraph, room, &mut lines);
    }
    lines
}

/// Whether `text` is a row as it stands. A blank at its end would fall away.
fn is_a_row(text: &str, room: usize, theme: Theme) -> bool {
    !text.ends_with(' ') && cells_as_it_stands(text, theme).is_some_and(|cells| cells <= room)
}

/// Breaks a line of a list like [`wrap`]; what goes on in the next row stands under the words, not under the mark or the blanks
/// before them.
pub(crate) fn hang(text: &str, room: usize, theme: Theme) -> Vec<String> {
    if is_a_row(text, room, theme) {
        return vec![text.to_owned()];
    }
    let words = text.trim_start_matches(' ');
    let blanks = text.len() - words.len();
    let marks = [theme.glyph(Glyph::Middle), theme.glyph(Glyph::Check)];
    let marked = marks.iter().find_map(|mark| {
        let words = words.strip_prefix(mark)?.strip_prefix(' ')?;
        Some((*mark, words))
    });
    let (mark, words) = marked.unwrap_or(("", words));
    let indent = blanks + width(mark) + usize::from(!mark.is_empty());
    // A narrow column has no cells to give away.
    if indent == 0 || indent * 4 > room {
        return wrap(text, room, theme);
    }
    let rows = wrap(words, room - indent, theme).into_iter().enumerate();
    rows.map(|(n, row)| match (n, mark) {
        (0, mark) if !mark.is_empty() => format!("{}{mark} {row}", " ".repeat(blanks)),
        _ => format!("{}{row}", " ".repeat(indent)),
    })
    .collect()
}

/// Breaks a line like [`hang`]; where it has a name and two blanks before its words, these go on under the words.
pub(crate) fn hang_column(text: &str, room: usize, theme: Theme) -> Vec<String> {
    let column = || {
        let inner = text.trim_start_matches(' ');
        let gap = text.len() - inner.len() + inner.find("  ")?;
        let (name, words) = text.split_at_checked(gap)?;
        let words = words.trim_start_matches(' ');
        let name = text.get(..text.len() - words.len()).unwrap_or(name);
        // A narrow column has no cells to give away.
        let is_narrow = words.is_empty() || width(name) * 2 > room;
        (!is_narrow).then_some((name, words))
    };
    let Some((name, words)) = column().filter(|_| !is_a_row(text, room, theme)) else {
        return hang(text, room, theme);
    };
    let name = line(name, theme);
    let indent = width(&name);
    let rows = wrap(words, room - indent, theme).into_iter().enumerate();
    rows.map(|(n, row)| match n {
        0 => format!("{name}{row}"),
        _ => format!("{}{row}", " ".repeat(indent)),
    })
    .collect()
}

/// Breaks only at blanks: a bracket or a hyphen stays with its word.
fn wrap_paragraph(paragraph: &str, room: usize, lines: &mut Vec<String>) {
    if room > 0 && simple_cells(paragraph).is_some() {
        wrap_simple(paragraph, room, lines);
    } else {
        wrap_clusters(paragraph, room, lines);
    }
}

/// The same as [`wrap_clusters`] for simple characters: every line is a piece of the paragraph, and nothing is segmented.
fn wrap_simple(paragraph: &str, room: usize, lines: &mut Vec<String>) {
    let mut add = |line: &str| lines.push(line.trim_end_matches(' ').to_owned());
    let piece_of = |from: usize, end: usize| paragraph.get(from..end).unwrap_or_default();
    // Where the present line begins and ends, and its cells.
    let (mut from, mut end, mut used) = (0, 0, 0);
    let mut at = 0;
    for piece in paragraph.split_inclusive(' ') {
        let word = piece.strip_suffix(' ').unwrap_or(piece);
        let (wide, air) = (word.chars().count(), piece.len() - word.len());
        if used + wide > room && used > 0 {
            add(piece_of(from, end));
            (from, used) = (at, 0);
        }
        let is_broken = used + wide > room;
        if is_broken {
            for (before, _) in word.char_indices() {
                if used == room {
                    add(piece_of(from, at + before));
                    (from, used) = (at + before, 0);
                }
                used += 1;
            }
        } else {
            used += wide;
        }
        // Blanks inside a line stay as typed; only those at a break are dropped.
        let has_room = used + air <= room;
        end = at + word.len() + if has_room { air } else { 0 };
        if has_room || !is_broken {
            used += air;
        }
        at += piece.len();
    }
    add(piece_of(from, end));
}

fn wrap_clusters(paragraph: &str, room: usize, lines: &mut Vec<String>) {
    let mut line = String::new();
    let mut used = 0;
    for piece in paragraph.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        let wide = width(word);
        let air = width(piece) - wide;
        if used + wide > room && used > 0 {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
            used = 0;
        }
        if used + wide <= room {
            // Blanks inside a line stay as typed; only those at a break are dropped.
            line.push_str(if used + wide + air <= room {
                piece
            } else {
                word
            });
            used += wide + air;
            continue;
        }
        for cluster in word.graphemes(true) {
            let wide = cluster_width(cluster);
            if wide > room {
                continue;
            }
            if used + wide > room {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push_str(cluster);
            used += wide;
        }
        // The end of a broken word and the next one are two words.
        if used + air <= room {
            line.push_str(piece.get(word.len()..).unwrap_or_default());
            used += air;
        }
    }
    lines.push(line.trim_end().to_owned());
}

#[cfg(test)]
mod tests {
    use super::{hang, hang_column, wrap, wrap_clusters, wrap_simple};
    use crate::tui::theme::{ColourMode, Glyphs, Theme};
    use crate::tui::widgets::text::width;
    use proptest::prelude::proptest;
    use unicode_segmentation::UnicodeSegmentation;

    const WIDE: Theme = Theme::new(ColourMode::Ansi16, Glyphs::Unicode);
    const ASCII: Theme = Theme::new(ColourMode::Ansi16, Glyphs::Ascii);

    #[test]
    fn a_line_of_a_list_goes_on_under_its_words() {
        let rows = hang("· a walk by the river", 12, WIDE);
        assert_eq!(rows, ["· a walk by", "  the river"]);
        let rows = hang("  call the doctor today", 14, WIDE);
        assert_eq!(rows, ["  call the", "  doctor today"]);
        assert_eq!(
            hang("a walk by the river", 12, WIDE),
            ["a walk by", "the river"]
        );
    }

    #[test]
    fn words_beside_a_name_go_on_under_the_words() {
        assert_eq!(
            hang_column("copies  /home/a/journal.db.backups (none yet)", 24, WIDE),
            [
                "copies  /home/a/journal.",
                "        db.backups (none",
                "        yet)"
            ]
        );
        assert_eq!(
            hang_column("  3  tables of a study", 14, WIDE),
            ["  3  tables of", "     a study"]
        );
        // Half of a narrow line is not given away.
        assert_eq!(
            hang_column("a long name  words", 14, WIDE),
            ["a long name ", "words"].map(str::trim_end)
        );
    }

    #[test]
    fn words_wrap_whole_and_long_ones_break_between_clusters() {
        assert_eq!(
            wrap("slept badly, then better", 12, WIDE),
            ["slept badly,", "then better"]
        );
        assert_eq!(wrap("abcdefgh", 3, WIDE), ["abc", "def", "gh"]);
        assert_eq!(wrap("abcdefg hi", 6, WIDE), ["abcdef", "g hi"]);
        assert_eq!(wrap("one\n\ntwo", 9, WIDE), ["one", "", "two"]);
        assert_eq!(wrap("", 9, WIDE), [""]);
    }

    proptest! {
        #[test]
        fn what_fits_is_a_row_and_stands_as_it_was(text in "[·✓ ]{0,3}[a-c’– ]{0,12}[a-c]", more in 0usize..9) {
            let room = width(&text) + more;
            for theme in [WIDE, ASCII] {
                let alone = wrap(&text, usize::MAX, theme);
                assert_eq!(hang(&text, room * 2, theme), alone);
                assert_eq!(hang_column(&text, room * 2, theme), alone);
            }
        }

        #[test]
        fn simple_text_wraps_as_any_text_does(text in "[a-c’– ]{0,60}", room in 1usize..20) {
            let (mut simple, mut any) = (Vec::new(), Vec::new());
            wrap_simple(&text, room, &mut simple);
            wrap_clusters(&text, room, &mut any);
            assert_eq!(simple, any);
        }

        #[test]
        fn wrapping_loses_nothing_but_blanks(text in "[a-zé日👩 \n]{0,40}", room in 2usize..20) {
            let lines = wrap(&text, room, WIDE);
            assert!(lines.iter().all(|line| width(line) <= room));
            let before: String = text.graphemes(true).filter(|g| !g.trim().is_empty()).collect();
            let after: String = lines.concat().graphemes(true).filter(|g| !g.trim().is_empty()).collect();
            assert_eq!(before, after);
        }
    }
}

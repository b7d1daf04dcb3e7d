//! Lines that fit a width: the one way in which the command line, plain mode, the guide and the text report break a line.
//!
//! Invariant: no line is wider than its room, and no cut falls inside a letter. A word is cut only where it alone is wider than
//! a line, behind a slash where it has one, because such words are paths.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The longest label of a row that keeps the lines after the first in the column beside it.
const LABEL: usize = 14;

/// `text` in lines of at most `room` cells, cut at blanks; runs of blanks become one. Each line of it begins a line.
pub(crate) fn wrap(text: &str, room: usize) -> Vec<String> {
    text.split('\n')
        .flat_map(|line| hanging(line, room, room))
        .collect()
}

/// Lines that are laid out already, in a room of 20 cells at least: one that fits stays as it is. A wider one loses its padding, then is wrapped, and goes on
/// beside its label or under its own beginning.
pub(crate) fn fitted(text: &str, room: usize) -> Vec<String> {
    text.lines()
        .flat_map(|line| fitted_line(line, room))
        .collect()
}

fn fitted_line(line: &str, room: usize) -> Vec<String> {
    if line.width() <= room {
        return vec![line.to_owned()];
    }
    let row = line.trim_start();
    let indent = (line.width() - row.width()).min(room / 4);
    // Columns are padded with two blanks at least; the padding beyond them is for the eye.
    let cells: Vec<&str> = row
        .split("  ")
        .map(str::trim)
        .filter(|cell| !cell.is_empty())
        .collect();
    let (head, rest) = match cells.split_first() {
        Some((label, rest)) if !rest.is_empty() && label.width() <= LABEL.min(room / 3) => {
            (format!("{}{label}  ", " ".repeat(indent)), rest.join("  "))
        }
        _ => (" ".repeat(indent), cells.join("  ")),
    };
    let is_labelled = !head.trim().is_empty();
    let whole = format!("{head}{rest}");
    if whole.width() <= room {
        return vec![whole];
    }
    // Under a label its own column; under an indented line two cells more, so that rows are told apart.
    let under = match (is_labelled, indent) {
        (true, _) => head.width(),
        (false, 0) => 0,
        (false, _) => indent + 2,
    };
    let lines = hanging(&rest, room - head.width(), room - under);
    let begins = std::iter::once(head).chain(std::iter::repeat(" ".repeat(under)));
    begins
        .zip(lines)
        .map(|(begin, line)| format!("{begin}{line}").trim_end().to_owned())
        .collect()
}

/// One paragraph: its first line of at most `first` cells, the others of at most `room`. Never empty.
fn hanging(paragraph: &str, first: usize, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut left = first.max(1);
    for word in paragraph.split_whitespace() {
        let is_begun = lines.last().is_some_and(|line| !line.is_empty());
        let wide = word.width() + usize::from(is_begun);
        if wide <= left {
            left -= wide;
            if let Some(line) = lines.last_mut() {
                if is_begun {
                    line.push(' ');
                }
                line.push_str(word);
            }
            continue;
        }
        let line = if is_begun { room } else { left }.max(1);
        let pieces = pieces(word, line, room.max(1));
        // The first line can be wider than the others, which stand further in.
        let last = if pieces.len() > 1 { room.max(1) } else { line };
        left = last - pieces.last().map_or(0, |piece| piece.width().min(last));
        if !is_begun {
            lines.pop();
        }
        lines.extend(pieces);
    }
    lines
}

/// A word in pieces of at most `room` cells, the first one of at most `first`, cut behind a slash where one is near, else between
/// letters.
fn pieces(word: &str, first: usize, room: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for letter in word.graphemes(true) {
        let room = if pieces.len() == 1 { first } else { room };
        let Some(piece) = pieces.last_mut() else {
            break;
        };
        if !piece.is_empty() && piece.width() + letter.width() > room {
            // A slash in the first half would leave the line half empty.
            let cut = piece.rfind('/').map(|at| at + 1);
            let cut = cut.filter(|at| *at > piece.len() / 2 && *at < piece.len());
            let next = cut.map_or_else(String::new, |at| piece.split_off(at));
            pieces.push(next);
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push_str(letter);
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::{fitted, wrap};
    use proptest::prelude::proptest;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn a_line_that_fits_keeps_its_columns() {
        assert_eq!(fitted("a    b\n  c", 10), ["a    b", "  c"]);
        assert_eq!(fitted("", 10), Vec::<String>::new());
        assert_eq!(fitted("a\n\nb", 10), ["a", "", "b"]);
    }

    #[test]
    fn padding_goes_before_a_word_has_to() {
        assert_eq!(
            fitted("  on   nausea                 Nausea", 30),
            ["  on  nausea  Nausea"]
        );
    }

    #[test]
    fn a_row_goes_on_beside_its_label() {
        assert_eq!(
            fitted("7431  used 1.6 g, Leaf powder, Fri 30 Oct 2026 20:03", 40),
            [
                "7431  used 1.6 g, Leaf powder, Fri 30",
                "      Oct 2026 20:03"
            ]
        );
        assert_eq!(
            fitted("  step 0, Sun 4 to Wed 7 Oct: 12 g; used 12.05 g a day", 30),
            [
                "  step 0, Sun 4 to Wed 7 Oct:",
                "    12 g; used 12.05 g a day"
            ]
        );
    }

    #[test]
    fn a_path_is_cut_behind_a_slash_and_a_letter_never() {
        assert_eq!(
            wrap("/home/someone/journal.db", 16),
            ["/home/someone/", "journal.db"]
        );
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(
            wrap("e\u{301}e\u{301}e\u{301}", 2),
            ["e\u{301}e\u{301}", "e\u{301}"]
        );
    }

    proptest! {
        #[test]
        fn every_line_fits_and_no_letter_is_lost(text in "[a-zé日/ \n]{0,80}", room in 4usize..40) {
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            // Below twenty cells nothing is laid out.
            let layouts = [(wrap(&text, room), room), (fitted(&text, room + 16), room + 16)];
            for (lines, room) in layouts {
                assert!(lines.iter().all(|line| line.width() <= room), "{lines:?}");
                assert_eq!(letters(&lines.concat()), letters(&text));
            }
        }
    }

    #[test]
    fn a_long_word_that_stands_further_in_fits_on_each_of_its_lines() {
        let note = format!("        {}", "\u{4f60}\u{597d}".repeat(30));
        for room in 20..60 {
            for line in fitted(&note, room) {
                assert!(line.width() <= room, "{room}: {line:?}");
            }
        }
    }
}

//! What goes over the wire: colours, glyphs, and nothing that a person's text could do to a terminal.

use crate::support::home::Ebb;
use crate::support::pty::{Ending, Pty, Size, TWO_SECONDS};

/// Goes through the screens and pages of a journal, and leaves.
fn walk(mut pty: Pty) -> Ending {
    pty.wait_for_text("Today");
    for (key, seen) in [
        ("c", "Check-in"),
        ("2", "1 of 18 answered"),
        ("!", "your local emergency number"),
        ("!", "1 of 18 answered"),
        ("?", "Keys"),
        ("?", "1 of 18 answered"),
    ] {
        pty.send(key);
        pty.wait_for_text(seen);
    }
    pty.send("\x1b");
    pty.wait_for_text("Draft kept");
    for (key, seen) in [
        ("2", "[week]"),
        ("3", "into the day"),
        ("1", "Today so far"),
    ] {
        pty.send(key);
        pty.wait_for_text(seen);
    }
    pty.send("q");
    let (code, ending) = pty.exit_code(TWO_SECONDS);
    assert_eq!(code, 0);
    ending
}

fn with_a_week() -> Ebb {
    let ebb = Ebb::begun();
    for day in 15..22 {
        let at = format!("2026-11-{day} 09:00");
        ebb.succeed(&[
            "checkin",
            "--at",
            &at,
            "--overall",
            "6",
            "--set",
            "nausea=2",
        ]);
    }
    ebb
}

/// The numbers of every SGR sequence that was sent.
fn sgr_numbers(bytes: &[u8]) -> Vec<u16> {
    let text = String::from_utf8_lossy(bytes);
    let mut numbers = Vec::new();
    for piece in text.split("\x1b[").skip(1) {
        let end = piece.find(|c: char| !(c.is_ascii_digit() || c == ';' || c == ':'));
        if let Some(end) = end.filter(|end| piece[*end..].starts_with('m')) {
            numbers.extend(
                piece[..end]
                    .split([';', ':'])
                    .filter_map(|n| n.parse::<u16>().ok()),
            );
        }
    }
    numbers
}

fn sets_a_colour(number: u16) -> bool {
    matches!(number, 30..=38 | 40..=48 | 90..=97 | 100..=107)
}

#[test]
fn colours_are_the_sixteen_of_the_terminal() {
    let ending = walk(with_a_week().open());
    let numbers = sgr_numbers(&ending.bytes);
    assert!(numbers.iter().any(|n| sets_a_colour(*n)), "there is colour");
    assert_eq!(ending.count("38;2;"), 0, "no colour of our own");
}

#[test]
fn without_colour_no_colour_is_sent() {
    for (name, args) in [("NO_COLOR", &[][..]), ("ANY", &["--color", "never"][..])] {
        let ebb = with_a_week().with(name, "1");
        let ending = walk(ebb.open_with(args, Size::USUAL));
        let coloured: Vec<u16> = sgr_numbers(&ending.bytes)
            .into_iter()
            .filter(|number| sets_a_colour(*number))
            .collect();
        assert!(coloured.is_empty(), "{coloured:?} {name} {args:?}");
    }
}

#[test]
fn colour_that_was_asked_for_wins_over_no_color() {
    let ebb = with_a_week().with("NO_COLOR", "1");
    let ending = walk(ebb.open_with(&["--color", "always"], Size::USUAL));
    let numbers = sgr_numbers(&ending.bytes);
    assert!(numbers.iter().any(|n| sets_a_colour(*n)), "there is colour");
}

#[test]
fn in_a_c_locale_every_byte_is_ascii() {
    let ebb = with_a_week().with("LC_ALL", "C");
    let ending = walk(ebb.open());
    let other: String = ending.text().chars().filter(|c| !c.is_ascii()).collect();
    assert_eq!(other, "");
}

#[test]
fn a_terminal_that_cannot_place_text_gets_no_escape_sequence() {
    let ebb = with_a_week().with("TERM", "dumb");
    let mut pty = ebb.open();
    pty.send("q\r");
    let (code, ending) = pty.exit_code(TWO_SECONDS);
    println!("code {code}: {}", ending.text());
    assert_eq!(ending.count("\x1b"), 0, "{}", ending.text());
    assert!(ending.text().contains(' '), "something is said");
}

#[test]
fn without_a_terminal_it_ends_with_2_and_a_sentence() {
    let ebb = Ebb::new();
    let output = ebb.run(&[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("needs a terminal"), "{said}");
    assert_eq!(said.trim_end().lines().count(), 1);
    assert!(!ebb.journal().exists(), "nothing is left behind");
}

#[test]
fn control_and_bidi_characters_of_a_note_never_reach_the_terminal() {
    let ebb = Ebb::begun();
    let note = "safe\u{1b}[31mred\u{1b}]0;title\u{7}\u{202e}turned\u{2066}held\u{9b}5n\u{8}\rfirst\u{0}end\nnext line";
    ebb.command(&["checkin", "--set", "nausea=3", "--note", "-"])
        .write_stdin(note)
        .assert()
        .success();
    let mut pty = ebb.open_with(&[], Size::new(120, 40));
    pty.wait_for_text("check-in 08:12");
    pty.send("3");
    pty.wait_for_text("into the day");
    // A pasted note goes the same way.
    pty.send("cn");
    pty.wait_for_text("back to the ratings");
    pty.send(&format!("\x1b[200~{}\x1b[201~", note.replace('\0', "")));
    pty.wait_for_text("next line");
    // The form shows how the note begins.
    pty.send("\x1b");
    pty.wait_for_text("0–4 rate");
    pty.wait_for_text("next line");
    pty.send("\r");
    pty.wait_for_text("Saved 08:12");
    pty.send("3");
    pty.wait_for_text("into the day");
    pty.send("q");
    let (code, ending) = pty.exit_code(TWO_SECONDS);
    assert_eq!(code, 0);
    let sent = ending.text();
    for bad in [
        "\u{202e}",
        "\u{2066}",
        "\u{9b}",
        "\x1b]",
        "\x1b[31mred",
        "\x07",
        "\x08",
        "\0",
    ] {
        assert!(!sent.contains(bad), "{bad:?} was sent");
    }
}

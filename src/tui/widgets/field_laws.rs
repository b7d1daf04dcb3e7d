//! The laws of the text field as tests: it is a row of whole letters with a cursor between them, whatever is typed.
use super::picture::as_text;
use super::text_field::{Handled, Shape, TextField};
use crate::fuzz::editor::{Act, compare};
use crate::tui::theme::Theme;
use proptest::prelude::{Just, ProptestConfig, Strategy, proptest};
use proptest::prop_oneof;
use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use ratatui::layout::{Position, Rect};

// Five characters that are one letter on screen.
const FAMILY: &str = "👩\u{200D}👩\u{200D}👧";

fn key(code: KeyCode) -> KeyEvent {
    KeyEvent::new(code, KeyModifiers::NONE)
}

fn control(c: char) -> KeyEvent {
    KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL)
}

fn note(value: &str) -> TextField {
    TextField::new(Shape::ManyLines, 1_000, value)
}

fn press(field: &mut TextField, codes: &[KeyCode]) {
    for code in codes {
        field.handle(key(*code));
    }
}

#[test]
fn backspace_takes_a_whole_family_and_a_whole_accented_letter() {
    let mut field = note(&format!("a{FAMILY}e\u{301}"));
    press(&mut field, &[KeyCode::Backspace]);
    assert_eq!(field.value(), format!("a{FAMILY}"));
    press(&mut field, &[KeyCode::Backspace]);
    assert_eq!(field.value(), "a");
}

#[test]
fn line_ends_of_a_value_outlive_a_field_of_one_line() {
    // The value may itself contain the signs that stand for a line end.
    for value in ["a\nb", "a\n\nb \u{21b5} c\n", "\u{21b5}\u{2424}\n"] {
        let mut field = TextField::new(Shape::OneLine, 1_000, value);
        assert_eq!(field.value(), value);
        press(&mut field, &[KeyCode::End, KeyCode::Char('!')]);
        assert_eq!(field.value(), format!("{value}!"));
    }
    let mut field = TextField::new(Shape::OneLine, 1_000, "a\nb");
    press(&mut field, &[KeyCode::Backspace, KeyCode::Backspace]);
    assert_eq!(field.value(), "a");
    field.paste("b\nc");
    assert_eq!(field.value(), "ab c");
}

#[test]
fn arrows_and_delete_step_by_whole_letters() {
    let mut field = note(&format!("{FAMILY}b"));
    press(&mut field, &[KeyCode::Home, KeyCode::Right]);
    assert_eq!(field.cursor(), (0, 1));
    press(&mut field, &[KeyCode::Left, KeyCode::Delete]);
    assert_eq!(field.value(), "b");
}

#[test]
fn letters_that_join_leave_the_cursor_outside() {
    // Two letters that a zero-width joiner makes one.
    let mut field = note("👩👧");
    press(&mut field, &[KeyCode::Left, KeyCode::Char('\u{200D}')]);
    assert_eq!(field.value(), "👩\u{200D}👧");
    assert_eq!(field.cursor(), (0, 1));
    press(&mut field, &[KeyCode::Backspace]);
    assert_eq!(field.value(), "");
}

#[test]
fn a_paste_is_inserted_and_submits_nothing() {
    let mut field = note("");
    assert_eq!(
        field.paste("one\r\ntwo\rthree\u{1b}[31m\u{9b}\u{7f}\tx"),
        Handled::Edited
    );
    assert_eq!(field.value(), "one\ntwo\nthree[31m x");
    let mut line = TextField::new(Shape::OneLine, 100, "");
    line.paste("one\ntwo");
    assert_eq!(line.value(), "one two");
    assert_eq!(line.handle(key(KeyCode::Enter)), Handled::Ignored);
}

#[test]
fn a_paste_beyond_the_limit_is_cut_between_letters_and_says_how_much() {
    let mut field = TextField::new(Shape::ManyLines, 7, "ab");
    let pasted = format!("c{FAMILY}d");
    // The family has no room, and the letter after it is left out too: no gap inside a paste.
    assert_eq!(field.paste(&pasted), Handled::Full { left_out: 6 });
    assert_eq!((field.value().as_str(), field.length()), ("abc", 3));
    press(&mut field, &[KeyCode::Char('1'); 4]);
    assert_eq!(
        field.handle(key(KeyCode::Char('2'))),
        Handled::Full { left_out: 1 }
    );
    assert_eq!(field.value(), "abc1111");
}

#[test]
fn undo_and_redo_walk_the_edits() {
    let mut field = note("");
    press(
        &mut field,
        &[KeyCode::Char('a'), KeyCode::Enter, KeyCode::Char('b')],
    );
    field.paste(FAMILY);
    assert_eq!(field.undo(), Handled::Edited);
    assert_eq!(field.value(), "a\nb");
    (0..3).for_each(|_| {
        field.undo();
    });
    assert!(field.is_empty());
    assert_eq!(field.undo(), Handled::Moved);
    (0..4).for_each(|_| {
        field.redo();
    });
    assert_eq!(field.value(), format!("a\nb{FAMILY}"));
    assert_eq!(field.length(), 8);
}

fn offering(value: &str) -> TextField {
    TextField::offering(Shape::OneLine, 10, value)
}

#[test]
fn a_letter_or_a_paste_replaces_what_is_offered_and_undo_brings_it_back() {
    let mut field = offering("6");
    assert!(field.is_offered());
    press(&mut field, &[KeyCode::Char('4'), KeyCode::Char('5')]);
    assert_eq!((field.value().as_str(), field.is_offered()), ("45", false));
    (0..3).for_each(|_| {
        field.undo();
    });
    assert_eq!(field.value(), "6");
    // It makes room for what takes its place.
    let mut full = offering("0123456789");
    assert_eq!(full.paste("abc"), Handled::Edited);
    assert_eq!((full.value().as_str(), full.length()), ("abc", 3));
    let mut kept = offering("6");
    assert_eq!(kept.paste("\u{1b}"), Handled::Moved);
    assert_eq!((kept.value().as_str(), kept.is_offered()), ("6", true));
}

#[test]
fn keys_that_move_keep_what_is_offered_and_those_that_erase_take_all_of_it() {
    for moves in [
        key(KeyCode::Right),
        key(KeyCode::End),
        control('e'),
        control('f'),
    ] {
        let mut field = offering("ab");
        assert_eq!(field.handle(moves), Handled::Moved);
        press(&mut field, &[KeyCode::Char('c')]);
        assert_eq!(field.value(), "abc", "{moves:?}");
    }
    let erases = [
        key(KeyCode::Backspace),
        key(KeyCode::Delete),
        control('w'),
        control('u'),
        control('k'),
        control('d'),
    ];
    for erases in erases {
        let mut field = offering("ab cd");
        assert_eq!(field.handle(erases), Handled::Edited);
        assert_eq!(
            (field.value().as_str(), field.length()),
            ("", 0),
            "{erases:?}"
        );
        assert!(!field.is_offered());
    }
    let mut field = offering("ab");
    assert_eq!(field.handle(key(KeyCode::Tab)), Handled::Ignored);
    assert!(field.is_offered(), "a key of the screen leaves it");
    assert!(!offering("").is_offered(), "nothing is no offer");
}

#[test]
fn words_and_lines_go_at_once() {
    let mut field = note("slept badly, then\nbetter");
    field.handle(control('w'));
    assert_eq!(field.value(), "slept badly, then\n");
    press(&mut field, &[KeyCode::Backspace]);
    field.handle(control('w'));
    assert_eq!(field.value(), "slept badly, ");
    field.handle(control('u'));
    assert_eq!(field.value(), "");
}

#[test]
fn keys_of_the_screen_are_left_to_it() {
    let mut field = note("a");
    for code in [KeyCode::Esc, KeyCode::Tab, KeyCode::F(1), KeyCode::PageUp] {
        assert_eq!(field.handle(key(code)), Handled::Ignored);
    }
    assert_eq!(field.handle(control('s')), Handled::Ignored);
    let release = KeyEvent {
        // Some terminals report releases; a letter must not be typed twice.
        kind: KeyEventKind::Release,
        ..key(KeyCode::Char('x'))
    };
    assert_eq!(field.handle(release), Handled::Ignored);
    assert_eq!(field.value(), "a");
}

fn shown(field: &TextField, width: u16, height: u16) -> (String, Option<Position>) {
    let area = Rect::new(0, 0, width, height);
    let mut buf = Buffer::empty(area);
    let cursor = field.draw(area, &mut buf, Theme::default());
    (as_text(&buf), cursor)
}

#[test]
fn what_could_steer_the_terminal_is_stored_and_shown_as_a_mark() {
    let field = note("a\u{202e}b");
    assert_eq!(field.value(), "a\u{202e}b");
    assert_eq!(shown(&field, 10, 1).0, "a\u{FFFD}b");
}

#[test]
fn the_cursor_is_drawn_where_the_next_letter_goes() {
    let mut field = note("slept badly then 日本");
    assert_eq!(
        shown(&field, 12, 2),
        ("slept badly\nthen 日 本".into(), Some(Position::new(9, 1)))
    );
    press(&mut field, &[KeyCode::Up]);
    assert_eq!(shown(&field, 12, 2).1, Some(Position::new(9, 0)));
    press(&mut field, &[KeyCode::Down]);
    assert_eq!(field.cursor(), (0, 19));
}

fn act() -> impl Strategy<Value = Act> {
    let letters = prop_oneof![
        Just('a'),
        Just('é'),
        Just('\u{301}'),
        Just('\u{200D}'),
        Just('👩'),
        Just('👧'),
        Just('日'),
        Just(' '),
        Just('🇩'),
        Just('🇪'),
        Just('\u{FE0F}'),
        Just('\n'),
    ];
    let keys = prop_oneof![
        Just(KeyCode::Left),
        Just(KeyCode::Right),
        Just(KeyCode::Home),
        Just(KeyCode::End),
        Just(KeyCode::Backspace),
        Just(KeyCode::Delete),
        Just(KeyCode::Enter),
    ];
    prop_oneof![
        4 => letters.prop_map(Act::Type),
        1 => "[a👩\u{200D}👧e\u{301}\n ]{0,6}".prop_map(Act::Paste),
        4 => keys.prop_map(Act::Press),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_field_is_a_row_of_letters_with_a_cursor_between_them(
        acts in proptest::collection::vec(act(), 0..60),
    ) {
        compare(&acts);
    }
}

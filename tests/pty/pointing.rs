//! The mouse and the clipboard on the wire: nothing until the key, and off again whatever ends it.

use crate::support::home::Ebb;
use crate::support::pty::{Pty, TWO_SECONDS};
use rustix::process::Signal;

const ON: &str = "\x1b[?1002h\x1b[?1006h";
const OFF: &str = "\x1b[?1006l\x1b[?1002l";

fn with_the_mouse(ebb: &Ebb) -> Pty {
    let mut pty = ebb.open();
    pty.wait_for_text("Today");
    pty.send("M");
    pty.wait_for_text("Mouse on");
    pty.wait_for_bytes(ON, 1);
    pty
}

#[test]
fn without_its_key_the_mouse_stays_the_terminals_own() {
    let ebb = Ebb::begun();
    let mut pty = ebb.open();
    pty.wait_for_text("Today");
    pty.send("q");
    let (code, ending) = pty.exit_code(TWO_SECONDS);
    assert_eq!(code, 0);
    for asked in ["\x1b[?1000h", "\x1b[?1002h", "\x1b[?1003h", "\x1b[?1006h"] {
        assert_eq!(ending.count(asked), 0, "{asked:?}");
    }
}

#[test]
fn m_takes_the_mouse_and_gives_it_back() {
    let ebb = Ebb::begun();
    let mut pty = with_the_mouse(&ebb);
    pty.send("\x1b[<0;17;1M\x1b[<0;17;1m");
    pty.wait_for_text("[week]");
    pty.send("M");
    pty.wait_for_text("Mouse off");
    pty.wait_for_bytes(OFF, 1);
    pty.send("q");
    let (code, ending) = pty.exit_code(TWO_SECONDS);
    assert_eq!(code, 0);
    assert_eq!(ending.count(ON), 1);
    assert_eq!(
        ending.count("\x1b[?1003h"),
        0,
        "mere motion is not asked for"
    );
}

#[test]
fn quitting_and_a_signal_switch_the_mouse_off() {
    let ebb = Ebb::begun();
    let mut pty = with_the_mouse(&ebb);
    pty.send("q");
    let (code, ending) = pty.exit_code(TWO_SECONDS);
    assert_eq!((code, ending.count(OFF)), (0, 1));
    let pty = with_the_mouse(&ebb);
    pty.signal(Signal::TERM);
    let (code, ending) = pty.exit_code(TWO_SECONDS);
    assert_eq!((code, ending.count(OFF)), (143, 1));
}

#[test]
fn a_suspend_gives_the_mouse_to_the_shell_and_fg_takes_it_again() {
    let ebb = Ebb::begun();
    let mut pty = ebb.interactive_shell();
    pty.send("\"$EBB\"\r");
    pty.wait_for_text("Today");
    pty.send("M");
    pty.wait_for_bytes(ON, 1);
    pty.send("\x1a");
    pty.wait_for_bytes("Stopped", 1);
    pty.wait_for_bytes(OFF, 1);
    pty.send("fg\r");
    pty.wait_for_bytes(ON, 2);
    pty.wait_for("the journal", vt100::Screen::alternate_screen);
    pty.send("q");
    pty.wait_for_bytes(OFF, 2);
    pty.wait_for("the shell's prompt", |screen| {
        !screen.alternate_screen() && screen.contents().trim_end().ends_with('$')
    });
    pty.send("exit\r");
    pty.exit_code(TWO_SECONDS);
}

#[test]
fn a_copy_is_sent_once_at_its_key_and_at_no_other() {
    let ebb = Ebb::begun();
    let mut pty = ebb.open();
    pty.wait_for_text("Today");
    pty.send("!");
    pty.wait_for_text("Help lines");
    let before = pty.bytes();
    assert!(
        !before.windows(2).any(|two| two == b"\x1b]"),
        "no OSC before the key"
    );
    pty.send("y");
    pty.wait_for_text("Sent the help lines");
    pty.send("j");
    pty.send("q");
    let (code, ending) = pty.exit_code(TWO_SECONDS);
    assert_eq!(code, 0);
    assert_eq!(ending.count("\x1b]"), 1);
    let text = ending.text();
    let (payload, _) = text
        .split_once("\x1b]52;c;")
        .and_then(|(_, rest)| rest.split_once("\x1b\\"))
        .unwrap();
    // "Help lines: " and whatever country comes after it.
    assert!(payload.starts_with("SGVscCBsaW5lczog"), "{payload}");
    assert!(
        payload
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(&b))
    );
}

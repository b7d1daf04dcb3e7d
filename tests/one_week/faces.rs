//! The three faces: how each of them is told what the week holds.

use crate::support::home::Ebb;
use crate::support::pty::{Pty, Size, TWO_SECONDS};
use crate::week::{
    AS_LAST_TIME, BRIEF, FIRST, FRIDAY, LAST, MONDAY, Sitting, THURSDAY, TUESDAY, Use, at, used,
};

/// The keys of a text, each with what a terminal sends for it; others than letters as `<Enter>`.
pub fn keys(text: &str) -> Vec<String> {
    let mut rest = text;
    let mut all = Vec::new();
    while let Some(first) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|tail| tail.split_once('>'));
        if let Some((name, after)) = named {
            let sent = match name {
                "Enter" => "\r",
                "Tab" => "\t",
                "Up" => "\x1b[A",
                "Down" => "\x1b[B",
                "Esc" => "\x1b",
                "Ctrl-S" => "\x13",
                other => panic!("no key {other}"),
            };
            all.push(sent.to_owned());
            rest = after;
        } else {
            all.push(first.to_string());
            rest = &rest[first.len_utf8()..];
        }
    }
    all
}

/// Sends the keys and waits for what they lead to; how many they were.
pub fn press(pty: &mut Pty, text: &str, seen: &str) -> usize {
    let keys = keys(text);
    for key in &keys {
        pty.send(key);
    }
    pty.wait_for_text(seen);
    keys.len()
}

/// The full screen at a moment, on Today.
pub fn screen(ebb: &Ebb, now: &str) -> Pty {
    let pty = ebb.open_with(&["--now", now], Size::new(120, 40));
    pty.wait_for_text("Today so far");
    pty
}

pub fn quit(mut pty: Pty) {
    pty.send("q");
    assert_eq!(pty.exit_code(TWO_SECONDS).0, 0);
}

/// "20:00" of a moment.
fn clock(now: &str) -> &str {
    now.split_once(' ').unwrap().1
}

/// The week by keys.
pub fn by_keys(ebb: &Ebb) {
    let saved = |now: &str| format!("Saved {}: check-in", clock(now));
    let mut pty = screen(ebb, MONDAY);
    press(
        &mut pty,
        ":what it was taken for<Enter>",
        "What you used then",
    );
    press(&mut pty, "a", "How things stood");
    press(&mut pty, "<Tab><Tab><Tab>pain<Tab>4<Tab>1", "pain");
    press(&mut pty, "<Tab>anxiety<Tab>3<Tab>1<Enter>", "Saved: note");
    press(&mut pty, ":something good<Enter>", "Something good ");
    press(&mut pty, "<Enter>", "something good from now on");
    // Pain and Body, then the three that may rest, then Mind and something good.
    let first = format!("c{}{}", FIRST.pain, FIRST.body);
    press(&mut pty, &first, "11 of 22 answered");
    for name in ["Yawning", "Chills", "Jaw clenching"] {
        press(&mut pty, "r", &format!("{name} rests from now on"));
    }
    press(
        &mut pty,
        &format!("{}{}", FIRST.mind, FIRST.good),
        "19 of 19 answered",
    );
    for (letters, answer, answered) in [
        ("interference", FIRST.interference, 20),
        ("muscle te", FIRST.tension, 21),
        ("cold feet", FIRST.cold_feet, 22),
    ] {
        let keys = format!("+{letters}<Enter>k{answer}");
        press(
            &mut pty,
            &keys,
            &format!("{answered} of {answered} answered"),
        );
    }
    press(
        &mut pty,
        &format!("{}<Enter>", FIRST.overall),
        &saved(MONDAY),
    );
    use_by_keys(&mut pty, MONDAY);
    quit(pty);
    sitting_by_keys(ebb, &TUESDAY);
    let (now, overall) = BRIEF;
    let mut pty = screen(ebb, now);
    press(&mut pty, &format!("b{overall}<Enter>"), &saved(now));
    use_by_keys(&mut pty, now);
    quit(pty);
    for sitting in THURSDAY {
        sitting_by_keys(ebb, &sitting);
    }
    sitting_by_keys(ebb, &FRIDAY);
    let (now, pain, good, overall) = AS_LAST_TIME;
    let mut pty = screen(ebb, now);
    let keys = format!("c{pain}A<Up>{good}{overall}<Enter>");
    press(&mut pty, &keys, &saved(now));
    use_by_keys(&mut pty, now);
    quit(pty);
    sitting_by_keys(ebb, &LAST);
}

fn sitting_by_keys(ebb: &Ebb, sitting: &Sitting) {
    let mut pty = screen(ebb, sitting.now);
    let end = match sitting.note {
        Some(note) => format!("n{note}<Ctrl-S>"),
        None => "<Enter>".to_owned(),
    };
    let text = format!("c{}{end}", sitting.answers());
    let seen = format!("Saved {}: check-in", clock(sitting.now));
    press(&mut pty, &text, &seen);
    if !is_followed(sitting) {
        use_by_keys(&mut pty, sitting.now);
    }
    quit(pty);
}

/// Whether another check-in of its day comes after it.
fn is_followed(sitting: &Sitting) -> bool {
    sitting.now == THURSDAY[0].now
}

fn use_by_keys(pty: &mut Pty, now: &str) {
    let (keys, seen) = match used(now) {
        Use::Same => ("d<Enter>".to_owned(), "g Leaf powder, counts".to_owned()),
        Use::Grams(grams) => (
            format!("d{grams}<Enter>"),
            format!("{grams} g Leaf powder, counts"),
        ),
        Use::Without => ("d0<Enter>".to_owned(), "a day without Leaf".to_owned()),
    };
    press(pty, &keys, &seen);
}

/// A talk in plain mode, a line each; what was said.
pub fn talk(ebb: &Ebb, now: &str, lines: &[&str]) -> String {
    let mut typed = lines.join("\n");
    typed.push_str("\nquit\n");
    let mut command = ebb.command(&["--plain", "--now", now]);
    let output = command.write_stdin(typed).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(!text.contains("is not an answer here"), "{text}");
    text
}

fn spaced(answers: &str) -> String {
    let each: Vec<String> = answers.chars().map(String::from).collect();
    each.join(" ")
}

/// The week in plain mode.
pub fn in_plain_mode(ebb: &Ebb) {
    let first = format!(
        "c {} {} rests rests rests {} {} + interference keep {} + muscle_te keep {} + body cold_feet keep {} {} done",
        FIRST.pain,
        spaced(FIRST.body),
        spaced(FIRST.mind),
        FIRST.good,
        FIRST.interference,
        FIRST.tension,
        FIRST.cold_feet,
        FIRST.overall
    );
    let mut lines = vec!["care", "baseline", "add", "skip", "skip", "skip"];
    lines.extend([
        "pain", "4", "1", "anxiety", "3", "1", "done", "back", "back",
    ]);
    lines.extend(["settings", "something good", "on", "back", &first]);
    lines.extend(use_in_words(MONDAY));
    talk(ebb, MONDAY, &lines);
    sitting_in_words(ebb, &TUESDAY);
    let (now, overall) = BRIEF;
    let brief = format!("b {overall}");
    let lines: Vec<&str> = [brief.as_str()]
        .into_iter()
        .chain(use_in_words(now))
        .collect();
    talk(ebb, now, &lines);
    for sitting in THURSDAY {
        sitting_in_words(ebb, &sitting);
    }
    sitting_in_words(ebb, &FRIDAY);
    let (now, pain, good, overall) = AS_LAST_TIME;
    let line = format!("c {pain} A back {good} {overall} done");
    let lines: Vec<&str> = [line.as_str()]
        .into_iter()
        .chain(use_in_words(now))
        .collect();
    talk(ebb, now, &lines);
    sitting_in_words(ebb, &LAST);
}

fn sitting_in_words(ebb: &Ebb, sitting: &Sitting) {
    let answers = format!("c {}", spaced(&sitting.answers()));
    let mut lines = vec![answers.as_str()];
    lines.extend(sitting.note);
    lines.push("done");
    if !is_followed(sitting) {
        lines.extend(use_in_words(sitting.now));
    }
    talk(ebb, sitting.now, &lines);
}

fn use_in_words(now: &str) -> Vec<&'static str> {
    let amount = match used(now) {
        Use::Same => "same",
        Use::Grams('3') => "3",
        Use::Grams('2') => "2",
        Use::Grams(other) => panic!("no word for {other}"),
        Use::Without => "0",
    };
    vec!["dose", "1", amount, "done"]
}

/// The week by the command line.
pub fn by_command_line(ebb: &Ebb) {
    let mut baseline = vec!["baseline", "add"];
    baseline.extend([
        "--taken-for",
        "pain",
        "--without-it",
        "4",
        "--using-it",
        "1",
    ]);
    baseline.extend([
        "--also-for",
        "anxiety",
        "--without-that",
        "3",
        "--using-that",
        "1",
    ]);
    at(ebb, MONDAY, &baseline);
    at(ebb, MONDAY, &["symptom", "on", "something_good"]);
    let rest: Vec<&str> = ["symptom", "rest"]
        .into_iter()
        .chain(crate::week::RESTING)
        .collect();
    at(ebb, MONDAY, &rest);
    let first = format!(
        "{} {} {} {} + interference keep {} + muscle_te keep {} + body cold_feet keep {} {} done",
        FIRST.pain,
        spaced(FIRST.body),
        spaced(FIRST.mind),
        FIRST.good,
        FIRST.interference,
        FIRST.tension,
        FIRST.cold_feet,
        FIRST.overall
    );
    by_line(ebb, MONDAY, &first);
    use_by_command(ebb, MONDAY);
    sitting_by_command(ebb, &TUESDAY);
    let (now, overall) = BRIEF;
    at(ebb, now, &["checkin", "--overall", overall]);
    use_by_command(ebb, now);
    for sitting in THURSDAY {
        sitting_by_command(ebb, &sitting);
    }
    sitting_by_command(ebb, &FRIDAY);
    let (now, pain, good, overall) = AS_LAST_TIME;
    by_line(ebb, now, &format!("{pain} A back {good} {overall} done"));
    use_by_command(ebb, now);
    sitting_by_command(ebb, &LAST);
}

/// `ebb checkin` with its answers on stdin.
fn by_line(ebb: &Ebb, now: &str, line: &str) {
    let mut command = ebb.command(&["--now", now, "checkin"]);
    let output = command.write_stdin(format!("{line}\n")).output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

fn sitting_by_command(ebb: &Ebb, sitting: &Sitting) {
    let (good, overall) = (sitting.good.to_string(), sitting.overall.to_string());
    let sets = sitting.rows().into_iter();
    let sets: Vec<String> = sets
        .map(|(code, answer)| format!("{code}={answer}"))
        .collect();
    let mut args = vec!["checkin", "--overall", &overall];
    args.extend(sets.iter().flat_map(|set| ["--set", set]));
    if sitting.good != '.' {
        args.extend(["--good", &good]);
    }
    if let Some(note) = sitting.note {
        args.extend(["--note", note]);
    }
    at(ebb, sitting.now, &args);
    if !is_followed(sitting) {
        use_by_command(ebb, sitting.now);
    }
}

fn use_by_command(ebb: &Ebb, now: &str) {
    match used(now) {
        Use::Same => at(ebb, now, &["dose"]),
        Use::Grams(grams) => at(ebb, now, &["dose", &grams.to_string()]),
        Use::Without => at(ebb, now, &["dose", "0"]),
    };
}

//! A journal of its own for each test, filled by verbs.

use crate::support::home::Ebb;
use serde_json::Value;

/// Runs verbs one after another, each at its own moment of November 2026 in New York; all must succeed.
pub fn run(ebb: &Ebb, steps: &[(&str, &str)]) {
    for (now, words) in steps {
        let output = at(ebb, now, words);
        assert_eq!(output.0, Some(0), "{words}: {output:?}");
    }
}

/// Runs a verb at `now` ("03 21:00") and answers its exit code and what it said on stdout and stderr.
pub fn at(ebb: &Ebb, now: &str, words: &str) -> (Option<i32>, String, String) {
    let now = format!("2026-11-{now}");
    let args = ["--now", &now].into_iter().chain(words.split(' '));
    let args: Vec<&str> = args.collect();
    let output = ebb.run(&args);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let (code, out, err) = (output.status.code(), output.stdout, output.stderr);
    (code, text(out), text(err))
}

/// What a verb says on both, in one text.
pub fn said(ebb: &Ebb, now: &str, words: &str) -> String {
    let (_, out, err) = at(ebb, now, words);
    format!("{out}{err}")
}

/// The JSON that a verb prints.
pub fn json(ebb: &Ebb, now: &str, words: &str) -> Value {
    serde_json::from_str(&at(ebb, now, words).1).unwrap()
}

//! `ebb status`: where one is, what today has, and how the last seven days compare.

use super::binary::Binary;
use super::trend::{hold_waves, value};
use crate::course::default_series;
use crate::journal::{CORE, Journal};
use crate::sums::{Comparison, Series};
use crate::tally::Tally;
use serde_json::{Value, json};

pub fn all(journal: &Journal, binary: &Binary, tally: &mut Tally) {
    let got = binary.json(&["status"]);
    let today = journal.today;
    let mut same = |place: &str, right: Value| tally.same("status", place, right, &got[place]);
    same("version", json!(2));
    same("today", json!(today.to_string()));
    let sittings = journal.check_ins_of(today).count();
    same("check_ins_today", json!(sittings));
    let answered = (sittings > 0).then(|| journal.answered(today, &CORE));
    same("answered_today", json!(answered));
    for series in [
        Series::Severity,
        Series::Body,
        Series::Mind,
        Series::Overall,
    ] {
        let right = journal.value(series, today);
        same(&series.code(), value(right));
        let shown = right.map(|n| n.shown(series.decimals().unwrap()));
        same(&format!("{}_shown", series.code()), json!(shown));
    }
    let days = journal.check_ins.iter().map(|on| on.moment.day);
    let last = days.clone().filter(|day| *day <= today).max();
    same("last_day", json!(last.map(|day| day.to_string())));
    if let Some(before) = days.filter(|day| *day < today).max() {
        // Whole days between today and the check-in before it, whether today has one or not.
        same("missing_days", json!((today - before).num_days() - 1));
    }
    let attempt = journal.attempt_on(today);
    let got_attempt = &got["attempt"];
    match attempt {
        None => tally.same("status", "attempt", Value::Null, got_attempt),
        Some((number, attempt)) => {
            let zero = attempt.day_zero.map(|day| day.to_string());
            let members = [
                ("number", json!(number)),
                ("began", json!(attempt.began.to_string())),
                ("day_zero", json!(zero)),
                ("attempt_day", json!(journal.attempt_day(today))),
            ];
            for (name, right) in members {
                tally.same("status", name, right, &got_attempt[name]);
            }
        }
    }
    let series = default_series(journal);
    tally.same(
        "default series",
        "status",
        series.code(),
        &got["default"]["series"],
    );
    hold_waves(journal, "status", &got, tally);
    week(journal, &got["than_a_week_ago"], tally);
}

fn week(journal: &Journal, got: &Value, tally: &mut Tally) {
    let series = Series::Severity;
    let (before, now) = journal.lately();
    let mut same = |name: &str, right: Value| {
        tally.same("than a week ago", name, right, &got[name]);
    };
    let Comparison::Change {
        before: then,
        now: lately,
    } = journal.compare(series, before, now)
    else {
        return same("change", Value::Null);
    };
    let days = |span| json!(journal.values(series, span).len());
    same("before", then.json());
    same("now", lately.json());
    same("before_days", days(before));
    same("now_days", days(now));
    same("change", lately.at(4).minus(then.at(4)).json());
    let shown = [then, lately].map(|n| n.at(0));
    same("change_shown", json!(shown[1].minus(shown[0]).shown(0)));
}

//! Plans: the steps by the terms, what stood on a day, what was used, and the course after a cut.

use super::binary::Binary;
use super::trend::value;
use crate::course::after_a_cut;
use crate::journal::{Journal, Plan};
use crate::number::Number;
use crate::stairs::{self, Step, Version};
use crate::sums::Series;
use crate::tally::Tally;
use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

/// A number of JSON with at most three decimals.
fn exact(number: &Value) -> Number {
    let shown = format!("{:.3}", number.as_f64().unwrap());
    Number::thousandths(shown.replace('.', "").parse().unwrap())
}

fn day(text: &Value) -> NaiveDate {
    text.as_str().unwrap().parse().unwrap()
}

/// The versions as the program keeps them: those by hold and resumption have no terms that the model could reckon from.
pub fn versions(binary: &Binary) -> Vec<Version> {
    let got = binary.json(&["taper", "versions"]);
    let step = |step: &Value| -> Step {
        let number = usize::try_from(step["step"].as_u64().unwrap()).unwrap();
        (number, day(&step["begins"]), exact(&step["amount"]))
    };
    let each = got["versions"].as_array().unwrap().iter();
    each.map(|on| Version {
        made: day(&on["made"]),
        steps: on["steps"].as_array().unwrap().iter().map(step).collect(),
    })
    .collect()
}

pub fn all(
    journal: &Journal,
    plan: &Plan,
    versions: &[Version],
    binary: &Binary,
    tally: &mut Tally,
) {
    let listed = |steps: &[Step]| -> Value {
        let each = steps
            .iter()
            .map(|(n, begins, amount)| json!([n, begins.to_string(), amount.json()]));
        each.collect()
    };
    let place = format!("{plan:?}");
    let right = stairs::steps(plan);
    let got = listed(&versions[0].steps);
    for (n, right) in right.iter().enumerate() {
        let right = listed(std::slice::from_ref(right));
        tally.same("steps by the terms", &place, right[0].clone(), &got[n]);
    }
    tally.same(
        "steps by the terms",
        &place,
        right.len(),
        &json!(versions[0].steps.len()),
    );
    if let Some(held) = plan.held {
        self::held(plan, held, versions, &place, tally);
    }
    used(journal, plan, versions, binary, tally);
    after(journal, plan, versions, binary, tally);
}

/// While a plan is held its amount stays, and afterwards the rest of the steps follow, one after the other.
fn held(
    plan: &Plan,
    (held, resumed): (NaiveDate, NaiveDate),
    versions: &[Version],
    place: &str,
    tally: &mut Tally,
) {
    tally.same("held and resumed", place, 3, &json!(versions.len()));
    let on = |day| stairs::on(versions, day).map(|(step, amount)| json!([step, amount.json()]));
    let before =
        stairs::on(&versions[..1], held).map(|(step, amount)| json!([step, amount.json()]));
    let stays = held.iter_days().take_while(|day| *day <= resumed);
    for day in stays {
        tally.same("held and resumed", place, json!(before), &json!(on(day)));
    }
    let Some((step, _)) = stairs::on(&versions[..1], held) else {
        return;
    };
    let amounts = |version: &Version| -> Vec<Value> {
        let rest = version.steps.iter().filter(|(n, _, _)| *n > step);
        rest.map(|(_, _, amount)| amount.json()).collect()
    };
    let [first, last] = [0, 2].map(|n| json!(amounts(&versions[n])));
    tally.same("held and resumed", place, first, &last);
    let rest: Vec<&Step> = versions[2]
        .steps
        .iter()
        .filter(|(n, _, _)| *n > step)
        .collect();
    for pair in rest.windows(2) {
        let next = pair[0].1 + Days::new(plan.every);
        tally.same(
            "held and resumed",
            place,
            next.to_string(),
            &json!(pair[1].1.to_string()),
        );
    }
}

fn used(journal: &Journal, plan: &Plan, versions: &[Version], binary: &Binary, tally: &mut Tally) {
    let got = binary.json(&["taper", "show"]);
    let steps = got["steps"].as_array().unwrap();
    let right = stairs::used(journal, plan, versions);
    tally.same("used by step", "steps", right.len(), &json!(steps.len()));
    for (right, got) in right.iter().zip(steps) {
        let place = format!("step {} from {}", right.step, right.span.from);
        let above = right.days_logged - right.at_or_below;
        let members = [
            ("step", json!(right.step)),
            ("amount", right.amount.json()),
            ("from", json!(right.span.from.to_string())),
            ("to", json!(right.span.to.to_string())),
            ("days", json!(right.span.len())),
            ("days_logged", json!(right.days_logged)),
            ("days_at_or_below", json!(right.at_or_below)),
            ("days_above", json!(above)),
            ("mean_used", value(right.mean)),
        ];
        for (name, right) in members {
            tally.same(
                "used by step",
                &format!("{place} {name}"),
                right,
                &got[name],
            );
        }
    }
    let now = stairs::on(versions, journal.today);
    let right = now.map(|(_, amount)| amount.json());
    tally.same(
        "used by step",
        "amount of today",
        json!(right),
        &got["now"]["at_most"],
    );
}

fn after(journal: &Journal, plan: &Plan, versions: &[Version], binary: &Binary, tally: &mut Tally) {
    let cuts = stairs::cuts(journal, plan, versions);
    for series in [Series::Severity, Series::Overall, Series::Symptom("nausea")] {
        let right = after_a_cut(journal, series, &cuts);
        let code = series.code();
        let got = binary.json(&["taper", "after", &code]);
        let got = &got["products"][0];
        let mut same = |name: &str, right: Value| {
            let place = format!("{code} {name}");
            tally.same("after a cut", &place, right, &got[name]);
        };
        same("cuts", json!(right.cuts));
        same("close", json!(right.close));
        same("before", value(right.before));
        same("after", value(right.after));
        let days = right.days.iter();
        let days: Value = days
            .map(|(day, mean, n)| json!([day, mean.json(), n]))
            .collect();
        let told = got["days"].as_array().map(|all| {
            let each = all.iter().map(|on| json!([on["day"], on["mean"], on["n"]]));
            each.collect::<Vec<_>>()
        });
        let place = format!("{code} days");
        tally.same("after a cut", &place, days, &json!(told));
    }
}

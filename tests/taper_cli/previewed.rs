//! Each fixture through the preview, and what stands before it.

use crate::house::House;
use crate::json;
use serde_json::Value;

/// The terms of a fixture as options.
fn options(terms: &toml::Value) -> Vec<String> {
    let text = |name: &str| terms[name].as_str().unwrap().to_owned();
    let (shape, of) = match terms["shape"].as_str().unwrap() {
        "percent_of_current" => ("--percent", Some("current")),
        "percent_of_start" => ("--percent", Some("start")),
        "fixed_cut" => ("--cut", None),
        _ => ("--steps", None),
    };
    let mut options = vec![shape.to_owned(), text("shape_value")];
    options.extend(
        of.into_iter()
            .flat_map(|of| ["--of".to_owned(), of.to_owned()]),
    );
    for (option, name) in [
        ("--from", "start"),
        ("--every", "every_days"),
        ("--until", "until"),
        ("--smallest", "smallest"),
        ("--split", "split"),
        ("--begin", "begin"),
    ] {
        options.extend([option.to_owned(), text(name)]);
    }
    options
}

/// Numbers as the fixtures write them: no point where there is nothing behind it.
fn numbers(values: &Value) -> String {
    let values = values.as_array().unwrap().iter();
    let each: Vec<String> = values
        .map(|value| value.as_f64().unwrap().to_string())
        .collect();
    each.join(" ")
}

fn words(table: &toml::Value, name: &str) -> String {
    let words: Vec<&str> = table[name].as_str().unwrap().split_whitespace().collect();
    words.join(" ")
}

fn column(preview: &Value, name: &str) -> Value {
    let steps = preview["steps"].as_array().unwrap().iter();
    steps.map(|step| step[name].clone()).collect()
}

/// The numbers of the steps that carry a mark.
fn marked(preview: &Value, name: &str) -> Vec<i64> {
    let steps = preview["steps"].as_array().unwrap().iter();
    let marked = steps.filter(|step| step[name] == true);
    marked.map(|step| step["step"].as_i64().unwrap()).collect()
}

fn whole(expect: &toml::Value, name: &str) -> Vec<i64> {
    let all = expect[name].as_array().unwrap().iter();
    all.map(|n| n.as_integer().unwrap()).collect()
}

#[test]
fn every_fixture_comes_out_of_the_preview_as_it_was_worked_out() {
    let house = House::new();
    let mut cases = 0;
    for file in std::fs::read_dir("tests/fixtures/tapers").unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name.ends_with(".lived.toml") {
            continue;
        }
        cases += 1;
        let case: toml::Table = std::fs::read_to_string(&path).unwrap().parse().unwrap();
        let options = options(&case["terms"]);
        let mut args = vec!["taper", "preview", "--json", "--product", "powder"];
        args.extend(options.iter().map(String::as_str));
        let preview = json(&house, &args);
        let expect = &case["expect"];
        assert_eq!(
            preview["count"].as_i64(),
            expect["steps"].as_integer(),
            "{name}"
        );
        assert_eq!(preview["ends"].as_str(), expect["ends"].as_str(), "{name}");
        assert_eq!(
            numbers(&column(&preview, "amount")),
            words(expect, "amounts"),
            "{name}"
        );
        let percents = column(&preview, "realised_percent");
        let percents = percents.as_array().unwrap().iter();
        let percents: Vec<String> = percents
            .map(|percent| format!("{:.1}", percent.as_f64().unwrap()))
            .collect();
        assert_eq!(
            percents.join(" "),
            words(expect, "realised_percent"),
            "{name}"
        );
        assert_eq!(
            marked(&preview, "above_rate"),
            whole(expect, "above_rate"),
            "{name}"
        );
        assert_eq!(
            marked(&preview, "longer_stay"),
            whole(expect, "longer_stays"),
            "{name}"
        );
        if let Some(parts) = expect.get("parts") {
            let parts = parts.as_array().unwrap().iter();
            let parts: Vec<&str> = parts.map(|parts| parts.as_str().unwrap()).collect();
            let made = column(&preview, "parts");
            let made: Vec<String> = made.as_array().unwrap().iter().map(numbers).collect();
            assert_eq!(made, parts, "{name}");
        }
    }
    assert!(cases >= 15, "{cases} cases were read");
    let left = std::fs::read_dir(house.dir.path()).unwrap().count();
    assert_eq!(left, 0, "a preview writes nothing");
}

#[test]
fn what_stands_first_is_that_no_taper_was_validated_and_whom_to_ask() {
    let house = House::new();
    let said = house.done(&[
        "taper",
        "preview",
        "--product",
        "powder",
        "--from",
        "10.25",
        "--percent",
        "20",
        "--every",
        "7",
        "--until",
        "2",
        "--split",
        "4",
        "--smallest",
        "0.1",
    ]);
    let mut lines = said.err.lines();
    assert!(
        lines
            .next()
            .unwrap()
            .starts_with("No validated taper for kratom exists.")
    );
    assert!(lines.next().unwrap().contains("talk to a clinician first"));
    insta::assert_snapshot!(said.out);
    assert!(!said.err.contains("Saved"), "{said:?}");
}

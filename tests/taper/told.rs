//! From typed words to a plan of the journal, what is done with it, and how it is told.

use super::{amount, day};
use chrono::{Offset, Utc};
use ebbtide::domain::dose::product;
use ebbtide::domain::id::{EntryId, IdSource};
use ebbtide::domain::journal::Journal;
use ebbtide::domain::journal::change::Change;
use ebbtide::domain::record::Record;
use ebbtide::domain::record::kind::Kind;
use ebbtide::domain::taper::plan::Plan;
use ebbtide::domain::taper::plan_action::PlanAction;
use ebbtide::domain::taper::schedule::preview;
use ebbtide::domain::taper::terms_draft::TermsDraft;
use ebbtide::domain::taper::{plan_action, plans, sentences, terms_draft};
use ebbtide::domain::time::{DayEnd, Moment, Now, Zone};

/// A journal that takes the changes of a person, one day after another.
struct Life {
    journal: Journal,
    records: Vec<Record>,
    ids: IdSource,
}

fn now(on: &str) -> Now {
    Now::new(
        format!("{on}T20:00:00Z").parse().unwrap(),
        Zone::fixed(Utc.fix()),
    )
}

impl Life {
    fn new() -> Self {
        Self {
            journal: Journal::default(),
            records: Vec::new(),
            ids: IdSource::new(7),
        }
    }

    fn keep(&mut self, record: Record) {
        self.records.push(record);
        self.journal = Journal::default().with_records(self.records.clone());
        let standing = self.records.iter().filter(|record| record.day().is_none());
        self.journal.standing = standing.cloned().collect();
    }

    fn id(&mut self, on: &str) -> EntryId {
        self.ids.next(now(on).at)
    }

    fn used(&mut self, on: &str, much: &str) {
        let now = now(on);
        let moment = Moment::on_day(day(on), now.at, &now, DayEnd::default());
        let id = self.id(on);
        let dose = Record::new(id, Kind::Dose, Some(moment), Some("powder"))
            .with_number("amount", amount(much))
            .with_text("unit", "g");
        self.keep(dose);
    }

    fn begin(&mut self, on: &str, draft: &TermsDraft) -> String {
        let (product, terms) = terms_draft::terms(&self.journal, draft, &now(on)).unwrap();
        let ids = (self.id(on), self.id(on));
        let (change, said) =
            plan_action::begin(&self.journal, &product, terms, day(on), ids).unwrap();
        self.take(change);
        said
    }

    fn take(&mut self, change: Change) {
        let Change::Record(record) = change else {
            panic!("a plan is kept as a record");
        };
        self.keep(record);
    }

    fn plan(&self) -> Plan {
        plans::plans(&self.journal).remove(0)
    }

    fn does(&mut self, on: &str, what: &PlanAction) -> String {
        let id = self.id(on);
        let done = plan_action::change(&self.journal, &self.plan(), what, day(on), id);
        let (change, said) = done.unwrap();
        self.take(change);
        said
    }
}

fn typed() -> TermsDraft {
    TermsDraft::default()
        .with("product", "powder")
        .with("start", "10 g")
        .with("shape", "fixed_cut")
        .with("shape_value", "1 g")
        .with("every_days", "7")
}

#[test]
fn an_empty_form_asks_for_each_field_that_has_no_value_of_its_own() {
    let journal = Journal::default();
    let mut draft = TermsDraft::default();
    let mut asked = Vec::new();
    for (field, text) in [
        ("product", "powder"),
        ("start", "10"),
        ("shape", "percent_of_start"),
        ("shape_value", "10"),
        ("every_days", "7"),
    ] {
        let refusal = terms_draft::terms(&journal, &draft, &now("2026-11-01")).unwrap_err();
        asked.push(refusal.field);
        draft.set(field, text);
    }
    assert_eq!(
        asked,
        ["product", "start", "shape", "shape_value", "every_days"]
    );
    let (product, terms) = terms_draft::terms(&journal, &draft, &now("2026-11-01")).unwrap();
    assert_eq!(terms.begin, day("2026-11-01"));
    assert_eq!(terms.smallest, product.smallest);
    assert_eq!((terms.until, terms.split), (amount("0"), 1));
}

#[test]
fn what_does_not_fit_names_its_field() {
    let refused = |draft: TermsDraft| {
        let why = terms_draft::terms(&Journal::default(), &draft, &now("2026-11-01"));
        let why = why.unwrap_err();
        format!("{}: {}", why.field, why.sentence)
    };
    insta::assert_snapshot!(
        [
            refused(typed().with("product", "clonidine")),
            refused(typed().with("product", "moon dust")),
            refused(typed().with("start", "10 capsules")),
            refused(
                typed()
                    .with("shape", "percent_of_current")
                    .with("shape_value", "10")
            ),
            refused(typed().with("every_days", "soon")),
            refused(typed().with("until", "12")),
            refused(typed().with("split", "40")),
        ]
        .join("\n")
    );
}

#[test]
fn a_plan_can_be_typed_back_from_its_terms() {
    let journal = Journal::default();
    let (product, terms) = terms_draft::terms(&journal, &typed(), &now("2026-11-01")).unwrap();
    let again = TermsDraft::of(&product, &terms);
    let (_, same) = terms_draft::terms(&journal, &again, &now("2026-11-01")).unwrap();
    assert_eq!(same, terms);
}

#[test]
fn a_month_with_a_hold_a_step_back_and_a_replan_is_told_as_it_was_lived() {
    let mut life = Life::new();
    let mut said = vec![life.begin("2026-11-01", &typed())];
    for n in 1..=30 {
        let on = format!("2026-11-{n:02}");
        match n {
            10 => said.push(life.does(
                &on,
                &PlanAction::Hold {
                    until: Some(day("2026-11-14")),
                },
            )),
            19 => said.push(life.does(&on, &PlanAction::Back)),
            24 => {
                let draft = typed().with("start", "9").with("shape_value", "0.5");
                let (_, terms) = terms_draft::terms(&life.journal, &draft, &now(&on)).unwrap();
                said.push(life.does(&on, &PlanAction::Replan(terms)));
            }
            _ => {}
        }
        if n % 4 != 0 {
            life.used(&on, if n % 5 == 0 { "9.6" } else { "8.9" });
        }
    }
    let (journal, plan, today) = (&life.journal, life.plan(), day("2026-11-30"));
    let product = product::by_code(journal, "powder").unwrap();
    said.push(String::new());
    said.extend(sentences::status(journal, &plan, today));
    said.push(String::new());
    for step in sentences::lived(journal, &plan, today) {
        let used = sentences::used_text(&step, &product);
        let step = sentences::step_text(&step, &product, today);
        said.push(format!("{step}: {used}"));
    }
    said.push(String::new());
    for version in &plan.versions {
        said.push(sentences::version_text(version, &product));
    }
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn after_days_without_entries_no_lower_amount_is_said_before_an_answer() {
    let mut life = Life::new();
    life.begin("2026-11-01", &typed());
    life.used("2026-11-05", "9.8");
    let told =
        |life: &Life| sentences::status(&life.journal, &life.plan(), day("2026-11-10")).join(" ");
    insta::assert_snapshot!(told(&life));
    assert!(!told(&life).contains("9 g"));
    let held = life.does("2026-11-10", &PlanAction::HoldAsShown);
    assert_eq!(held, "Held at 10 g a day until you resume it.");
    assert!(told(&life).contains("at most 10 g"), "{}", told(&life));
}

#[test]
fn after_days_without_entries_a_hold_until_a_day_keeps_the_amount_that_was_seen_last() {
    let mut life = Life::new();
    life.begin("2026-11-01", &typed());
    life.used("2026-11-05", "9.8");
    let until = Some(day("2026-11-20"));
    let held = life.does("2026-11-10", &PlanAction::Hold { until });
    assert_eq!(held, "Held at 10 g a day; from Fri 20 Nov it goes on.");
    let plan = life.plan();
    let on = |text: &str| plan.target_on(day(text)).map(|amount| amount.to_string());
    assert_eq!(on("2026-11-20").as_deref(), Some("10"));
    assert_eq!(on("2026-11-27").as_deref(), Some("9"));
}

#[test]
fn a_second_plan_for_the_same_product_is_refused_while_one_goes_on() {
    let mut life = Life::new();
    life.begin("2026-11-01", &typed());
    let (product, terms) = terms_draft::terms(&life.journal, &typed(), &now("2026-11-02")).unwrap();
    let ids = (life.id("2026-11-02"), life.id("2026-11-02"));
    let second = plan_action::begin(&life.journal, &product, terms, day("2026-11-02"), ids);
    assert!(second.unwrap_err().contains("goes on already"));
}

#[test]
fn a_preview_says_what_each_cut_comes_to_and_marks_those_above_the_rate() {
    let journal = Journal::default();
    let draft = typed()
        .with("product", "capsule")
        .with("start", "6")
        .with("shape", "percent_of_current")
        .with("shape_value", "20")
        .with("until", "1")
        .with("split", "2");
    let (product, terms) = terms_draft::terms(&journal, &draft, &now("2026-11-01")).unwrap();
    let preview = preview(&terms).unwrap();
    let rows = sentences::step_rows(&preview, &product).into_iter();
    let mut lines: Vec<String> = rows
        .map(|row| {
            format!(
                "{} | {} | {} | {} | {} | {}",
                row.step, row.begins, row.amount, row.cut, row.mark, row.parts
            )
        })
        .collect();
    lines.extend(sentences::summary(&preview, &product));
    lines.push(sentences::terms_text(&terms, &product));
    insta::assert_snapshot!(lines.join("\n"));
}

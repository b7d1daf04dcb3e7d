//! What a report holds: its period, its sums, and nothing of the parts that were left out.

use crate::made::{Desk, all_forms, ask, day, evening, month, year};
use ebbtide::domain::dose::Dose;
use ebbtide::domain::dose::product;
use ebbtide::domain::record::kind::Kind;
use ebbtide::domain::report::{Counts, Notes, ReportAsk, Section, Since};
use ebbtide::domain::report::{note_lines, report_of};
use ebbtide::domain::series::stats::Comparison;
use ebbtide::domain::time::span::Span;

#[test]
fn it_begins_with_the_last_appointment_else_thirty_days_ago() {
    let report = report_of(&year(), &ReportAsk::default(), &evening());
    assert_eq!(report.period.span.from, day("2026-11-02"));
    assert_eq!(
        report.period.since,
        Since::Visit("Doctor visit, Dr Lee".to_owned())
    );

    let mut desk = Desk::new();
    desk.check_in("2026-09-01T08:00:00+00:00", Some(1), None, "");
    let thirty = report_of(&desk.journal(), &ReportAsk::default(), &evening());
    assert_eq!(thirty.period.span.from, day("2026-10-24"));
    assert_eq!(thirty.period.span.len(), 30);
    desk.write(
        Kind::Appointment,
        Some("doctor_visit"),
        &[],
        "2026-11-22T10:00:00+00:00",
    );
    let today = report_of(&desk.journal(), &ReportAsk::default(), &evening());
    assert_eq!(
        today.period.span.from,
        day("2026-10-24"),
        "a report made on the day of a visit is for that visit"
    );
}

#[test]
fn days_before_the_journal_and_today_are_not_missing() {
    let mut desk = Desk::new();
    desk.check_in("2026-11-16T08:00:00+00:00", Some(1), None, "");
    desk.check_in("2026-11-19T08:00:00+00:00", Some(1), None, "");
    let report = report_of(&desk.journal(), &ReportAsk::default(), &evening());
    let missing = |from, to| Span {
        from: day(from),
        to: day(to),
    };
    assert_eq!(report.period.span, missing("2026-11-16", "2026-11-22"));
    assert_eq!(report.period.days_with, 2);
    assert_eq!(
        report.period.missing,
        [
            missing("2026-11-17", "2026-11-18"),
            missing("2026-11-20", "2026-11-21")
        ]
    );
    assert!(report.period.is_today_open);
}

#[test]
fn late_and_overall_alone_check_ins_are_counted() {
    let mut desk = Desk::new();
    desk.check_in("2026-11-20T08:00:00+00:00", Some(1), None, "");
    desk.check_in("2026-11-21T08:00:00+00:00", None, Some(7), "");
    let counts = report_of(&desk.journal(), &ReportAsk::default(), &evening()).counts;
    let expected = Counts {
        all: 2,
        late: 0,
        copied: 0,
        overall_alone: 1,
    };
    assert_eq!(counts, Some(expected));
    let demo = report_of(&year(), &month(), &evening()).counts.unwrap();
    assert!(demo.copied > 0 && demo.overall_alone > 0);
}

#[test]
fn the_median_and_the_change_are_those_of_the_days() {
    let mut desk = Desk::new();
    for (of_month, rated) in (9..=22).zip([4, 4, 3, 4, 4, 4, 4, 1, 1, 1, 2, 1, 1, 1]) {
        desk.check_in(
            &format!("2026-11-{of_month:02}T08:00:00+00:00"),
            Some(rated),
            None,
            "",
        );
    }
    let report = report_of(&desk.journal(), &ReportAsk::default(), &evening());
    let severity = &report.indices.unwrap()[0];
    assert_eq!(severity.n, 14);
    assert_eq!(
        severity.median.unwrap().to_string(),
        "63",
        "half away from zero"
    );
    let (low, high) = severity.range.unwrap();
    assert_eq!(
        (low.to_string(), high.to_string()),
        ("25".to_owned(), "100".to_owned())
    );
    let Comparison::Change {
        before,
        now,
        change,
    } = &severity.change
    else {
        panic!("{:?}", severity.change)
    };
    assert_eq!(
        (before.0.to_string(), now.0.to_string()),
        ("96".to_owned(), "29".to_owned())
    );
    assert_eq!(change.to_string(), "-67");
    assert_eq!(report.symptoms.unwrap().len(), 6, "the highest, not all");
}

#[test]
fn a_period_that_straddles_a_day_0_shows_no_change() {
    let report = report_of(&year(), &month(), &evening());
    assert_eq!(report.period.days_zero, [day("2026-10-30")]);
    let all = report.indices.iter().chain(&report.symptoms).flatten();
    for summary in all.chain(report.measurements.iter().flatten()) {
        assert!(
            matches!(summary.change, Comparison::AcrossDayZero { .. }),
            "{}",
            summary.name
        );
    }
    for form in all_forms(&report) {
        for word in [" less,", " more,"] {
            assert!(!form.contains(word), "{word}");
        }
        assert!(form.contains("none (day 0)"));
    }
}

#[test]
fn use_after_day_0_is_called_use() {
    let report = report_of(&year(), &month(), &evening());
    let lapses = report.lapses.as_ref().unwrap();
    assert_eq!((lapses.doses, lapses.days), (1, 1));
    for form in all_forms(&report) {
        assert!(form.contains("Use after day 0"));
        let page = form.replace("border-collapse: collapse", "");
        assert!(!page.to_lowercase().contains("lapse"));
    }
}

#[test]
fn an_empty_journal_gives_a_short_report() {
    let report = report_of(&Desk::new().journal(), &ReportAsk::default(), &evening());
    let [html, markdown, text] = all_forms(&report);
    assert!(text.starts_with("No dose is logged.\n"), "{text}");
    assert!(text.contains("No symptom is rated in this period."));
    assert!(markdown.contains("No attempt is noted."));
    assert!(!html.contains("<svg"), "without values there is no chart");
    for form in [html, markdown, text] {
        assert!(form.contains("Self-reported; not a validated scale; not a medical device."));
    }
}

#[test]
fn a_report_for_somebody_who_stands_by_has_no_dose_and_no_note() {
    let journal = year();
    let everything = Span {
        from: day("2025-11-01"),
        to: day("2026-11-22"),
    };
    let mut hidden: Vec<String> = journal
        .records_between(everything.from, everything.to)
        .filter_map(Dose::of)
        .flat_map(|dose| {
            [
                dose.text(),
                product::by_code(&journal, dose.product).unwrap().name,
            ]
        })
        .collect();
    let whole = ReportAsk {
        from: Some(everything.from),
        ..ask(&Section::SUPPORTER, Notes::All)
    };
    let notes = note_lines(&journal, &whole, &evening());
    assert!(notes.len() > 20 && hidden.len() > 100);
    hidden.extend(notes.into_iter().map(|note| note.text));
    hidden.push("kratom".to_owned());
    hidden.push("Clonidine".to_owned());
    let report = report_of(&journal, &whole, &evening());
    assert_eq!(
        report
            .marks
            .iter()
            .filter(|mark| mark.kind.letter() == 'u')
            .count(),
        0
    );
    for form in all_forms(&report) {
        for text in &hidden {
            assert!(!form.contains(text.as_str()), "{text}");
        }
        assert!(form.contains("Not in this report: Last logged dose,"));
    }
}

#[test]
fn notes_stand_by_consent_line_by_line() {
    let mut desk = Desk::new();
    let first = desk.check_in("2026-11-20T08:00:00+00:00", Some(1), None, "the first line");
    desk.check_in(
        "2026-11-21T08:00:00+00:00",
        Some(1),
        None,
        "the second line",
    );
    desk.write(
        Kind::Dose,
        Some("powder"),
        &[("amount", "1"), ("note", "the third line")],
        "2026-11-21T10:00:00+00:00",
    );
    let journal = desk.journal();
    let texts = |notes: Notes| -> Vec<&str> {
        let report = report_of(&journal, &ask(&Section::ALL, notes), &evening());
        let [html, markdown, text] = all_forms(&report);
        let found = ["the first line", "the second line", "the third line"]
            .into_iter()
            .filter(|line| text.contains(line));
        let found: Vec<&str> = found.collect();
        for line in &found {
            assert!(html.contains(line) && markdown.contains(line));
        }
        found
    };
    assert!(texts(Notes::None).is_empty());
    assert_eq!(texts(Notes::All).len(), 3);
    assert_eq!(texts(Notes::Picked([first].into())), ["the first line"]);
    let offered = note_lines(&journal, &ReportAsk::default(), &evening());
    assert_eq!(offered.len(), 3);
    assert_eq!(offered[0].id, first);
}

#[test]
fn signs_and_ratings_that_offer_help_lines_are_named_and_notes_are_not_read_for_it() {
    let mut desk = Desk::new();
    desk.write(
        Kind::Sign,
        Some("chest_pain"),
        &[],
        "2026-11-20T07:30:00+00:00",
    );
    desk.write(
        Kind::Measurement,
        Some("phq9"),
        &[("value", "12"), ("item9", "1")],
        "2026-11-20T09:00:00+00:00",
    );
    desk.check_in("2026-11-20T10:00:00+00:00", Some(3), None, "");
    desk.check_in("2026-11-21T10:00:00+00:00", Some(3), None, "I want to die");
    let report = report_of(&desk.journal(), &ReportAsk::default(), &evening());
    let said: Vec<&str> = report
        .signs
        .as_ref()
        .unwrap()
        .iter()
        .map(|sign| sign.text.as_str())
        .collect();
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(said[0].starts_with("Chest pain"));
    assert_eq!(said[1], "PHQ-9, item 9: 1 of 3");
    assert_eq!(said[2], "Rated: Vomiting 3, Diarrhea 3, twice running");
    assert_eq!(report.totals.len(), 1);
}

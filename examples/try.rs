use ebbtide::{domain::{time::*, attempt::*, change::*, check_in::*, id::*, symptom::*}, store::*, tui::{self, Options, theme::*, shared::Kind}};
use chrono::*;
fn main() {
    let path = std::path::PathBuf::from(std::env::args().nth(1).unwrap());
    let days: i64 = std::env::args().nth(2).map_or(0, |d| d.parse().unwrap());
    let at: DateTime<FixedOffset> = "2026-11-22T08:12:00+01:00".parse().unwrap();
    let now = Now::new(at.to_utc(), Zone::fixed(*at.offset()));
    let _ = std::fs::remove_file(&path);
    let mut store = Store::create(&path, Seed { now: at.to_utc(), journal: [1; 16], device: [2; 16] }).unwrap();
    let mut ids = IdSource::new(3);
    let syms = Symptoms::built_in();
    if days > 0 {
        let zero = NaiveDate::from_ymd_opt(2026, 11, 13).unwrap();
        store.apply(&[Change::RecordAttempt(Attempt { id: ids.next(at), began: zero, day_zero: Some(zero), method: Method::Stop, name: None, goal: Some("sleep through, be there for Mia".into()), ended: None })], at.to_utc()).unwrap();
    }
    for n in (1..=days).rev() {
        if n == 4 { continue; }
        let on = at.date_naive() - TimeDelta::days(n);
        let when = at - TimeDelta::days(n);
        let mut d = CheckInDraft::new(ids.next(when), Form::Full, on);
        for (i, s) in syms.rated().enumerate() { let sev = ((i as i64 * 7 + n * 3) % 5).min(n / 3 + 1) as u8; d.answers.insert(s.code.clone(), Answer { severity: Severity::new(sev.min(4)).unwrap(), copied: false }); }
        d.overall = Overall::new((n % 10) as u8);
        if n % 3 == 0 { d.note = "Walked to the river with Sam. Slept badly.".into(); }
        let m = Moment::on_day(on, when, &Now::new(when.to_utc(), now.zone.clone()), DayEnd::default());
        let c = d.into_check_in(m, syms.rated().map(|s| s.key).collect::<Vec<_>>().into_iter(), &syms).unwrap();
        store.apply(&[Change::RecordCheckIn(c)], when.to_utc()).unwrap();
    }
    tui::run(store, Options { now, is_fixed: true, theme: Theme::default(), kind: Kind::Own, seed: 5, place: path.display().to_string(), export: |_, _| Err("no".into()) }).unwrap();
}

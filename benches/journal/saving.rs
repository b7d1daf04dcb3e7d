//! Writing to a journal. Each is on the disk when it returns, and the journal in memory has it.

use crate::made::{SIZES, Size, now, own_store};
use divan::{Bencher, black_box};
use ebbtide::domain::check_in::symptom::{Severity, Symptoms};
use ebbtide::domain::check_in::{Answer, CheckInDraft, Form, Overall};
use ebbtide::domain::id::IdSource;
use ebbtide::domain::journal::change::Change;
use ebbtide::domain::record::Record;
use ebbtide::domain::record::kind::Kind;
use ebbtide::domain::time::{DayEnd, Moment};

fn moment() -> Moment {
    Moment::written(now().at, &now(), DayEnd::default())
}

fn check_in(ids: &mut IdSource, form: Form, symptoms: &Symptoms) -> Change {
    let today = now().today(DayEnd::default());
    let mut draft = CheckInDraft::new(ids.next(now().at), form, today);
    draft.overall = Overall::new(6);
    for symptom in symptoms.rated().filter(|_| form == Form::Full) {
        let mild = Answer {
            severity: Severity::Mild,
            copied: false,
        };
        draft.answers.insert(symptom.code.clone(), mild);
    }
    let asked: Vec<_> = symptoms.rated().map(|symptom| symptom.key).collect();
    let check_in = draft.into_check_in(moment(), asked.into_iter(), symptoms);
    Change::RecordCheckIn(check_in.unwrap())
}

/// One save after another, each of something new.
fn save(bencher: Bencher, size: Size, mut new: impl FnMut(&mut IdSource, &Symptoms) -> Change) {
    let (mut store, _folder) = own_store(size);
    let journal = store.load(None).unwrap();
    let mut ids = IdSource::new(9);
    let today = now().today(DayEnd::default());
    bencher.bench_local(|| {
        let change = new(&mut ids, &journal.symptoms);
        store.apply(&[change], now().at.to_utc()).unwrap();
        black_box(store.refresh(&journal, &[today]).unwrap())
    });
}

#[divan::bench(args = SIZES)]
fn brief_check_in(bencher: Bencher, size: Size) {
    save(bencher, size, |ids, symptoms| {
        check_in(ids, Form::Brief, symptoms)
    });
}

#[divan::bench(args = SIZES)]
fn full_check_in(bencher: Bencher, size: Size) {
    save(bencher, size, |ids, symptoms| {
        check_in(ids, Form::Full, symptoms)
    });
}

#[divan::bench(args = SIZES)]
fn urge(bencher: Bencher, size: Size) {
    save(bencher, size, |ids, _| {
        let id = ids.next(now().at);
        Change::Record(Record::new(id, Kind::Urge, Some(moment()), None))
    });
}

#[divan::bench(args = SIZES)]
fn undo_and_redo(bencher: Bencher, size: Size) {
    let (mut store, _folder) = own_store(size);
    let symptoms = store.symptoms().unwrap();
    let change = check_in(&mut IdSource::new(9), Form::Full, &symptoms);
    store.apply(&[change], now().at.to_utc()).unwrap();
    bencher.bench_local(|| {
        store.undo(now().at.to_utc()).unwrap();
        store.redo(now().at.to_utc()).unwrap();
    });
}

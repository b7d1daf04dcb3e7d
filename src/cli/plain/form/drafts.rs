//! The drafts of a conversation: what was begun goes to the disk answer by answer, and is gone on with later.
//!
//! Invariant: nobody is told that a draft is kept unless it is on the disk.

use crate::cli::plain::session::{Asked, Session};
use crate::cli::plain::talk::Step;
use crate::domain::check_in::CheckInDraft;
use crate::domain::entry::unsaved_words::Unkept;
use crate::domain::id::EntryId;
use crate::domain::journal::draft::Draft;
use crate::domain::record::draft::RecordDraft;
use crate::domain::text::words;
use crate::store::Result as Stored;

/// How many letters of an answer are said back.
const SHOWN: usize = 60;

impl Session<'_> {
    /// Keeps `draft` on the disk. When that does not work, it is said, and the conversation goes on with the draft in memory.
    pub(in crate::cli::plain) fn keep(&mut self, draft: &CheckInDraft) -> Step<()> {
        let now = self.now().at.to_utc();
        let kept = self.store.keep_draft(draft, now);
        self.told(kept, || Draft::CheckIn(draft.clone()))
    }

    /// [`Session::keep`] of a record.
    pub(in crate::cli::plain) fn keep_record(&mut self, draft: &RecordDraft) -> Step<()> {
        let now = self.now().at.to_utc();
        let kept = self.store.keep_record_draft(draft, now);
        self.told(kept, || Draft::Record(draft.clone()))
    }

    fn told(&mut self, kept: Stored<()>, draft: impl FnOnce() -> Draft) -> Step<()> {
        let draft = draft();
        let id = draft.id();
        match kept {
            Ok(()) => {
                self.unkept.remove(&id);
                Ok(())
            }
            Err(error) => {
                let unkept = Unkept::of_draft(draft, &self.journal);
                self.unkept.insert(id, unkept);
                self.say(&words::sentence(&format!(
                    "the draft could not be kept: {error}"
                )))
            }
        }
    }

    /// The kept draft that `new` goes on with: of the same entry, or of a new one of that kind about the same thing. One of an
    /// earlier day is asked about once.
    pub(in crate::cli::plain) fn kept_record(
        &mut self,
        new: &RecordDraft,
    ) -> Step<Option<RecordDraft>> {
        let is_new = |draft: &RecordDraft| self.journal.record(draft.id).is_none();
        let fits = |kept: &RecordDraft| {
            let is_alike = kept.kind == new.kind && kept.about == new.about;
            (kept.id == new.id || (is_alike && is_new(kept) && is_new(new)))
                && !self.left_drafts.contains(&kept.id)
        };
        let kept = self.store.record_drafts()?;
        let Some(kept) = kept.into_iter().rev().find(fits) else {
            return Ok(None);
        };
        let held = answers(&kept);
        if kept.day == new.day {
            self.say(&format!("Going on with the draft: {held}."))?;
            return Ok(Some(kept));
        }
        let question = format!(
            "There is a draft for {}: {held}. go on with it, drop it, or leave it?",
            words::day(kept.day)
        );
        let about = "go answers on where you stopped, drop deletes it, leave keeps it for later.";
        loop {
            let answer = self.ask(Asked::new(&question, about))?.to_lowercase();
            match answer.as_str() {
                "go" | "on" | "yes" | "y" => return Ok(Some(kept)),
                "drop" => {
                    self.drop_draft(kept.id)?;
                    self.say("Draft dropped.")?;
                }
                "leave" | "skip" | "no" | "n" | "" => self.left_drafts.push(kept.id),
                other => {
                    self.not_an_answer(other, "go, drop or leave")?;
                    continue;
                }
            }
            return Ok(None);
        }
    }

    /// Whether this draft is on the disk.
    pub(in crate::cli::plain) fn is_kept(&self, id: EntryId) -> bool {
        self.kept_ids().contains(&id)
    }

    /// Lets a draft go. When that does not work, it is said.
    pub(in crate::cli::plain) fn drop_draft(&mut self, id: EntryId) -> Step<()> {
        self.unkept.remove(&id);
        match self.store.drop_draft(id) {
            Ok(()) => Ok(()),
            Err(error) => self.say(&words::sentence(&format!(
                "the draft could not be deleted: {error}"
            ))),
        }
    }

    /// Whether a draft is in this conversation alone.
    pub(in crate::cli::plain) fn is_unkept(&self, id: EntryId) -> bool {
        self.unkept.contains_key(&id)
    }

    /// The ids of the drafts on the disk.
    pub(in crate::cli::plain) fn kept_ids(&self) -> Vec<EntryId> {
        // An open file that no path leads to any more can still be read.
        if self.store.look().is_lost() {
            return Vec::new();
        }
        let check_ins = self.store.drafts().unwrap_or_default().into_iter();
        let records = self.store.record_drafts().unwrap_or_default().into_iter();
        let check_ins = check_ins.map(|draft| draft.id);
        check_ins.chain(records.map(|draft| draft.id)).collect()
    }
}

/// What was answered, in the order of the questions: "Strength 3, Trigger stress".
pub(in crate::cli::plain) fn answers(draft: &RecordDraft) -> String {
    let fields = draft.kind().map_or(&[][..], |kind| kind.facts().fields);
    let told = fields.iter().filter_map(|field| {
        let text = field.words(draft.text(field.code)).trim();
        let shown: String = text.chars().take(SHOWN).collect();
        let end = if shown.len() < text.len() { "..." } else { "" };
        (!text.is_empty()).then(|| format!("{} {shown}{end}", field.label))
    });
    told.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::cli::plain::tests::{lived_in, talk, talk_at};
    use crate::domain::journal::Journal;
    use crate::domain::record::Record;
    use crate::domain::record::key;
    use crate::domain::record::kind::Kind;
    use crate::store::Store;

    const MORNING: &str = "2026-11-22T08:12:00+01:00";
    const NEXT_DAY: &str = "2026-11-23T08:12:00+01:00";

    fn urges(store: &Store) -> Vec<(String, String)> {
        let journal: Journal = store.load(None).unwrap();
        let urges = journal.records_of(Kind::Urge);
        let told = |urge: &Record| {
            let strength = urge.whole(key::STRENGTH).unwrap().to_string();
            let trigger = urge.text(key::TRIGGER).unwrap_or_default();
            (strength, trigger.to_owned())
        };
        urges.map(told).collect()
    }

    #[test]
    fn what_was_answered_in_a_form_is_kept_when_it_is_left_and_gone_on_with() {
        for leave in [&["quit"][..], &[], &["back", "back"]] {
            let mut store = lived_in();
            let before = urges(&store).len();
            let said = talk_at(&mut store, MORNING, &[&["u 3", "stress"], leave].concat());
            assert!(said.contains("Draft kept, not saved."), "{leave:?}: {said}");
            assert_eq!(store.record_drafts().unwrap().len(), 1, "{leave:?}");
            assert_eq!(urges(&store).len(), before);
            let said = talk_at(&mut store, MORNING, &["u", "same", "same", "done", "q"]);
            assert!(
                said.contains("Going on with the draft: Strength 3, Trigger stress."),
                "{leave:?}: {said}"
            );
            let last = urges(&store).pop().unwrap();
            assert_eq!((last.0.as_str(), last.1.as_str()), ("3", "stress"));
            assert!(store.record_drafts().unwrap().is_empty(), "{leave:?}");
        }
    }

    #[test]
    fn a_draft_of_an_earlier_day_is_asked_about_once() {
        let mut store = lived_in();
        talk_at(&mut store, MORNING, &["u 3", "quit"]);
        let said = talk_at(&mut store, NEXT_DAY, &["u", "leave", "1 done", "u", "quit"]);
        let asked = "There is a draft for Sun 22 Nov 2026: Strength 3. go on with it, drop it, or leave it?";
        assert_eq!(
            said.split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
                .matches(asked)
                .count(),
            1,
            "{said}"
        );
        assert_eq!(urges(&store).pop().unwrap().0, "1");
        talk_at(&mut store, NEXT_DAY, &["u", "drop", "2 done", "q"]);
        assert!(urges(&store).iter().any(|(strength, _)| strength == "2"));
        assert!(store.record_drafts().unwrap().is_empty());
    }

    #[test]
    fn nobody_is_told_of_a_draft_that_there_is_not() {
        let mut store = lived_in();
        for lines in [&["u"][..], &["plan", "new", "powder", "10"]] {
            let said = talk(&mut store, lines);
            assert!(store.record_drafts().unwrap().is_empty());
            assert!(!said.contains("kept as a draft"), "{lines:?}: {said}");
            assert!(said.contains("There is no draft."), "{lines:?}: {said}");
        }
        let said = talk(&mut store, &["plan", "new", "powder", "10", "quit"]);
        assert!(
            said.contains("what was answered for it is not kept"),
            "{said}"
        );
    }
}

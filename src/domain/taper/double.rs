//! What a merge of two journals can leave double: attempts that begin on one day, and plans of one product that go on.
//!
//! Invariant: nothing is joined by itself. What the person joins is one step, and what is put away lies in the bin; an ended
//! plan keeps its versions.

use crate::domain::attempt::{Attempt, Method, NumberedAttempt};
use crate::domain::dose::product;
use crate::domain::id::EntryId;
use crate::domain::journal::Journal;
use crate::domain::journal::change::Change;
use crate::domain::record::kind::Kind;
use crate::domain::taper::plan::Plan;
use crate::domain::taper::plan_action;
use crate::domain::taper::plan_action::PlanAction;
use crate::domain::taper::plans::plans_on;
use crate::domain::text::words;
use chrono::NaiveDate;

/// The changes of one step, and its sentence.
pub(crate) type Joined = (Vec<Change>, String);

/// The attempts that share their first day with another one: a group for each such day.
pub(crate) fn attempts(journal: &Journal) -> Vec<Vec<NumberedAttempt<'_>>> {
    let all: Vec<NumberedAttempt<'_>> = journal.attempts.iter().collect();
    let groups = all.chunk_by(|one, next| one.attempt.began == next.attempt.began);
    let groups = groups.filter(|group| group.len() > 1);
    groups.map(<[NumberedAttempt<'_>]>::to_vec).collect()
}

/// The plans of one product that go on at `today`, the one begun last first: a group for each product with several.
pub(crate) fn plans(journal: &Journal, today: NaiveDate) -> Vec<Vec<Plan>> {
    let mut groups: Vec<Vec<Plan>> = Vec::new();
    for plan in plans_on(journal, today) {
        match groups
            .iter_mut()
            .find(|group| group[0].product == plan.product)
        {
            Some(group) => group.push(plan),
            None => groups.push(vec![plan]),
        }
    }
    groups.retain(|group| group.len() > 1);
    groups
}

/// "Attempts 1 and 2 begin on Tue 3 Mar 2026": a line for each group, without an end.
pub(crate) fn lines(journal: &Journal, today: NaiveDate) -> Vec<String> {
    let mut lines = attempt_lines(journal);
    lines.extend(
        plans(journal, today)
            .iter()
            .map(|group| plan_line(journal, group)),
    );
    lines
}

/// The same of attempts alone.
pub(crate) fn attempt_lines(journal: &Journal) -> Vec<String> {
    let line = |group: Vec<NumberedAttempt<'_>>| {
        let numbers: Vec<String> = group.iter().map(|one| one.number.to_string()).collect();
        let day = group
            .first()
            .map_or_else(String::new, |one| words::day(one.attempt.began));
        format!("attempts {} begin on {day}", numbers.join(" and "))
    };
    attempts(journal).into_iter().map(line).collect()
}

/// "2 plans of Leaf powder go on".
pub(crate) fn plan_line(journal: &Journal, group: &[Plan]) -> String {
    format!(
        "{} plans of {} go on",
        group.len(),
        name_of(journal, group.first())
    )
}

/// The line of the group that `plan` is in, if it is in one.
pub(crate) fn line_of(journal: &Journal, plan: &Plan, today: NaiveDate) -> Option<String> {
    let groups = plans(journal, today);
    let mut groups = groups.iter();
    let group = groups.find(|group| group.iter().any(|one| one.id == plan.id))?;
    Some(plan_line(journal, group))
}

fn name_of(journal: &Journal, plan: Option<&Plan>) -> String {
    let code = plan.map_or("", |plan| plan.product.as_str());
    product::by_code(journal, code).map_or_else(|| code.to_owned(), |product| product.name)
}

/// Makes one attempt of two that begin on one day: `kept` gets what it lacks of the other, which is put away. How it began goes
/// over to `kept` where that has nothing of its own.
///
/// # Errors
/// A sentence: they begin on different days, or are one.
pub(crate) fn join(
    journal: &Journal,
    kept: NumberedAttempt<'_>,
    other: NumberedAttempt<'_>,
) -> Result<Joined, String> {
    let (number, from) = (kept.number, other.number);
    let (kept, other) = (kept.attempt, other.attempt);
    if kept.id == other.id {
        return Err("an attempt is joined with another one".to_owned());
    }
    if kept.began != other.began {
        return Err(format!(
            "attempts {number} and {from} begin on different days, so they stay two"
        ));
    }
    let joined = Attempt {
        day_zero: kept.day_zero.or(other.day_zero),
        method: match kept.method {
            Method::Undecided => other.method,
            chosen => chosen,
        },
        name: kept.name.clone().or_else(|| other.name.clone()),
        goal: kept.goal.clone().or_else(|| other.goal.clone()),
        ..kept.clone()
    };
    // Put away first: two attempts may not begin on one day.
    let mut changes = vec![Change::DeleteAttempt(other.id)];
    if joined != *kept {
        changes.push(Change::RecordAttempt(joined));
    }
    changes.extend(moved(journal, kept.id, other.id));
    let sentence = format!(
        "Joined: attempt {from} is part of attempt {number}, and lies in the bin; entries stay on their days"
    );
    Ok((changes, sentence))
}

/// How `other` began, as how `kept` did, where that has nothing.
fn moved(journal: &Journal, kept: EntryId, other: EntryId) -> Option<Change> {
    let about = |id: EntryId| {
        let mut baselines = journal.standing(Kind::Baseline).into_iter();
        baselines.find(move |record| record.about() == Some(&id.to_string()))
    };
    let baseline = about(other).filter(|_| about(kept).is_none())?;
    let mut baseline = baseline.clone();
    baseline.about = Some(kept.to_string().into());
    Some(Change::Record(baseline))
}

/// Ends the other plans of its product, so that `kept` goes on alone.
///
/// # Errors
/// A sentence: no other goes on, or one of them cannot be ended today.
pub(crate) fn keep_alone(
    journal: &Journal,
    kept: &Plan,
    today: NaiveDate,
    mut id: impl FnMut() -> EntryId,
) -> Result<Joined, String> {
    let groups = plans(journal, today);
    let mut groups = groups.into_iter();
    let name = name_of(journal, Some(kept));
    let group = groups.find(|group| group.iter().any(|one| one.id == kept.id));
    let group = group.ok_or_else(|| format!("no other plan of {name} goes on"))?;
    let others = group.iter().filter(|one| one.id != kept.id);
    let ended = others.map(|other| {
        let (change, _) = plan_action::change(journal, other, &PlanAction::End, today, id())?;
        Ok(change)
    });
    let changes: Vec<Change> = ended.collect::<Result<_, String>>()?;
    let begun = kept
        .begins()
        .map_or_else(String::new, |day| format!(" begun {}", words::day(day)));
    let sentence = format!(
        "The plan of {name}{begun} goes on alone; {} ended, and its versions are kept",
        words::count(changes.len(), "other", "others")
    );
    Ok((changes, sentence))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
mod tests {
    use super::*;
    use crate::domain::attempt::Attempts;
    use crate::domain::record::Record;

    fn attempt(n: u8, began: &str) -> Attempt {
        Attempt {
            id: EntryId::from_bytes([n; 16]),
            began: began.parse().unwrap(),
            day_zero: None,
            method: Method::Undecided,
            name: None,
            goal: None,
            ended: None,
        }
    }

    #[test]
    fn joining_fills_what_the_kept_one_lacks_and_changes_nothing_that_it_has() {
        let first = Attempt {
            goal: Some("sleep".to_owned()),
            ..attempt(1, "2026-03-03")
        };
        let second = Attempt {
            day_zero: "2026-03-05".parse().ok(),
            method: Method::Taper,
            goal: Some("work".to_owned()),
            ..attempt(2, "2026-03-03")
        };
        let baseline = Record::new(
            EntryId::from_bytes([9; 16]),
            Kind::Baseline,
            None,
            Some(&second.id.to_string()),
        );
        let mut journal = Journal::default();
        let third = attempt(3, "2026-05-01");
        journal.attempts = Attempts::new(vec![first.clone(), second.clone(), third]);
        journal.standing = vec![baseline.clone()].into();
        assert_eq!(
            attempt_lines(&journal),
            ["attempts 1 and 2 begin on Tue 3 Mar 2026"]
        );
        let number = |n| journal.attempts.by_number(n).unwrap();
        let (changes, _) = join(&journal, number(1), number(2)).unwrap();
        let joined = Attempt {
            goal: first.goal,
            ..Attempt {
                id: first.id,
                ..second.clone()
            }
        };
        let mut moved = baseline;
        moved.about = Some(first.id.to_string().into());
        assert_eq!(
            changes,
            [
                Change::DeleteAttempt(second.id),
                Change::RecordAttempt(joined),
                Change::Record(moved)
            ]
        );
        assert!(join(&journal, number(1), number(3)).is_err());
        assert!(join(&journal, number(1), number(1)).is_err());
    }
}

//! The questions of the screens, with the effects of each answer.

use super::effect::{Effect, FormKind, Opening, PassphraseDeed, Question};
use super::shared::{JournalKind, Protection, Shared};
use crate::config::settings::ConfigKey;
use crate::domain::check_in::CheckInDraft;
use crate::domain::dose;
use crate::domain::dose::product;
use crate::domain::dose::product::Product;
use crate::domain::entry::Filter;
use crate::domain::entry::saved::TakeBack;
use crate::domain::entry::sleep;
use crate::domain::entry::sleep::How;
use crate::domain::entry::validate;
use crate::domain::journal::change::Change;
use crate::domain::journal::settings::{Setting, StockTracking};
use crate::domain::record::Record;
use crate::domain::record::draft::{RecordDraft, Refusal};
use crate::domain::record::kind::Kind;
use crate::domain::taper::double;
use crate::domain::taper::plan_action::PlanAction;
use crate::domain::text::words;
use crate::domain::time::span::Span;
use crate::store::key::rewrite::NewKey;
use crate::transfer::errand::{Errand, LockedFile};
use crate::transfer::{Giving, Portion, format};
use chrono::NaiveDate;

/// Asked once when a check-in begins and there is a draft of another day.
pub(crate) fn older_draft(older: &CheckInDraft, fresh: CheckInDraft, today: NaiveDate) -> Question {
    let answered = words::count(older.answers.len(), "rating", "ratings");
    Question {
        title: "An unsaved draft",
        text: format!(
            "A draft for {} ({answered}) was kept and not saved.",
            words::relative_day(older.day, today)
        ),
        answers: vec![
            (
                format!("go on with the draft for {}", words::short_day(older.day)),
                vec![Effect::Close, Effect::Open(Opening::Draft(older.clone()))],
            ),
            (
                format!(
                    "check in for {}, the draft stays",
                    words::relative_day(fresh.day, today)
                ),
                vec![Effect::Close, Effect::Open(Opening::Draft(fresh.clone()))],
            ),
            (
                format!(
                    "let the draft go and check in for {}",
                    words::relative_day(fresh.day, today)
                ),
                vec![
                    Effect::Close,
                    Effect::DropDraft(older.id),
                    Effect::Open(Opening::Draft(fresh)),
                ],
            ),
        ],
    }
}

/// The list of export formats; the one with everything first.
pub(crate) fn export() -> Question {
    let mut answers: Vec<_> = format::offered()
        .map(|layout| {
            let form = Opening::Form(FormKind::Give(Giving::Export(
                layout,
                Portion::usual(layout),
            )));
            let about = layout.about.to_owned();
            (about, vec![Effect::Close, Effect::Open(form)])
        })
        .collect();
    answers.push((
        "tables for a study or a clinic: days instead of dates, no words of yours".to_owned(),
        vec![Effect::Close, Effect::Open(Opening::Form(FormKind::Study))],
    ));
    answers.push((
        "a report for a clinician, seen before it is written".to_owned(),
        vec![Effect::Close, Effect::Open(Opening::Report)],
    ));
    Question {
        title: "Export",
        text: "In which form? Nothing is taken out of the journal, and no file that stands there is replaced.".to_owned(),
        answers,
    }
}

/// What a merge left double: each pair of attempts and each plan that can stay alone.
pub(crate) fn double(shared: &Shared) -> Question {
    let (journal, today) = (&shared.journal, shared.today());
    let lines = double::lines(journal, today);
    let mut answers = vec![("leave it as it is".to_owned(), vec![Effect::Close])];
    for group in double::attempts(journal) {
        let Some((first, others)) = group.split_first() else {
            continue;
        };
        for other in others {
            for (kept, away) in [(first, other), (other, first)] {
                if let Ok((changes, line)) = double::join(journal, *kept, *away) {
                    let notice = TakeBack::Key.after(&line);
                    let write = Effect::Write { changes, notice };
                    let name = format!(
                        "join attempts {} and {}: keep {}",
                        first.number, other.number, kept.number
                    );
                    answers.push((name, vec![Effect::Close, write]));
                }
            }
            let edit = Opening::Form(FormKind::EditAttempt(other.attempt.id));
            let name = format!("give attempt {} another first day", other.number);
            answers.push((name, vec![Effect::Close, Effect::Open(edit)]));
        }
    }
    for group in double::plans(journal, today) {
        for kept in &group {
            let others = group.iter().filter(|one| one.id != kept.id);
            let ends = others.map(|other| Effect::ChangePlan(other.id, PlanAction::End));
            let name = product::by_code(journal, &kept.product);
            let name = name.map_or_else(|| kept.product.clone(), |product| product.name);
            let begun = kept.begins().map_or_else(String::new, words::day);
            let effects = std::iter::once(Effect::Close).chain(ends).collect();
            answers.push((format!("keep the plan of {name} begun {begun}"), effects));
        }
    }
    let text = if lines.is_empty() {
        "No two attempts begin on one day, and no product has two plans.".to_owned()
    } else {
        format!("{}.", words::sentence_head(&lines.join("; ")))
    };
    Question {
        title: "After a merge",
        text,
        answers,
    }
}

/// "3 days missing: fill, skip, later".
pub(crate) fn missing(shared: &Shared) -> Question {
    let missing = shared.journal.days_to_fill(shared.today());
    let (Some(first), Some(last)) = (missing.first().copied(), missing.last().copied()) else {
        return Question {
            title: "Missing days",
            text: shared.journal.none_to_fill(shared.today()),
            answers: vec![("go on".to_owned(), vec![Effect::Close])],
        };
    };
    let span = if first == last {
        words::day(first)
    } else if missing.len()
        == (Span {
            from: first,
            to: last,
        })
        .len()
    {
        format!("{} to {}", words::short_day(first), words::day(last))
    } else {
        format!(
            "between {} and {}",
            words::short_day(first),
            words::day(last)
        )
    };
    let change = Change::Set(Setting::MissingSkippedUntil(last));
    let skip = Effect::write(&shared.journal, change, &shared.now);
    let fill = Effect::Open(Opening::Fill {
        day: first,
        left: missing.get(1..).unwrap_or_default().to_vec(),
    });
    Question {
        title: "Missing days",
        text: format!(
            "{} without a check-in: {span}. Days filled in now are marked as written late; a gap is fine too.",
            words::count(missing.len(), "day", "days")
        ),
        answers: vec![
            (
                format!(
                    "fill, beginning with {}: a number and Enter a day",
                    words::short_day(first)
                ),
                vec![Effect::Close, fill],
            ),
            ("skip them".to_owned(), vec![Effect::Close, skip]),
            ("later".to_owned(), vec![Effect::Close]),
        ],
    }
}

/// The list of History's filters; `now` is marked.
pub(crate) fn filter(now: Filter) -> Question {
    let answer = |filter: Filter| {
        let mark = if filter == now { " (now)" } else { "" };
        let name = format!("{}{mark}", filter.label());
        (name, vec![Effect::Close, Effect::LookAt(filter)])
    };
    Question {
        title: "Filter",
        text: "The calendar keeps the days that have one; n and N walk them, Esc shows all again."
            .to_owned(),
        answers: Filter::all().into_iter().map(answer).collect(),
    }
}

/// Asks before `then` is carried out.
pub(crate) fn confirm(
    title: &'static str,
    question: String,
    yes: String,
    then: Vec<Effect>,
) -> Question {
    let mut effects = vec![Effect::Close];
    effects.extend(then);
    Question {
        title,
        text: question,
        // The harmless answer comes first, where the cursor is: Enter alone changes nothing.
        answers: vec![
            ("leave it as it is".to_owned(), vec![Effect::Close]),
            (yes, effects),
        ],
    }
}

/// The effects of `save`, behind the questions about a new sleep: whether it is one more of its day, and whether a very long day
/// is meant. Without a sleep there is no question.
///
/// # Errors
/// What `save` refuses, or a day with more hours than a day has.
pub(crate) fn about_sleep<E: From<Refusal>>(
    slept: Option<&Record>,
    shared: &Shared,
    save: impl Fn(How) -> Result<Vec<Effect>, E>,
) -> Result<Vec<Effect>, E> {
    let Some(record) = slept else {
        return save(How::More);
    };
    let save = |how: How| -> Result<Vec<Effect>, E> {
        let long = sleep::long_day(&shared.journal, std::slice::from_ref(record), how)?;
        let write = save(how)?;
        Ok(match long {
            Some(question) => {
                let yes = "save it".to_owned();
                vec![Effect::Ask(confirm("A long day", question, yes, write))]
            }
            None => write,
        })
    };
    let Some(choice) = sleep::choice(&shared.journal, record) else {
        return save(How::More);
    };
    let answers = [(choice.instead, How::Instead), (choice.more, How::More)];
    // What would be more than a day has is no answer.
    let mut answers: Vec<(String, Vec<Effect>)> = answers
        .into_iter()
        .filter_map(|(words, how)| {
            let mut effects = vec![Effect::Close];
            effects.extend(save(how).ok()?);
            Some((words, effects))
        })
        .collect();
    answers.push(("neither".to_owned(), vec![Effect::Close]));
    Ok(vec![Effect::Ask(Question {
        title: "Sleep",
        text: format!("{}.", choice.noted),
        answers,
    })])
}

/// Asks whether an unusual amount is meant: Enter keeps it.
pub(crate) fn keep(question: String, then: Vec<Effect>) -> Question {
    let mut effects = vec![Effect::Close];
    effects.extend(then);
    Question {
        title: "Before it is saved",
        text: question,
        answers: vec![
            ("keep it".to_owned(), effects),
            ("back to the form".to_owned(), vec![Effect::Close]),
        ],
    }
}

/// How a new record begins.
pub(crate) enum RecordStart {
    /// With its form.
    Form(Box<RecordDraft>),
    /// With the question what it is about.
    Ask(Question),
}

/// Asks what a new record is about where there are several choices; opens its form where there is one.
pub(crate) fn choose(draft: &RecordDraft, shared: &Shared) -> RecordStart {
    let journal = &shared.journal;
    let Some(kind) = draft.kind() else {
        return RecordStart::Form(Box::new(draft.clone()));
    };
    let mut choices = validate::choices(journal, kind, shared.today());
    // The form of a dose begins with the last product, which it can change. The very first dose has no last product.
    let has_one = match kind {
        Kind::Dose => !dose::products_used(journal).is_empty(),
        _ => choices.len() == 1,
    };
    if choices.is_empty() && kind != Kind::Intake || has_one {
        let about = choices.first().map(|(code, _)| code.clone());
        return RecordStart::Form(Box::new(validate::prepared(journal, draft.clone(), about)));
    }
    if choices.is_empty() {
        choices.push((String::new(), "add a medication first".to_owned()));
    }
    let answer = |(code, name): (String, String)| {
        let open = if code.is_empty() {
            Opening::Choose(Kind::Medication)
        } else {
            Opening::Record(validate::prepared(journal, draft.clone(), Some(code)))
        };
        (name, vec![Effect::Close, Effect::Open(open)])
    };
    RecordStart::Ask(Question {
        title: "Which one?",
        text: match kind {
            Kind::Sign => "What happened? It is noted with its time.".to_owned(),
            _ => format!("A new {}.", kind.facts().name),
        },
        answers: choices.into_iter().map(answer).collect(),
    })
}

/// What can be done about the passphrase.
pub(crate) fn passphrase(shared: &Shared) -> Question {
    let open = |name: &str, deed| {
        let open = Effect::Open(Opening::Passphrase(deed));
        (name.to_owned(), vec![Effect::Close, open])
    };
    let stay = ("leave it as it is".to_owned(), vec![Effect::Close]);
    let (text, answers) = match shared.protection {
        _ if shared.kind == JournalKind::Demo => (
            "A made-up journal lies nowhere, so there is nothing to encrypt.",
            vec![stay],
        ),
        Protection::None => (
            "Everybody who can read your files can read the journal. A passphrase ends that. If it and the recovery sheet are both lost, nobody can help.",
            vec![stay, open("set a passphrase", PassphraseDeed::Set)],
        ),
        Protection::Passphrase => (
            "The journal is encrypted. If its passphrase and the recovery sheet are both lost, nobody can help.",
            vec![
                stay,
                open("show the recovery sheet", PassphraseDeed::Sheet),
                open("change the passphrase", PassphraseDeed::Change(NewKey::No)),
                open(
                    "change it, and a new key for everything",
                    PassphraseDeed::Change(NewKey::Yes),
                ),
                open("remove it", PassphraseDeed::Remove),
            ],
        ),
    };
    Question {
        title: "Passphrase",
        text: text.to_owned(),
        answers,
    }
}

/// Asked after a new key: nobody has its sheet yet.
pub(crate) fn sheet() -> Question {
    let open = Effect::Open(Opening::Passphrase(PassphraseDeed::Sheet));
    Question {
        title: "Recovery sheet",
        text: "The sheet opens the journal if the passphrase is forgotten. It asks for the passphrase once more, and is shown until the next key. Settings shows it later too.".to_owned(),
        answers: vec![
            ("show it now".to_owned(), vec![Effect::Close, open]),
            ("later".to_owned(), vec![Effect::Close]),
        ],
    }
}

/// Asked after the sheet opened the journal: the passphrase may be forgotten.
pub(crate) fn after_the_sheet() -> Question {
    let open = Effect::Open(Opening::Passphrase(PassphraseDeed::Recover));
    Question {
        title: "Passphrase",
        text: "The sheet opened the journal. Is a new passphrase to take the place of the old one?"
            .to_owned(),
        answers: vec![
            ("a new passphrase".to_owned(), vec![Effect::Close, open]),
            ("leave it as it is".to_owned(), vec![Effect::Close]),
        ],
    }
}

/// Asked where an encrypted file from elsewhere is to be taken in.
pub(crate) fn locked_file(file: Box<LockedFile>) -> Question {
    let mut answers = vec![("leave it as it is".to_owned(), vec![Effect::Close])];
    let without = file.without.clone().map(Effect::Run);
    let text = file.about();
    let type_it = Effect::Open(Opening::PassphraseOf(file));
    answers.push((
        "type its passphrase".to_owned(),
        vec![Effect::Close, type_it],
    ));
    answers.extend(without.map(|run| {
        let name = "go on without this file".to_owned();
        (name, vec![Effect::Close, run])
    }));
    Question {
        title: "An encrypted file",
        text,
        answers,
    }
}

/// Asked once a file from elsewhere is open, where this journal is encrypted too.
pub(crate) fn keep_key(file: &LockedFile) -> Question {
    let then = Effect::Run(file.then.clone());
    let keep = Effect::Run(Errand::KeepKey(file.path.clone()));
    Question {
        title: "Its key",
        text: file.keeping(),
        answers: vec![
            (
                "keep it, under my passphrase".to_owned(),
                vec![Effect::Close, keep, then.clone()],
            ),
            (
                "ask again the next time".to_owned(),
                vec![Effect::Close, then],
            ),
        ],
    }
}

/// What the help lines of the locked page show: there nothing of the journal can be read.
pub(crate) fn help_while_locked(shared: &Shared) -> Question {
    let settings = &shared.journal.settings;
    let country = settings.country.clone().unwrap_or_default();
    let show = |numbers: String| {
        let of = |key, value| Effect::Configure { key, value };
        vec![
            Effect::Close,
            of(ConfigKey::HelpCountry, country.clone()),
            of(ConfigKey::HelpNumbers, numbers),
        ]
    };
    let mut answers = vec![(
        "the numbers of my country alone".to_owned(),
        show(String::new()),
    )];
    let own = settings.numbers_in_a_line();
    let text = if own.is_empty() {
        "While locked, ! shows the numbers of your country. There is no number of your own yet; ! adds one."
    } else {
        let name = "numbers of my own too; everybody can read them in the config file";
        answers.push((name.to_owned(), show(own)));
        "While locked, ! shows the numbers of your country. Numbers of your own can stand there only if they lie in the config file as well."
    };
    Question {
        title: "Help while locked",
        text: text.to_owned(),
        answers,
    }
}

/// The list of products: name, unit, smallest amount, the person's own estimate.
pub(crate) fn products(shared: &Shared) -> Question {
    let journal = &shared.journal;
    let records = journal.standing(Kind::Product);
    let answer = |product: Product| {
        let mut records = records.iter();
        let draft = match records.find(|record| record.about() == Some(&product.code)) {
            Some(record) => Opening::Record(RecordDraft::of(record, shared.today())),
            // A product of the catalogue that the person never changed has no record yet.
            None => Opening::About(Kind::Product, product.code.clone()),
        };
        let estimate = product
            .factor
            .map(|factor| format!(", {factor} g of leaf each by my estimate"));
        let name = format!(
            "{}, counted in {}, smallest {}{}",
            product.name,
            product.unit,
            product.smallest,
            estimate.unwrap_or_default()
        );
        (name, vec![Effect::Close, Effect::Open(draft)])
    };
    let mut answers: Vec<_> = product::products(journal).into_iter().map(answer).collect();
    let own = Effect::Open(Opening::Choose(Kind::Product));
    answers.push(("an own product".to_owned(), vec![Effect::Close, own]));
    Question {
        title: "Products",
        text: "Which one? An estimate of grams of leaf is yours alone, and nothing is converted without it."
            .to_owned(),
        answers,
    }
}

/// The list of kinds that can be logged, and the unfinished drafts.
pub(crate) fn log(shared: &Shared) -> Question {
    let drafts = shared.drafts.records.iter().map(|draft| {
        let what = draft.kind().map_or("entry", |kind| kind.facts().name);
        let open = Effect::Open(Opening::Record(draft.clone()));
        let name = format!("go on with the draft of {what}");
        (name, vec![Effect::Close, open])
    });
    let stocked = shared.journal.settings.stocked == StockTracking::On;
    // A dose and an urge have keys of their own, from everywhere.
    let is_offered = |kind: Kind| match kind {
        Kind::Dose | Kind::Urge => false,
        Kind::Purchase => stocked,
        _ => true,
    };
    let kinds = Kind::LOGGED.into_iter();
    let kinds = kinds.filter(|(kind, ..)| is_offered(*kind));
    let open = |(kind, _, name): (Kind, &str, &str)| {
        let open = Effect::Open(Opening::Choose(kind));
        (name.to_owned(), vec![Effect::Close, open])
    };
    Question {
        title: "Log",
        text: "What is it?".to_owned(),
        answers: drafts.chain(kinds.map(open)).collect(),
    }
}

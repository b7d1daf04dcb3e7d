//! `ebb did`: notes a practice, with how it felt before and after.

use super::failure::Outcome;
use super::session::Session;
use super::writing::{Desk, unknown_of};
use crate::domain::kind::Kind;

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb did walking --minutes 20 --before 3 --after 1
  ebb did fruit_veg --count 4")]
pub(super) struct Args {
    /// What, by its name or code
    practice: String,
    /// How long
    #[arg(long, value_name = "N")]
    minutes: Option<String>,
    /// How many
    #[arg(long, value_name = "N")]
    count: Option<String>,
    /// In your words
    #[arg(long, value_name = "TEXT")]
    amount: Option<String>,
    /// How you felt before: 0 fine to 4 very bad
    #[arg(long, value_name = "0..4")]
    before: Option<String>,
    /// How you felt after
    #[arg(long, value_name = "0..4")]
    after: Option<String>,
    /// When it was
    #[arg(long, value_name = "WHEN")]
    at: Option<String>,
    /// A note
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    note: Option<String>,
}

pub(super) fn run(args: &Args, session: &mut Session) -> Outcome {
    let desk = Desk::open(session)?;
    let practice = desk.journal.find_practice(&args.practice).ok_or_else(|| {
        let all = desk.journal.practices().into_iter();
        let known: Vec<(String, String)> = all.map(|p| (p.code, p.name)).collect();
        unknown_of("practice", &args.practice, &known)
    })?;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let draft = desk
        .draft(Kind::Practice, args.at.as_deref(), session)?
        .about(&practice.code)
        .with("minutes", text(&args.minutes))
        .with("count", text(&args.count))
        .with("amount", text(&args.amount))
        .with("before", text(&args.before))
        .with("after", text(&args.after))
        .with("note", text(&args.note));
    let record = desk.recorded(&draft, session)?;
    desk.save(vec![record], session)
}

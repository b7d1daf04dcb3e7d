//! `ebb taper`: previews a plan, begins it, changes it, and shows it beside its use.
//!
//! Invariant: no amount and no rate is proposed, and the first sentence is that no taper has been validated. After days without
//! entries a lower amount stays hidden until the person has chosen how the plan goes on.

mod sentences;

pub(super) mod json;
mod terms;

use super::checkin::symptom;
use super::failure::{Failure, NO, Outcome};
use super::log::{Desk, say_quiet};
use super::output;
use super::session::{Reply, Session};
use crate::domain::dose::product;
use crate::domain::dose::product::Product;
use crate::domain::entry::saved::TakeBack;
use crate::domain::journal::Journal;
use crate::domain::safety::before_cutting::{NO_VALIDATED, SAFETY};
use crate::domain::series::Series;
use crate::domain::series::default_series::DefaultSeries;
use crate::domain::taper::double;
use crate::domain::taper::plan::Plan;
use crate::domain::taper::plan_action::{PlanAction, PlanChange};
use crate::domain::taper::{after_cut, plan_action, plans};
use crate::domain::text::words;
use crate::domain::time::parse::{Toward, parse_day};
use crate::domain::trends::sight::Basis;
use terms::{Offer, Typed};

#[derive(Debug, clap::Args)]
#[command(before_help = "\
Examples:
  ebb taper preview --from 12 --steps 10,9,8 --every 7 --product powder
  ebb taper start --from 12 --steps 10,9,8 --every 7 --product powder
  ebb taper show --days              the plan beside what was used
  ebb taper hold --until 2026-12-01  the amount stays; resume, back, go-on, replan, end
  ebb taper versions                 each change of the plan, none is lost

The numbers here only show how it is typed: amounts and rates are yours or a clinician's, none is proposed.
A step is one cut; step 1 is the first cut.")]
pub(super) struct Args {
    #[command(subcommand)]
    act: Act,
    /// Which product's plan
    #[arg(long, value_name = "PRODUCT", global = true)]
    product: Option<String>,
    /// For scripts
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, clap::Subcommand)]
enum Act {
    /// Each step before anything is begun: day, amount, what the cut comes to
    #[command(before_help = "\
Examples:
  ebb taper preview --from 12 --steps 10,9,8 --every 7 --product powder

The numbers only show how it is typed; none is proposed.")]
    Preview(Typed),
    /// Begin a plan
    #[command(before_help = "\
Examples:
  ebb taper start --from 12 --steps 10,9,8 --every 7 --product powder

The numbers only show how it is typed; none is proposed.")]
    Start(Typed),
    /// Where the plan stands, and what was used on each step
    #[command(before_help = "\
Examples:
  ebb taper show
  ebb taper show --days")]
    Show {
        /// Each day too
        #[arg(long)]
        days: bool,
    },
    /// The amount stays as it is
    #[command(before_help = "\
Examples:
  ebb taper hold")]
    Hold {
        /// The day it goes on; until you resume it when left out
        #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
        until: Option<String>,
    },
    /// A held plan goes on
    #[command(before_help = "\
Examples:
  ebb taper resume")]
    Resume,
    /// Back to the step before
    #[command(before_help = "\
Examples:
  ebb taper back")]
    Back,
    /// It goes on as it stands, after days without entries
    #[command(before_help = "\
Examples:
  ebb taper go-on")]
    GoOn,
    /// New terms from today on; the versions before are kept
    #[command(before_help = "\
Examples:
  ebb taper replan --from 9 --cut 1 --every 7

The numbers only show how it is typed; none is proposed.")]
    Replan(Typed),
    /// No plan from today on; its versions are kept
    #[command(before_help = "\
Examples:
  ebb taper end")]
    End,
    /// Where two plans of one product go on, as after a merge: one stays, the others end
    #[command(before_help = "\
Examples:
  ebb taper join                     the one begun last stays
  ebb taper join --keep 2026-11-03   the one that began on that day stays")]
    Join {
        /// The day on which the plan that stays began
        #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
        keep: Option<String>,
    },
    /// Each version, with its day and why it was made
    #[command(before_help = "\
Examples:
  ebb taper versions")]
    Versions,
    /// How it went around cuts: 3 days before against 3 days after, for each product
    #[command(before_help = "\
Examples:
  ebb taper after
  ebb taper after nausea")]
    After {
        /// severity, overall, a symptom, what was logged; when left out the one that Today shows first
        series: Option<String>,
    },
}

pub(super) fn run(args: &Args, session: &mut Session) -> Outcome {
    // A plan has a JSON of its own, with its id.
    session.reply = Reply::Sentences;
    let desk = Desk::open(session)?;
    let journal = &desk.journal;
    let today = session.today(journal);
    let product = args.product.as_deref();
    match &args.act {
        Act::Preview(typed) => {
            let offer = read(typed, product, journal, session)?;
            print(&offer, args.json, None)
        }
        Act::Start(typed) => start(desk, typed, args, session),
        Act::Show { days } => {
            let (plan, product) = chosen(product, journal, session, Among::All)?;
            if args.json {
                return output::json(&json::plan(journal, &plan, &product, today, *days));
            }
            output::text(&sentences::plan(journal, &plan, &product, today, *days))
        }
        Act::Versions => {
            let (plan, product) = chosen(product, journal, session, Among::All)?;
            if args.json {
                return output::json(&json::versions(&plan, &product));
            }
            output::text(&sentences::versions(&plan, &product))
        }
        Act::After { series } => {
            let manner = session.now.manner;
            let series = series_called(
                series.as_deref(),
                Basis {
                    journal,
                    today,
                    manner,
                },
            )?;
            let one = product.map(|typed| terms::planned_product(typed, journal, session));
            let one = one.transpose()?;
            if args.json {
                let products = match one {
                    Some(one) => vec![one],
                    None => after_cut::products(journal, today),
                };
                return output::json(&json::after(journal, &products, series, today));
            }
            output::text(&after_cut::sentences(journal, one.as_ref(), series, today).join("\n"))
        }
        Act::Join { keep } => {
            let joined = join(desk, keep.as_deref(), product, session)?;
            if let Some((journal, product)) = joined.filter(|_| args.json) {
                let (plan, product) = chosen(Some(&product), &journal, session, Among::GoingOn)?;
                return output::json(&json::plan(&journal, &plan, &product, today, false));
            }
            Ok(())
        }
        Act::Replan(typed) => {
            let (plan, product) = chosen(product, journal, session, Among::GoingOn)?;
            say_safety();
            let offer = typed.read(&product.code, journal, session)?;
            let action = PlanAction::Replan(offer.terms.clone());
            let plan_change = change(journal, &plan, &action, session)?;
            save(desk, plan_change, session)?;
            print(&offer, args.json, Some(&plan))
        }
        act => {
            let (plan, _) = chosen(product, journal, session, Among::GoingOn)?;
            let action = action(act, journal, &plan, session)?;
            let plan_change = change(journal, &plan, &action, session)?;
            let journal = save(desk, plan_change, session)?;
            if let Some(journal) = journal.filter(|_| args.json) {
                // `All`, because `end` leaves no running plan to show.
                let (plan, product) = chosen(Some(&plan.product), &journal, session, Among::All)?;
                return output::json(&json::plan(&journal, &plan, &product, today, false));
            }
            Ok(())
        }
    }
}

/// Prints the safety sentences, to stderr and before any amount.
fn say_safety() {
    output::say(NO_VALIDATED);
    for line in SAFETY {
        output::say(line);
    }
}

fn read(
    typed: &Typed,
    product: Option<&str>,
    journal: &Journal,
    session: &Session,
) -> Outcome<Offer> {
    let product = terms::product(product, journal, session)?;
    let offer = typed.read(&product, journal, session)?;
    say_safety();
    Ok(offer)
}

/// Prints the table, or JSON.
fn print(offer: &Offer, is_json: bool, plan: Option<&Plan>) -> Outcome {
    if is_json {
        return output::json(&json::preview(offer, plan));
    }
    output::text(&sentences::preview(offer, output::room()))
}

fn start(desk: Desk, typed: &Typed, args: &Args, session: &mut Session) -> Outcome {
    let journal = &desk.journal;
    let offer = read(typed, args.product.as_deref(), journal, session)?;
    let ids = (
        session.ids.next(session.now.at),
        session.ids.next(session.now.at),
    );
    let today = session.today(journal);
    let start = plan_action::begin(journal, &offer.product, offer.terms.clone(), today, ids);
    let journal = save(desk, start.map_err(|why| refusal(&why))?, session)?;
    let plan = journal.and_then(|journal| plans::plan_for(&journal, &offer.product.code, today));
    print(&offer, args.json, plan.as_ref())
}

fn change(
    journal: &Journal,
    plan: &Plan,
    action: &PlanAction,
    session: &mut Session,
) -> Outcome<PlanChange> {
    let id = session.ids.next(session.now.at);
    let today = session.today(journal);
    let plan_change = plan_action::change(journal, plan, action, today, id);
    plan_change.map_err(|why| refusal(&why))
}

fn refusal(why: &str) -> Failure {
    Failure::usage(format!("{}; nothing was saved", why.trim_end_matches('.')))
}

fn save(desk: Desk, (change, sentence): PlanChange, session: &Session) -> Outcome<Option<Journal>> {
    let changes = [change];
    let before = desk.journal.clone();
    let journal = desk.write(&changes, session)?;
    output::say(&TakeBack::Verb.after(&sentence));
    if let Some(journal) = &journal {
        say_quiet((&before, journal), &changes, &session.now);
    }
    Ok(journal)
}

/// Of several plans of one product one stays, and the others end. The journal then, and the product.
fn join(
    desk: Desk,
    keep: Option<&str>,
    product: Option<&str>,
    session: &mut Session,
) -> Outcome<Option<(Journal, String)>> {
    let journal = &desk.journal;
    let today = session.today(journal);
    let mut groups = double::plans(journal, today);
    if let Some(typed) = product {
        let product = terms::planned_product(typed, journal, session)?;
        groups.retain(|group| group[0].product == product.code);
    }
    let group = match groups.as_slice() {
        [group] => group,
        [] => return Err(refusal("no product has two plans that go on")),
        several => {
            let lines = several
                .iter()
                .map(|group| double::plan_line(journal, group));
            let lines: Vec<String> = lines.collect();
            return Err(refusal(&format!(
                "{}: --product says which",
                lines.join("; ")
            )));
        }
    };
    let kept = match keep {
        None => group.first(),
        Some(typed) => {
            let day = parse_day(typed, &session.now, journal.settings.day_end, Toward::Past)?;
            group.iter().find(|plan| plan.begins() == Some(day))
        }
    };
    let days = group.iter().filter_map(Plan::begins).map(words::day);
    let days: Vec<String> = days.collect();
    let kept = kept.ok_or_else(|| {
        refusal(&format!(
            "none of them began on that day, but on {}",
            days.join(" and ")
        ))
    })?;
    let at = session.now.at;
    let joined = double::keep_alone(journal, kept, today, || session.ids.next(at));
    let (changes, line) = joined.map_err(|why| refusal(&why))?;
    let product = kept.product.clone();
    let journal = desk.write(&changes, session)?;
    output::say(&TakeBack::Verb.after(&line));
    Ok(journal.map(|journal| (journal, product)))
}

/// The action of a subcommand; after days without entries it means the amount that the person saw last.
fn action(act: &Act, journal: &Journal, plan: &Plan, session: &Session) -> Outcome<PlanAction> {
    let today = session.today(journal);
    let asks = plans::asks_since(journal, plan, today).is_some();
    Ok(match act {
        // After quiet days the person has not seen today's amount, so "hold" means the amount they know.
        Act::Hold { until: None } if asks => PlanAction::HoldAsShown,
        Act::Hold { until } => {
            let day_end = journal.settings.day_end;
            let day = |text: &String| parse_day(text, &session.now, day_end, Toward::Future);
            let until = until.as_ref().map(day).transpose()?;
            PlanAction::Hold { until }
        }
        Act::Back if asks => PlanAction::BackAsShown,
        Act::Back => PlanAction::Back,
        Act::Resume => PlanAction::Resume,
        Act::GoOn => PlanAction::GoOn,
        _ => PlanAction::End,
    })
}

/// The plans to choose from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Among {
    /// Running plans.
    GoingOn,
    /// Running plans; without one, the plan that began last.
    All,
}

/// The plan for a command: the running one, of `product` if there are several.
fn chosen(
    product: Option<&str>,
    journal: &Journal,
    session: &Session,
    among: Among,
) -> Outcome<(Plan, Product)> {
    let today = session.today(journal);
    let mut plans = plans::plans_on(journal, today);
    let mut others = plans::plans(journal);
    // Filtered before counting, so that `--product` resolves "several plans go on".
    if let Some(typed) = product {
        let product = terms::planned_product(typed, journal, session)?;
        plans.retain(|plan| plan.product == product.code);
        others.retain(|plan| plan.product == product.code);
    }
    if among == Among::All && plans.is_empty() {
        plans.extend(others.into_iter().next());
    }
    let names = |plans: &[Plan]| {
        let codes: Vec<&str> = plans.iter().map(|plan| plan.product.as_str()).collect();
        codes.join(", ")
    };
    match plans.as_slice() {
        [plan] => {
            let product = product::by_code(journal, &plan.product).ok_or_else(|| {
                refusal("the product of this plan is not in the list any more; `ebb undo` or `ebb bin` brings it back")
            })?;
            Ok((plan.clone(), product))
        }
        [] => Err(Failure::new(
            NO,
            match product {
                Some(typed) => format!(
                    "no plan for {typed} goes on; `ebb taper start --product {typed}` begins one"
                ),
                None => "no plan goes on; `ebb taper start` begins one".to_owned(),
            },
        )),
        several
            if several
                .iter()
                .all(|plan| plan.product == several[0].product) =>
        {
            Err(Failure::usage(format!(
                "{}, as after a merge; `ebb taper join` keeps one and ends the others. Nothing was changed",
                double::plan_line(journal, several)
            )))
        }
        several => Err(Failure::usage(format!(
            "several plans go on: --product says which, one of {}. Nothing was changed",
            names(several)
        ))),
    }
}

fn series_called(typed: Option<&str>, at: Basis<'_>) -> Outcome<Series> {
    let journal = at.journal;
    let Some(typed) = typed else {
        return Ok(DefaultSeries::of(journal, at.today, at.manner).series);
    };
    Series::find(typed, journal).ok_or_else(|| symptom::unknown(typed, &journal.symptoms))
}

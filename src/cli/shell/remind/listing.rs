//! What Settings shows of the reminder: whether there is one, what it does, the commands, and what would be written.
//!
//! Invariant: it only reads. A timer is installed where its preview is answered, on the command line.

use super::schedule::With;
use super::{OTHERS, USUAL_TIME, When, does, kept, plan, private, time};
use crate::cli::failure::Outcome;
use crate::cli::output;
use crate::cli::session::Session;

pub(in crate::cli) fn run(session: &Session) -> Outcome {
    let kept = private::read(&kept(session)?);
    let installed = kept["with"].as_str().and_then(With::from_code);
    let at = kept["at"].as_str().filter(|at| time(at).is_ok());
    let at = at.unwrap_or(USUAL_TIME);
    let state = match installed {
        Some(with) => format!("A reminder is installed: at {at} every day, by {with}."),
        None => "No reminder is installed.".to_owned(),
    };
    let when = When {
        at: time(at).unwrap_or_default(),
        with: installed,
    };
    let plan = plan(&when, session)?;
    output::text(&format!(
        "{state}\n\n{OTHERS}\n{}\n\n\
         `ebb remind install --at {at}`, in a shell, shows this, asks, and installs it.\n\
         `ebb remind remove` takes it away.\n\n{}",
        does(session)?,
        plan.preview().trim_end(),
    ))
}

//! `ebb history` (next).
use super::failure::Outcome;
use super::session::Session;
#[derive(Debug, clap::Args)]
pub(super) struct Args {}
pub(super) fn run(_: &Args, _: &mut Session) -> Outcome {
    Ok(())
}

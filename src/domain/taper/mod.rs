//! Taper plans: the terms that a person gives, the steps that follow from them, how a plan is changed, and how it is described.

pub mod action;
pub mod actual_use;
pub mod after_cut;
pub(crate) mod double;
pub mod fields;
pub mod plan;
pub mod plan_action;
pub mod plans;
pub mod schedule;
pub mod sentences;
pub mod staircase;
pub mod terms;
pub mod terms_draft;

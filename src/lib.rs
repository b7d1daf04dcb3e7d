//! Ebbtide: a private, offline journal for people who are tapering off or stopping kratom.
pub mod cli;
pub mod domain;
pub mod store;

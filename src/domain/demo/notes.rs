//! The notes of the made-up person. They name no amount and give no advice.

use super::course::Level;
use fastrand::Rng;

const HARD: &[&str] = &[
    "Warm bath, then back to bed. That was enough for today.",
    "Legs would not lie still until about 3.",
    "Ate some soup and toast. It stayed down.",
    "Sam called. Talking for ten minutes helped.",
    "Hot, cold, hot, cold.",
    "Slept perhaps three hours.\nWatched old films for the rest.",
    "Walked to the corner and back. Slow, but outside.",
    "Everything is loud today.",
];

const EASING: &[&str] = &[
    "Six hours of sleep in one piece.",
    "Craving after lunch, gone after a walk.",
    "Food tastes of something again.",
    "Short with everybody at work. Said sorry, went home early.",
    "Cooked for the first time in a while.",
    "A flat kind of day, neither here nor there.",
    "Group tonight. Did not say much, glad I went.",
    "Swam ten lengths.\nTired in a good way.",
    "Bad evening out of nowhere, better after tea and a call.",
];

const ANY: &[&str] = &[
    "Rain all day.",
    "Busy at work, hardly noticed the time.",
    "Dentist. Fine.",
    "Headache from the screen, I think.",
    "Long walk with the dog along the river.",
    "Up late reading.",
    "Visit from my sister; laughed a lot.",
    "Nothing much to say today.",
];

/// A note that fits the level of the day.
pub(super) fn pick(level: Level, rng: &mut Rng) -> &'static str {
    let fitting = match level.since_zero {
        Some(_) if level.overall() > 0.45 => HARD,
        Some(_) => EASING,
        None => ANY,
    };
    // About every fourth note is about something else: a day is more than withdrawal.
    let from = if rng.u8(..) < 60 { ANY } else { fitting };
    from[rng.usize(..from.len())]
}

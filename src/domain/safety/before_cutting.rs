//! The texts before a taper: whom to talk to first, and that no schedule is validated.

/// The safety card. It asks the reader to seek help and claims nothing about kratom, so it has no citation.
pub(crate) const SAFETY: &[&str] = &[
    "Before cutting down or stopping, talk to a clinician first if one of these is so:",
    "\u{2022} you are pregnant, or might be: stopping suddenly can affect the pregnancy, and there is help for both of you",
    "\u{2022} you have had seizures: withdrawal of any kind can bring them closer",
    "\u{2022} you drink alcohol or take benzodiazepines or other sedatives every day: stopping those can be dangerous by itself, \
     and is safer with help",
];

/// The text above every plan, before anything is entered. Source: `domain/facts.md` §4 (a review of 2026).
pub(crate) const NO_VALIDATED: &str = "No validated taper for kratom exists. The amounts and the pace are your own, or a clinician's; this journal reckons them out \
     and suggests none. Holding, or going back a step, is possible at any time.";

/// The text beside a running plan. Source: as [`NO_VALIDATED`].
pub(crate) const NO_VALIDATED_SHORT: &str =
    "No validated taper for kratom exists: amounts and pace are your own.";

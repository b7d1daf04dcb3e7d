//! What the person answers in this week, and the fortnight before it.

use crate::support::home::Ebb;

/// The core symptoms of Body, in the order of the form.
pub const BODY: [&str; 10] = [
    "muscle_aches",
    "tremor",
    "sweating",
    "hot_flashes",
    "nausea",
    "vomiting",
    "diarrhea",
    "abdominal_cramps",
    "appetite_change",
    "fatigue",
];

/// The core symptoms of Mind, anxiety first: it is one of the two that kratom was taken for.
pub const MIND: [&str; 8] = [
    "anxiety",
    "irritability",
    "restlessness",
    "depressed_mood",
    "mood_swings",
    "insomnia",
    "poor_concentration",
    "craving",
];

/// What rests from Monday on. The last one is the person's own.
pub const RESTING: [&str; 3] = ["yawning", "chills", "own_jaw_clenching"];

/// The moment of the first check-in.
pub const MONDAY: &str = "2026-11-16 20:00";
/// The moment of the last one, at which everything is looked at.
pub const SUNDAY: &str = "2026-11-22 20:00";

/// One check-in as it is answered: a digit, or a dot for a blank.
#[derive(Debug, Clone, Copy)]
pub struct Sitting {
    pub now: &'static str,
    pub pain: char,
    pub body: &'static str,
    /// What rests, on the day on which it is asked: yawning, chills, jaw clenching.
    pub resting: Option<[char; 3]>,
    /// How much pain got in the way.
    pub interference: char,
    pub tension: char,
    pub cold_feet: char,
    pub mind: &'static str,
    pub good: char,
    pub overall: char,
    pub note: Option<&'static str>,
}

impl Sitting {
    /// Code and answer of every row, in the order of the form.
    pub fn rows(&self) -> Vec<(&'static str, char)> {
        let resting = |nth: usize| Some((RESTING[nth], self.resting?[nth]));
        let mut rows = vec![("pain", self.pain)];
        rows.extend(BODY.into_iter().zip(self.body.chars()));
        rows.extend(resting(0).into_iter().chain(resting(1)));
        rows.push(("pain_interference", self.interference));
        rows.push(("muscle_tension", self.tension));
        rows.extend(resting(2));
        rows.push(("own_cold_feet", self.cold_feet));
        rows.extend(MIND.into_iter().zip(self.mind.chars()));
        rows
    }

    /// The answers of the form from its first row to the overall.
    pub fn answers(&self) -> String {
        let rows = self.rows().into_iter().map(|(_, answer)| answer);
        rows.chain([self.good, self.overall]).collect()
    }
}

/// Monday's; its own symptom and the optional items are made and switched on while it is answered.
pub const FIRST: Sitting = Sitting {
    now: MONDAY,
    pain: '3',
    body: "3332221121",
    resting: None,
    interference: '2',
    tension: '3',
    cold_feet: '1',
    mind: "32222311",
    good: '1',
    overall: '6',
    note: None,
};

pub const TUESDAY: Sitting = Sitting {
    now: "2026-11-17 20:00",
    pain: '3',
    body: "3222111112",
    interference: '2',
    tension: '2',
    cold_feet: '1',
    mind: "32221311",
    good: '2',
    overall: '5',
    ..FIRST
};

/// Wednesday has one number.
pub const BRIEF: (&str, &str) = ("2026-11-18 20:00", "7");

pub const THURSDAY: [Sitting; 2] = [
    Sitting {
        now: "2026-11-19 08:00",
        pain: '3',
        body: "2222111112",
        mind: "22222211",
        good: '1',
        ..TUESDAY
    },
    Sitting {
        now: "2026-11-19 21:00",
        pain: '2',
        body: "1111111111",
        interference: '1',
        tension: '1',
        cold_feet: '0',
        mind: "11111211",
        good: '2',
        overall: '3',
        ..TUESDAY
    },
];

/// Answered in part, with a note.
pub const FRIDAY: Sitting = Sitting {
    now: "2026-11-20 20:00",
    pain: '2',
    body: "221.1.01.1",
    interference: '.',
    tension: '1',
    cold_feet: '.',
    mind: "21.1.11.",
    good: '.',
    overall: '4',
    note: Some("slept badly; the cold again"),
    ..FIRST
};

/// On Saturday pain is 1 and the rest as last time; these are its pain, something good, and overall.
pub const AS_LAST_TIME: (&str, char, char, char) = ("2026-11-21 20:00", '1', '4', '3');

pub const LAST: Sitting = Sitting {
    now: SUNDAY,
    pain: '1',
    body: "1110101011",
    resting: Some(['0', '0', '0']),
    interference: '1',
    tension: '1',
    cold_feet: '0',
    mind: "11111111",
    good: '4',
    overall: '2',
    ..FIRST
};

/// What was used on a day, noted after its last check-in.
#[derive(Debug, Clone, Copy)]
pub enum Use {
    /// As last time.
    Same,
    /// So many grams.
    Grams(char),
    /// None that day.
    Without,
}

pub const USE: [(&str, Use); 7] = [
    (MONDAY, Use::Same),
    ("2026-11-17 20:00", Use::Same),
    ("2026-11-18 20:00", Use::Grams('3')),
    ("2026-11-19 21:00", Use::Without),
    ("2026-11-20 20:00", Use::Same),
    ("2026-11-21 20:00", Use::Grams('2')),
    (SUNDAY, Use::Same),
];

/// What was used at this moment.
pub fn used(now: &str) -> Use {
    USE.iter().find(|(at, _)| *at == now).unwrap().1
}

/// `ebb` at a moment.
pub fn at(ebb: &Ebb, now: &str, args: &[&str]) -> String {
    let all: Vec<&str> = ["--now", now].iter().chain(args).copied().collect();
    ebb.succeed(&all)
}

/// A home with the fortnight before: each core symptom 2 and pain 3 every day, three others 0, 4 g of leaf powder a day.
pub fn fortnight() -> Ebb {
    let ebb = Ebb::new();
    let first = "2026-11-01 09:00";
    at(&ebb, first, &["start", "--method", "taper"]);
    let own = ["symptom", "add", "Jaw clenching", "--category", "physical"];
    at(&ebb, first, &own);
    at(&ebb, first, &["symptom", "on", "yawning", "chills"]);
    let core = BODY.iter().chain(&MIND).map(|code| format!("{code}=2"));
    let zeros = RESTING.iter().map(|code| format!("{code}=0"));
    let sets: Vec<String> = core.chain(zeros).chain(["pain=3".to_owned()]).collect();
    let mut args = vec!["checkin", "--overall", "6"];
    args.extend(sets.iter().flat_map(|set| ["--set", set]));
    for day in 2..=15 {
        let now = format!("2026-11-{day:02} 20:00");
        at(&ebb, &now, &args);
        at(&ebb, &now, &["dose", "4g", "powder"]);
    }
    ebb
}

/// Another home with the same journal.
pub fn copy_of(ebb: &Ebb) -> Ebb {
    let other = Ebb::new();
    std::fs::copy(ebb.journal(), other.journal()).unwrap();
    other
}

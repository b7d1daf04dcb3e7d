//! The lists of what people type, with what is right for each.

/// What is typed, and what is right for it: any one of these.
pub struct Wanted {
    pub typed: String,
    pub right: Vec<String>,
}

/// The lines of a list.
pub fn read(path: &str) -> Vec<Wanted> {
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let wanted = lines.filter_map(|line| {
        let (typed, right) = line.split_once(" | ")?;
        Some(Wanted {
            typed: typed.trim().to_owned(),
            right: right
                .split('|')
                .map(|right| right.trim().to_owned())
                .collect(),
        })
    });
    wanted.collect()
}

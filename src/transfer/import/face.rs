//! How an open question about a file is answered: by an option of the command line, by keys of the full screen, or by words of
//! plain mode. Each question has one sentence for each of them, and all of these stand here.

/// Where a person reads about a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Face {
    /// The command line.
    #[default]
    Shell,
    /// The full screen.
    Keys,
    /// Plain mode.
    Words,
}

/// Names of the questions about a whole file, as they stand on the screen and in plain mode.
pub(crate) mod name {
    pub(crate) const DECIMAL: &str = "Decimal sign";
    pub(crate) const BLANKS: &str = "Blank cells";
    pub(crate) const ROWS: &str = "Rows that cannot be read";
    pub(crate) const FORM: &str = "Form of the file";
}

impl Face {
    /// How `column` gets a meaning in the words of `--map`.
    fn meaning(self, column: &str, meaning: &str) -> String {
        match self {
            Self::Shell => format!("--map \"{column}={meaning}\""),
            Self::Keys => format!("Enter on the row of {column}, then typed: {meaning}"),
            Self::Words => format!("the number of {column}, then {meaning}"),
        }
    }

    /// How one of several meanings is chosen for `column`.
    pub(crate) fn choose(self, column: &str, choices: &[String]) -> String {
        match self {
            Self::Shell => {
                let maps = choices.iter().map(|choice| self.meaning(column, choice));
                maps.collect::<Vec<_>>().join(" or ")
            }
            Self::Keys => {
                format!("\u{2190} \u{2192} on the row of {column} goes through them")
            }
            Self::Words => {
                let choices = choices.join(" or ");
                format!("the number of {column}, then {choices}")
            }
        }
    }

    /// How the sign before the decimals is said.
    pub(crate) fn decimal(self) -> String {
        match self {
            Self::Shell => {
                "--decimal point or --decimal comma says which sign stands before the decimals"
                    .to_owned()
            }
            Self::Keys => format!("the row {} says which", name::DECIMAL),
            Self::Words => "decimal point or decimal comma says which".to_owned(),
        }
    }

    /// How a cell is taken as blank.
    pub(crate) fn blank(self, cell: &str) -> String {
        match self {
            Self::Shell => format!("--blank \"{cell}\" takes it as blank"),
            Self::Keys => format!(
                "Enter on the row {}, then typed: {cell} takes it as blank",
                name::BLANKS
            ),
            Self::Words => format!("blank {cell} takes it as blank"),
        }
    }

    /// How it is said that a cell is not blank.
    pub(crate) fn not_blank(self) -> String {
        match self {
            Self::Shell => "--blank says it otherwise".to_owned(),
            Self::Keys => format!("the row {} says it otherwise", name::BLANKS),
            Self::Words => "the word blank says it otherwise".to_owned(),
        }
    }

    /// How a column is left out.
    pub(crate) fn leave_out(self, column: &str) -> String {
        match self {
            Self::Shell => self.meaning(column, "skip"),
            Self::Keys => format!("x on the row of {column}"),
            Self::Words => format!("the number of {column}, then skip,"),
        }
    }

    /// How a column is named that is still missing.
    pub(crate) fn name_one(self, meaning: &str) -> String {
        match self {
            Self::Shell => format!("say which with --map \"COLUMN={meaning}\""),
            Self::Keys => format!("Enter on its row, then typed: {meaning}"),
            Self::Words => format!("say its number, then {meaning}"),
        }
    }

    /// How a scale of words, or of numbers, is said.
    pub(crate) fn scale(self, column: &str, kind: &str) -> String {
        let (words, numbers) = (format!("{kind}:A+B|C|D"), format!("{kind}:0-10"));
        match self {
            Self::Shell => format!(
                "{}, or {} for numbers",
                self.meaning(column, &words),
                self.meaning(column, &numbers)
            ),
            Self::Keys | Self::Words => {
                format!("{}, or {numbers} for numbers", self.meaning(column, &words))
            }
        }
    }

    /// How the form of a file is said that shows none.
    pub(crate) fn form(self, names: &[&str]) -> String {
        match self {
            Self::Shell => format!("--format names one of: {}", names.join(", ")),
            Self::Keys => format!("The row {} has every form", name::FORM),
            Self::Words => "The word form, then a name, says it".to_owned(),
        }
    }

    /// How a table is read that does not look like one.
    pub(crate) fn table(self, day: &str) -> String {
        match self {
            Self::Shell => format!(
                "If one is: {}; --format table reads it as a table",
                self.meaning(day, "date")
            ),
            Self::Keys => format!(
                "If one is, choose table on the row {}, then {day} as the day",
                name::FORM
            ),
            Self::Words => format!("If one is: form table, then {}", self.meaning(day, "date")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Face;

    #[test]
    fn only_the_command_line_is_told_of_its_options() {
        let all = |face: Face| {
            let choices = ["measure:weight:kg".to_owned()];
            [
                face.choose("W", &choices),
                face.decimal(),
                face.blank("x"),
                face.not_blank(),
                face.leave_out("Time"),
                face.name_one("date"),
                face.scale("Mood", "overall"),
                face.form(&["table"]),
                face.table("Day"),
            ]
        };
        assert!(all(Face::Shell).iter().all(|line| line.contains("--")));
        for face in [Face::Keys, Face::Words] {
            for line in all(face) {
                assert!(!line.contains("--"), "{face:?}: {line}");
            }
        }
    }
}

//! Every command there is, found by its pages of help.

use super::house::House;

/// The words of a command behind `ebb`: `["entry", "check-in", "edit"]`.
pub type Command = Vec<String>;

/// A page of help.
pub fn page(house: &House, command: &[String]) -> String {
    let mut args = vec!["help"];
    args.extend(command.iter().map(String::as_str));
    house.done(&args).out
}

/// The commands of the first page.
fn first(house: &House) -> Vec<Command> {
    let first = house.done(&["--help"]).out;
    let groups = first.lines().skip_while(|line| !line.starts_with("Note "));
    let groups = groups.take_while(|line| !line.is_empty());
    let mut commands = Vec::new();
    for line in groups {
        // The groups' names are as wide as the longest; what stands in brackets is no command.
        let mut words = line.get(13..).unwrap_or_default().to_owned();
        while let (Some(from), Some(to)) = (words.find('('), words.find(')')) {
            words.replace_range(from..=to, "");
        }
        let words = words
            .split(',')
            .map(str::trim)
            .filter(|word| !word.is_empty());
        commands.extend(words.map(|word| vec![word.to_owned()]));
    }
    commands
}

/// The commands below one, as its page lists them.
fn below(house: &House, command: &[String]) -> Vec<Command> {
    let page = page(house, command);
    let listed = page.split("\nCommands:\n").nth(1).unwrap_or_default();
    let listed = listed.lines().take_while(|line| line.starts_with("  "));
    // A line that goes on from the one above begins further right.
    let names = listed.filter(|line| !line.starts_with("   "));
    let names = names.map(|line| line.split_whitespace().next().unwrap());
    let names = names.filter(|name| *name != "help");
    names
        .map(|name| [command, &[name.to_owned()]].concat())
        .collect()
}

/// Every command, also those that have others below them.
pub fn all(house: &House) -> Vec<Command> {
    let mut all = Vec::new();
    let mut next = first(house);
    while let Some(command) = next.pop() {
        next.extend(below(house, &command));
        all.push(command);
    }
    all.sort();
    all
}

/// Every command that does something by itself.
pub fn leaves(house: &House) -> Vec<Command> {
    let all = all(house);
    let has_below = |command: &Command| {
        all.iter()
            .any(|other| other.len() > command.len() && other.starts_with(command))
    };
    let leaves = all.iter().filter(|command| !has_below(command));
    leaves.cloned().collect()
}

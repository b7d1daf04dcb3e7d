//! The smallest program that lives in the terminal as the journal does, so that its life can be tested without it.
//!
//! It draws `<name>` for every key and every other message, and some keys mean something: see [`answer`].

use std::fs::File;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::mpsc;
use std::thread;

use ebbtide::tui::keys::input::Key;
use ebbtide::tui::outside::events;
use ebbtide::tui::outside::events::{Outside, Signal};
use ebbtide::tui::outside::terminal;
use ebbtide::tui::outside::terminal::Guard;
use rustix::process::kill_current_process_group;

/// A text that must never be seen outside the alternate screen.
pub const NOTE: &str = "a note of the person";

/// Lives until it is told to end; gives the exit code.
pub fn live(last_words: Option<PathBuf>) -> i32 {
    // As `main` does.
    terminal::end_at_panic();
    run(last_words).map_or(1, i32::from)
}

fn run(last_words: Option<PathBuf>) -> io::Result<u8> {
    let (sender, messages) = mpsc::channel::<Outside>();
    events::survive_file_size_limit()?;
    let listener = events::start(&sender, move || {
        if let Some(path) = last_words {
            std::fs::write(path, "kept").unwrap();
        }
    })?;
    let mut screen = terminal::output();
    let mut guard = Guard::enter()?;
    draw(&mut screen, &format!("{NOTE} <ready>"))?;
    listener.listen()?;
    loop {
        let message = messages.recv().unwrap();
        if let Some(code) = message.exit_code() {
            return Ok(code);
        }
        let shown = match message {
            Outside::Key(key) => {
                match answer(&Key::from(key).to_string(), &mut guard, &mut screen)? {
                    Answer::End => return Ok(0),
                    Answer::Shown(name) => name,
                }
            }
            Outside::Signal(Signal::Continue) => {
                guard.retake()?;
                "continued".into()
            }
            other => format!("{other:?}"),
        };
        draw(&mut screen, &format!("<{shown}>"))?;
    }
}

enum Answer {
    Shown(String),
    End,
}

fn answer(key: &str, guard: &mut Guard, screen: &mut impl Write) -> io::Result<Answer> {
    match key {
        "q" => return Ok(Answer::End),
        "e" => return Err(io::ErrorKind::Other.into()),
        "p" => panic!("{NOTE}"),
        "t" => _ = thread::spawn(|| panic!("{NOTE}")).join(),
        "g" => {
            terminal::restore();
            terminal::restore();
            draw(screen, NOTE)?;
            return Ok(Answer::End);
        }
        "s" => loop {
            draw(screen, "<stuck>")?;
            thread::park();
        },
        "w" => loop {
            draw(screen, NOTE)?;
        },
        "l" => {
            let path = std::env::temp_dir().join(format!("ebb-{}", std::process::id()));
            let written = File::create(&path)?.write_all(&[0; 8192]);
            std::fs::remove_file(path)?;
            return Ok(Answer::Shown(format!("too large: {}", written.is_err())));
        }
        "|" => {
            let (reader, mut writer) = io::pipe()?;
            drop(reader);
            let written = writer.write_all(b"x");
            return Ok(Answer::Shown(format!("pipe closed: {}", written.is_err())));
        }
        "k" => kill_current_process_group(rustix::process::Signal::STOP)?,
        "Ctrl-Z" => {
            guard.suspend()?;
            return Ok(Answer::Shown("back".into()));
        }
        _ => {}
    }
    Ok(Answer::Shown(key.into()))
}

fn draw(screen: &mut impl Write, text: &str) -> io::Result<()> {
    screen.write_all(text.as_bytes())?;
    screen.flush()
}

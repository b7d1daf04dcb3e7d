//! What the system answered, in words that a person can use: no error numbers and no names of calls.

use std::io;
use std::io::ErrorKind;

/// The reason in an error of the system, without a full stop: "the disk is full".
pub(crate) fn system_words(error: &io::Error) -> String {
    let words = match error.kind() {
        ErrorKind::NotFound => "there is no such file or folder",
        ErrorKind::PermissionDenied => "the system does not allow it",
        ErrorKind::AlreadyExists => "something is there already",
        ErrorKind::StorageFull => "the disk is full",
        ErrorKind::QuotaExceeded => "what this user may store is used up",
        ErrorKind::FileTooLarge => "the file would be larger than the system allows",
        ErrorKind::ReadOnlyFilesystem => "that place is read-only",
        ErrorKind::IsADirectory => "it is a folder",
        ErrorKind::NotADirectory => "a part of its path is no folder",
        ErrorKind::InvalidFilename => "the system takes no such name",
        ErrorKind::BrokenPipe | ErrorKind::UnexpectedEof => "the other end has gone away",
        ErrorKind::OutOfMemory => "the system gives too little memory",
        // A temporary file's error holds the system's own, and the path of that file, which means nothing to a person.
        _ => match (inner(error), error.raw_os_error()) {
            (Some(own), _) => return system_words(own),
            (None, Some(_)) => "the disk or the system answered with an error",
            (None, None) => return error.to_string(),
        },
    };
    words.to_owned()
}

fn inner(error: &io::Error) -> Option<&io::Error> {
    error.get_ref()?.source()?.downcast_ref()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_answer_of_the_system_comes_with_its_number_or_the_path_of_a_temporary_file()
    -> io::Result<()> {
        for number in 1..134 {
            let words = system_words(&io::Error::from_raw_os_error(number));
            assert!(!words.contains("os error"), "{number}: {words}");
        }
        let folder = tempfile::tempdir()?.path().join("gone");
        let error = tempfile::tempdir_in(&folder).err();
        let text = error.as_ref().map(ToString::to_string);
        assert!(
            text.as_ref().is_some_and(|text| text.contains("os error")),
            "{text:?}"
        );
        assert_eq!(
            error.as_ref().map(system_words).as_deref(),
            Some("there is no such file or folder")
        );
        Ok(())
    }

    #[test]
    fn an_error_of_a_reader_keeps_its_own_words() {
        let error = io::Error::new(ErrorKind::InvalidData, "this is no text in UTF-8");
        assert_eq!(system_words(&error), "this is no text in UTF-8");
    }
}

//! The text of a file of rows, within a bound.

use std::io::{ErrorKind, Read as _};
use std::path::Path;

use super::LARGEST;

/// The text of a file: of a long one, one byte more than a file of rows may have. `None` if there is no such file.
///
/// # Errors
/// In words that go on from the file's name: it is no file, cannot be read, or is no text.
pub fn text_of(path: &Path) -> Result<Option<String>, String> {
    let said = |error: std::io::Error| format!("cannot be read: {error}");
    let about = match std::fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        about => about.map_err(said)?,
    };
    // A pipe would keep whoever starts at 3 a.m. waiting for a writer.
    if !about.is_file() {
        return Err("is no file".to_owned());
    }
    let limit = u64::try_from(LARGEST).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    std::fs::File::open(path).map_err(said)?.take(limit).read_to_end(&mut bytes).map_err(said)?;
    String::from_utf8(bytes).map(Some).map_err(|_| "is no text in UTF-8".to_owned())
}

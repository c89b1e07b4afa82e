//! JSON in columns: written within a bound, and made harmless when it is read back, whatever it holds.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::columns::strange;
use crate::domain::harmless;

/// The longest text that is kept or read, in bytes.
const MOST: usize = 1 << 20;

/// The most lines of one of its texts, and the longest of them in characters.
const TEXT: (usize, usize) = (400, 4_000);

/// A value as JSON.
pub(super) fn json<T: Serialize>(value: &T) -> Result<String, sqlx::Error> {
    serde_json::to_string(value).map_err(|error| sqlx::Error::Encode(error.into()))
}

/// A value as JSON that is read back as a whole; `what` it is, for the error. A number that JSON has no word for is
/// refused here, before anybody calls it kept.
pub(super) fn sure<T: Serialize + DeserializeOwned>(value: &T, what: &str) -> Result<String, sqlx::Error> {
    let text = json(value)?;
    match read::<T>(&text, what) {
        Ok(_) => Ok(text),
        Err(sqlx::Error::Decode(error)) => Err(sqlx::Error::Encode(error)),
        Err(error) => Err(error),
    }
}

/// Reads a value, every text in it harmless; `what` it is, for the error.
pub(super) fn read<T: DeserializeOwned>(text: &str, what: &str) -> Result<T, sqlx::Error> {
    if text.len() > MOST {
        return Err(strange(format!("{what} is longer than midwatch keeps: {} bytes", text.len())));
    }
    let parsed = serde_json::from_str::<Value>(text).and_then(|mut value| {
        clean(&mut value);
        serde_json::from_value(value)
    });
    parsed.map_err(|error| strange(format!("{what} is not as midwatch writes it: {error}")))
}

/// Doing it twice changes nothing, and a text that is harmless stays as it is.
fn clean(value: &mut Value) {
    match value {
        Value::String(text) => {
            let lines = text.split('\n').take(TEXT.0).map(|part| harmless::line(part, TEXT.1));
            *text = lines.collect::<Vec<_>>().join("\n");
        }
        Value::Array(values) => values.iter_mut().for_each(clean),
        // Names are midwatch's own: those that it does not know are passed over.
        Value::Object(fields) => fields.values_mut().for_each(clean),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::checklist::{Answer, Change};

    #[test]
    fn what_is_harmless_stays_and_the_rest_is_made_so() {
        let text = r#"["Việt 漢字\n  two\n", "a\u001b[31mb\u202e\u0007", ["\u0000"], {"k": "c\u001b]0;x\u0007"}]"#;
        let found: Value = read(text, "it").unwrap();
        assert_eq!(found, serde_json::json!(["Việt 漢字\n  two\n", "ab··", ["·"], {"k": "c"}]));
        assert_eq!(read::<Value>(&json(&found).unwrap(), "it").unwrap(), found);
    }

    #[test]
    fn what_cannot_be_read_says_what_it_is() {
        let told = |text: &str| read::<Vec<u8>>(text, "the list of walk 7").unwrap_err().to_string();
        assert!(told("{").contains("the list of walk 7 is not as midwatch writes it: EOF"));
        assert!(told("[300]").contains("the list of walk 7 is not as midwatch writes it: invalid value"));
        assert!(told(&"[".repeat(100_000)).contains("recursion"));
        assert!(told(&" ".repeat(MOST + 1)).contains("the list of walk 7 is longer than midwatch keeps"));
    }

    #[test]
    fn a_number_that_would_be_lost_is_refused() {
        for number in [f64::NAN, f64::INFINITY] {
            let change = Change::Answer { answer: Answer::Number(number), outcome: None };
            assert!(sure(&change, "an update").unwrap_err().to_string().contains("an update is not as"));
        }
    }
}

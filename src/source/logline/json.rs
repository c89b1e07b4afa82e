//! One JSON object a line.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::fields::{Field, gather};
use super::{Clock, Parts};

/// Reads an object; `None` if the line is none. Fields keep their order, and numbers their digits.
#[must_use]
pub fn read(line: &str, clock: Clock) -> Option<Parts<'static>> {
    let object: Object = serde_json::from_str(line).ok()?;
    Some(gather(object.0, clock))
}

struct Object(Vec<Field>);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Object;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut all = Vec::new();
                while let Some((name, value)) = map.next_entry::<String, &RawValue>()? {
                    all.push(Field { name, value: text_of(value.get()) });
                }
                Ok(Object(all))
            }
        }
        deserializer.deserialize_map(Fields)
    }
}

/// A string without its quotes; anything else, and a string with broken escapes, as it is written.
fn text_of(raw: &str) -> String {
    let string = if raw.starts_with('"') { serde_json::from_str(raw).ok() } else { None };
    string.unwrap_or_else(|| raw.to_owned())
}

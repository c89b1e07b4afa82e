//! The JSON Schema (draft 2020-12) of the configuration file, for editors that complete and check TOML.

use serde_json::{Map, Value, json};

use super::{Key, Shape, alternatives, of};
use crate::config::kinds::KINDS;

/// What a duration looks like.
const DURATION: &str = "^([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$";

/// The schema, indented, with a line break at its end.
#[must_use]
pub fn json_schema() -> String {
    let mut schema = object(&[""], &[]);
    if let Value::Object(root) = &mut schema {
        root.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
        root.insert("title".to_owned(), json!("midwatch configuration"));
    }
    format!("{schema:#}\n")
}

/// A table with the keys of these sections. `fixed` are texts that a key must be.
fn object(sections: &[&str], fixed: &[(&str, &str)]) -> Value {
    let keys = || sections.iter().flat_map(|section| of(section));
    let properties: Map<String, Value> = keys()
        .map(|key| {
            let constant = fixed.iter().find(|(name, _)| *name == key.name);
            let shape = constant.map_or_else(|| shape(key.shape), |(_, word)| json!({ "const": word }));
            (key.name.to_owned(), described(shape, key))
        })
        .collect();
    let required: Vec<&str> = keys().filter(|key| key.required).map(|key| key.name).collect();
    let mut table =
        json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false });
    let rules = sections.iter().flat_map(|section| alternatives(section));
    let rules: Vec<Value> = rules.map(|name| json!({ "required": [name] })).collect();
    if !rules.is_empty() {
        table["oneOf"] = Value::Array(rules);
    }
    table
}

fn described(mut shape: Value, key: &Key) -> Value {
    if let Value::Object(shape) = &mut shape {
        let default = if key.default.is_empty() { String::new() } else { format!(" (default: {})", key.default) };
        shape.insert("description".to_owned(), json!(format!("{}{default}", key.doc)));
    }
    shape
}

fn shape(shape: Shape) -> Value {
    let text = || json!({ "type": "string", "minLength": 1 });
    let map = |values: &Value| json!({ "type": "object", "additionalProperties": values });
    let duration = || json!({ "type": "string", "minLength": 2, "pattern": DURATION });
    let count = || json!({ "type": "integer", "minimum": 0 });
    let or_off = |value: Value| json!({ "anyOf": [value, { "const": false }] });
    match shape {
        Shape::Text | Shape::Path => text(),
        Shape::Url => json!({ "type": "string", "format": "uri" }),
        Shape::Urls => {
            let url = json!({ "type": "string", "format": "uri" });
            json!({ "anyOf": [url, { "type": "array", "items": url, "minItems": 1 }] })
        }
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Number => json!({ "type": "number" }),
        Shape::Count => count(),
        Shape::Duration => duration(),
        Shape::Texts => json!({ "type": "array", "items": text() }),
        Shape::Choice(words) => json!({ "enum": words }),
        Shape::Match => {
            let expression = json!({
                "type": "object", "properties": { "re": { "type": "string" } }, "required": ["re"], "additionalProperties": false
            });
            let mut labels = map(&json!({ "anyOf": [{ "type": "string" }, expression] }));
            labels["minProperties"] = json!(1);
            labels
        }
        Shape::Headers => map(&json!({ "anyOf": [{ "type": "string" }, one_of("secret")] })),
        Shape::Severities => map(&json!({ "enum": ["critical", "high", "medium", "low"] })),
        Shape::Threshold => json!({ "anyOf": [object(&["threshold"], &[]), { "type": "boolean" }] }),
        Shape::DurationOrOff => or_off(duration()),
        Shape::CountOrOff => or_off(count()),
        Shape::Table(section @ ("secret" | "auth")) => one_of(section),
        Shape::Table(section) => object(&[section], &[]),
        Shape::Tables(section) => json!({ "type": "array", "items": object(&[section], &[]) }),
        Shape::Named(section) => map(&object(&[section], &[])),
        Shape::Sources => {
            let kinds: Vec<Value> = KINDS.iter().map(|kind| object(kind.sections, &[("kind", kind.word)])).collect();
            json!({ "type": "array", "items": { "oneOf": kinds } })
        }
        Shape::Within(from, to) => json!({ "type": "integer", "minimum": from, "maximum": to }),
        Shape::Counts => json!({ "type": "array", "items": count() }),
        Shape::Argv => json!({ "type": "array", "items": { "type": "string" }, "minItems": 1 }),
        Shape::CountOrText => json!({ "anyOf": [count(), text()] }),
        Shape::Bound => json!({ "anyOf": [{ "type": "number" }, duration()] }),
        Shape::NumberOrText => json!({ "anyOf": [{ "type": "number" }, text()] }),
        Shape::TextMap => map(&json!({ "type": "string" })),
        Shape::Any => json!({}),
        Shape::Either(sections) => either(sections),
        Shape::EitherTables(sections) => json!({ "type": "array", "items": either(sections) }),
        Shape::Variables => {
            let values = map(&json!({ "anyOf": [{ "type": "string" }, one_of("secret")] }));
            json!({ "type": "array", "items": { "anyOf": [text(), values] } })
        }
        Shape::NamedOrText(section) => map(&json!({ "anyOf": [text(), object(&[section], &[])] })),
    }
}

/// A table with the keys of one of these sections.
fn either(sections: &[&str]) -> Value {
    let kinds: Vec<Value> = sections.iter().map(|section| object(&[section], &[])).collect();
    json!({ "oneOf": kinds })
}

/// A table that takes exactly one of the keys of a section.
fn one_of(section: &str) -> Value {
    let mut table = object(&[section], &[]);
    table["minProperties"] = json!(1);
    table["maxProperties"] = json!(1);
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::schema::all;

    #[test]
    fn it_knows_every_key_and_allows_no_other() {
        let schema: Value = serde_json::from_str(&json_schema()).unwrap();
        let root: Vec<&str> = schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(root.len(), of("").count());
        assert_eq!(schema["additionalProperties"], false);
        let sources = schema["properties"]["source"]["items"]["oneOf"].as_array().unwrap();
        assert_eq!(sources.len(), KINDS.len());
        for source in sources {
            assert!(source["required"].as_array().unwrap().contains(&json!("name")));
            assert!(source["properties"]["kind"]["const"].is_string());
        }
        let remedy = &schema["properties"]["remedy"]["items"];
        assert_eq!(remedy["oneOf"].as_array().unwrap().len(), 7, "a remedy does one thing");
        assert_eq!(remedy["properties"]["approvals"]["maximum"], 2);
        assert_eq!(remedy["properties"]["params"]["additionalProperties"]["properties"]["type"]["enum"][4], "secret");
        assert_eq!(remedy["properties"]["require"]["items"]["oneOf"][1]["required"], json!(["signal", "is"]));
        let text = schema.to_string();
        assert!(all().all(|key| text.contains(&format!("\"{}\"", key.name))));
    }
}

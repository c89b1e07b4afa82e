//! A playbook of Ansible; its dry run is its check mode.

use std::path::Path;

use serde_json::{Map, Value};

use crate::domain::remediation::Template;
use crate::domain::remediation::plan::Call;

use super::bench::Bench;
use super::values::Part;
use super::{Calls, program, told};

/// Plans a playbook.
pub(super) fn plan(
    bench: &Bench<'_>,
    playbook: &Path,
    inventory: Option<&Path>,
    limit: Option<&Template>,
    vars: &[(String, Template)],
) -> Result<Calls, String> {
    let cwd = &bench.remedy.cwd;
    let playbook = program::file("the playbook", playbook, cwd)?;
    let mut arguments = Vec::new();
    if let Some(inventory) = inventory {
        arguments.extend(["-i".to_owned(), program::file("the inventory", inventory, cwd)?]);
    }
    if let Some(limit) = limit {
        arguments.push(format!("--limit={}", limit_to(bench, limit).map_err(|words| format!("the limit: {words}"))?));
    }
    if !vars.is_empty() {
        arguments.push(format!("--extra-vars={}", variables(bench, vars)?));
    }
    let call = |dry: &[&str]| {
        let dry = dry.iter().map(|&word| word.to_owned());
        bench.process("ansible-playbook", arguments.iter().cloned().chain(dry).chain([playbook.clone()]).collect())
    };
    let (run, check) = (call(&[])?, call(&["--check", "--diff"])?);
    Ok(Calls { run: Call::Process(run), dry_run: Some(Call::Process(check)), verify: None })
}

/// The hosts it is limited to: a value is one name, never a pattern, a list or a file of them.
fn limit_to(bench: &Bench<'_>, template: &Template) -> Result<String, String> {
    let text = bench.values.text(template)?;
    let parts = bench.values.parts(template)?;
    let name = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    let mut values = parts.iter().filter_map(|part| if let Part::Value(value) = part { Some(*value) } else { None });
    let odd = values.find(|value| !value.chars().all(name) || ["all", "ungrouped"].contains(value));
    match odd {
        Some(value) => Err(format!("'{}' is no name of one host; use letters, digits, '.', '-' and '_'", told(value))),
        None if text.starts_with(['-', '@']) => {
            Err(format!("'{}' begins with a sign and is no name of a host; use another", told(&text)))
        }
        None if text.is_empty() => Err("it is empty, which would be all hosts; write a name".to_owned()),
        None => Ok(text),
    }
}

/// Variables as one JSON object, each a text. Ansible reads variables as templates, so a value may not make one.
fn variables(bench: &Bench<'_>, vars: &[(String, Template)]) -> Result<Value, String> {
    let mut object = Map::new();
    for (name, template) in vars {
        let text = bench.values.text(template).map_err(|words| format!("the variable {name}: {words}"))?;
        let is_template = ["{{", "{%", "{#"].iter().any(|mark| text.contains(mark));
        if is_template && template.params().next().is_some() {
            return Err(format!(
                "the variable {name}: '{}' would be read by Ansible as a template; use a value without braces",
                told(&text)
            ));
        }
        object.insert(name.clone(), Value::String(text));
    }
    Ok(Value::Object(object))
}

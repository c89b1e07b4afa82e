//! The bench that every kind works at: one remedy, its values, its machine; templates become processes here.

use std::path::Path;

use crate::domain::remediation::plan::{EnvValue, ProcessCall};
use crate::domain::remediation::{Kind, Remedy, Template};

use super::values::Values;
use super::{Machine, environment, program, rereads, ssh};

/// What is planned with.
pub(super) struct Bench<'a> {
    /// What was declared.
    pub(super) remedy: &'a Remedy,
    /// With which values.
    pub(super) values: &'a Values<'a>,
    machine: &'a Machine,
    env: Vec<(String, EnvValue)>,
}

impl<'a> Bench<'a> {
    /// Sets up the bench.
    pub(super) fn new(remedy: &'a Remedy, values: &'a Values<'a>, machine: &'a Machine) -> Result<Self, String> {
        if !remedy.cwd.is_absolute() {
            return Err(format!("cwd is {}; write an absolute path", remedy.cwd.display()));
        }
        Ok(Self { remedy, values, machine, env: environment::of(remedy, values)? })
    }

    /// A declared command; for a remedy of the kind `ssh` it runs where the remedy runs. `what` begins its errors.
    pub(super) fn command(&self, what: &str, argv: &[Template]) -> Result<ProcessCall, String> {
        let made = match &self.remedy.kind {
            Kind::Ssh { host, hosts, user, port, .. } => {
                let to = ssh::To { host, hosts, user: user.as_deref(), port: *port };
                ssh::plan(self, &to, argv)
            }
            _ => self.words(argv).and_then(|(name, arguments)| self.process(&name, arguments)),
        };
        made.map_err(|words| format!("{what}: {words}"))
    }

    /// A script file, given to its interpreter.
    pub(super) fn script(
        &self,
        path: &Path,
        interpreter: &[String],
        arguments: &[Template],
    ) -> Result<ProcessCall, String> {
        let made = || {
            // Options behind the file are the script's own, whatever they mean to its interpreter.
            rereads::check_interpreter(interpreter, arguments)?;
            let path = program::file("the file", path, &self.remedy.cwd)?;
            let mut words: Vec<String> = interpreter.iter().chain([&path]).cloned().collect();
            for template in interpreter.iter().map(|word| Template::literal(word)) {
                self.values.text(&template)?;
            }
            let name = words.remove(0);
            for template in arguments {
                words.push(self.values.argument(template)?);
            }
            self.process(&name, words)
        };
        made().map_err(|words| format!("the script: {words}"))
    }

    /// A program and its arguments, each template one of them.
    pub(super) fn words(&self, argv: &[Template]) -> Result<(String, Vec<String>), String> {
        let Some((first, rest)) = argv.split_first() else { return Err("it names no program; write one".to_owned()) };
        if let Some(name) = first.params().next() {
            return Err(format!(
                "'{{{name}}}' stands where the program is named; write the program itself, a value may not choose it"
            ));
        }
        rereads::check(argv)?;
        let name = self.values.text(first)?;
        let arguments = rest.iter().map(|template| self.values.argument(template)).collect::<Result<_, _>>()?;
        Ok((name, arguments))
    }

    /// A process of a program that is looked for.
    pub(super) fn process(&self, name: &str, arguments: Vec<String>) -> Result<ProcessCall, String> {
        let program = program::find(name, &self.remedy.cwd, self.machine)?;
        let argv = std::iter::once(program).chain(arguments).collect();
        Ok(ProcessCall { argv, script: None, env: self.env.clone(), cwd: self.remedy.cwd.clone() })
    }
}

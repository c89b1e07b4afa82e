//! What must hold before: commands to be asked, and signals as they stand now.

use crate::domain::remediation::Precondition;
use crate::domain::remediation::plan::Check;
use crate::domain::remediation::wish::Wish;
use crate::domain::{SignalLevel, quantity};

use super::bench::Bench;
use super::told;

/// One demand on a signal.
struct Demand<'a> {
    service: Option<&'a str>,
    signal: &'a str,
    comparison: &'a str,
    bound: f64,
}

/// The checks, and what they demand in words that do not change with what is measured.
pub(super) fn plan(bench: &Bench<'_>, wish: &Wish) -> Result<(Vec<Check>, Vec<String>), String> {
    let (mut checks, mut demands) = (Vec::new(), Vec::new());
    // What runs by itself must pass what is asked of it beside.
    let only_if = bench.remedy.auto.iter().filter(|_| wish.auto).flat_map(|auto| &auto.only_if);
    let all: Vec<Precondition> = bench.remedy.require.iter().chain(only_if).cloned().collect();
    for required in &all {
        match required {
            Precondition::Command(argv) => {
                checks.push(Check::Process(bench.command("what must hold before", argv)?));
                demands.push("a command".to_owned());
            }
            Precondition::Signal { service, signal, comparison, bound } => {
                let demand = Demand { service: service.as_deref(), signal, comparison, bound: *bound };
                let (check, words) = signal_check(&demand, &all, wish)?;
                checks.push(check);
                demands.push(words);
            }
        }
    }
    Ok((checks, demands))
}

fn signal_check(demand: &Demand<'_>, all: &[Precondition], wish: &Wish) -> Result<(Check, String), String> {
    let Demand { signal, comparison, bound, .. } = demand;
    let found = reading(demand, all, wish);
    let service = demand.service.or(found.map(|(service, _)| service)).or_else(|| wish.labels.get("service"));
    let name =
        told(&service.map_or_else(|| (*signal).to_owned(), |service| format!("{service} {signal}"))).into_owned();
    let must = format!("must be {comparison} {bound}");
    let value = found.and_then(|(_, value)| value);
    let holds = value.map(|value| compare(value, comparison, *bound)).transpose()?.unwrap_or(false);
    // A comparison that nobody knows is an error even while the value is not known.
    compare(0.0, comparison, *bound)?;
    let words = match value {
        Some(value) => format!("{name} {}, {must}", quantity::text(Some(value), "")),
        None => format!("{name} is not known, {must}"),
    };
    Ok((Check::Signal { words, holds }, format!("{name} {must}")))
}

/// The service and the value that a demand is about. Where it names no service it is the incident's: the one of its
/// label, else the one that no other demand names, if there is only one.
fn reading<'a>(demand: &Demand<'_>, all: &[Precondition], wish: &'a Wish) -> Option<(&'a str, Option<f64>)> {
    let named = |service: &str| {
        all.iter().any(|other| matches!(other, Precondition::Signal { service: Some(name), .. } if name == service))
    };
    let label = wish.labels.get("service");
    let of_name: Vec<_> = wish.signals.iter().filter(|(_, name, _, _)| name == demand.signal).collect();
    let of_service = |wanted: &str| of_name.iter().find(|(service, ..)| service == wanted).copied();
    let found = match demand.service {
        Some(service) => of_service(service),
        None => label.and_then(of_service).or_else(|| {
            let mut others = of_name.iter().filter(|(service, ..)| !named(service));
            others.next().copied().filter(|_| others.next().is_none())
        }),
    };
    let (service, _, value, level) = found?;
    let known = value.filter(|value| value.is_finite() && *level != SignalLevel::Unknown);
    Some((service, known))
}

fn compare(value: f64, comparison: &str, bound: f64) -> Result<bool, String> {
    let order = value.partial_cmp(&bound).ok_or_else(|| "a bound must be a number".to_owned())?;
    Ok(match comparison {
        "<" => order.is_lt(),
        "<=" => order.is_le(),
        ">" => order.is_gt(),
        ">=" => order.is_ge(),
        "==" => order.is_eq(),
        "!=" => order.is_ne(),
        other => return Err(format!("'{}' is no comparison; write <, <=, >, >=, == or !=", told(other))),
    })
}

//! The real configuration parser and the real adapters against the simulated production.

use std::path::Path;

use chrono::TimeDelta;
use midwatch::config::{Machine, file};
use midwatch::demo::{self, DemoClock, DemoOptions, DemoWorld, config_toml};
use midwatch::domain::{Alert, AlertState, Matcher, Moment};
use midwatch::source::registry::{self, Context};
use midwatch::source::{NewSilence, Observation, Part, Source};

async fn world() -> DemoWorld {
    let at = Moment::UNIX_EPOCH + TimeDelta::seconds(1_795_230_000);
    demo::start(DemoOptions { clock: DemoClock::fixed(at), seed: 1, posed: false }).await.unwrap()
}

fn sources(world: &DemoWorld) -> Vec<(String, Box<dyn Source>)> {
    let (settings, found) = file::read(Path::new("demo.toml"), &config_toml(world), &Machine::here(), &[]);
    assert!(found.is_empty(), "{found:?}");
    let build = |options| registry::build(options, &Context::default()).unwrap();
    settings.sources.iter().map(|options| (options.name.to_string(), build(options))).collect()
}

fn one(world: &DemoWorld, name: &str) -> Box<dyn Source> {
    sources(world).into_iter().find(|(other, _)| other == name).unwrap().1
}

fn alerts(observation: &Observation) -> &[Alert] {
    match &observation.alerts {
        Part::Now(alerts) => alerts,
        other => panic!("no alerts: {other:?}"),
    }
}

#[tokio::test]
async fn every_source_of_the_demo_answers_in_full() {
    let world = world().await;
    let mut asked = Vec::new();
    for (name, mut source) in sources(&world) {
        let mut seen = source.poll().await.unwrap();
        assert_eq!(seen.notes, Vec::<String>::new(), "{name}");
        // One poll reads a bounded piece of a log: the rest comes with the next ones.
        while let more = source.poll().await.unwrap().logs
            && !more.is_empty()
        {
            seen.logs.extend(more);
        }
        match name.as_str() {
            "prom-eu" => metrics_are_full(&seen),
            "am-eu" => alerts_are_told(&seen),
            _ => the_log_is_read(&seen),
        }
        asked.push(name);
    }
    assert_eq!(asked, ["prom-eu", "am-eu", "logs"]);
}

fn metrics_are_full(seen: &Observation) {
    assert_eq!(seen.signals.len(), 12);
    for update in &seen.signals {
        assert!(update.problem.is_none() && update.readings.len() > 200, "{:?}", update.signal.key);
        assert!(update.readings.iter().all(|reading| reading.value.is_some()));
    }
    let slo = &seen.slos[0];
    assert!(slo.errors_1h > slo.errors_6h && slo.errors_6h > slo.errors_window, "{slo:?}");
    assert!(slo.errors_window.is_some_and(|share| share > 0.0), "{slo:?}");
}

fn alerts_are_told(seen: &Observation) {
    let named = |name: &str| alerts(seen).iter().filter(|alert| alert.name() == name).count();
    assert_eq!([named("CheckoutErrorsHigh"), named("PaymentsDown"), named("Watchdog")], [3, 1, 1]);
    assert!(matches!(&seen.mutes, Part::Now(mutes) if mutes.len() >= 2));
}

fn the_log_is_read(seen: &Observation) {
    let errors = seen.logs.iter().filter(|line| line.level.is_error()).count();
    assert!(errors > 1000, "{errors} of {}", seen.logs.len());
    assert!(seen.logs.iter().any(|line| line.text.contains("deploy checkout v812")));
}

#[tokio::test]
async fn a_silence_made_by_the_real_adapter_is_seen_by_it() {
    let world = world().await;
    let mut source = one(&world, "am-eu");
    let muting = source.muting().unwrap();
    let state = |seen: &Observation| alerts(seen).iter().find(|alert| alert.name() == "PaymentsDown").unwrap().state;
    assert_eq!(state(&source.poll().await.unwrap()), AlertState::Firing);
    let silence = NewSilence {
        matchers: vec![Matcher::equal("alertname", "PaymentsDown")],
        starts: world.now(),
        ends: world.now() + TimeDelta::minutes(15),
        by: "ana".into(),
        comment: "ACK! on it".into(),
    };
    let id = muting.create(silence).await.unwrap();
    assert_eq!(state(&source.poll().await.unwrap()), AlertState::Silenced);
    let ends = world.now() + TimeDelta::minutes(30);
    assert_eq!(muting.extend(id.clone(), ends).await.unwrap(), id, "extended in place");
    assert_eq!(muting.read(id.clone()).await.unwrap().unwrap().ends, ends);
    muting.expire(id).await.unwrap();
    assert_eq!(state(&source.poll().await.unwrap()), AlertState::Firing);
}

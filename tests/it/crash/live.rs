//! The same with a real Alertmanager behind the stand-in that holds the answer.

use super::scene::Scene;
use super::stand_in::{Mode, StandIn};
use crate::support::lab::{Lab, rules};

#[test]
fn an_ack_that_a_real_alertmanager_made_and_nobody_recorded_is_found_there() {
    let Some(lab) = Lab::with_alerting() else { return };
    let am = lab.alertmanager();
    let firing = rules(&[("Kill0", "vector(1)", &[("service", "shop"), ("severity", "critical")])]);
    let _prometheus = lab.prometheus(&firing, &[&am], None);
    am.wait_for_alert("Kill0");
    let scene = Scene::watching(StandIn::before(&am.api.address()));
    scene.am.behave(Mode::HoldsAnswer);
    scene.kill_when_held(&["ack", "Kill0", "--comment", "rolling back"]);
    scene.am.behave(Mode::Answers);
    let made = am.api.active_silences();
    assert_eq!(made.len(), 1, "{made:?}");
    assert_eq!(scene.look().memory.acks, [], "killed before it was recorded");

    let told = scene.home.run(&["status"]);
    assert!(told.err.contains("found at am and is in force"), "{told:?}");
    let kept = scene.look();
    kept.is_settled();
    let ids: Vec<&str> = kept.memory.acks.iter().map(|ack| &*ack.id.0).collect();
    assert_eq!(ids, [made[0]["id"].as_str().expect("an id")]);
    let incident = scene.home.incident("Kill0").expect("it still fires");
    assert_eq!(incident["acked_by"], "ana");
    assert_eq!(scene.home.run(&["unack", "Kill0"]).status, 0);
    assert!(am.api.active_silences().is_empty() && am.api.silences().len() == 1, "{:?}", am.api.silences());
}

//! One alert told by several sources is one alert.

use std::sync::Arc;

use super::{Alert, AlertState, SourceName};

/// Of all that is told of one alert (same fingerprint), what counts: whether it fires, then what a source
/// that can mute says, then the earlier begin. The order of the sources does not matter.
#[must_use]
pub fn merge<'a>(told: impl IntoIterator<Item = (&'a SourceName, &'a Arc<Alert>)>) -> Option<Arc<Alert>> {
    let told: Vec<_> = told.into_iter().collect();
    let (_, best) = told.iter().min_by_key(|(source, alert)| (voice(alert.state), alert.since, *source))?;
    let since = told.iter().filter(|(_, alert)| alert.state != AlertState::Pending).map(|(_, alert)| alert.since).min();
    match since {
        Some(since) if since < best.since => Some(Arc::new(Alert { since, ..Alert::clone(best) })),
        _ => Some(Arc::clone(best)),
    }
}

/// Whose word on the state goes before whose. Only a source that can mute says silenced or inhibited, so it
/// is believed before one that only says firing.
fn voice(state: AlertState) -> u8 {
    match state {
        AlertState::Silenced => 0,
        AlertState::Inhibited => 1,
        AlertState::Firing => 2,
        AlertState::Pending => 3,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{Fingerprint, Labels, Moment, Rated, Severity};

    const STATES: [AlertState; 4] =
        [AlertState::Silenced, AlertState::Inhibited, AlertState::Firing, AlertState::Pending];

    fn told(state: AlertState, minute: i64) -> Arc<Alert> {
        let labels: Labels = [("alertname", "Down")].into();
        Arc::new(Alert {
            fingerprint: Fingerprint::of(&labels),
            labels,
            annotations: Labels::default(),
            since: Moment::UNIX_EPOCH + TimeDelta::minutes(minute),
            state,
            rated: Rated::known(Severity::High),
            silenced_by: Vec::new(),
            inhibited_by: Vec::new(),
            value: None,
            link: None,
        })
    }

    fn merged(told: &[(SourceName, Arc<Alert>)]) -> Option<Arc<Alert>> {
        merge(told.iter().map(|(source, alert)| (source, alert)))
    }

    #[test]
    fn nothing_told_is_nothing() {
        assert_eq!(merged(&[]), None);
    }

    #[test]
    fn who_can_mute_is_believed_and_the_earliest_begin_counts() {
        let alert = merged(&[
            ("prom".into(), told(AlertState::Firing, 1)),
            ("am".into(), told(AlertState::Silenced, 5)),
            ("rules".into(), told(AlertState::Pending, 0)),
        ]);
        let alert = alert.unwrap();
        assert_eq!(alert.state, AlertState::Silenced);
        assert_eq!(alert.since, Moment::UNIX_EPOCH + TimeDelta::minutes(1), "pending is not firing yet");
    }

    #[test]
    fn what_only_pends_pends_since_the_first_who_says_so() {
        let alert =
            merged(&[("b".into(), told(AlertState::Pending, 3)), ("a".into(), told(AlertState::Pending, 7))]).unwrap();
        assert_eq!((alert.state, alert.since), (AlertState::Pending, Moment::UNIX_EPOCH + TimeDelta::minutes(3)));
    }

    proptest! {
        #[test]
        fn the_order_of_the_sources_does_not_matter(
            (one, other) in prop::collection::btree_map("[a-d]", (0..4_usize, 0..4_i64), 0..4)
                .prop_map(|all: BTreeMap<String, (usize, i64)>| {
                    let told = all.into_iter().map(|(name, (state, minute))| (SourceName::new(&name), told(STATES[state], minute)));
                    told.collect::<Vec<_>>()
                })
                .prop_flat_map(|told| (Just(told.clone()), Just(told).prop_shuffle()))
        ) {
            let alert = merged(&one);
            prop_assert_eq!(&alert, &merged(&other));
            if let Some(alert) = alert {
                let fires = one.iter().any(|(_, told)| told.state != AlertState::Pending);
                prop_assert_eq!(alert.state != AlertState::Pending, fires);
            } else {
                prop_assert!(one.is_empty());
            }
        }
    }
}

//! Which alerts belong to one incident.

use super::Labels;
use super::incident::GroupKey;
use super::service::Service;

/// The labels that name a service, if none is configured to match.
const SERVICE_LABELS: [&str; 4] = ["service", "app", "job", "host"];

/// How alerts are grouped.
#[derive(Debug, Clone, PartialEq)]
pub struct Grouping {
    /// The labels of `group_by`. `service` also counts for alerts that a configured service owns.
    pub by: Vec<String>,
    /// The configured services, in the order of the configuration.
    pub services: Vec<Service>,
}

impl Default for Grouping {
    fn default() -> Self {
        Self { by: vec!["service".to_owned(), "alertname".to_owned()], services: Vec::new() }
    }
}

impl Grouping {
    /// The label that says which service these labels belong to, where no configured one owns them.
    #[must_use]
    pub fn label_of(&self, labels: &Labels) -> Option<&'static str> {
        let owned = self.services.iter().any(|service| service.owns(labels));
        SERVICE_LABELS.into_iter().find(|name| labels.get(name).is_some()).filter(|_| !owned)
    }

    /// The service that these labels belong to: the first configured one that matches, else what the labels
    /// themselves say.
    #[must_use]
    pub fn service_of<'a>(&'a self, labels: &'a Labels) -> Option<&'a str> {
        let configured = self.services.iter().find(|service| service.owns(labels)).map(|service| service.name.as_str());
        configured.or_else(|| SERVICE_LABELS.into_iter().find_map(|name| labels.get(name)))
    }

    /// The group of an alert with these labels.
    #[must_use]
    pub fn key(&self, labels: &Labels) -> GroupKey {
        let value = |name: &str| match name {
            "service" => self.service_of(labels),
            other => labels.get(other),
        };
        GroupKey(self.by.iter().filter_map(|name| value(name).map(|value| (name.as_str(), value))).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Matcher;
    use proptest::prelude::*;

    #[test]
    fn alerts_of_one_service_and_name_are_one_group_wherever_they_fire() {
        let grouping = Grouping::default();
        let key = |instance| grouping.key(&[("alertname", "Down"), ("job", "api"), ("instance", instance)].into());
        assert_eq!(key("a"), key("b"));
        assert_eq!(key("a").0.to_string(), "alertname=Down, service=api");
    }

    fn service(name: &str, label: &str, value: &str) -> Service {
        Service { name: name.to_owned(), matchers: vec![Matcher::equal(label, value)], owner: None, slo: None }
    }

    #[test]
    fn a_configured_service_goes_before_what_the_labels_say_and_the_first_wins() {
        let services = vec![service("checkout", "app", "co"), service("shop", "team", "web")];
        let grouping = Grouping { services, ..Grouping::default() };
        let of = |labels: Labels| grouping.service_of(&labels).map(str::to_owned);
        assert_eq!(of([("service", "x"), ("app", "co"), ("team", "web")].into()).as_deref(), Some("checkout"));
        assert_eq!(of([("service", "x"), ("team", "web")].into()).as_deref(), Some("shop"));
        assert_eq!(of([("job", "j"), ("app", "a")].into()).as_deref(), Some("a"));
        assert_eq!(of([("instance", "i")].into()), None);
    }

    #[test]
    fn what_an_alert_does_not_say_does_not_tell_it_apart() {
        let grouping = Grouping { by: vec!["team".to_owned(), "alertname".to_owned()], ..Grouping::default() };
        let key = |labels: Labels| grouping.key(&labels);
        assert_eq!(key([("alertname", "A"), ("x", "1")].into()), key([("alertname", "A"), ("team", "")].into()));
        assert_ne!(key([("alertname", "A"), ("team", "t")].into()), key([("alertname", "A")].into()));
        let all = Grouping { by: Vec::new(), ..Grouping::default() };
        assert_eq!(all.key(&[("alertname", "A")].into()), all.key(&[("alertname", "B")].into()));
    }

    proptest! {
        #[test]
        fn labels_outside_the_grouping_never_split_a_group(
            name in "[A-C]", one in "[a-z]{0,3}", other in "[a-z]{0,3}",
        ) {
            let grouping = Grouping::default();
            let key = |pod: &str| grouping.key(&[("alertname", name.as_str()), ("service", "api"), ("pod", pod)].into());
            prop_assert_eq!(key(&one), key(&other));
        }

        #[test]
        fn equal_keys_mean_equal_values(a in ("[AB]?", "[xy]?"), b in ("[AB]?", "[xy]?")) {
            let grouping = Grouping::default();
            let key = |(name, service): &(String, String)| {
                grouping.key(&[("alertname", name.as_str()), ("service", service.as_str())].into())
            };
            prop_assert_eq!(key(&a) == key(&b), a == b);
        }
    }
}

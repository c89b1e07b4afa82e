//! Which alerts belong to one incident.

use super::incident::GroupKey;
use super::service::Service;
use super::Labels;

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

    #[test]
    fn alerts_of_one_service_and_name_are_one_group_wherever_they_fire() {
        let grouping = Grouping::default();
        let key = |instance| grouping.key(&[("alertname", "Down"), ("job", "api"), ("instance", instance)].into());
        assert_eq!(key("a"), key("b"));
        assert_eq!(key("a").0.to_string(), "alertname=Down, service=api");
    }
}

//! A service that hangs while its alert fires, and a remedy that restarts it.

use super::setting;
use crate::support::lab::{Backend, Lab, Prometheus, rules};
use crate::support::service::Service;

/// The alert: Prometheus gets no answer from the service.
pub const HANGS: &str = "CheckoutHangs";

/// Prometheus, Alertmanager and the service, and midwatch's configuration for them.
pub struct Hung {
    /// The service.
    pub service: Service,
    /// The Alertmanager.
    pub am: Backend,
    /// The configuration.
    pub config: String,
    _prometheus: Prometheus,
}

impl Hung {
    /// Opens a lab and sets the scene; `more` are further lines of the remedy. Without the programs there is none.
    pub fn set(more: &str) -> Option<(Lab, Self)> {
        let lab = Lab::open(&["prometheus", "prometheus-alertmanager", "prometheus-node-exporter"])?;
        let service = Service::start(&lab);
        let am = lab.alertmanager();
        let labels = [("service", "checkout"), ("severity", "critical")];
        let hangs = rules(&[(HANGS, "up{job=\"node\"} == 0", &labels)]);
        let prometheus = lab.prometheus(&hangs, &[&am], Some(&service.backend));
        let remedy = format!(
            "[[remedy]]\n\
             id = \"restart-checkout\"\n\
             title = \"Restart checkout\"\n\
             match = {{ alertname = \"{HANGS}\" }}\n\
             script = {{ path = \"{}\", interpreter = [\"sh\"], args = [\"{{instance}}\"] }}\n\
             verify = [\"sh\", \"{}\"]\n\
             timeout = \"20s\"\n\
             {more}\n\
             [remedy.params.instance]\n\
             from = \"label:instance\"\n\
             pattern = \"[0-9.:]{{1,32}}\"\n",
            service.restart.display(),
            service.ready.display(),
        );
        let config = setting::alertmanager(&[&am], &remedy);
        service.wait_ready();
        service.hang();
        am.wait_for_alert(HANGS);
        Some((lab, Self { service, am, config, _prometheus: prometheus }))
    }
}

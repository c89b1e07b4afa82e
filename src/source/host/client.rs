//! Looks at this machine. The only user of sysinfo; everything it reads leaves as plain [`wire`](super::wire)
//! values.

pub mod mounts;
pub mod pressure;
pub mod space;
pub mod units;

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::Utc;
use futures_util::future::BoxFuture;
use sysinfo::{MINIMUM_CPU_UPDATE_INTERVAL, Networks, System};

use super::wire::{Machine, Traffic, Units, Use};

/// Something that can look at a machine. Tests look at made-up ones.
pub trait Probe: Send {
    /// Looks once. What cannot be read is `None` in the answer.
    fn look(&mut self) -> BoxFuture<'_, Machine>;
}

/// The machine that midwatch runs on.
pub struct ThisMachine {
    system: Option<System>,
    networks: Option<Networks>,
    cpu_is_known: bool,
    spaces: space::Spaces,
    units: Option<units::Watch>,
}

impl ThisMachine {
    /// Nothing is read before the first look. Mount points in `ignore` are left out; failed units are asked
    /// for only if `units` says so.
    #[must_use]
    pub fn new(ignore: &[String], units: bool) -> Self {
        Self {
            system: None,
            networks: None,
            cpu_is_known: false,
            spaces: space::Spaces::new(ignore),
            units: units.then(units::Watch::default),
        }
    }

    /// Per cent of all cores. The kernel tells only totals, so the first reading takes two looks.
    async fn cpu(&mut self) -> (Option<f64>, Option<usize>) {
        let Some(system) = self.system.as_mut() else { return (None, None) };
        system.refresh_cpu_usage();
        if !self.cpu_is_known {
            tokio::time::sleep(MINIMUM_CPU_UPDATE_INTERVAL + Duration::from_millis(10)).await;
            system.refresh_cpu_usage();
            self.cpu_is_known = true;
        }
        let cores = Some(system.cpus().len()).filter(|cores| *cores > 0);
        let busy = f64::from(system.global_cpu_usage());
        (cores.and(Some(busy)).filter(|busy| busy.is_finite()).map(|busy| busy.clamp(0.0, 100.0)), cores)
    }

    fn memory(&mut self) -> (Option<Use>, Option<Use>) {
        let Some(system) = self.system.as_mut() else { return (None, None) };
        system.refresh_memory();
        let total = system.total_memory();
        // What the kernel could give out at once counts as free: caches are not use.
        let used = total.saturating_sub(system.available_memory());
        let memory = (total > 0).then_some(Use { used, total });
        let swap = memory.map(|_| Use { used: system.used_swap(), total: system.total_swap() });
        (memory, swap)
    }

    fn network(&mut self) -> Option<BTreeMap<String, Traffic>> {
        let networks = self.networks.as_mut()?;
        networks.refresh(true);
        let told = networks.iter().map(|(name, one)| {
            let traffic = Traffic { received: one.total_received(), sent: one.total_transmitted() };
            (name.to_string_lossy().into_owned(), traffic)
        });
        Some(told.collect())
    }

    async fn read(&mut self) -> Machine {
        self.system = self.system.take().or_else(|| System::new().ok());
        self.networks = self.networks.take().or_else(|| Networks::new().ok());
        let (cpu, cores) = self.cpu().await;
        let (memory, swap) = self.memory();
        let mut notes = Vec::new();
        let disks = self.spaces.read(&mut notes).await;
        let units = match &mut self.units {
            Some(watch) => watch.read(&mut notes).await,
            None => Units::Absent,
        };
        Machine {
            at: Utc::now(),
            cpu,
            cores,
            memory,
            swap,
            disks,
            network: self.network(),
            load: System::load_average().ok().map(|load| [load.one, load.five, load.fifteen]),
            pressure: pressure::read().await,
            units,
            notes,
        }
    }
}

impl Probe for ThisMachine {
    fn look(&mut self) -> BoxFuture<'_, Machine> {
        Box::pin(self.read())
    }
}

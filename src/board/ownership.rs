//! Who is on an incident, and what keeps it quiet.

use super::together::{Kind, Together};
use super::{Board, own};
use crate::domain::incident::{Ownership, Quiet};
use crate::domain::mute::MuteKind;
use crate::domain::{Alert, AlertState, Fingerprint, IncidentId, Moment, Mute, MuteId, SourceName};

/// What covers an incident.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Covered {
    pub(super) owner: Option<Ownership>,
    pub(super) quiet: Option<Quiet>,
}

/// What covers one alert.
enum Veil<'a> {
    Ack(&'a Mute),
    Silence(&'a Mute),
    /// The source says silenced, and its list of silences has not said by what yet.
    Unnamed,
    Inhibited,
    None,
}

impl Veil<'_> {
    fn ends(&self) -> Option<Moment> {
        match self {
            Self::Ack(mute) | Self::Silence(mute) => Some(mute.ends),
            Self::Unnamed | Self::Inhibited | Self::None => None,
        }
    }
}

impl Board {
    /// What covers the alerts of an incident: an owner if every one that would otherwise speak is
    /// acked; quiet if every one is covered, but not by an ack. Costs as much as there are kinds of alerts.
    pub(super) fn cover_of(&self, id: IncidentId, together: &Together, now: Moment) -> Covered {
        let kept = self.mutes.kept_ack(id, now);
        let mut veils: Vec<Veil> = Vec::new();
        for kind in together.kinds() {
            match self.veil(kind, kept, now) {
                // One that speaks decides for all.
                Veil::None => return Covered::default(),
                veil => veils.push(veil),
            }
        }
        // It speaks again as soon as the first of its alerts is not covered any more.
        let first_end = veils.iter().filter_map(Veil::ends).min();
        let acks = || veils.iter().filter_map(|veil| if let Veil::Ack(mute) = veil { Some(*mute) } else { None });
        if let Some(ack) = acks().max_by_key(|mute| lasting(mute)) {
            let earliest = acks().map(|mute| mute.starts).min().unwrap_or(ack.starts);
            let joined_since = together.after(earliest);
            return Covered {
                owner: Some(Ownership { by: ack.by.clone(), until: first_end.unwrap_or(ack.ends), joined_since }),
                quiet: None,
            };
        }
        let silences = veils.iter().filter_map(|veil| if let Veil::Silence(mute) = veil { Some(*mute) } else { None });
        let quiet = match silences.max_by_key(|mute| lasting(mute)) {
            Some(silence) => Quiet::Silenced { by: silence.by.clone(), until: first_end },
            None if veils.iter().any(|veil| matches!(veil, Veil::Unnamed)) => {
                Quiet::Silenced { by: "?".to_owned(), until: None }
            }
            None => Quiet::Inhibited,
        };
        Covered { owner: None, quiet: Some(quiet) }
    }

    fn veil<'a>(&'a self, kind: &'a Kind, kept: Option<&'a Mute>, now: Moment) -> Veil<'a> {
        let mutes = || self.named_by(kind.tellers.iter(), &kind.silenced_by).filter(|mute| mute.in_force(now));
        if let Some(ack) = mutes().filter(|mute| mute.kind == MuteKind::Ack).max_by_key(|mute| lasting(mute)) {
            return Veil::Ack(ack);
        }
        if let Some(ack) = kept
            && kind.state == AlertState::Firing
        {
            return Veil::Ack(ack);
        }
        match kind.state {
            AlertState::Silenced => match mutes().max_by_key(|mute| lasting(mute)) {
                Some(mute) => Veil::Silence(mute),
                None if self.names_unknown_mute(kind) => Veil::Unnamed,
                None => Veil::None,
            },
            AlertState::Inhibited => Veil::Inhibited,
            AlertState::Firing | AlertState::Pending => Veil::None,
        }
    }

    /// The mutes in force that an alert's source says cover it.
    pub fn covering<'a>(&'a self, alert: &'a Alert, now: Moment) -> impl Iterator<Item = &'a Mute> {
        let tellers = self.alerts.told_by(alert.fingerprint);
        self.named_by(tellers, &alert.silenced_by).filter(move |mute| mute.in_force(now))
    }

    /// The mutes of these sources that have these ids.
    fn named_by<'a>(
        &'a self,
        tellers: impl Iterator<Item = &'a SourceName>,
        ids: &'a [String],
    ) -> impl Iterator<Item = &'a Mute> {
        tellers.flat_map(move |source| {
            ids.iter().filter_map(move |id| self.mutes.get(Some(source), &crate::domain::MuteId::new(id)))
        })
    }

    /// Whether alerts are covered by something that the list of silences does not hold yet. A silence that
    /// is known and has run out covers nothing, whatever the last answer said.
    fn names_unknown_mute(&self, kind: &Kind) -> bool {
        let known = |id: &String| {
            let id = crate::domain::MuteId::new(id);
            kind.tellers.iter().any(|source| self.mutes.get(Some(source), &id).is_some())
        };
        kind.silenced_by.iter().any(|id| !known(id))
    }

    /// Whether a source that is live tells of an alert: it fires now, and not when it was last heard of. What only
    /// midwatch tells nobody measures, so nothing runs by itself for it.
    #[must_use]
    pub fn is_told_live(&self, fingerprint: Fingerprint, now: Moment) -> bool {
        let live = |source| self.sources.get(source).is_some_and(|status| !status.health(now).is_missing());
        self.alerts.told_by(fingerprint).any(live)
    }

    /// Whether everything that is known of such alerts is older than it should be.
    pub(super) fn is_stale(&self, kind: &Kind) -> bool {
        let away = |source| self.sources.get(source).is_none_or(|status| status.failure.is_some());
        kind.tellers.iter().all(|source| !own::is_own(source) && away(source))
    }
}

/// Which of several mutes holds longest; of those that end together always the same.
fn lasting(mute: &Mute) -> (Moment, &MuteId) {
    (mute.ends, &mute.id)
}

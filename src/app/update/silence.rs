//! The silence form: reason and end are mandatory, the preview is always there.

use std::collections::BTreeMap;

use crate::app::act::Deed;
use crate::app::entry::TextEntry;
use crate::app::overlay::{SilenceForm, SilencePreview, Then};
use crate::app::toast::Tone;
use crate::app::{App, Overlay};
use crate::domain::matcher::{self, Matcher, Operation};
use crate::domain::mute::NewSilence;
use crate::domain::when::When;
use crate::domain::{IncidentId, Labels, SourceName};

impl App {
    pub(super) fn open_silence(&mut self) {
        let Some(id) = self.subject_id() else { return self.say(Tone::Hint, "highlight an incident to silence it") };
        match self.silence_form(id) {
            Ok(mut form) => {
                if let Some(reason) = self.unsent.get(&id).and_then(|unsent| unsent.reason.clone()) {
                    form.reason = TextEntry::new(reason);
                }
                self.overlay = Some(Overlay::Silence(Box::new(form)));
            }
            Err(words) => self.say(Tone::Hint, words),
        }
    }

    /// A form for an incident, filled in as an ack would cover it.
    ///
    /// # Errors
    /// In words, where the incident is gone or nothing that tells of it can be silenced.
    pub fn silence_form(&self, id: IncidentId) -> Result<SilenceForm, String> {
        let incident = self.board.incident(id).ok_or("it is gone from the board; nothing was done")?;
        let plan = self.board.plan_ack(incident, |source| self.profile.ack_rules(source));
        let planned = plan.silences.first().ok_or_else(|| {
            format!("no source of {} can be silenced; 'z' snoozes it for you, 'a' acks it", incident.title)
        })?;
        let mut form = SilenceForm {
            incident: id,
            title: incident.title.clone(),
            source: planned.source.clone(),
            matchers: TextEntry::new(matcher::text(&planned.matchers)),
            span: TextEntry::new("2h"),
            reason: TextEntry::default(),
            field: 2,
            preview: Err(String::new()),
        };
        form.preview = self.preview(&form);
        Ok(form)
    }

    /// What the form would do as it stands.
    ///
    /// # Errors
    /// In words, what must be filled in or mended first.
    pub fn preview(&self, form: &SilenceForm) -> Result<SilencePreview, String> {
        let matchers = matcher::parse_list(form.matchers.text())?;
        check_matchers(&matchers)?;
        let ends = When::end(form.span.text())?.ahead(self.now, self.profile.timezone)?;
        let mut covers: BTreeMap<&str, usize> = BTreeMap::new();
        for alert in self.board.matched(Some(&form.source), &matchers) {
            *covers.entry(alert.name()).or_default() += 1;
        }
        let count = covers.values().sum();
        let covers = covers.into_iter().map(|(name, count)| (name.to_owned(), count)).collect();
        let warning = self.warning(&form.source, &matchers, count);
        Ok(SilencePreview { matchers, ends, covers, count, warning })
    }

    fn warning(&self, source: &SourceName, matchers: &[Matcher], count: usize) -> Option<String> {
        let rules = self.profile.ack_rules(source).unwrap_or_default();
        let volatile = matchers.iter().find(|matcher| rules.ignore_labels.contains(&matcher.name));
        match (count, volatile) {
            (0, _) => Some("matches nothing that fires now".to_owned()),
            (_, Some(matcher)) => {
                Some(format!("'{}' changes while the alert stays: it may stop matching", matcher.name))
            }
            _ => None,
        }
    }

    /// The question before a silence is made, as its preview says.
    pub(super) fn accept_silence(&mut self, mut form: SilenceForm) {
        form.preview = self.preview(&form);
        let reason = form.reason.text().trim().to_owned();
        let preview = match &form.preview {
            Err(words) => Err(words.clone()),
            Ok(_) if reason.is_empty() => Err("say why: whoever finds this silence must know".to_owned()),
            Ok(preview) => Ok(preview.clone()),
        };
        let preview = match preview {
            Ok(preview) => preview,
            Err(words) => {
                self.say(Tone::Failed, words);
                self.overlay = Some(Overlay::Silence(Box::new(form)));
                return;
            }
        };
        let question = format!("Silence {} alerts at {}{}?", preview.count, form.source, self.in_environment());
        let consequences = self.silence_words(&form.source, &preview, &reason);
        let detail = format!(
            "{} · {reason} · until {} · {} at {}",
            form.title,
            self.clock(preview.ends),
            matcher::text(&preview.matchers),
            form.source
        );
        let silence = NewSilence {
            matchers: preview.matchers,
            starts: self.now,
            ends: preview.ends,
            by: self.profile.operator.name.clone(),
            comment: reason,
        };
        let deed = Deed::CreateSilence { source: form.source, silence, ack: None };
        let act = self.act("silence", Some(form.incident), form.incident.to_string(), detail, vec![deed]);
        self.ask(question, consequences, Then::Act(vec![act]));
    }

    /// `matches 3 now: …; ends 04:10 your time`, in lines.
    #[must_use]
    pub fn silence_words(&self, source: &SourceName, preview: &SilencePreview, reason: &str) -> Vec<String> {
        let covers: Vec<String> = preview.covers.iter().map(|(name, count)| format!("{name} ×{count}")).collect();
        let mut lines = vec![
            format!("matches {} now{}{}", preview.count, if covers.is_empty() { "" } else { ": " }, covers.join(", ")),
            format!("ends    {}", self.clock(preview.ends)),
            format!("reason  {reason}"),
            format!("covers  {} at {source}", matcher::text(&preview.matchers)),
        ];
        lines.extend(preview.warning.clone());
        lines
    }
}

/// Refuses what would silence everything.
///
/// # Errors
/// In words, why.
pub fn check_matchers(matchers: &[Matcher]) -> Result<(), String> {
    if matchers.is_empty() {
        return Err("write at least one matcher, such as service=checkout".to_owned());
    }
    let nothing = Labels::default();
    if matchers.iter().all(|matcher| matcher.matches(&nothing)) {
        return Err("these matchers hold for every alert; name at least one value".to_owned());
    }
    let wide = |matcher: &Matcher| matcher.operation == Operation::Regex && matcher.holds("") || matcher.value == ".+";
    if matchers.iter().all(wide) {
        return Err("these matchers hold for every alert; name at least one value".to_owned());
    }
    Ok(())
}

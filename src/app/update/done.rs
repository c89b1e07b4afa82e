//! The outcome of an act: said, remembered for undo, and looked at anew.

use crate::app::act::{Act, Deed, Done};
use crate::app::toast::Tone;
use crate::app::{App, Changed, Effect, undo, unsent};
use crate::domain::SourceName;

impl App {
    pub(super) fn take_done(&mut self, done: &Done, effects: &mut Vec<Effect>) -> Changed {
        let Some(at) = self.pending.iter().position(|act| act.token == done.token) else { return Changed::No };
        let act = self.pending.remove(at);
        self.settle_ticks(&act, done.failure.is_some());
        let title = act.entry.detail.split(" · ").next().unwrap_or_default().to_owned();
        match &done.failure {
            None => {
                unsent::forget(&mut self.unsent, &act);
                self.say(Tone::Done, done_words(&act, &title));
            }
            Some(why) => {
                // Of a comment the journal's row is all there is: nothing was done without it.
                let nothing = done.did.is_empty() || act.deeds == [Deed::Comment];
                let part = if nothing { "nothing was done" } else { "it was done in part" };
                let kept = unsent::keep(&mut self.unsent, &act).filter(|_| nothing);
                let kept = kept.map(|key| format!("'{key}' brings the text back; ")).unwrap_or_default();
                self.say(Tone::Failed, format!("{} {title}: {part}: {kept}{why}", act.entry.action));
            }
        }
        if !act.undoes
            && let Some(undo) = undo::of(done, format!("{} {title}", act.entry.action), act.incident)
        {
            self.undo.push_back(undo);
            while self.undo.len() > undo::MOST {
                self.undo.pop_front();
            }
        }
        self.incidents.marks.retain(|id| Some(*id) != act.incident);
        for source in sources(&act) {
            effects.push(Effect::Refresh(Some(source)));
        }
        Changed::Input
    }
}

/// The sources that an act changed something at.
fn sources(act: &Act) -> Vec<SourceName> {
    let of = |deed: &Deed| -> Vec<SourceName> {
        match deed {
            Deed::CreateSilence { source, .. } | Deed::ExpireSilence { source, .. } => vec![source.clone()],
            Deed::OpenWindow { silences, .. } => silences.iter().map(|(source, _)| source.clone()).collect(),
            Deed::EndWindow(window) => window.silences.iter().map(|(source, _)| source.clone()).collect(),
            _ => Vec::new(),
        }
    };
    let mut names: Vec<SourceName> = act.deeds.iter().flat_map(of).collect();
    names.dedup();
    names
}

fn done_words(act: &Act, title: &str) -> String {
    match act.entry.action.as_str() {
        "ack" => format!("acked {title}; 'u' takes it back"),
        "unack" => format!("un-acked {title}: it waits for somebody again"),
        "silence" => format!("silenced {title}; 'u' takes it back"),
        "snooze" => format!("snoozed {title} for you alone; 'u' takes it back"),
        "comment" => format!("noted on {title}"),
        "runbook.tick" => format!("ticked: {title}; 'u' takes it back"),
        "runbook.untick" => format!("unticked: {title}"),
        "runbook.wrong" => format!("noted: {title}; the weekly list has it"),
        "undo" => format!("took back: {title}"),
        "remedy.approve" => format!("agreed to {title}: the midwatch that asked runs it"),
        "remedy.refuse" => format!("refused {title}: it is not run"),
        "remedy.withdraw" => format!("took back {title}: it is not run"),
        "maintenance" => format!("the maintenance of {title} is planned; 'W' there ends it"),
        "maintenance.end" => format!("the maintenance of {title} has ended"),
        "unmute" => format!("ended the {title}"),
        other => format!("{other}: {title}"),
    }
}

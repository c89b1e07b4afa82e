//! The request of another operator: looked at, agreed to as the second person, refused or taken back.

use std::collections::BTreeMap;

use crate::app::act::Deed;
use crate::app::desk::DeskRow;
use crate::app::entry::TextEntry;
use crate::app::overlay::{RemedyPrompt, Then};
use crate::app::toast::Tone;
use crate::app::{App, Effect, Overlay};
use crate::domain::Labels;
use crate::domain::remediation::run::{Request, RunId};
use crate::domain::remediation::{Wish, wish::What};

impl App {
    /// A request by its id, as the store holds it now.
    #[must_use]
    pub fn request(&self, id: RunId) -> Option<&Request> {
        self.board.memory().requests.iter().find(|request| request.id == id)
    }

    /// A request that this operator may agree to.
    pub(super) fn request_to_approve(&self, id: RunId) -> Result<&Request, String> {
        let request = self.request(id).filter(|request| !request.closed);
        let request = request.ok_or("the request was run, taken back or refused meanwhile")?;
        if request.expires <= self.now {
            return Err(format!("the request ran out at {}", self.clock(request.expires)));
        }
        if let Some(by) = &request.approved_by {
            return Err(format!("{} has agreed to it already", by.name));
        }
        if request.asked_by.name == self.profile.operator.name {
            return Err("you asked for it yourself: a second person must agree".to_owned());
        }
        Ok(request)
    }

    /// The request that a key means: the one under the cursor, else the only one there is.
    fn request_at_hand(&self, fits: impl Fn(&Request) -> bool) -> Option<RunId> {
        let here = crate::app::Place::View(crate::app::View::Remedies);
        if let Some(DeskRow::Request(id)) = self.desk_row().filter(|_| self.place() == here) {
            return Some(id);
        }
        let mut open = self.open_requests().filter(|request| fits(request));
        open.next().filter(|_| open.next().is_none()).map(|request| request.id)
    }

    /// `A`: the prompt of another operator's request.
    pub(in crate::app::update) fn open_approval(&mut self) {
        match self.request_at_hand(|request| self.waits_for_me(request)) {
            Some(id) => self.look_at_request(id),
            None => self.say(Tone::Hint, "highlight a request that waits for a second person; 7 lists them"),
        }
    }

    /// Enter on a request: another's opens its prompt, one's own is shown.
    pub(in crate::app::update) fn look_at_request(&mut self, id: RunId) {
        let Some(request) = self.request(id) else {
            return self.say(Tone::Hint, "the request is over");
        };
        if !self.waits_for_me(request) {
            let card = self.request_card(request);
            self.overlay = Some(card);
            return;
        }
        let wish = Wish {
            token: 0,
            what: What::Remedy(request.remedy.clone()),
            incident: request.incident,
            subject: request.subject.clone(),
            labels: Labels::default(),
            values: BTreeMap::new(),
            secrets: BTreeMap::new(),
            signals: Vec::new(),
            auto: false,
        };
        self.overlay = Some(Overlay::Remedy(Box::new(RemedyPrompt {
            wish,
            title: request.title.clone(),
            prepared: None,
            dry_run: None,
            trying: false,
            entry: TextEntry::default(),
            problem: None,
            top: 0,
            approves: Some(id),
        })));
    }

    fn request_card(&self, request: &Request) -> Overlay {
        let held = self.desk.waiting.contains_key(&request.id);
        let state = match &request.approved_by {
            None => "waits for a second person".to_owned(),
            Some(by) if held => format!("{} agreed; 'x' runs it", by.name),
            Some(by) => format!("{} agreed, but this midwatch did not ask for it: ask anew with 'x'", by.name),
        };
        let lines = vec![
            format!("runs     {}", request.command),
            format!("on       {}", request.target),
            format!("for      {}", request.subject.as_deref().unwrap_or("no incident")),
            format!(
                "asked    by {} on {}, {}",
                request.asked_by.name,
                request.asked_by.host,
                self.clock(request.asked)
            ),
            format!("until    {}", self.clock(request.expires)),
            format!("state    {state}"),
            format!("id       {}", request.id),
        ];
        let title = format!("Request {} · {}", request.id.short(), request.title);
        Overlay::Card { title, lines, copy: Some(request.command.clone()), top: 0 }
    }

    /// Agrees as the second person; the asker's midwatch then runs it.
    pub(super) fn approve(&mut self, id: RunId, effects: &mut Vec<Effect>) {
        let request = match self.request_to_approve(id) {
            Ok(request) => request.clone(),
            Err(words) => return self.say(Tone::Failed, format!("{words}; nothing was done")),
        };
        let detail = format!(
            "{} on {} · asked by {} · request {} · plan {}",
            request.remedy,
            request.target,
            request.asked_by.name,
            request.id.short(),
            request.plan.get(..8).unwrap_or(&request.plan)
        );
        let target = target_of(&request);
        let act = self.act("remedy.approve", None, target, detail, vec![Deed::Approve(id)]);
        self.begin(act, effects);
    }

    /// `D`: takes one's own request back, or refuses another's; asks first.
    pub(in crate::app::update) fn ask_close(&mut self) {
        let Some(id) = self.request_at_hand(|_| true) else {
            return self.say(Tone::Hint, "highlight a request; 7 lists them");
        };
        let Some(request) = self.request(id).filter(|request| !request.closed).cloned() else {
            return self.say(Tone::Hint, "the request is over");
        };
        let own = request.asked_by.name == self.profile.operator.name;
        let (action, verb) = if own { ("remedy.withdraw", "Take back") } else { ("remedy.refuse", "Refuse") };
        let detail = format!("{} on {} · request {}", request.remedy, request.target, request.id.short());
        let question =
            format!("{verb} the request for {} on {}{}?", request.remedy, request.target, self.in_environment());
        let asked = format!("asked by {} {}", request.asked_by.name, self.clock(request.asked));
        let act = self.act(action, None, target_of(&request), detail, vec![Deed::CloseRequest(id)]);
        self.ask(question, vec![format!("runs  {}", request.command), asked], Then::Act(vec![act]));
    }
}

/// What the journal says a request is about: its incident, where there is one.
fn target_of(request: &Request) -> String {
    request.incident.map_or_else(|| request.target.clone(), |id| id.to_string())
}

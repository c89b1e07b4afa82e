//! The one loop that owns the app: input before messages, messages in batches, frames when they are due.

mod asking;
mod lending;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, mpsc, oneshot};
use tokio::time::Instant;

use super::core::Core;
use super::effects::{Hands, Keeper, Order, until};
use super::frame::{FrameClock, Retry};
use super::guarded::guarded;
use super::hangup::{Hangups, Told};
use super::input::{InputSource, Typed};
use super::outside;
use super::suspend::Jobs;
use super::terminal::{Screen, View};
use crate::app::toast::Tone;
use crate::app::{Changed, Effect, Msg, Update};
use crate::domain::{IncidentId, SourceName};
use crate::source::poller::PollerHandle;
use crate::theme::Theme;

/// The most messages taken before the screen has its turn.
const BATCH: usize = 512;
/// And for how long: a key that is pressed meanwhile waits no longer than that.
const LONGEST_BATCH: Duration = Duration::from_millis(5);
/// How long the store may take to write what is left when midwatch leaves.
const LAST_WORDS: Duration = Duration::from_millis(800);

/// What works in the background once the store is open.
#[derive(Debug)]
pub struct Running {
    /// Carries acts out.
    pub hands: Hands,
    /// Writes what only the store sees.
    pub keeper: Keeper,
    /// The pollers, by source.
    pub pollers: Vec<(SourceName, PollerHandle)>,
    /// Keeps what is said in walks.
    pub walks: super::effects::walks::Walks,
    /// Makes the store be looked at now.
    pub nudge: Arc<Notify>,
}

/// How the loop ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// The operator left.
    Left,
    /// Something else ended it.
    Told(Told),
    /// A fault of ours ended it; it was told already.
    Fault,
}

/// Everything the loop listens to and draws on.
#[derive(Debug)]
pub struct Ends<I> {
    /// The screen.
    pub screen: Screen,
    /// What draws on it.
    pub view: View,
    /// What is typed.
    pub input: I,
    /// What the background says.
    pub messages: mpsc::Receiver<Msg>,
    /// Says it to the loop itself: the outcome of acts.
    pub sender: mpsc::Sender<Msg>,
    /// The background, once it is there.
    pub ready: oneshot::Receiver<Running>,
    /// Reasons to leave.
    pub hangups: Hangups,
    /// Reasons to stop for a while.
    pub jobs: Jobs,
    /// Whether notices ring.
    pub bell: bool,
}

/// The loop's own state.
struct Loop<'a, I> {
    core: &'a mut Core,
    theme: &'a Theme,
    ends: Ends<I>,
    running: Option<Running>,
    /// What was asked for before the background was there, and only looks; bounded.
    early: Vec<Effect>,
    frames: FrameClock,
    /// When a terminal that is busy is tried again.
    retry: Retry,
    exit: Option<Exit>,
}

/// Runs until the operator leaves or something ends it.
///
/// # Errors
/// Where the terminal does not say how large it is.
pub async fn run<I: InputSource>(core: &mut Core, theme: &Theme, ends: Ends<I>) -> io::Result<Exit> {
    let (frames, retry) = (FrameClock::default(), Retry::default());
    let mut this = Loop { core, theme, ends, running: None, early: Vec::new(), frames, retry, exit: None };
    let (columns, rows) = this.ends.screen.size()?;
    this.core.tell(Msg::Resize { columns, rows });
    this.frames.want(Changed::Input, Instant::now());
    while this.exit.is_none() {
        match guarded("the screen", this.turn()).await {
            Ok(Ok(())) => {}
            // Where the terminal cannot be written it is gone, whoever notices first: what was entered is kept all the
            // same.
            Ok(Err(error)) => {
                tracing::warn!(%error, "the terminal cannot be written");
                this.exit = Some(Exit::Told(Told::TerminalGone));
            }
            // The terminal was given back and the words were told where it happened.
            Err(_) => this.exit = Some(Exit::Fault),
        }
    }
    let stopped = guarded("stopping runs", this.stop_runs()).await.unwrap_or(Ok(()));
    if let Err(error) = guarded("the last words to the store", this.last_words()).await {
        tracing::error!(%error, "not all was kept");
    }
    stopped.map(|()| this.exit.unwrap_or(Exit::Left))
}

impl<I: InputSource> Loop<'_, I> {
    async fn turn(&mut self) -> io::Result<()> {
        let tick = self.next_tick();
        let retry = self.retry.due(self.ends.screen.unsent(), Instant::now());
        // A terminal that is busy gets no frame; one that is wanted is drawn when it is not.
        let frame = self.frames.due().filter(|_| retry.is_none());
        tokio::select! {
            biased;
            told = self.ends.hangups.next() => self.exit = Some(Exit::Told(told)),
            job = self.ends.jobs.next() => self.job(job).await?,
            typed = self.ends.input.next() => match typed {
                Some(typed) if typed.is_suspend() => self.suspend_by_key(typed).await?,
                Some(typed) => {
                    if matches!(typed, Typed::Resize(..)) {
                        self.ends.screen.forget();
                        self.frames.want(Changed::Input, Instant::now());
                    }
                    let update = self.core.take(typed);
                    self.follow(update).await?;
                }
                None => self.exit = Some(Exit::Told(Told::TerminalGone)),
            },
            () = until(retry) => self.push()?,
            () = until(frame) => self.draw()?,
            running = &mut self.ends.ready, if self.running.is_none() && !self.ends.ready.is_terminated() => {
                self.go_on_with(running.ok());
            }
            Some(message) = self.ends.messages.recv() => self.take_batch(message).await?,
            () = until(tick) => {
                let update = self.core.tell(Msg::Tick);
                self.follow(update).await?;
            }
        }
        Ok(())
    }

    /// Takes a message and those that wait behind it, then lets the screen have its turn.
    async fn take_batch(&mut self, first: Msg) -> io::Result<()> {
        // It may have come since it was last looked for, and the message after it.
        if self.running.is_none()
            && !self.ends.ready.is_terminated()
            && let Ok(running) = self.ends.ready.try_recv()
        {
            self.go_on_with(Some(running));
        }
        let update = self.core.tell(first);
        self.follow(update).await?;
        let begun = Instant::now();
        for _ in 1..BATCH {
            // What follows from a report before the background is there would be lost.
            if self.running.is_none() || begun.elapsed() > LONGEST_BATCH {
                break;
            }
            let Ok(message) = self.ends.messages.try_recv() else { break };
            let update = self.core.tell(message);
            self.follow(update).await?;
        }
        Ok(())
    }

    fn draw(&mut self) -> io::Result<()> {
        if self.ends.screen.draw(self.ends.view, &self.core.app, self.theme)? {
            self.frames.drawn(Instant::now());
        }
        Ok(())
    }

    /// Sends on what a busy terminal did not take.
    fn push(&mut self) -> io::Result<()> {
        let before = self.ends.screen.unsent();
        self.ends.screen.push()?;
        self.retry.tried(self.ends.screen.unsent() < before, Instant::now());
        Ok(())
    }

    /// When time alone next changes the model, or an age on the screen.
    fn next_tick(&self) -> Option<Instant> {
        let (app, clock) = (&self.core.app, self.core.clock());
        // Where time stands still it changes nothing.
        if clock.stands() {
            return None;
        }
        let now = clock.now();
        let model = app.time_to_change(now);
        let screen = crate::ui::next_frame(app);
        [model, screen].into_iter().flatten().min().map(|wait| Instant::now() + wait)
    }

    async fn follow(&mut self, update: Update) -> io::Result<()> {
        self.frames.want(update.changed, Instant::now());
        for effect in update.effects {
            self.effect(effect).await?;
        }
        Ok(())
    }

    async fn effect(&mut self, effect: Effect) -> io::Result<()> {
        match effect {
            Effect::Quit => self.exit = Some(Exit::Left),
            Effect::Copy(text) => {
                if let Err(error) = self.ends.screen.copy(&text) {
                    self.say(format!("not copied: {error}"));
                }
            }
            Effect::Notice { words, .. } if self.ends.bell => self.ends.screen.notice(&words)?,
            Effect::Notice { .. } => {}
            Effect::Page(text) => {
                let shown = self.outside(outside::page(&text)).await?;
                if let Err(words) = shown {
                    self.say(words);
                }
            }
            Effect::Edit(incident) => self.edit_comment(incident).await?,
            Effect::EditFile(path) => self.edit_file(path).await?,
            Effect::Act(act) => self.act(*act),
            Effect::Note(entries) => self.order(Order::Note(entries)),
            Effect::KeepEpisodes(episodes) => self.order(Order::Episodes(episodes)),
            Effect::Renew(renewal) => self.renew(renewal),
            Effect::Refresh(source) => self.refresh(source.as_ref()),
            Effect::LoadRunbook(_)
            | Effect::Prepare(_)
            | Effect::DryRun(_)
            | Effect::Run(_)
            | Effect::AskApproval(_)
            | Effect::CancelRun(_)
            | Effect::LoadOutput(_)
            | Effect::Probe(_)
            | Effect::LoadWalks(_) => self.on_hands(effect),
            Effect::Walk(order) => self.walk(*order),
        }
        Ok(())
    }

    /// Opens a file in the operator's editor; what came of it is read again.
    async fn edit_file(&mut self, path: std::path::PathBuf) -> io::Result<()> {
        match self.outside(outside::edit_file(&path)).await? {
            Ok(()) => {
                let update = self.core.tell(Msg::Edited(path));
                Box::pin(self.follow(update)).await
            }
            Err(words) => {
                self.say(words);
                Ok(())
            }
        }
    }

    fn act(&mut self, act: crate::app::Act) {
        let allowed = self.core.app.guard.allows(self.core.clock().now());
        let Some(running) = &self.running else {
            let failure = Some("the store is still being opened; try again".to_owned());
            let done = crate::app::Done { token: act.token, did: Vec::new(), failure, at: self.core.clock().now() };
            let update = self.core.tell(Msg::Done(done));
            return self.frames.want(update.changed, Instant::now());
        };
        let (hands, sender, nudge) = (running.hands.clone(), self.ends.sender.clone(), Arc::clone(&running.nudge));
        tokio::spawn(async move {
            let done = hands.carry_out(act, allowed).await;
            nudge.notify_one();
            if sender.send(Msg::Done(done)).await.is_err() {
                tracing::info!("an act ended after midwatch left; its outcome is in the journal");
            }
        });
    }

    fn renew(&self, renewal: crate::app::effect::Renewal) {
        let Some(running) = &self.running else { return };
        let (hands, nudge) = (running.hands.clone(), Arc::clone(&running.nudge));
        tokio::spawn(async move {
            hands.renew(renewal).await;
            nudge.notify_one();
        });
    }

    fn refresh(&mut self, source: Option<&SourceName>) {
        let Some(running) = &self.running else {
            // Where nothing will ever be polled there is nothing to refresh, and that is said already.
            let _ = self.ask_early(Effect::Refresh(source.cloned()));
            return;
        };
        let wanted = running.pollers.iter().filter(|(name, _)| source.is_none_or(|source| source == name));
        wanted.for_each(|(_, poller)| poller.refresh());
    }

    fn order(&self, order: Order) {
        if let Some(running) = &self.running {
            running.keeper.order(order);
        }
    }

    async fn edit_comment(&mut self, incident: IncidentId) -> io::Result<()> {
        let title = self.core.app.board.incident(incident).map(|i| i.title.clone()).unwrap_or_default();
        let template =
            format!("\n# A comment on {title}. Lines that begin with # are left out; an empty text changes nothing.\n");
        match self.outside(outside::edit(&template)).await? {
            Ok(text) => {
                let update = self.core.tell(Msg::Comment { incident, text });
                Box::pin(self.follow(update)).await
            }
            Err(words) => {
                self.say(words);
                Ok(())
            }
        }
    }

    fn say(&mut self, words: String) {
        let update = self.core.tell(Msg::Say { tone: Tone::Failed, words });
        self.frames.want(update.changed, Instant::now());
    }

    /// Stops what still runs, and waits until the outcomes are written. A second word to leave, or a terminal that is
    /// gone, leaves no time for anything but that.
    async fn stop_runs(&mut self) -> io::Result<()> {
        let Some(hands) = self.running.as_ref().map(|running| running.hands.clone()) else { return Ok(()) };
        let count = hands.remedies.running.len();
        // Nobody takes messages any more; who tells something must not wait for that.
        self.ends.messages.close();
        let at_once = match self.exit {
            Some(Exit::Told(told)) => !told.has_terminal(),
            Some(Exit::Fault) => true,
            _ => false,
        };
        if at_once {
            hands.cancel_at_once().await;
            return Ok(());
        }
        if count > 0 {
            let runs = if count == 1 { "a run".to_owned() } else { format!("{count} runs") };
            self.say(format!("stopping {runs}; Ctrl-c again kills at once"));
            self.draw()?;
        }
        let stopped = hands.cancel_all();
        tokio::pin!(stopped);
        loop {
            tokio::select! {
                () = &mut stopped => return Ok(()),
                _ = self.ends.hangups.next() => break,
                typed = self.ends.input.next() => {
                    let leaves = |typed| self.core.take(typed).effects.contains(&Effect::Quit);
                    if typed.is_none_or(leaves) {
                        break;
                    }
                }
            }
        }
        hands.cancel_at_once().await;
        Ok(())
    }

    /// Lets the store write what is left, for a short while. What was said in walks and is not known to be kept is
    /// handed over once more: each is kept once.
    async fn last_words(&mut self) {
        let Some(running) = &self.running else { return };
        self.ends.messages.close();
        let unkept = self.core.app.walks.sent.iter().map(|sent| sent.order.clone());
        let missed = unkept.filter_map(|order| running.walks.order(order).err()).count();
        if missed > 0 {
            tracing::error!(missed, "the store is too slow: not all that was said in walks is kept");
        }
        let (done, mut written) = mpsc::channel(1);
        running.keeper.order(Order::Done(done));
        let both = async { tokio::join!(written.recv(), running.walks.idle()) };
        if tokio::time::timeout(LAST_WORDS, both).await.is_err() {
            tracing::warn!("the store did not finish writing in time");
        }
    }
}

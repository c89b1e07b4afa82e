//! The silences of the simulated Alertmanager and their life, as the real one keeps it: made, changed in
//! place or replaced, expired, forgotten after 120 hours.

use chrono::TimeDelta;
use sha2::{Digest as _, Sha256};

use crate::domain::{Labels, Matcher, Moment, Operation, matcher};

use super::story::Story;

/// How long an expired silence is still listed.
const RETENTION: TimeDelta = TimeDelta::hours(120);
/// The most silences kept.
const LIMIT: usize = 10_000;

/// Where a silence stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// In force.
    Active,
    /// To come.
    Pending,
    /// Over.
    Expired,
}

impl Stage {
    /// The word on the wire.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Pending => "pending",
            Self::Expired => "expired",
        }
    }
}

/// What a silence says.
#[derive(Debug, Clone, PartialEq)]
pub struct Wish {
    /// What it covers.
    pub matchers: Vec<Matcher>,
    /// When it begins.
    pub starts: Moment,
    /// When it ends.
    pub ends: Moment,
    /// Who made it.
    pub by: String,
    /// Why.
    pub comment: String,
}

/// One silence.
#[derive(Debug, Clone, PartialEq)]
pub struct Silence {
    /// Its id.
    pub id: String,
    /// What it says.
    pub wish: Wish,
    /// When it was last changed.
    pub updated: Moment,
}

impl Silence {
    /// Where it stands.
    #[must_use]
    pub fn stage(&self, now: Moment) -> Stage {
        match (now < self.wish.starts, now > self.wish.ends) {
            (true, _) => Stage::Pending,
            (_, true) => Stage::Expired,
            _ => Stage::Active,
        }
    }

    /// Ends it now, if it has not ended.
    fn expire(&mut self, now: Moment) {
        // A silence that ends at `now` is still in force at `now`; the real clock moves on by itself.
        let ended = now - TimeDelta::milliseconds(1);
        match self.stage(now) {
            Stage::Active => self.wish.ends = ended,
            Stage::Pending => (self.wish.starts, self.wish.ends) = (ended, ended),
            Stage::Expired => return,
        }
        self.updated = now;
    }

    /// Whether it may be changed in place to say this.
    fn may_become(&self, wish: &Wish, now: Moment) -> bool {
        self.wish.matchers == wish.matchers
            && match self.stage(now) {
                Stage::Active => self.wish.starts.timestamp() == wish.starts.timestamp() && wish.ends >= now,
                Stage::Pending => wish.starts >= now,
                Stage::Expired => false,
            }
    }
}

/// Why a silence was not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// No silence of this id.
    Unknown,
    /// It is wrong, in Alertmanager's words.
    Wrong(&'static str),
}

/// All silences.
#[derive(Debug, Clone, PartialEq)]
pub struct Silences {
    all: Vec<Silence>,
    seed: u64,
    made: u64,
}

impl Silences {
    /// Those that were there before the outage: two acks, a planned silence and one that is over.
    #[must_use]
    pub fn of(story: &Story) -> Self {
        let mut silences = Self { all: Vec::new(), seed: story.seed, made: 0 };
        let at = |minutes: f64| story.clock.moment(minutes * 60.0);
        // Ends are counted in minutes of the clock on the wall, not of a hurried story.
        let until = |minutes| story.clock.begin() + TimeDelta::minutes(minutes);
        let rows = [
            (["QueueDepth", "mailer"], at(-20.0), until(45), "bo", "ACK! draining the outbound queue by hand"),
            (["CartDown", "cart"], at(-8.0), until(7), "ana", "ACK! restarted cart-1, waiting for it to warm up"),
            (["BackupLate", "db"], at(-170.0), until(190), "cleo", "CHG-4711: backup window moved to 04:00"),
            (["LatencyP95", "search"], at(-2880.0), until(-2820), "bo", "CHG-4698: reindex of search"),
        ];
        for ([name, service], starts, ends, by, comment) in rows {
            let matchers = vec![Matcher::equal("alertname", name), Matcher::equal("service", service)];
            let wish = Wish { matchers, starts, ends, by: by.to_owned(), comment: comment.to_owned() };
            silences.add(wish, starts);
        }
        silences
    }

    /// All that are listed: active ones first, the soonest end first; then pending, the soonest begin first;
    /// then expired, the latest end first.
    #[must_use]
    pub fn listed(&self, now: Moment) -> Vec<&Silence> {
        let mut listed: Vec<&Silence> = self.all.iter().filter(|silence| now - silence.wish.ends < RETENTION).collect();
        listed.sort_by_key(|silence| {
            let stage = silence.stage(now);
            let place = match stage {
                Stage::Active => silence.wish.ends.timestamp_millis(),
                Stage::Pending => silence.wish.starts.timestamp_millis(),
                Stage::Expired => -silence.wish.ends.timestamp_millis(),
            };
            (stage, place, &silence.id)
        });
        listed
    }

    /// One of them.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Silence> {
        self.all.iter().find(|silence| silence.id == id)
    }

    /// The ids of those in force that cover these labels, in their order.
    #[must_use]
    pub fn covering(&self, labels: &Labels, now: Moment) -> Vec<&str> {
        let covers = |silence: &&Silence| {
            silence.stage(now) == Stage::Active && matcher::all_match(&silence.wish.matchers, labels)
        };
        let mut ids: Vec<&str> = self.all.iter().filter(covers).map(|silence| silence.id.as_str()).collect();
        ids.sort_unstable();
        ids
    }

    /// Makes a silence, or changes the one of this id; returns the id it has now.
    ///
    /// # Errors
    /// Where the wish is wrong or the id is unknown.
    pub fn set(&mut self, id: Option<&str>, mut wish: Wish, now: Moment) -> Result<String, Refused> {
        if wish.starts >= wish.ends {
            return Err(Refused::Wrong("Failed to create silence: start time must be before end time"));
        }
        if wish.ends < now {
            return Err(Refused::Wrong("Failed to create silence: end time can't be in the past"));
        }
        if wish.matchers.iter().all(|matcher| matcher.holds("")) {
            return Err(Refused::Wrong("invalid silence: at least one matcher must not match the empty string"));
        }
        if let Some(id) = id {
            let known = self.all.iter_mut().find(|silence| silence.id == id).ok_or(Refused::Unknown)?;
            if known.may_become(&wish, now) {
                (known.wish, known.updated) = (wish, now);
                return Ok(id.to_owned());
            }
            known.expire(now);
        }
        self.all.retain(|silence| now - silence.wish.ends < RETENTION);
        if self.all.len() >= LIMIT {
            return Err(Refused::Wrong("invalid silence: exceeded maximum number of silences: 10000"));
        }
        wish.starts = wish.starts.max(now);
        Ok(self.add(wish, now))
    }

    /// Ends a silence now; says whether it is known.
    pub fn expire(&mut self, id: &str, now: Moment) -> bool {
        let known = self.all.iter_mut().find(|silence| silence.id == id);
        known.map(|silence| silence.expire(now)).is_some()
    }

    fn add(&mut self, wish: Wish, now: Moment) -> String {
        let id = uuid(self.seed, self.made);
        self.made += 1;
        self.all.push(Silence { id: id.clone(), wish, updated: now });
        id
    }
}

/// An id in the form of a random UUID (version 4), made from the seed so that a world repeats.
fn uuid(seed: u64, number: u64) -> String {
    let mut hasher = Sha256::new();
    hasher.update(seed.to_be_bytes());
    hasher.update(number.to_be_bytes());
    let hash = hasher.finalize();
    let bits = hash.iter().take(16).fold(0_u128, |bits, byte| bits << 8 | u128::from(*byte));
    let bits = bits & !(0xf << 76) & !(0x3 << 62) | 0x4 << 76 | 0x2 << 62;
    let hex = format!("{bits:032x}");
    let part = |from, to| hex.get(from..to).unwrap_or_default();
    format!("{}-{}-{}-{}-{}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32))
}

/// Whether a text has the form of a UUID.
#[must_use]
pub fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.char_indices().all(|(at, character)| match at {
            8 | 13 | 18 | 23 => character == '-',
            _ => character.is_ascii_hexdigit(),
        })
}

/// The two flags of a matcher on the wire.
#[must_use]
pub fn flags(operation: Operation) -> (bool, bool) {
    let is_equal = matches!(operation, Operation::Equal | Operation::Regex);
    let is_regex = matches!(operation, Operation::Regex | Operation::NotRegex);
    (is_equal, is_regex)
}

/// The operation of the two flags.
#[must_use]
pub fn operation(is_equal: bool, is_regex: bool) -> Operation {
    match (is_equal, is_regex) {
        (true, false) => Operation::Equal,
        (false, false) => Operation::NotEqual,
        (true, true) => Operation::Regex,
        (false, true) => Operation::NotRegex,
    }
}

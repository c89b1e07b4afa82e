//! Whatever operators do in whatever order, the store allows what a few plain rules allow, and nothing else.

use proptest::prelude::*;

use super::made::{end, request, run, start};
use super::*;
use crate::domain::remediation::RemedyId;
use crate::domain::remediation::run::{Request, Run};
use crate::store::{Begun, Proof, Start};

const REMEDIES: [&str; 2] = ["restart", "vacuum"];
const TARGETS: [&str; 2] = ["db-1", "db-2"];
const NAMES: [&str; 4] = ["ana", " Ana", "bo", "carol"];
const PLANS: [&str; 2] = ["plan", "other"];

/// Which person a name of [`NAMES`] is.
const PERSON: [usize; 4] = [0, 0, 1, 2];

/// How far back runs by themselves are counted, in seconds.
const WITHIN: i64 = 500;

#[derive(Debug, Clone)]
struct Attempt {
    remedy: usize,
    target: usize,
    by: usize,
    plan: usize,
    cooldown: i64,
    auto: bool,
    at_most: Option<u32>,
    request: Option<prop::sample::Index>,
}

#[derive(Debug, Clone)]
enum Step {
    Wait(i64),
    Begin(Attempt),
    End(prop::sample::Index),
    Vouch(prop::sample::Index, i64),
    Ask(usize, usize),
    Agree(prop::sample::Index, usize),
    Close(prop::sample::Index),
}

fn attempt() -> impl Strategy<Value = Attempt> {
    let what = (0..2_usize, 0..2_usize, 0..4_usize, prop_oneof![3 => Just(0), 1 => Just(1_usize)]);
    let request = prop::option::weighted(0.4, any::<prop::sample::Index>());
    let rules =
        (prop_oneof![Just(0), Just(60), Just(600)], any::<bool>(), prop::option::weighted(0.3, 1..4_u32), request);
    (what, rules).prop_map(|((remedy, target, by, plan), (cooldown, auto, at_most, request))| Attempt {
        remedy,
        target,
        by,
        plan,
        cooldown,
        auto,
        at_most,
        request,
    })
}

fn step() -> impl Strategy<Value = Step> {
    let index = any::<prop::sample::Index>;
    prop_oneof![
        4 => prop_oneof![0..40_i64, 0..400_i64].prop_map(Step::Wait),
        6 => attempt().prop_map(Step::Begin),
        3 => index().prop_map(Step::End),
        1 => (index(), 0..60_i64).prop_map(|(which, lease)| Step::Vouch(which, lease)),
        2 => (0..4_usize, 0..2_usize).prop_map(|(by, plan)| Step::Ask(by, plan)),
        3 => (index(), 0..4_usize).prop_map(|(which, by)| Step::Agree(which, by)),
        1 => index().prop_map(Step::Close),
    ]
}

/// A run as the rules need it.
struct Known {
    attempt: Attempt,
    started: i64,
    lease: i64,
    ended: bool,
    kept: Run,
}

/// A request as the rules need it.
struct Asked {
    by: usize,
    plan: usize,
    expires: i64,
    agreed: Option<usize>,
    closed: bool,
}

/// The rules, told once more and without a database.
#[derive(Default)]
struct Model {
    now: i64,
    runs: Vec<Known>,
    requests: Vec<Asked>,
}

#[derive(Debug, PartialEq)]
enum Verdict {
    Runs,
    Held,
    Cooling,
    TooOften,
    NotAgreed,
}

impl Model {
    fn lock_or_cooldown(&self, remedy: usize, target: usize) -> Option<Verdict> {
        let same = |run: &&Known| (run.attempt.remedy, run.attempt.target) == (remedy, target);
        if self.runs.iter().filter(same).any(|run| !run.ended && run.lease >= self.now) {
            return Some(Verdict::Held);
        }
        let cools = |run: &Known| run.started + run.attempt.cooldown > self.now;
        self.runs.iter().filter(same).any(cools).then_some(Verdict::Cooling)
    }

    fn verdict(&self, attempt: &Attempt) -> Verdict {
        if let Some(verdict) = self.lock_or_cooldown(attempt.remedy, attempt.target) {
            return verdict;
        }
        let counts =
            |run: &&Known| run.attempt.remedy == attempt.remedy && run.attempt.auto && run.started > self.now - WITHIN;
        let ran = self.runs.iter().filter(counts).count();
        if attempt.at_most.is_some_and(|most| ran >= most as usize) {
            return Verdict::TooOften;
        }
        let Some(asked) = attempt.request.and_then(|which| self.request(which)) else { return Verdict::Runs };
        let asked = &self.requests[asked];
        let second = asked.agreed.is_some_and(|agreed| PERSON[agreed] != PERSON[attempt.by]);
        let agreed = second && !asked.closed && asked.expires > self.now && asked.plan == attempt.plan;
        if agreed { Verdict::Runs } else { Verdict::NotAgreed }
    }

    fn request(&self, which: prop::sample::Index) -> Option<usize> {
        (!self.requests.is_empty()).then(|| which.index(self.requests.len()))
    }

    fn may_agree(&self, which: usize, by: usize) -> bool {
        let asked = &self.requests[which];
        let open = !asked.closed && asked.expires > self.now && asked.agreed.is_none();
        open && PERSON[asked.by] != PERSON[by]
    }
}

fn id(at: usize) -> RunId {
    RunId(at as u64 + 1)
}

fn verdict(begun: &Begun) -> Verdict {
    let Begun::Refused(words) = begun else { return Verdict::Runs };
    match words {
        words if words.contains("runs it since") => Verdict::Held,
        words if words.contains("cools down until") => Verdict::Cooling,
        words if words.contains("by itself") => Verdict::TooOften,
        words if words.contains("agree") || words.contains("ask again") => Verdict::NotAgreed,
        other => panic!("{other}"),
    }
}

async fn begin(store: &Store, model: &mut Model, attempt: &Attempt) -> Result<(), TestCaseError> {
    let kept = Run {
        remedy: RemedyId::new(REMEDIES[attempt.remedy]),
        target: TARGETS[attempt.target].to_owned(),
        auto: attempt.auto,
        cooldown_until: after(model.now + attempt.cooldown),
        ..run(model.runs.len() as u64 + 1, NAMES[attempt.by], model.now)
    };
    let which = attempt.request.and_then(|which| model.request(which));
    let start = Start {
        plan: PLANS[attempt.plan].to_owned(),
        request: which.map(id),
        at_most: attempt.at_most.map(|most| (most, after(model.now - WITHIN))),
        ..start(kept.clone())
    };
    let expected = model.verdict(attempt);
    let begun = store.begin_run(&start).await.unwrap();
    let found = verdict(&begun);
    prop_assert!(found == expected, "{:?} at {}: {:?}", attempt, model.now, begun);
    if expected == Verdict::Runs {
        if let Some(which) = which {
            model.requests[which].closed = true;
        }
        let (started, lease) = (model.now, model.now + 30);
        model.runs.push(Known { attempt: attempt.clone(), started, lease, ended: false, kept });
    }
    Ok(())
}

async fn take(store: &Store, model: &mut Model, step: &Step) -> Result<(), TestCaseError> {
    match step {
        Step::Wait(seconds) => model.now += seconds,
        Step::Begin(attempt) => begin(store, model, attempt).await?,
        Step::End(which) if !model.runs.is_empty() => {
            let now = model.now;
            let known = which.get_mut(&mut model.runs);
            prop_assert_eq!(end(store, &known.kept, now).await, !known.ended);
            known.ended = true;
        }
        Step::Vouch(which, lease) if !model.runs.is_empty() => {
            let lease = model.now + lease;
            let known = which.get_mut(&mut model.runs);
            store.vouch_for_run(known.kept.id, after(lease), None).await.unwrap();
            known.lease = if known.ended { known.lease } else { known.lease.max(lease) };
        }
        Step::Ask(by, plan) => {
            let (id, expires) = (id(model.requests.len()), model.now + 900);
            let asked = Request { plan: PLANS[*plan].to_owned(), expires: after(expires), ..request(id.0, NAMES[*by]) };
            store.put_request(&asked).await.unwrap();
            model.requests.push(Asked { by: *by, plan: *plan, expires, agreed: None, closed: false });
        }
        Step::Agree(which, by) if !model.requests.is_empty() => {
            let which = which.index(model.requests.len());
            let by_whom = Operator::new(NAMES[*by], "laptop");
            let agreed = store.approve(id(which), &by_whom, after(model.now)).await.unwrap();
            prop_assert_eq!(agreed.is_ok(), model.may_agree(which, *by), "{:?}", agreed);
            if agreed.is_ok() {
                model.requests[which].agreed = Some(*by);
            }
        }
        Step::Close(which) if !model.requests.is_empty() => {
            let which = which.index(model.requests.len());
            let closed = store.close_request(id(which)).await.unwrap();
            prop_assert_eq!(closed, !std::mem::replace(&mut model.requests[which].closed, true));
        }
        _ => {}
    }
    Ok(())
}

/// What the store tells is what the rules know.
async fn compare(store: &Store, model: &Model) -> Result<(), TestCaseError> {
    let now = after(model.now);
    let told = store.memory(now).await.unwrap();
    let mut open: Vec<RunId> = told.runs.iter().filter(|run| run.is_running()).map(|run| run.id).collect();
    open.sort();
    let ids = |of: &dyn Fn(&Known) -> bool| -> Vec<RunId> {
        model.runs.iter().filter(|run| of(run)).map(|run| run.kept.id).collect()
    };
    prop_assert_eq!(open, ids(&|run| !run.ended));
    let mut abandoned: Vec<RunId> = store.abandoned_runs(now).await.unwrap().iter().map(|run| run.id).collect();
    abandoned.sort();
    prop_assert_eq!(abandoned, ids(&|run| !run.ended && run.lease < model.now));
    let waiting = model.requests.iter().filter(|asked| !asked.closed && asked.expires > model.now).count();
    prop_assert_eq!(told.requests.len(), waiting);
    for (remedy, target) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
        let words = store.run_hurdle(REMEDIES[remedy], TARGETS[target], now).await.unwrap();
        let told = words.map(|words| verdict(&Begun::Refused(words)));
        prop_assert_eq!(told, model.lock_or_cooldown(remedy, target));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_store_allows_what_the_rules_allow(steps in prop::collection::vec(step(), 1..60)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let store = Store::open_in_memory().await.unwrap();
            let mut model = Model::default();
            for step in &steps {
                take(&store, &mut model, step).await?;
                compare(&store, &model).await?;
            }
            let rows = model.runs.len() + model.runs.iter().filter(|run| run.ended).count();
            let proof = store.verify().await.unwrap();
            let Proof::Sound { rows: proved, .. } = proof else { panic!("{proof:?}") };
            prop_assert_eq!(proved, i64::try_from(rows).unwrap());
            Ok(())
        })?;
    }
}

//! The history: what comes in, what is left after it was rolled up.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::domain::Reading;
use crate::domain::signal::{SignalKey, SignalKind};
use crate::store::Band;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

fn key(part: &str) -> SignalKey {
    SignalKey { service: "host".into(), kind: SignalKind::named("disk"), part: part.into() }
}

fn at(seconds: i64, value: Option<f64>) -> Reading {
    Reading { at: after(seconds), value }
}

async fn save(store: &Store, readings: &[Reading]) {
    let readings: Vec<_> = readings.iter().map(|reading| (key("/"), *reading)).collect();
    store.save_readings(&readings).await.unwrap();
}

async fn bands(store: &Store) -> Vec<Band> {
    let mut all = store.bands(noon() - TimeDelta::days(60)).await.unwrap();
    assert!(all.len() <= 1);
    all.pop().map(|(_, bands)| bands).unwrap_or_default()
}

#[tokio::test]
async fn readings_come_back_exactly_by_signal_and_time() {
    let store = Store::open_in_memory().await.unwrap();
    let cpu = SignalKey { service: "host".into(), kind: SignalKind::Saturation, part: "cpu".into() };
    let told = [
        (key("/"), at(0, Some(0.1 + 0.2))),
        (cpu.clone(), at(0, Some(f64::NAN))),
        (key("/"), at(5, None)),
        (key("/"), at(10, Some(1e-300))),
        (key("/"), at(10, Some(5.0))),
    ];
    store.save_readings(&told).await.unwrap();
    let read = store.readings(noon()).await.unwrap();
    assert_eq!(
        read,
        [(cpu, vec![at(0, None)]), (key("/"), vec![at(0, Some(0.1 + 0.2)), at(5, None), at(10, Some(1e-300))]),]
    );
    assert_eq!(store.readings(after(10)).await.unwrap(), [(key("/"), vec![at(10, Some(1e-300))])]);
}

#[tokio::test]
async fn a_minute_without_a_number_stays_without_one() {
    let store = Store::open_in_memory().await.unwrap();
    save(&store, &[at(0, None), at(15, None), at(60, Some(1.0)), at(75, None), at(90, Some(4.0))]).await;
    store.roll_up(after(3 * HOUR)).await.unwrap();
    let [nothing, some] = bands(&store).await[..] else { panic!() };
    assert_eq!((nothing.at, nothing.asked, nothing.numbers, nothing.mean), (after(0), 2, 0, None));
    assert_eq!((some.at, some.asked, some.numbers), (after(60), 3, 2));
    assert_eq!((some.low, some.mean, some.high), (Some(1.0), Some(2.5), Some(4.0)));
    assert_eq!(some.span, TimeDelta::minutes(1));
}

#[tokio::test]
async fn a_time_that_was_rolled_up_takes_no_more_and_a_gap_can_be_filled_later() {
    let store = Store::open_in_memory().await.unwrap();
    save(&store, &[at(0, Some(1.0)), at(30, Some(3.0))]).await;
    store.roll_up(after(3 * DAY)).await.unwrap();
    let rolled = bands(&store).await;
    // Told again, it would count twice.
    save(&store, &[at(0, Some(1.0)), at(30, Some(3.0))]).await;
    store.roll_up(after(3 * DAY)).await.unwrap();
    assert_eq!(bands(&store).await, rolled);
    // The rest of the quarter of an hour, told later, joins it with its weight.
    save(&store, &[at(60, None), at(120, Some(8.0)), at(DAY, Some(5.0))]).await;
    store.roll_up(after(3 * DAY)).await.unwrap();
    let joined = bands(&store).await;
    assert_eq!(joined.len(), 2);
    assert_eq!((joined[0].asked, joined[0].numbers, joined[0].mean), (4, 3, Some(4.0)));
    assert_eq!((joined[0].low, joined[0].high), (Some(1.0), Some(8.0)));
}

#[tokio::test]
async fn after_a_month_nothing_is_left() {
    let store = Store::open_in_memory().await.unwrap();
    save(&store, &[at(0, Some(1.0))]).await;
    store.roll_up(after(30 * DAY)).await.unwrap();
    assert_eq!(bands(&store).await.len(), 1);
    store.roll_up(after(30 * DAY + HOUR)).await.unwrap();
    assert_eq!(store.bands(noon() - TimeDelta::days(1)).await.unwrap(), []);
}

/// What must be left at `now` of all that was told, worked out from the rules alone: the values by the begin and
/// the length of their bucket.
fn expected(told: &[Reading], now: i64) -> BTreeMap<(i64, i64), Vec<Option<f64>>> {
    let floor = |time: i64, step: i64| time - time.rem_euclid(step);
    let mut left: BTreeMap<(i64, i64), Vec<Option<f64>>> = BTreeMap::new();
    for reading in told {
        let time = reading.at.timestamp();
        let bucket = if time >= floor(now - 2 * HOUR, MINUTE) {
            (time, 0)
        } else if floor(time, MINUTE) >= floor(now - 2 * DAY, 15 * MINUTE) {
            (floor(time, MINUTE), MINUTE)
        } else {
            (floor(time, 15 * MINUTE), 15 * MINUTE)
        };
        if bucket.0 + bucket.1 > now - 30 * DAY {
            left.entry(bucket).or_default().push(reading.value);
        }
    }
    left
}

fn check(bands: &[Band], told: &[Reading], now: i64) -> Result<(), TestCaseError> {
    let expected = expected(told, now);
    prop_assert_eq!(bands.len(), expected.len());
    for (band, ((begin, step), values)) in bands.iter().zip(&expected) {
        prop_assert_eq!((band.at.timestamp(), band.span.num_seconds()), (*begin, *step));
        let numbers: Vec<f64> = values.iter().filter_map(|value| *value).collect();
        prop_assert_eq!(band.asked, i64::try_from(values.len()).unwrap());
        prop_assert_eq!(band.numbers, i64::try_from(numbers.len()).unwrap());
        prop_assert_eq!(band.low, numbers.iter().copied().reduce(f64::min));
        prop_assert_eq!(band.high, numbers.iter().copied().reduce(f64::max));
        #[expect(clippy::cast_precision_loss, reason = "a few readings")]
        let mean = (!numbers.is_empty()).then(|| numbers.iter().sum::<f64>() / numbers.len() as f64);
        prop_assert_eq!(band.mean.is_some(), mean.is_some());
        let off = (band.mean.unwrap_or(0.0) - mean.unwrap_or(0.0)).abs();
        prop_assert!(off < 1e-9, "{band:?} {mean:?}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Whenever it is rolled up on the way, the same is left in the end; doing it again changes nothing; no
    /// reading is lost or counted twice at a seam.
    #[test]
    fn what_is_left_follows_from_what_was_told(
        told in prop::collection::vec((prop_oneof![5 => 1..90_i64, 2 => 90..2_000_i64, 1 => Just(15 * MINUTE), 1 => 0..2 * DAY], prop::option::weighted(0.8, -100.0..100.0_f64), prop::bool::weighted(0.2)), 1..150),
        later in prop_oneof![Just(0), 0..3 * HOUR, 0..40 * DAY],
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let store = Store::open_in_memory().await.unwrap();
            let mut time = 0;
            let mut all = Vec::new();
            for (step, value, roll) in told {
                time += step.max(1);
                all.push(at(time, value));
                save(&store, &all[all.len() - 1..]).await;
                if roll {
                    store.roll_up(after(time)).await.unwrap();
                }
            }
            let now = after(time + later);
            store.roll_up(now).await.unwrap();
            let first = bands(&store).await;
            check(&first, &all, now.timestamp())?;
            store.roll_up(now).await.unwrap();
            prop_assert_eq!(bands(&store).await, first);
            Ok(())
        })?;
    }
}

#[tokio::test]
async fn what_is_kept_is_bounded() {
    let (_dir, path) = file();
    let store = open(&path).await;
    // Every quarter of an hour for 40 days, and every 15 s for the last three hours.
    let mut told: Vec<Reading> = (0..40 * 24 * 4).map(|step| at(step * 15 * MINUTE, Some(1.0))).collect();
    let end = 40 * DAY;
    told.extend((0..3 * 240).map(|step| at(end - 3 * HOUR + step * 15, Some(2.0))));
    told.sort_by_key(|reading| reading.at);
    told.dedup_by_key(|reading| reading.at);
    save(&store, &told).await;
    store.roll_up(after(end)).await.unwrap();
    let left = bands(&store).await;
    check(&left, &told, after(end).timestamp()).unwrap();
    assert!(left.len() <= 30 * 96 + 2 * 1_440 + 2 * 241, "{}", left.len());
}

//! Every parser of the table, taken apart: examples that were damaged, bytes that mean harm, and ever longer ones.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestError, TestRunner};

use super::{Parser, all};

#[path = "../../tests/it/support/hostile.rs"]
mod hostile;

/// One damage to bytes.
#[derive(Debug, Clone)]
enum Damage {
    Flip(prop::sample::Index, u8),
    Cut(prop::sample::Index),
    Insert(prop::sample::Index, Vec<u8>),
    Repeat(prop::sample::Index, prop::sample::Index, usize),
    Splice(prop::sample::Index, prop::sample::Index, prop::sample::Index),
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<prop::sample::Index>;
    let hostile = prop::sample::select(hostile::TEXTS.to_vec()).prop_map(|text| text.as_bytes().to_vec());
    let sign = prop::sample::select(b"[]{}()<>\"'`\\|&;$#*-=:,.~!?@%^/+_ \n\t\0\x1b\x9b\xff0123456789eE".to_vec());
    prop_oneof![
        (at(), any::<u8>()).prop_map(|(at, bits)| Damage::Flip(at, bits)),
        at().prop_map(Damage::Cut),
        (at(), prop_oneof![hostile, prop::collection::vec(any::<u8>(), 1..8), prop::collection::vec(sign, 1..6)])
            .prop_map(|(at, bytes)| Damage::Insert(at, bytes)),
        (at(), at(), 1_usize..40).prop_map(|(from, to, times)| Damage::Repeat(from, to, times)),
        (at(), at(), at()).prop_map(|(which, from, at)| Damage::Splice(which, from, at)),
    ]
}

fn damaged(parser: &Parser, which: prop::sample::Index, all: &[Damage]) -> Vec<u8> {
    let mut bytes = which.get(parser.examples).as_bytes().to_vec();
    for damage in all {
        let place = |at: &prop::sample::Index, bytes: &[u8]| at.index(bytes.len() + 1);
        match damage {
            Damage::Flip(..) if bytes.is_empty() => {}
            Damage::Flip(at, bits) => *at.get_mut(&mut bytes) ^= bits,
            Damage::Cut(at) => bytes.truncate(place(at, &bytes)),
            Damage::Insert(at, more) => {
                let at = place(at, &bytes);
                bytes.splice(at..at, more.iter().copied());
            }
            Damage::Repeat(from, to, times) => {
                let (from, to) = (place(from, &bytes), place(to, &bytes));
                let part = bytes[from.min(to)..from.max(to).min(from.min(to) + 200)].repeat(*times);
                bytes.splice(to..to, part);
            }
            Damage::Splice(which, from, at) => {
                let other = which.get(parser.examples).as_bytes();
                let at = place(at, &bytes);
                bytes.splice(at.., other[from.index(other.len() + 1)..].iter().copied());
            }
        }
    }
    bytes
}

/// Runs one parser over what a strategy makes; a failure says which bytes it was.
fn survive<S: Strategy>(parser: &Parser, cases: u32, strategy: &S, bytes: impl Fn(S::Value) -> Vec<u8>)
where
    S::Value: Clone,
{
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(cases) });
    let found = runner.run(strategy, |made| {
        (parser.read)(&bytes(made));
        Ok(())
    });
    if let Err(TestError::Fail(why, made)) = found {
        panic!("{}: {why}\nof {:?}", parser.name, String::from_utf8_lossy(&bytes(made)));
    }
}

#[test]
fn every_example_is_read() {
    for parser in all() {
        parser.examples.iter().for_each(|example| (parser.read)(example.as_bytes()));
    }
}

#[test]
fn no_damage_breaks_a_parser() {
    for parser in all() {
        let strategy = (any::<prop::sample::Index>(), prop::collection::vec(damage(), 1..6));
        survive(parser, 96, &strategy, |(which, all)| damaged(parser, which, &all));
    }
}

#[test]
fn no_bytes_break_a_parser() {
    all().for_each(|parser| (parser.read)(hostile::all().as_bytes()));
    let hostile = prop::sample::select(hostile::TEXTS.to_vec()).prop_map(|text| text.as_bytes().to_vec());
    let piece = prop_oneof![prop::collection::vec(any::<u8>(), 0..60), hostile, ".{0,20}".prop_map(String::into_bytes)];
    let strategy = prop::collection::vec(piece, 0..6);
    for parser in all() {
        survive(parser, 64, &strategy, |pieces| pieces.concat());
    }
}

/// What a thread has spent of a processor, in nanoseconds: other work on the machine is not counted.
fn spent() -> u64 {
    // What is counted is brought up to date where the thread gives way.
    std::thread::yield_now();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    told.split(' ').next().unwrap().parse().unwrap()
}

fn cost(parser: &Parser, bytes: &[u8]) -> u64 {
    let one = || {
        let before = spent();
        (parser.read)(bytes);
        spent() - before
    };
    one().min(one())
}

/// What deep nesting, long runs and unclosed quotes are made of.
const REPEATED: [&str; 20] = [
    "[", "{", "(", "\"", "'", "`", "> ", "- ", "* ", "_a", "<a", "![", "a=", "\\", "$(", "| ", "\u{1b}]", "e\u{301}",
    "a,", "{{a}}",
];

#[test]
fn ten_times_the_input_is_about_ten_times_the_work() {
    let mut dear = Vec::new();
    for parser in all() {
        for piece in REPEATED {
            let times = |bytes: usize| piece.repeat(bytes.div_ceil(piece.len()));
            let small = cost(parser, times(1_000).as_bytes());
            let large = cost(parser, times(10_000).as_bytes());
            // Ten times is right and a hundred is wrong. What is done in 60 ms is too little to tell.
            if large > (40 * small).max(60_000_000) {
                dear.push(format!("{}: {small} ns, then {large} ns of {piece:.40?}", parser.name));
            }
        }
    }
    assert!(dear.is_empty(), "{}", dear.join("\n"));
}

#[test]
fn every_parser_has_a_fuzz_target() {
    // An archive of `cargo package` leaves out every package below the one that it is of.
    if std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.cargo_vcs_info.json")).exists() {
        return;
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz");
    let manifest = std::fs::read_to_string(format!("{folder}/Cargo.toml")).unwrap();
    let targets: Vec<&str> =
        manifest.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"')).collect();
    let mut names = vec!["midwatch-fuzz"];
    for parser in all() {
        names.push(parser.name);
        let target = std::fs::read_to_string(format!("{folder}/fuzz_targets/{}.rs", parser.name)).unwrap();
        assert!(target.contains(&format!("midwatch::parsers::read(\"{}\", bytes)", parser.name)), "{target}");
    }
    assert_eq!(targets, names, "fuzz/Cargo.toml has one target for each parser, in the order of the table");
}

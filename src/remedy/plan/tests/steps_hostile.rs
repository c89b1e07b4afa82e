//! Steps are really run: whatever a label says, a program gets the arguments that the text has, or the step is refused.

use std::os::unix::process::CommandExt;
use std::process::{Command, Output};

use proptest::prelude::*;

use super::super::step;
use super::*;

/// Runs a text as the plan has it: its interpreter, its options, its environment, in a folder of its own.
fn run(house: &House, call: &ProcessCall, text: &str) -> Output {
    let file = house.path("script");
    std::fs::write(&file, text).unwrap();
    let mut argv = call.argv.clone();
    argv[call.script.as_ref().unwrap().at] = file.to_str().unwrap().to_owned();
    let mut command = Command::new(&argv[0]);
    command.args(&argv[1..]).env_clear().current_dir(house.folder.path()).process_group(0);
    command.env("PATH", format!("{}:/usr/bin:/bin", house.folder.path().display()));
    for (name, value) in &call.env {
        if let EnvValue::Plain(value) = value {
            command.env(name, value);
        }
    }
    command.stdin(std::process::Stdio::null()).output().unwrap()
}

fn told(output: &Output) -> Vec<String> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.split_terminator('\0').map(str::to_owned).collect()
}

/// Texts that show arguments, and what they show: `V` stands for the value.
const SHOWN: &[(&str, &[&str])] = &[
    ("show \"$MIDWATCH_LABEL_X\" end", &["V", "end"]),
    ("show \"${MIDWATCH_LABEL_X}\" end", &["V", "end"]),
    ("set -e\nshow a\"b $MIDWATCH_LABEL_X c\"d end", &["ab V cd", "end"]),
    ("show \"$MIDWATCH_LABEL_X\" > out; cat out", &["V"]),
    ("if true; then show --a=\"$MIDWATCH_LABEL_X\"; fi", &["--a=V"]),
    ("show $MIDWATCH_LABEL_X end", &["V", "end"]),
    ("show {{labels.x}} end", &["V", "end"]),
    ("show \"a {{labels.x}} b\" end", &["a V b", "end"]),
    ("show 'a {{labels.x}} b' end", &["a V b", "end"]),
    ("show a{{labels.x}}b'{{labels.x}}'\"{{labels.x}}\" end", &["aVbVV", "end"]),
    ("show \"$(printf %s {{labels.x}})\" $(printf %s '{{labels.x}}') end", &["V", "V", "end"]),
    ("show $(printf %s \"$MIDWATCH_LABEL_X\") end", &["V", "end"]),
    ("y={{labels.x}}; show $y \"$y\" end", &["V", "V", "end"]),
    ("y=\"$MIDWATCH_LABEL_X\"; show $y end", &["V", "end"]),
    ("set -- \"$MIDWATCH_LABEL_X\"; show $1 end", &["V", "end"]),
    ("for y in \"$MIDWATCH_LABEL_X\"; do show $y end; done", &["V", "end"]),
    ("printf '%s\\n' \"$MIDWATCH_LABEL_X\" | while read -r y; do show $y end; done", &["V", "end"]),
    ("printf '%s\\n' \"$MIDWATCH_LABEL_X\" | xargs show end", &["end", "V"]),
    ("f() { show $1 end; }; f \"$MIDWATCH_LABEL_X\"", &["V", "end"]),
    ("printf '%s' \"show $MIDWATCH_LABEL_X end\" | sh", &["V", "end"]),
    ("sh -c 'show $1 end' sh \"$MIDWATCH_LABEL_X\"", &["V", "end"]),
    ("show `printf %s \"$MIDWATCH_LABEL_X\"` end", &["V", "end"]),
    ("cat <<EOF | sh\nshow $MIDWATCH_LABEL_X end\nEOF", &["V", "end"]),
];

/// How many texts are thrown together.
const CASES: u32 = 400;

#[test]
fn a_program_gets_the_arguments_that_the_text_has() {
    let house = House::new();
    let made = |text: &str, value: &str| step("x", &step_wish("sh", text, &[("x", value)]), &house.machine);
    let benign: Vec<Plan> = SHOWN.iter().map(|(text, _)| made(text, "web-7").unwrap()).collect();
    for ((_, shown), plan) in SHOWN.iter().zip(&benign) {
        let call = process(&plan.run);
        let wanted: Vec<String> = shown.iter().map(|word| word.replace('V', "web-7")).collect();
        assert_eq!(told(&run(&house, call, &call.script.as_ref().unwrap().text)), wanted);
    }
    let ran = std::cell::Cell::new(0);
    proptest!(ProptestConfig::with_cases(60), |(value in super::hostile::value())| {
        for ((text, shown), plain) in SHOWN.iter().zip(&benign) {
            let Ok(plan) = made(text, &value) else { continue };
            let (call, first) = (process(&plan.run), process(&plain.run));
            prop_assert_eq!((&call.argv, &call.script, names(&call.env)), (&first.argv, &first.script, names(&first.env)));
            let wanted: Vec<String> = shown.iter().map(|word| word.replace('V', &value)).collect();
            let output = run(&house, call, &call.script.as_ref().unwrap().text);
            prop_assert_eq!(told(&output), wanted, "{}: {:?}", text, output);
            ran.set(ran.get() + 1);
        }
    });
    assert!(ran.get() > 0, "every hostile value was refused everywhere: nothing was shown");
}

#[test]
fn free_values_are_one_argument_and_plain_ones_are_taken_everywhere() {
    let house = House::new();
    for value in
        ["a b", "a'b", "a\"b", "$(id)", "`id`", "$HOME", "a;id", "*", "\\", "~", "#", "{a,b}", "漢字 👩‍🚀", "@file", "%s"]
    {
        for (text, shown) in &SHOWN[..5] {
            let plan = step("x", &step_wish("sh", text, &[("x", value)]), &house.machine).unwrap();
            let call = process(&plan.run);
            let wanted: Vec<String> = shown.iter().map(|word| word.replace('V', value)).collect();
            assert_eq!(told(&run(&house, call, &call.script.as_ref().unwrap().text)), wanted, "{text}");
        }
    }
    for value in ["-rf", "..", "a/../b", "a\nb", "a\0b", "a\u{202e}b"] {
        for (text, _) in SHOWN {
            assert!(
                step("x", &step_wish("sh", text, &[("x", value)]), &house.machine).is_err(),
                "{text} with {value:?}"
            );
        }
    }
}

/// Pieces of shell text from which a text is thrown together. None of them writes or reads anything but its own words.
const PIECES: &[&str] = &[
    "show ",
    "show ",
    "\"",
    "\"",
    "'",
    "'",
    "{{labels.x}}",
    "{{labels.x}}",
    " ",
    "a",
    "\\",
    "#",
    "\n",
    ";",
    "$(show ",
    ")",
    "(",
    "${y}",
    "${y:-b}",
    "$1",
    "`",
    "$((1+1))",
    "y=",
    "| cat",
    " && show ",
    "\\\"",
    "\\'",
    "if true; then show ",
    "; fi",
    "{ show ",
    "; }",
    "case a in a) show ",
    ";; esac",
    "${#y}",
];

/// The oracle is the shell itself: where the reader accepts a text, a plain value as a reference says exactly what the
/// same value says when it is written there.
#[test]
fn a_reference_means_what_the_value_would_mean() {
    let house = House::new();
    let ran = std::cell::Cell::new(0);
    let some = || prop::collection::vec(prop::sample::select(PIECES), 0..9);
    proptest!(ProptestConfig::with_cases(CASES), |(before in some(), behind in some())| {
        let text = format!("show {}{{{{labels.x}}}}{}\n", before.concat(), behind.concat());
        if let Ok(plan) = step("x", &step_wish("sh", &text, &[("x", "web-7")]), &house.machine) {
            let call = process(&plan.run);
            let referred = run(&house, call, &call.script.as_ref().unwrap().text);
            let written = run(&house, call, &text.replace("{{labels.x}}", "web-7"));
            prop_assert_eq!(told(&referred), told(&written), "{}", text);
            prop_assert_eq!(referred.status.code(), written.status.code(), "{}", text);
            ran.set(ran.get() + 1);
        }
    });
    assert!(ran.get() > CASES / 20, "only {} of {CASES} texts were accepted: the reader refuses too much", ran.get());
}

proptest! {
    #[test]
    fn a_text_without_placeholders_runs_as_it_was_written(pieces in prop::collection::vec(prop::sample::select(PIECES), 1..20)) {
        let text = pieces.concat().replace("{{labels.x}}", "$MIDWATCH_INCIDENT");
        prop_assume!(!text.trim().is_empty());
        let machine = Machine { environment: None, path: vec!["/bin".into()] };
        let plan = step("x", &step_wish("sh", &text, &[]), &machine).unwrap();
        let script = process(&plan.run).script.clone().unwrap().text;
        prop_assert_eq!(script.trim_end_matches('\n'), text.trim_end_matches('\n'));
    }
}

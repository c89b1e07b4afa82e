//! Steps of a runbook: how placeholders become references wherever they stand, and what is refused with which words.

use super::super::step;
use super::*;
use crate::domain::IncidentId;

const LABELS: &[(&str, &str)] = &[("instance", "web-7"), ("mount", "/mnt/my disk"), ("service", "checkout")];

fn plan(text: &str) -> Result<Plan, String> {
    let house = House::new();
    step("books/Checkout errors.md", &step_wish("sh", text, LABELS), &house.machine)
}

/// The text as it runs, without its last line break.
fn text(text: &str) -> String {
    let plan = plan(text).unwrap();
    let script = process(&plan.run).script.clone().unwrap();
    script.text.strip_suffix('\n').unwrap().to_owned()
}

fn refusal(text: &str) -> String {
    plan(text).unwrap_err()
}

#[test]
fn a_step_is_a_script_of_a_named_interpreter() {
    let house = House::new();
    let mut wish = step_wish("sh", "echo {{labels.instance}}\r\n", LABELS);
    wish.incident = IncidentId::parse("00000000000000ff");
    let plan = step("books/Checkout errors.md", &wish, &house.machine).unwrap();
    assert_eq!(plan.remedy.as_str(), "checkout-errors-2");
    assert_eq!((plan.title.as_str(), plan.target.as_str()), ("Mitigate", "checkout"));
    assert_eq!((plan.confirm, plan.approvals, plan.cooldown), (Confirm::Type, 1, TimeDelta::zero()));
    assert_eq!(plan.watch, TimeDelta::minutes(10));
    assert_eq!(plan.origin, Origin::File("/books/checkout.md".into()));
    let call = process(&plan.run);
    assert_eq!(call.argv, [house.text("sh"), "-e".into(), "<script>".into()]);
    let script = call.script.as_ref().unwrap();
    assert_eq!((script.text.as_str(), script.at), ("echo \"${MIDWATCH_LABEL_INSTANCE}\"\n", 2));
    let wanted = [
        ("PATH", EnvValue::Inherited),
        ("HOME", EnvValue::Inherited),
        ("LANG", EnvValue::Inherited),
        ("MIDWATCH_INCIDENT", EnvValue::Plain("00000000000000ff".into())),
        ("MIDWATCH_LABEL_INSTANCE", EnvValue::Plain("web-7".into())),
    ];
    assert_eq!(call.env, wanted.map(|(name, value)| (name.to_owned(), value)));
    assert_eq!(plan.values, [("instance".to_owned(), "web-7".to_owned())]);
    assert_eq!(plan.hash.len(), 64);
}

#[test]
fn bash_reads_no_files_of_its_own() {
    let mut house = House::new();
    house.machine.path.push("/bin".into());
    let plan = step("x", &step_wish("bash", "true", &[]), &house.machine).unwrap();
    assert_eq!(process(&plan.run).argv[1..], ["--noprofile", "--norc", "-e", "<script>"]);
    assert!(step("x", &step_wish("zsh", "true", &[]), &house.machine).unwrap_err().contains("write sh or bash"));
    house.machine.path.clear();
    assert!(
        step("x", &step_wish("sh", "true", &[]), &house.machine).unwrap_err().contains("the program sh is not there")
    );
}

#[test]
fn a_placeholder_is_one_word_wherever_it_stands() {
    let v = "${MIDWATCH_LABEL_INSTANCE}";
    for (written, runs) in [
        ("echo {{labels.instance}}", format!("echo \"{v}\"")),
        ("echo {{ labels.instance }}:80", format!("echo \"{v}\":80")),
        ("echo \"on {{labels.instance}}!\"", format!("echo \"on {v}!\"")),
        ("echo 'on {{labels.instance}}!'", format!("echo 'on '\"{v}\"'!'")),
        ("echo \"$(curl -s '{{labels.instance}}')\"", format!("echo \"$(curl -s ''\"{v}\"'')\"")),
        ("echo $(curl {{labels.instance}} \"{{labels.instance}}\")", format!("echo $(curl \"{v}\" \"{v}\")")),
        ("a={{labels.instance}} b=\"{{labels.instance}}\" env", format!("a=\"{v}\" b=\"{v}\" env")),
        ("echo it\\'s {{labels.instance}}", format!("echo it\\'s \"{v}\"")),
        ("echo \"\\\"\" {{labels.instance}}", format!("echo \"\\\"\" \"{v}\"")),
        ("echo $# ${#} a#b {{labels.instance}}", format!("echo $# ${{#}} a#b \"{v}\"")),
        ("true # on {{labels.instance}}", "true # on MIDWATCH_LABEL_INSTANCE".to_owned()),
        (
            "# it's {{labels.instance}}\necho {{labels.instance}}",
            format!("# it's MIDWATCH_LABEL_INSTANCE\necho \"{v}\""),
        ),
        ("echo $((1 + (2 * 3))) {{labels.instance}}", format!("echo $((1 + (2 * 3))) \"{v}\"")),
        ("echo ${HOME:-/root} {{labels.instance}}", format!("echo ${{HOME:-/root}} \"{v}\"")),
        ("echo `date` {{labels.instance}}", format!("echo `date` \"{v}\"")),
        ("(cd /tmp && ls {{labels.instance}}) >/dev/null 2>&1", format!("(cd /tmp && ls \"{v}\") >/dev/null 2>&1")),
        ("curl -d '{\"host\":\"{{labels.instance}}\"}' x", format!("curl -d '{{\"host\":\"'\"{v}\"'\"}}' x")),
        ("case a in\na) echo {{labels.instance}} ;;\nesac", format!("case a in\na) echo \"{v}\" ;;\nesac")),
        ("f() {\n  ls {{labels.instance}}\n}\nf", format!("f() {{\n  ls \"{v}\"\n}}\nf")),
        (
            "if ls {{labels.instance}}; then echo {{labels.instance}}; fi",
            format!("if ls \"{v}\"; then echo \"{v}\"; fi"),
        ),
        ("docker ps --format '{{.Names}}' \"{{.ID}}\"", "docker ps --format '{{.Names}}' \"{{.ID}}\"".to_owned()),
        ("echo a >{{labels.instance}}", format!("echo a >\"{v}\"")),
    ] {
        assert_eq!(text(written), runs, "{written}");
    }
}

#[test]
fn where_the_reader_cannot_follow_it_refuses_and_says_what_to_write() {
    for (written, why) in [
        ("echo `ls {{labels.instance}}`", "backticks"),
        ("echo \"`ls {{labels.instance}}`\"", "backticks"),
        ("cat <<EOF\n{{labels.instance}}\nEOF", "here-document"),
        ("cat <<'EOF'\nx\nEOF\necho {{labels.instance}}", "here-document"),
        ("echo $'a\\'' {{labels.instance}}", "$'…'"),
        ("echo ${x:-{{labels.instance}}}", "${ }"),
        ("echo \"${x:-'a'}\" {{labels.instance}}", "${ }"),
        ("echo $(( {{labels.instance}} + 1 ))", "arithmetic"),
        ("(( {{labels.instance}} > 1 ))", "arithmetic"),
        ("echo $((cmd); cmd) {{labels.instance}}", "arithmetic"),
        ("echo \\{{labels.instance}}", "backslash"),
        ("echo \"\\{{labels.instance}}\"", "backslash"),
        ("echo ) {{labels.instance}}", "nothing opens"),
        ("echo \"$(case a in a) ls;; esac)\" {{labels.instance}}", "'case' within brackets"),
    ] {
        let told = refusal(written);
        assert!(
            told.contains(why) && told.contains("use \"$MIDWATCH_LABEL_INSTANCE\" in double quotes"),
            "{written}: {told}"
        );
        assert!(told.starts_with("step 2 of books/Checkout errors.md: "), "{told}");
    }
    assert!(refusal("echo \"{{labels.instance}}").contains("never closed"));
    assert!(refusal("echo {{labels.instance").contains("begins no placeholder"));
    assert!(refusal("echo {{labels.}}").contains("begins no placeholder"));
    assert!(refusal("echo {{annotations.summary}}").contains("annotations are prose"));
}

#[test]
fn a_label_names_no_program_and_sets_nothing_that_decides() {
    for written in [
        "{{labels.instance}} --now",
        "\"{{labels.instance}}\" --now",
        "/opt/{{labels.instance}}/run",
        "$MIDWATCH_LABEL_INSTANCE -x",
        "\"${MIDWATCH_LABEL_INSTANCE}\"",
        "true && {{labels.instance}}",
        "true | {{labels.instance}}",
        "if {{labels.instance}}; then true; fi",
        "a=1 {{labels.instance}}",
        "2>&1 {{labels.instance}}",
        "sudo {{labels.instance}}",
        "sudo -n {{labels.instance}}",
        "timeout 5 {{labels.instance}}",
        "env A=b {{labels.instance}}",
        "echo $({{labels.instance}})",
        "$(echo {{labels.instance}}) x",
        "eval \"ls {{labels.instance}}\"",
        "sh -c \"ls {{labels.instance}}\"",
        ". {{labels.instance}}",
        "( {{labels.instance}} )",
        "! {{labels.instance}}",
        "true &> x {{labels.instance}}; {{labels.instance}}",
        "xargs {{labels.instance}}",
        "f() { {{labels.instance}}; }",
    ] {
        assert!(refusal(written).contains("where a program is named"), "{written}: {}", refusal(written));
    }
    for name in ["PATH", "LD_PRELOAD", "IFS", "BASH_ENV"] {
        assert!(refusal(&format!("{name}={{{{labels.instance}}}} ls")).contains("decides what runs"), "{name}");
        assert!(
            refusal(&format!("export {name}=\"a:$MIDWATCH_LABEL_INSTANCE\"")).contains("decides what runs"),
            "{name}"
        );
    }
}

#[test]
fn only_labels_that_the_text_names_are_handed_over() {
    let named = |text: &str| {
        let plan = plan(text).unwrap();
        let env = &process(&plan.run).env;
        names(env).into_iter().filter(|name| name.starts_with("MIDWATCH_LABEL")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(named("ls \"$MIDWATCH_LABEL_MOUNT\""), ["MIDWATCH_LABEL_MOUNT"]);
    assert_eq!(
        named("ls \"${MIDWATCH_LABEL_MOUNT}\" {{labels.instance}}"),
        ["MIDWATCH_LABEL_INSTANCE", "MIDWATCH_LABEL_MOUNT"]
    );
    assert_eq!(named("printenv MIDWATCH_LABEL_INSTANCE"), ["MIDWATCH_LABEL_INSTANCE"]);
    assert_eq!(named("ls # {{labels.instance}} $MIDWATCH_LABEL_MOUNT"), [""; 0]);
    assert_eq!(named("ls \"${MIDWATCH_LABEL_NOSUCH:-none}\""), [""; 0]);
    assert_eq!(named("ls \"$XMIDWATCH_LABEL_NOSUCH\""), [""; 0]);
}

#[test]
fn a_label_that_is_not_there_is_not_an_empty_one() {
    assert!(refusal("rm -r /data/{{labels.pod}}").contains("the alerts share no label pod"));
    assert!(refusal("rm -r \"/data/$MIDWATCH_LABEL_POD\"").contains("\"${MIDWATCH_LABEL_POD:-}\" if it may be empty"));
}

#[test]
fn two_labels_of_one_name_are_not_guessed_about() {
    let house = House::new();
    let both = [("a.b", "1"), ("a_b", "2")];
    for text in ["echo {{labels.a.b}}", "echo {{labels.a_b}}", "echo \"$MIDWATCH_LABEL_A_B\""] {
        assert!(step("x", &step_wish("sh", text, &both), &house.machine).is_err(), "{text}");
    }
    let one = step("x", &step_wish("sh", "echo {{labels.a.b}}", &both[..1]), &house.machine).unwrap();
    assert_eq!(process(&one.run).script.as_ref().unwrap().text, "echo \"${MIDWATCH_LABEL_A_B}\"\n");
}

#[test]
fn what_is_no_plain_word_stands_only_in_double_quotes_of_an_argument() {
    assert!(plan("ls \"$MIDWATCH_LABEL_MOUNT\"").is_ok());
    assert!(plan("set -eu\nls \"on $MIDWATCH_LABEL_MOUNT\" > /dev/null").is_ok());
    for written in [
        "ls {{labels.mount}}",
        "ls \"{{labels.mount}}\"",
        "ls $MIDWATCH_LABEL_MOUNT",
        "ls '$MIDWATCH_LABEL_MOUNT'",
        "a=\"$MIDWATCH_LABEL_MOUNT\"; ls $a",
        "ls $(echo \"$MIDWATCH_LABEL_MOUNT\")",
        "for i in \"$MIDWATCH_LABEL_MOUNT\"; do ls $i; done",
        "set -- \"$MIDWATCH_LABEL_MOUNT\"; ls $1",
        "ssh db \"ls $MIDWATCH_LABEL_MOUNT\"",
        "echo \"$MIDWATCH_LABEL_MOUNT\" | xargs ls",
        "echo \"$MIDWATCH_LABEL_MOUNT\" | sh",
        "f() { ls $1; }; f \"$MIDWATCH_LABEL_MOUNT\"",
        "echo \"$MIDWATCH_LABEL_MOUNT\" | while read -r a; do ls $a; done",
        "[[ \"$MIDWATCH_LABEL_MOUNT\" -eq 1 ]]",
        "cat <<EOF\n$MIDWATCH_LABEL_MOUNT\nEOF",
        "ls \"`ls \"$MIDWATCH_LABEL_MOUNT\"`\"",
        "ls \"${x:-'a'}\" \"$MIDWATCH_LABEL_MOUNT\"",
    ] {
        let told = refusal(written);
        assert!(told.contains("the label mount is '/mnt/my disk', but"), "{written}: {told}");
        assert!(told.contains("in double quotes") && told.contains("by hand"), "{told}");
        assert!(plan(&written.replace("MOUNT", "INSTANCE").replace("mount", "instance")).is_ok(), "{written}");
    }
}

#[test]
fn a_step_shows_what_it_runs() {
    for hidden in ["ls \u{202e}a", "ls \u{200b}", "ls \u{1b}[2J", "ls \0", "ls a\rb"] {
        assert!(refusal(hidden).contains("cannot be seen"), "{hidden:?}");
    }
    assert!(refusal(" \n\n").contains("no text"));
    assert!(refusal(&"a".repeat(70_000)).contains("script file"));
}

//! Bad usage: 64, with what was meant, on stderr.

use crate::stage::program::Home;

#[test]
fn bad_usage_is_told_on_stderr_and_ends_with_64() {
    let home = Home::new();
    for (arguments, words) in [
        (&["stauts"][..], "status"),
        (&["status", "--bogus"], "--bogus"),
        (&["status", "--format", "yaml"], "yaml"),
        (&["ack"], "INCIDENT"),
        (&["snooze", "x", "until", "25:00"], "25:00"),
        (&["status", "--wait", "soon"], "soon"),
    ] {
        let ended = home.run(arguments);
        assert_eq!((ended.status, ended.out.as_str()), (64, ""), "{arguments:?}: {}", ended.err);
        assert!(ended.err.contains(words), "{arguments:?}: {}", ended.err);
    }
}

#[test]
fn the_screen_without_a_terminal_is_bad_usage_that_names_the_way_out() {
    let home = Home::new();
    let ended = home.run(&[]);
    assert_eq!((ended.status, ended.out.as_str()), (64, ""));
    assert!(ended.err.contains("midwatch status"), "{}", ended.err);
}

#[test]
fn help_and_version_are_no_mistakes() {
    let home = Home::new();
    let help = home.run(&["--help"]);
    assert_eq!((help.status, help.err.as_str()), (0, ""));
    for code in ["0 ", "64", "70", "78"] {
        assert!(help.out.contains(code), "{code}");
    }
    let version = home.run(&["--version"]);
    // An optimised build adds its commit; tests/it/packages looks at that.
    assert_eq!(
        (version.status, version.out.trim()),
        (0, format!("midwatch {}", midwatch::cli::args::VERSION).as_str())
    );
    assert!(version.out.starts_with(concat!("midwatch ", env!("CARGO_PKG_VERSION"))), "{}", version.out);
}

//! Where values come from, and what is said of those that do not fit.

use super::*;

fn restart() -> Remedy {
    let instance = param("instance", pattern("[a-z0-9-]{1,32}"));
    remedy(command(&["systemctl", "restart", "checkout@{instance}"]), vec![instance])
}

#[test]
fn a_value_is_typed_or_the_label_or_the_default_in_this_order() {
    let house = House::new();
    let mut restart = restart();
    restart.params[0].default = Some("spare".into());
    let said = |wish: &Wish| house.arguments(&restart, wish, "systemctl").pop().unwrap();
    assert_eq!(said(&wish(&[])), "checkout@spare");
    let mut both = wish(&[("instance", "web-7")]);
    assert_eq!(said(&both), "checkout@web-7");
    both.values.insert("instance".into(), "web-8".into());
    assert_eq!(said(&both), "checkout@web-8");
}

#[test]
fn what_is_missing_or_does_not_fit_is_told_with_what_to_do() {
    let house = House::new();
    let missing = house.refusal(&restart(), &wish(&[("job", "x")]));
    assert_eq!(missing, "instance is missing: the alerts share no label instance; type or choose a value");
    let wrong = house.refusal(&restart(), &wish(&[("instance", "web 7;\u{1b}[2J")]));
    assert!(wrong.contains("control character") && wrong.contains("the label instance is 'web 7;'"), "{wrong}");
    let wrong = house.refusal(&restart(), &typed(&[("instance", "Web")]));
    assert!(wrong.contains("must match [a-z0-9-]{1,32} whole") && wrong.contains("what was given is 'Web'"), "{wrong}");
    let unknown = house.refusal(&restart(), &typed(&[("instance", "a"), ("instnace", "b")]));
    assert_eq!(unknown, "restart-checkout has no parameter 'instnace'; it has instance");
}

#[test]
fn a_label_that_does_not_fit_is_not_replaced_by_the_default() {
    let mut restart = restart();
    restart.params[0].default = Some("spare".into());
    assert!(House::new().refusal(&restart, &wish(&[("instance", "$(id)")])).contains("must match"));
}

#[test]
fn a_placeholder_that_nothing_declares_is_refused() {
    let other = remedy(command(&["systemctl", "restart", "{unit}"]), anything());
    let words = House::new().refusal(&other, &wish(&[("x", "a"), ("unit", "b")]));
    assert!(words.contains("'{unit}' in '{unit}' is no parameter"), "{words}");
}

#[test]
fn an_argument_cannot_become_an_option_but_an_option_can_have_a_value() {
    let house = House::new();
    let open = |word: &str| remedy(command(&["show", word]), anything());
    let words = house.refusal(&open("{x}"), &wish(&[("x", "--help")]));
    assert!(words.contains("taken for an option") && words.contains("--name={"), "{words}");
    assert!(house.plan(&open("{x}-a"), &wish(&[("x", "-")])).is_err());
    assert_eq!(house.arguments(&open("--host={x}"), &wish(&[("x", "-1")]), "show"), ["--host=-1"]);
    assert_eq!(house.arguments(&open("a{x}"), &wish(&[("x", "-1")]), "show"), ["a-1"]);
}

#[test]
fn a_value_cannot_climb_out_of_a_folder() {
    let house = House::new();
    let file = remedy(command(&["show", "/srv/{x}/log"]), anything());
    for wrong in ["..", "../..", "a/../..", "a/.."] {
        assert!(house.refusal(&file, &wish(&[("x", wrong)])).contains("climbs"), "{wrong}");
    }
    assert_eq!(house.arguments(&file, &wish(&[("x", "a..b")]), "show"), ["/srv/a..b/log"]);
    let joined = remedy(command(&["show", "/srv/.{x}"]), anything());
    assert!(house.plan(&joined, &wish(&[("x", ".")])).is_err());
    let own = remedy(command(&["show", "../{x}"]), anything());
    assert_eq!(house.arguments(&own, &wish(&[("x", "a")]), "show"), ["../a"]);
}

#[test]
fn a_program_is_found_or_the_folders_are_named() {
    let house = House::new();
    let absolute = remedy(command(&[&house.text("show"), "a"]), Vec::new());
    assert_eq!(house.arguments(&absolute, &wish(&[]), "show"), ["a"]);
    let mut below = remedy(command(&["./show"]), Vec::new());
    below.cwd = house.folder.path().to_owned();
    assert!(process(&house.plan(&below, &wish(&[])).unwrap().run).argv[0].ends_with("/show"));
    let none = house.refusal(&remedy(command(&["nosuch"]), Vec::new()), &wish(&[]));
    assert!(none.contains("nosuch is not there") && none.contains(house.folder.path().to_str().unwrap()), "{none}");
    std::fs::set_permissions(house.path("show"), std::fs::Permissions::from_mode(0o644)).unwrap();
    assert!(house.refusal(&absolute, &wish(&[])).contains("no file that may be executed"));
    assert!(house.plan(&remedy(command(&["show"]), Vec::new()), &wish(&[])).is_err());
    let mut relative = house.machine.clone();
    relative.path = vec![PathBuf::from("."), PathBuf::new()];
    assert!(super::super::remedy(&remedy(command(&["show"]), Vec::new()), &wish(&[]), &relative).is_err());
}

#[test]
fn a_value_never_names_the_program() {
    let house = House::new();
    for words in [&["{x}", "a"] as &[&str], &["/bin/{x}"], &["sys{x}"]] {
        let told = house.refusal(&remedy(command(words), anything()), &wish(&[("x", "show")]));
        assert!(told.contains("stands where the program is named"), "{told}");
    }
    let mut verify = remedy(command(&["show"]), anything());
    verify.verify = Some(argv(&["{x}"]));
    let told = house.refusal(&verify, &wish(&[("x", "show")]));
    assert!(told.starts_with("the verification: "), "{told}");
}

#[test]
fn a_remedy_runs_only_in_its_environments() {
    let mut house = House::new();
    let mut here = restart();
    here.environments = vec!["staging".into()];
    let told = house.refusal(&here, &wish(&[("instance", "a")]));
    assert_eq!(told, "restart-checkout runs in staging alone; this is prod-eu");
    house.machine.environment = None;
    assert!(house.refusal(&here, &wish(&[("instance", "a")])).contains("set `environment`"));
    house.machine.environment = Some("staging".into());
    assert!(house.plan(&here, &wish(&[("instance", "a")])).is_ok());
}

#[test]
fn the_target_is_as_declared_or_all_values_or_the_service() {
    let house = House::new();
    let target = |remedy: &Remedy, wish: &Wish| house.plan(remedy, wish).unwrap().target;
    let mut two = remedy(command(&["show"]), vec![param("a", pattern(".*")), param("b", pattern(".*"))]);
    let both = wish(&[("a", "1"), ("b", "2"), ("service", "checkout")]);
    assert_eq!(target(&two, &both), "1 2");
    two.target = Some(t("node {b}"));
    assert_eq!(target(&two, &both), "node 2");
    let bare = remedy(command(&["show"]), Vec::new());
    assert_eq!(target(&bare, &both), "checkout");
    assert_eq!(target(&bare, &wish(&[])), "-");
    assert_eq!(target(&bare, &wish(&[("service", "a\u{1b}[2J\nb\u{202e}")])), "a b·");
}

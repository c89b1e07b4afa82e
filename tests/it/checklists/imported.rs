//! A Markdown task list becomes a checklist of one's own, and comes back as the same task list.

use super::{home, json};
use crate::support::home::Home;

const MARKDOWN: &str = "# Release\n\nEvery other week.\n\n## Before\n\n- [ ] Freeze `main`\n\n  Nobody merges.\n- [x] Tag \"v2\" <now>\n\n\
                        ## After\n\n- [ ] Kiểm tra nhật ký 漢字\n- [ ] - is no list\n";

#[test]
fn it_is_printed_and_nothing_is_written() {
    let home = Home::new();
    home.write("release.md", MARKDOWN);
    let ran = home.run(&["checklist", "import", "release.md"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{ran:?}");
    let table: toml::Table = ran.out.parse().unwrap();
    assert_eq!((table["id"].as_str(), table["title"].as_str()), (Some("release"), Some("Release")));
    let items = table["section"][0]["item"].as_array().unwrap();
    assert_eq!((items[0]["text"].as_str(), items[0]["help"].as_str()), (Some("Freeze main"), Some("Nobody merges.")));
    assert!(!home.path("config/midwatch").exists(), "only --write writes");
}

#[test]
fn it_is_written_once_and_read_as_a_checklist() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = Home::new();
    home.write("release.md", MARKDOWN);
    let import = ["checklist", "import", "release.md", "--id", "train", "--title", "The train", "--write"];
    let ran = home.run(&import);
    assert_eq!(ran.status, 0, "{ran:?}");
    let file = home.path("config/midwatch/checklists/train.toml");
    assert_eq!(ran.out.trim(), file.display().to_string());
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let again = home.run(&import);
    assert_eq!(again.status, 1);
    assert!(again.err.contains("is there already and stays as it is"), "{again:?}");

    let shown = home.run(&["checklist", "show", "train", "--format", "md"]);
    assert_eq!((shown.status, shown.err.as_str()), (0, ""), "{shown:?}");
    home.write("again.md", &shown.out);
    let second = home.run(&["checklist", "import", "again.md"]);
    let (first, second) =
        (std::fs::read_to_string(&file).unwrap().parse::<toml::Table>().unwrap(), second.out.parse().unwrap());
    assert_eq!(texts(&first), texts(&second), "{}", shown.out);
    assert_eq!(texts(&first), ["Freeze main", "Tag \"v2\" <now>", "Kiểm tra nhật ký 漢字", "- is no list"]);
    let all = json(&home.run(&["checklist", "list", "--format", "json"]));
    let mine = all["checklists"].as_array().unwrap().iter().find(|row| row["id"] == "train").unwrap().clone();
    assert_eq!((&mine["adopted"], &mine["state"]), (&true.into(), &"on-demand".into()));
}

#[test]
fn a_shipped_checklist_is_replaced_only_where_its_id_is_given() {
    let home = Home::new();
    home.write("ours.md", "# Handover\n\n- [ ] one\n");
    let refused = home.run(&["checklist", "import", "ours.md", "--write"]);
    assert_eq!((refused.status, refused.out.as_str()), (1, ""), "{refused:?}");
    assert!(refused.err.contains("'handover' is a shipped checklist, which this would replace"), "{refused:?}");
    assert!(!home.path("config/midwatch/checklists/handover.toml").exists());
    let printed = home.run(&["checklist", "import", "ours.md"]);
    assert_eq!((printed.status, printed.err), (0, refused.err), "printed, and told");
    let meant = home.run(&["checklist", "import", "ours.md", "--id", "handover", "--write"]);
    assert_eq!((meant.status, meant.err.as_str()), (0, ""), "{meant:?}");
}

fn texts(table: &toml::Table) -> Vec<String> {
    let sections = table["section"].as_array().unwrap();
    let items = sections.iter().flat_map(|section| section["item"].as_array().unwrap());
    items.map(|item| item["text"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_file_without_a_task_is_told() {
    let home = home("own", "id = \"own\"\ntitle = \"Own\"\n[[item]]\nid = \"a\"\ntext = \"A\"\nhelp = \"x\"\n");
    home.write("words.md", "# Words\n\n- no task\n");
    for (file, words) in [("words.md", "there is no task in it"), ("gone.md", "there is no such file")] {
        let ran = home.run(&["checklist", "import", file]);
        assert_eq!((ran.status, ran.out.as_str()), (1, ""), "{ran:?}");
        assert!(ran.err.contains(words), "{ran:?}");
    }
}

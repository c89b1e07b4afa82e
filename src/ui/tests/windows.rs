//! Maintenance windows on the screen: the banner while one lasts, and the form.

use chrono::TimeDelta;

use super::drawn::screen;
use crate::app::Msg;
use crate::app::staged::healing::window;
use crate::app::staged::windows::watch;
use crate::app::staged::{Watch, am, start};
use crate::board::Answer;
use crate::domain::maintenance::Window;

const SIZES: [(u16, u16); 3] = [(120, 36), (80, 24), (40, 10)];

fn shown(watch: &Watch, (width, height): (u16, u16)) -> String {
    screen(&watch.app, width, height)
}

#[test]
fn the_header_shows_it_at_every_size_while_it_lasts_and_time_tells_when() {
    let lasts = window(&watch(), "checkout");
    let ahead = Window { starts: start() + TimeDelta::minutes(30), ..lasts };
    let mut watch = Watch::has(vec![ahead.clone()]);
    assert!(watch.app.next_change().unwrap() <= ahead.starts);
    watch.now = ahead.starts - TimeDelta::seconds(1);
    watch.report(am(), Answer::default());
    watch.tell(Msg::Tick);
    assert_eq!(watch.app.next_change(), Some(ahead.starts));
    assert!(SIZES.iter().all(|size| !shown(&watch, *size).contains("maintenance of")), "it has not begun");
    watch.now = ahead.starts;
    watch.tell(Msg::Tick);
    for size in SIZES {
        let text = shown(&watch, size);
        assert!(text.contains("maintenance of checkout until 05:12"), "{size:?}\n{text}");
    }
    assert!(shown(&watch, (120, 36)).contains("new version (bo)"));
    watch.now = ahead.ends - TimeDelta::seconds(1);
    watch.tell(Msg::Tick);
    assert!(watch.app.next_change().unwrap() <= ahead.ends);
    watch.now = ahead.ends;
    watch.tell(Msg::Tick);
    assert!(SIZES.iter().all(|size| !shown(&watch, *size).contains("maintenance of")), "it is over");
}

#[test]
fn the_form_can_be_read_and_filled_at_every_size() {
    for size in SIZES {
        let mut watch = Watch::filled("now", "1h");
        watch.app.size = crate::app::model::Size { columns: size.0, rows: size.1 };
        let names = ["service", "from", "for/until", "because", "to go back"];
        for (field, name) in names.iter().enumerate() {
            watch.goes_to(field);
            let text = shown(&watch, size);
            assert!(text.contains(name), "{size:?}: the field with the cursor is in sight\n{text}");
        }
        watch.fills(1, "soon");
        let text = shown(&watch, size);
        assert!(text.contains("neither a duration"), "{size:?}: what is wrong is in sight\n{text}");
    }
}

//! Titles, values and notes in other scripts: every frame keeps its edges.

use std::sync::Arc;

use super::super::drawn::{frame, rows as drawn};
use super::made::{WALK, at_completion, at_history, at_item, at_list, item, list, rows, update, went};
use super::{SIZES, keep};
use crate::app::App;
use crate::app::walks::{Shows, Stop};
use crate::domain::Operator;
use crate::domain::checklist::{Change, Checklist, ItemId, Outcome, Walk};
use crate::theme::Theme;

fn foreign() -> Checklist {
    let disks = crate::domain::checklist::Item {
        help: "Ổ đĩa nào sẽ đầy trong bốn ngày tới? Good: không có ổ nào. 磁盘已满之前清理。".to_owned(),
        ..item("disks", "Không có ổ đĩa nào đầy trong 4 ngày 🚨")
    };
    let items = vec![disks, item("logs", "日志里没有新的错误类型，请检查最近二十四小时"), item("e", "👩‍🚒 テスト")];
    list("weekly", "Bảo trì hằng tuần 每周检查", None, vec![("Đĩa và 日志", items)])
}

fn walk() -> Walk {
    let walk = Walk::new(WALK, Arc::new(foreign()), None, super::super::board::ago(6), Operator::new("Nguyễn", "h"));
    walk.with([
        update(1, Some("disks"), "Nguyễn", 5, went(Outcome::Failed, "磁盘 db-2 还剩 9 GiB，已开工单 🎫")),
        update(2, Some("logs"), "李雷", 4, went(Outcome::Skipped, "đang đóng băng triển khai")),
        update(3, Some("e"), "李雷", 4, Change::Followed { words: "→ sự cố 磁盘已满 được khai báo".to_owned() }),
    ])
}

fn apps() -> Vec<App> {
    let mut list = at_list();
    let mut all = rows();
    all[0].list = Arc::new(foreign());
    list.walks.rows = all.into();
    let mut here = at_item("slow", []);
    here.walks.open.insert(WALK, Arc::new(walk()));
    here.walks.at.insert(WALK, Stop::Item(ItemId::new("disks")));
    let mut past = at_history(Shows::Walk);
    let ended = crate::domain::checklist::walk::End {
        at: super::super::board::ago(3),
        by: Operator::new("李雷", "h"),
        completed: true,
        sign: "李雷 và Nguyễn".to_owned(),
    };
    let mut done = walk();
    done.ended = Some(ended);
    past.walks.past.insert(done.list.id.clone(), Ok([done].into()));
    let mut watch = super::made::app();
    watch.walks.rows = Arc::clone(&list.walks.rows);
    vec![list, here, at_completion(walk()), past, watch]
}

#[test]
fn every_frame_keeps_its_right_edge() {
    use ratatui::buffer::CellWidth;
    for app in apps() {
        for (width, height) in SIZES {
            for row in drawn(&frame(&app, &Theme::plain(), width, height).0) {
                let cells: u16 = row.cell_width();
                assert_eq!(cells, width, "{row}");
            }
        }
    }
}

#[test]
fn other_scripts_are_aligned() {
    keep("foreign-list", &apps()[0]);
    keep("foreign-walk", &apps()[1]);
}

#[test]
fn a_plain_terminal_gets_ascii_alone() {
    let theme = Theme::of(|_| ratatui::style::Style::new(), true);
    for app in apps().into_iter().chain([at_item("slow", []), at_history(Shows::Trend)]) {
        for (width, height) in SIZES {
            let (buffer, _) = frame(&app, &theme, width, height);
            assert!(buffer.content().iter().all(|cell| cell.symbol().is_ascii()));
        }
    }
}

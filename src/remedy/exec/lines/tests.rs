//! Bytes in, harmless lines out.

use proptest::prelude::*;

use super::*;
use crate::domain::harmless;

fn lines(secrets: &[&str]) -> Lines {
    Lines::new(Stream::Out, Arc::new(Needles::of(secrets.iter().copied())))
}

fn read(bytes: &[u8]) -> Vec<OutputLine> {
    in_pieces(&[], &[bytes])
}

fn in_pieces(secrets: &[&str], pieces: &[&[u8]]) -> Vec<OutputLine> {
    let (mut lines, mut done) = (lines(secrets), Vec::new());
    for piece in pieces {
        lines.feed(7, piece, &mut done);
    }
    lines.end(7, &mut done);
    done
}

fn texts(bytes: &[u8]) -> Vec<String> {
    read(bytes).iter().map(OutputLine::text).collect()
}

#[test]
fn lines_end_as_they_end_anywhere() {
    assert_eq!(texts(b"one\ntwo\r\n\nfour\r\r\nlast"), ["one", "two", "", "four", "last"]);
    assert_eq!(texts(b""), [""; 0]);
    assert_eq!(texts(b"\n"), [""]);
}

#[test]
fn progress_rewrites_its_line() {
    assert_eq!(texts(b"10%\r50%\r100%\r\ndone\n"), ["100%", "done"]);
    assert_eq!(texts(b"\r 1/2\r 2/2\n"), [" 2/2"]);
    assert_eq!(texts(b"long progress\r\x1b[Kshort\n"), ["short"]);
    assert_eq!(texts(b"gone\r\x1b[K\n"), [""]);
    assert_eq!(texts(b"gone\x1b[2K\rnew\n"), ["new"]);
    assert_eq!(texts(b"stays\x1b[K\n"), ["stays"]);
}

#[test]
fn colours_are_kept_and_go_on_over_lines() {
    let lines = read(b"a\x1b[1;31mred\nstill\x1b[0m no\x1b[m\n");
    let red = Paint { colour: Some(1), bold: true, ..Paint::default() };
    assert_eq!(lines[0].pieces, [(Paint::default(), "a".into()), (red, "red".into())]);
    assert_eq!(lines[1].pieces, [(red, "still".into()), (Paint::default(), " no".into())]);
}

#[test]
fn what_acts_on_a_terminal_is_taken_out_or_seen() {
    assert_eq!(
        texts(b"\x1b]0;title\x07a\x1b]52;c;aGk=\x1b\\b\x1bP1$r\x1b\\c\x1b(Bd\x1b[2Je\x1b[?1049hf\x1b[>4;2mg\n"),
        ["abcdefg"]
    );
    assert_eq!(texts("\u{9b}31mx\u{9d}0;t\u{9c}y\u{202e}z\u{200b}\u{7}\u{8}\0\n".as_bytes()), ["xy·z····"]);
    assert_eq!(texts(b"never closed \x1b]0;title\nnext\n"), ["never closed ", "next"]);
    assert_eq!(texts(b"\x1b[31\nnext\x1b"), ["", "next"]);
    let endless = format!("\u{1b}[{}mx\n", "1;".repeat(1_000));
    assert_eq!(texts(endless.as_bytes()), ["x"]);
}

#[test]
fn tabs_are_expanded() {
    assert_eq!(texts(b"a\tb\n12345678\tc\n\t\td\n"), ["a       b", "12345678        c", "                d"]);
}

#[test]
fn what_is_not_text_is_seen_as_such() {
    assert_eq!(texts(b"a\xffb\xe2\x82\n\xe2"), ["a\u{fffd}b\u{fffd}", "\u{fffd}"]);
    let pieces: Vec<String> =
        in_pieces(&[], &[b"\xe2", b"\x82", b"\xac \xf0\x9f", b"x\n"]).iter().map(OutputLine::text).collect();
    assert_eq!(pieces, ["€ \u{fffd}x"]);
}

#[test]
fn a_long_line_is_cut_and_the_rest_of_it_skipped() {
    let fits = "ä".repeat(4_000);
    assert_eq!(texts(format!("{fits}\nx").as_bytes()), [fits.as_str(), "x"]);
    let long = texts(format!("{fits}b{}\nx\n", "c".repeat(100_000)).as_bytes());
    assert_eq!(long, [format!("{}…", "ä".repeat(3_999)), "x".to_owned()]);
    let rewritten = texts(format!("{fits}bbb\rshort\nx\n").as_bytes());
    assert_eq!(rewritten, ["short", "x"]);
    let tabs = texts(&b"\t".repeat(3_999));
    assert_eq!(tabs[0].chars().count(), 4_000);
    assert!(tabs[0].ends_with(" …"));
}

#[test]
fn a_long_line_takes_no_more_room_than_is_kept() {
    let (mut lines, mut done) = (lines(&[]), Vec::new());
    for _ in 0..1_000 {
        lines.feed(0, &b"x".repeat(64 * 1024), &mut done);
    }
    assert!(lines.draft.text.capacity() < 64 * 1024 && done.is_empty());
}

#[test]
fn an_unfinished_line_is_told_with_its_time() {
    let (mut lines, mut done) = (lines(&[]), Vec::new());
    assert_eq!(lines.open(1), None);
    lines.feed(5, b"Restarting", &mut done);
    lines.feed(9, b"... ", &mut done);
    let open = lines.open(11).unwrap();
    assert_eq!((open.text().as_str(), open.at_ms), ("Restarting... ", 5));
    lines.feed(12, b"ok\n\n", &mut done);
    assert_eq!((done[0].text().as_str(), done[0].at_ms, done[1].at_ms), ("Restarting... ok", 5, 12));
    assert_eq!(lines.open(12), None);
}

#[test]
fn secrets_are_hidden_however_they_come() {
    let hidden = |pieces: &[&[u8]]| -> Vec<String> {
        in_pieces(&["hunter2-long", "a\tb-tab", "42"], pieces).iter().map(OutputLine::text).collect()
    };
    assert_eq!(hidden(&[b"say hunt", b"er2-", b"long.\n"]), ["say ‹hidden›."]);
    assert_eq!(hidden(&[b"hunter2-\x1b[31mlong and 42\n"]), ["‹hidden› and ‹hidden›"]);
    assert_eq!(hidden(&[b"x a\tb-tab\n"]), ["x ‹hidden›"]);
    assert_eq!(hidden(&[b"50%\rhunter2-long\r"]), ["‹hidden›"]);
    assert_eq!(hidden(&[b"killed while saying hunter2-l"]), ["killed while saying ‹hidden›"]);
    let cut = hidden(&["x".repeat(3_994).as_bytes(), b"hunter2-long\n"]);
    assert_eq!(cut[0], format!("{}‹hidd…", "x".repeat(3_994)));
}

#[test]
fn the_beginning_of_a_secret_is_held_back_until_it_is_known() {
    let (mut lines, mut done) = (lines(&["hunter2-long"]), Vec::new());
    lines.feed(0, b"password: h", &mut done);
    assert_eq!(lines.open(0).unwrap().text(), "password: ");
    lines.feed(0, b"unter2-", &mut done);
    assert_eq!(lines.open(0).unwrap().text(), "password: ");
    lines.feed(0, b"long", &mut done);
    assert_eq!(lines.open(0).unwrap().text(), "password: ‹hidden›");
    lines.feed(0, b" hun\n", &mut done);
    assert_eq!(done[0].text(), "password: ‹hidden› hun", "the line is finished: it was none");
}

/// Bytes that are likely to mean something.
fn hostile() -> impl Strategy<Value = Vec<u8>> {
    let parts = prop_oneof![
        4 => any::<u8>().prop_map(|byte| vec![byte]),
        1 => prop::sample::select(vec![
            "\u{1b}", "\u{1b}[", "\u{1b}]", "\u{1b}[31m", "\u{1b}[38;5;", "\u{1b}[K", "\u{1b}\\", "\u{9b}", "\u{9d}", "\r",
            "\n", "\r\n", "\t", "\u{202e}", "\u{200b}", "\0", "äöü", "👩‍🚀", "secret-one", "hunter2", "secr", "et-one",
        ]).prop_map(|text| text.as_bytes().to_vec()),
        1 => prop::sample::select(vec![3, 3_990, 4_000, 4_010]).prop_map(|many| vec![b'x'; many]),
    ];
    prop::collection::vec(parts, 0..30).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn the_lines_are_the_same_in_any_pieces(bytes in hostile(), sizes in prop::collection::vec(1_usize..40, 1..40)) {
        let secrets = ["secret-one", "hunter2"];
        let whole = in_pieces(&secrets, &[&bytes]);
        let mut pieces = Vec::new();
        let mut rest = bytes.as_slice();
        for size in sizes.iter().cycle() {
            if rest.is_empty() {
                break;
            }
            let (piece, behind) = rest.split_at(rest.len().min(*size));
            pieces.push(piece);
            rest = behind;
        }
        prop_assert_eq!(in_pieces(&secrets, &pieces), whole);
    }

    #[test]
    fn nothing_that_acts_on_a_terminal_and_no_secret_gets_through(bytes in hostile()) {
        let (mut lines, mut done) = (lines(&["secret-one", "hunter2"]), Vec::new());
        for piece in bytes.chunks(bytes.len() / 20 + 7) {
            lines.feed(0, piece, &mut done);
            done.extend(lines.open(0));
        }
        lines.end(0, &mut done);
        for line in done {
            let text = line.text();
            prop_assert_eq!(harmless::line(&text, usize::MAX), text.as_str());
            prop_assert!(!text.contains("secret-one") && !text.contains("hunter2"), "{}", text);
            prop_assert!(text.chars().count() <= 4_000);
            prop_assert!(line.pieces.iter().all(|(paint, piece)| !piece.is_empty() && paint.colour.is_none_or(|colour| colour < 16)));
        }
    }

    #[test]
    fn plain_text_is_kept_whole(text in "[a-zA-Z0-9äß漢👍 .,;:$()'\"\n-]{0,300}") {
        let said: Vec<String> = texts(text.as_bytes());
        let mut expected: Vec<&str> = text.split('\n').collect();
        if expected.last() == Some(&"") {
            expected.pop();
        }
        prop_assert_eq!(said, expected);
    }
}

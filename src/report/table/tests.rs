//! Tests of `table`.

use super::*;
use proptest::prelude::*;

fn made(fits: [Fit; 3], rows: &[[&str; 3]], width: usize) -> String {
    let rows: Vec<[String; 3]> = rows.iter().map(|row| row.map(str::to_owned)).collect();
    let mut out = Vec::new();
    write(fits, &rows, width, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn columns_are_aligned_and_an_empty_one_takes_no_room() {
    let fits = [Fit::Shrinks, Fit::Left, Fit::Right];
    assert_eq!(made(fits, &[["a", "", "4m"], ["bcd", "", "31m"]], 80), "a     4m\nbcd  31m\n");
    assert_eq!(made(fits, &[["a long title", "x", "4m"]], 15), "a long …  x  4m\n");
}

proptest! {
    #[test]
    fn what_is_cut_fits(text in ".*", width in 0_usize..40) {
        prop_assert!(cut(&text, width).width() <= width);
    }
}

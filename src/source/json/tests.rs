//! Tests of `json`.

use super::*;

#[test]
fn borrows_what_needs_no_change_and_makes_the_rest_harmless() {
    let text = r#"{"plain":"as it is","escaped":"a\u001b[2Jb\nc"}"#;
    let pairs: Pairs<'_> = decode(text, "test").unwrap();
    assert!(matches!(pairs.0[0].1.0, Cow::Borrowed(_)));
    assert!(matches!(pairs.0[1].1.0, Cow::Owned(_)));
    assert_eq!(pairs.labels(), [("plain", "as it is"), ("escaped", "ab c")].into());
    assert_eq!(decode::<Pairs<'_>>("null", "test").unwrap(), Pairs::default());
}

#[test]
fn an_error_says_where_it_came_from() {
    let error = decode::<Pairs<'_>>("[1]", "http://h/x").unwrap_err();
    assert_eq!(error.kind, ErrorKind::Malformed);
    assert!(error.what.starts_with("http://h/x: the answer cannot be read"), "{error}");
}

#[test]
fn a_list_is_taken_over_piece_by_piece_and_says_what_was_wrong_with_one() {
    let positive = |number: i64| match number {
        1.. => Ok(number.unsigned_abs()),
        _ => Err(SourceError::new(ErrorKind::Malformed, format!("{number} is too small"))),
    };
    assert_eq!(decode_each("[1,2,3]", "test", positive), Ok(vec![1, 2, 3]));
    assert_eq!(decode_each("[]", "test", positive), Ok(vec![]));
    assert_eq!(decode_each("[1,-2,3]", "test", positive).unwrap_err().what, "-2 is too small");
    for wrong in ["[1,", "[1] 2", "{}", "null", "[\"1\"]"] {
        let error = decode_each(wrong, "http://h/x", positive).unwrap_err();
        assert!(error.what.starts_with("http://h/x: the answer cannot be read"), "{wrong}: {error}");
    }
}

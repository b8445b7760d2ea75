//! Constraints, and the three-state field.

use clientwright_runtime::{Patch, Secret, check};

#[test]
fn lengths_count_characters() {
    assert!(check::max_length("äöü", 3).is_ok());
    assert!(check::max_length("😀😀", 2).is_ok());
    assert!(check::min_length("ä", 2).is_err());
    assert_eq!(check::min_length("", 1).unwrap_err().to_string(), "it has 0 characters, but must have at least 1");
    assert_eq!(check::max_items(&[1, 2], 1).unwrap_err().to_string(), "it has 2 items, but may have at most 1");
    assert!(check::min_items(&[1], 1).is_ok());
}

#[test]
fn ranges_are_checked_at_both_ends() {
    assert!(check::minimum(1, 1).is_ok() && check::maximum(1, 1).is_ok());
    assert!(check::exclusive_minimum(1, 1).is_err() && check::exclusive_maximum(1, 1).is_err());
    assert_eq!(check::minimum(0.5, 1.0).unwrap_err().to_string(), "it must be at least 1");
    assert!(check::minimum(f64::NAN, 0.0).is_err());
    assert!(check::multiple_of(9, 3).is_ok() && check::multiple_of(10, 3).is_err());
}

#[test]
fn a_violation_does_not_show_the_value() {
    let violation = check::max_length("s3cret", 2).unwrap_err();
    assert!(!format!("{violation} {violation:?}").contains("s3cret"));
    assert_eq!(violation.rule(), "may have at most 2");
}

#[test]
fn a_patch_is_made_from_what_one_has() {
    assert_eq!(Patch::<String>::from("a"), Patch::Value("a".to_owned()));
    assert_eq!(Patch::<String>::from(Some("a".to_owned())), Patch::Value("a".to_owned()));
    assert_eq!(Patch::<Secret>::from("a"), Patch::Value(Secret::new("a")));
    assert_eq!(Patch::<u8>::from(None), Patch::Null);
    assert!(Patch::<u8>::default().is_absent() && Patch::<u8>::Null.is_null());
    assert_eq!(Patch::Value(3).as_ref().value(), Some(&&3));
    assert_eq!(Patch::Value(3).into_value(), Some(3));
}

//! The README shows working code.

use std::fs;

use crate::project::root;

#[test]
fn the_chapter_on_real_services_is_the_example() {
    let example = fs::read_to_string(root().join("examples/real_service.rs")).unwrap();
    let code = example.split_once("\n\nuse ").map(|(_, code)| format!("```rust,no_run\nuse {}\n```", code.trim_end()));
    let page = fs::read_to_string(root().join("README.md")).unwrap();
    let chapter = page.split_once("## Calling a real service").unwrap().1;
    assert!(chapter.contains(&code.unwrap()), "the chapter and `examples/real_service.rs` differ");
}

/// What no compiler sees where it stands (it is of clients that are not here, or a test) stands elsewhere too, compiled and
/// run. All other code is compiled as it is: `tests/downstream/src/readme.rs`.
#[test]
fn excerpts_are_of_code_that_is_run() {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let read = |path: &str| words(&fs::read_to_string(root().join(path)).unwrap());
    let cases = ["tests/cases/wire/pages_of_the_readme.yaml", "tests/cases/wire/events_of_the_readme.yaml"];
    let places = [cases[0], cases[1], "tests/downstream/tests/mocked.rs", "build.rs"].map(read);
    let page = fs::read_to_string(root().join("README.md")).unwrap();
    let excerpts: Vec<&str> = page.split("```rust,ignore\n").skip(1).collect();
    assert_eq!(excerpts.len(), 4);
    for excerpt in excerpts {
        let code = excerpt.split_once("```").unwrap().0;
        let code = words(&code.lines().filter(|line| !line.trim().starts_with("//")).collect::<Vec<_>>().join("\n"));
        assert!(places.iter().any(|place| place.contains(&code)), "{code}");
    }
}

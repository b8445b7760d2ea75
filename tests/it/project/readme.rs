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

//! A user of the client compiles nothing of the generator.

use std::collections::BTreeSet;
use std::process::Command;

#[test]
fn the_generator_is_no_dependency() {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["tree", "--offline", "--edges", "normal,build", "--prefix", "none", "--format", "{p}"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tree = String::from_utf8(output.stdout).unwrap();
    let packages: BTreeSet<_> = tree.lines().filter_map(|line| line.split(' ').next()).collect();

    for there in ["downstream", "realtimekit", "clientwright-runtime", "reqwest"] {
        assert!(packages.contains(there), "{there} is not in\n{tree}");
    }
    for generator in ["clientwright", "openapiv3", "prettyplease", "serde_yaml", "heck", "clap"] {
        assert!(!packages.contains(generator), "{generator} is in\n{tree}");
    }
}

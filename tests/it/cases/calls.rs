//! Calls: what a case's client sends for them, and what it makes of an answer. Each case's calls are a function of the
//! program that does the round trips.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::compile::update;

/// A call of a case's client.
pub(super) struct Call {
    /// Rust that sets up the client's builder.
    client: String,
    /// Rust that makes the call of `client`.
    expression: String,
    /// The request, without the headers that all requests have.
    sends: String,
    /// The answer: status, headers, an empty line, a body.
    answer: String,
    /// Rust about `answer`, and how `Debug` shows what it gives.
    gives: Vec<(String, String)>,
}

impl Call {
    pub(super) fn read(node: &Value) -> Self {
        let text = |key: &str| node[key].as_str().map(str::to_owned);
        let gives = node["gives"].as_object().into_iter().flatten();
        Self {
            client: text("client").unwrap_or_else(|| ".base_url(\"https://api.example.com\")".to_owned()),
            expression: text("call").unwrap(),
            sends: text("sends").unwrap(),
            answer: text("answer").unwrap_or_else(|| "204".to_owned()),
            gives: gives.map(|(rust, shown)| (rust.clone(), shown.as_str().unwrap().to_owned())).collect(),
        }
    }
}

type Calls = BTreeMap<String, Vec<Call>>;

/// Writes the functions into a folder of sources.
pub(super) fn write(calls: &Calls, folder: &Path) {
    let (mut functions, mut arms) = (String::new(), String::new());
    for (case, calls) in calls.iter().filter(|(_, calls)| !calls.is_empty()) {
        let bodies: String = calls.iter().map(rust).collect();
        functions.extend([
            "\nfn ",
            case,
            "() {\n    #[allow(unused_imports)]\n    use of_",
            case,
            "::*;\n\n",
            &bodies,
            "}\n",
        ]);
        arms.extend(["        Some(\"", case, "\") => ", case, "(),\n"]);
    }
    let text = format!(
        "//! The calls of all cases.\n\nmod double;\n\nuse double::{{Double, print, run}};\n\n\
         pub(crate) fn main(case: Option<&str>) {{\n    match case {{\n{arms}        _ => {{}}\n    }}\n}}\n{functions}"
    );
    update(&folder.join("calls.rs"), &text);
    update(&folder.join("calls/double.rs"), include_str!("calls/double.rs"));
}

fn rust(call: &Call) -> String {
    let Call { client, expression, sends: _, answer, gives } = call;
    let shown = gives.iter().map(|(rust, _)| format!("    print(&format!(\"{{:?}}\", {rust}));\n"));
    format!(
        "    let double = Double::new({answer:?});\n    \
         let client = Client::builder(){client}.http_client(double.clone()).build().unwrap();\n    \
         let answer = run(async {{ ({expression}).await }});\n    double.print(&answer);\n{}",
        shown.collect::<String>()
    )
}

/// Runs the calls of each case, and holds what was sent and read against what the case says.
pub(super) fn run(calls: &Calls, program: &Path) {
    let mut faults = Vec::new();
    for (case, calls) in calls.iter().filter(|(_, calls)| !calls.is_empty()) {
        let output = Command::new(program).args(["calls", case]).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let mut lines = text.lines().map(|line| serde_json::from_str::<String>(line).unwrap());
        for call in calls {
            let expected = std::iter::once(&call.sends).chain(call.gives.iter().map(|(_, shown)| shown));
            for expected in expected {
                let found = lines.next().unwrap_or_else(|| String::from_utf8_lossy(&output.stderr).into_owned());
                if found.trim_end() != expected.trim_end() {
                    faults.push(format!("{case}: {}\nexpected\n{expected}\nfound\n{found}", call.expression));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

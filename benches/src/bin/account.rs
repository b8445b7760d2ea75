//! Says where the compiler's time goes: by its stages, and by the names of the functions that it looks at.
//!
//! ```sh
//! RUSTC_BOOTSTRAP=1 cargo rustc --profile check -- -Zself-profile=FOLDER -Zself-profile-events=default,query-keys
//! cargo run --release --features account --bin account -- FOLDER/NAME.mm_profdata
//! ```
//!
//! What one function costs is the sum of what is asked about it (its types, its borrows, its form as MIR, …), without what is
//! asked meanwhile about others. Names are those of functions, wherever they are: `read` is every type's.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::PathBuf;
use std::time::SystemTime;

use analyzeme::{Event, EventPayload, ProfilingData, Timestamp};

/// What was asked, and how long it took without what was asked meanwhile.
struct Asked {
    begin: SystemTime,
    end: SystemTime,
    query: String,
    function: Option<String>,
    seconds: f64,
}

/// Seconds, and how often.
type Table = BTreeMap<String, (f64, usize)>;

fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let path: PathBuf = std::env::args_os().nth(1).ok_or("the file of a profile is missing")?.into();
    let (mut stages, mut functions) = (Table::new(), Table::new());
    for Asked { query, function, seconds, .. } in asked(&ProfilingData::new(&path)?) {
        add(&mut stages, query, seconds);
        if let Some(name) = function {
            add(&mut functions, name, seconds);
        }
    }
    print("stage", stages);
    print("functions named", functions);
    Ok(())
}

/// All that was asked. The profile has it by its ends, so that seen from behind each stands before what was asked meanwhile.
fn asked(profile: &ProfilingData) -> Vec<Asked> {
    let mut done = Vec::new();
    let mut open: Vec<Asked> = Vec::new();
    for event in profile.iter_full().rev() {
        let Some(asked) = of_event(&event) else { continue };
        while let Some(ended) = open.pop_if(|outer| asked.begin < outer.begin || asked.end > outer.end) {
            done.push(ended);
        }
        if let Some(outer) = open.last_mut() {
            outer.seconds -= asked.seconds;
        }
        open.push(asked);
    }
    done.extend(open);
    done
}

fn of_event(event: &Event<'_>) -> Option<Asked> {
    let EventPayload::Timestamp(Timestamp::Interval { start: begin, end }) = event.payload else { return None };
    let seconds = end.duration_since(begin).ok()?.as_secs_f64();
    let is_of_function = matches!(
        event.label.as_ref(),
        "check_match" | "check_unsafety" | "mir_borrowck" | "mir_built" | "mir_promoted" | "thir_body" | "typeck"
    );
    let key = event.additional_data.first().filter(|_| is_of_function);
    let function = key.and_then(|key| Some(key.rsplit("::").next()?.trim_end_matches(['}', ')']).to_owned()));
    Some(Asked { begin, end, query: event.label.to_string(), function, seconds })
}

fn add(table: &mut Table, name: String, seconds: f64) {
    let (sum, count) = table.entry(name).or_default();
    *sum += seconds;
    *count += 1;
}

fn print(title: &str, table: Table) {
    let whole: f64 = table.values().map(|(seconds, _)| seconds).sum();
    let mut rows: Vec<_> = table.into_iter().collect();
    rows.sort_by(|(_, (first, _)), (_, (second, _))| second.total_cmp(first));
    println!("{:>8}  {:>6}  {:>8}  {title}", "seconds", "share", "times");
    for (name, (seconds, count)) in rows.into_iter().take(25) {
        println!("{seconds:>8.3}  {:>5.1}%  {count:>8}  {name}", 100.0 * seconds / whole);
    }
    println!();
}

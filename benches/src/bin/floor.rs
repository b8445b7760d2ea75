//! What a generator that uses the usual crates cannot go below: a description read with openapiv3, and the output's text
//! parsed and printed by syn and prettyplease. Arguments: the description, then the output's files.

use std::error::Error;
use std::fs;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let description = arguments.next().ok_or("no description")?;
    // Descriptions that openapiv3 refuses are read as far as it goes: that is a part of what it costs.
    let read = serde_json::from_slice::<openapiv3::OpenAPI>(&fs::read(description)?);
    let mut printed = 0;
    for path in arguments {
        printed += prettyplease::unparse(&syn::parse_file(&fs::read_to_string(path)?)?).len();
    }
    println!("read: {}, printed: {printed} bytes", read.is_ok());
    Ok(())
}

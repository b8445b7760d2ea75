//! Generates `generated/` from `spec/`.

fn main() {
    #[cfg(feature = "regenerate")]
    clientwright::build("clientwright.toml");
}

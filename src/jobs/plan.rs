//! Reading a plan: the one that comes with the program, or another.

use std::path::Path;

use crate::{
    catalogue::lower::{Lowered, lower, lower_plan},
    store::{self, StoreError},
};

/// Reads the embedded plan, or the one in a file, with the seeds.
///
/// # Errors
/// A file that cannot be read. What is wrong inside a plan comes as diagnostics.
pub fn read_plan(path: Option<&Path>) -> Result<Lowered, StoreError> {
    let Some(path) = path else { return Ok(lower(&store::SEEDS)) };
    Ok(lower_plan(&store::files::read_plan(path)?, &store::SEEDS))
}

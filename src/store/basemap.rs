//! The basemap that travels inside the program.

use std::sync::Arc;

use super::embedded::{BASEMAP, RELIEF};
use crate::basemap::{Basemap, BasemapError, Relief};

/// Opens the embedded basemap with its relief.
///
/// # Errors
/// When a part of the program is damaged.
pub fn basemap() -> Result<Basemap, BasemapError> {
    let relief = Relief::open(RELIEF)?;
    Ok(Basemap::open(BASEMAP)?.with_relief(Some(Arc::new(relief))))
}

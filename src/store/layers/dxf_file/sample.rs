//! What the beginning of a drawing tells: where its entities lie, and in which unit.

use super::{
    groups::{Groups, number, whole},
    units::Unit,
};
use crate::store::layers::{LayerError, Source};

/// What encloses the first entities, as they stand in the file: the head's own extent is often
/// that of an empty drawing.
pub struct Sample {
    pub extent: Option<[f64; 4]>,
    /// The unit that the head names, unless it is metres.
    pub unit: Option<Unit>,
}

impl Sample {
    /// # Errors
    /// The file cannot be read.
    pub fn of(source: &Source<'_>) -> Result<Self, LayerError> {
        const ENOUGH: usize = 4_000;
        let mut groups = Groups::new(source.open()?);
        let (mut inside, mut is_units, mut count) = (false, false, 0);
        let mut extent: Option<[f64; 4]> = None;
        let mut unit = None;
        let mut x = None;
        while let Ok(Some(code)) = groups.next() {
            match code {
                2 if groups.value.trim_ascii() == b"ENTITIES" => inside = true,
                9 => is_units = groups.value.trim_ascii() == b"$INSUNITS",
                70 if is_units => {
                    unit = whole(&groups.value).and_then(Unit::of);
                    is_units = false;
                }
                10 if inside => x = number(&groups.value),
                20 if inside => {
                    let Some((x, y)) = x.take().zip(number(&groups.value)) else { continue };
                    // Many entities are laid from 0,0.
                    if x == 0.0 && y == 0.0 {
                        continue;
                    }
                    let before = extent.unwrap_or([x, y, x, y]);
                    let [west, south, ..] = before;
                    let [.., east, north] = before;
                    extent = Some([west.min(x), south.min(y), east.max(x), north.max(y)]);
                    count += 1;
                    if count >= ENOUGH {
                        break;
                    }
                }
                _ => {}
            }
        }
        Ok(Self { extent, unit })
    }
}

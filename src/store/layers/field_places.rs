//! Fields that are met while a layer is read: found by name at once, and bounded.

use std::collections::HashMap;

use super::Sink;
use crate::layer::{Cause, Value};

/// Where the fields of the layer are that is being read.
#[derive(Debug, Default)]
pub struct FieldPlaces {
    known: HashMap<String, usize>,
}

impl FieldPlaces {
    /// Each field costs memory in every row: more than this no table has.
    const MOST: usize = 1_024;

    /// Tells a value of the feature; one of a field beyond the bound is counted.
    pub fn tell(&mut self, sink: &mut Sink<'_>, name: &str, value: Value<'_>) {
        let place = match self.known.get(name) {
            Some(place) => *place,
            None if self.known.len() >= Self::MOST => {
                sink.count_of(Cause::FieldsLeftOut, &Self::MOST.to_string(), 1);
                return;
            }
            None => {
                let place = sink.field(name);
                self.known.insert(name.to_owned(), place);
                place
            }
        };
        sink.value(place, value);
    }
}

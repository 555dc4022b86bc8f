//! Ids of groups: readable, and each only once.

use std::collections::HashMap;

use crate::paper::Subject;

/// Hands out ids.
#[derive(Default)]
pub struct Ids {
    used: HashMap<String, usize>,
}

impl Ids {
    /// An id for a group: letters, digits and `-`.
    pub fn of(&mut self, subject: &Subject) -> String {
        let wanted = match subject {
            Subject::Basemap(layer) => format!("basemap-{layer}"),
            Subject::Tiles => "tiles".to_owned(),
            // Its name may be written in any script.
            Subject::Layer(_) => "layer".to_owned(),
            Subject::Projects(ids) => match ids.as_slice() {
                [one] => format!("project-{one}"),
                _ => "projects".to_owned(),
            },
            Subject::Labels => "labels".to_owned(),
            Subject::Furniture(part) => format!("furniture-{part}"),
        };
        let plain = |c: char| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' };
        let wanted: String = wanted.chars().map(plain).collect();
        let times = self.used.entry(wanted.clone()).or_default();
        *times += 1;
        // No id that is asked for ends in two lines and a number.
        if *times == 1 { wanted } else { format!("{wanted}--{times}") }
    }
}

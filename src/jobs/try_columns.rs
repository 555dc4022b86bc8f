//! Where a table would lie with other columns, and how it begins.

use std::path::Path;

use super::{Report, Services};
use crate::{
    app::{Action, Cancel, Landing, Message, NoticeLevel},
    geo::mercator,
    layer::CountyCodes,
    store::layers::{Columns, LayerError, OpenOptions, open_layers},
    units::Extent,
};

impl Services {
    /// Reads the first features of a table as the options say.
    pub fn try_columns(&self, path: &Path, options: &OpenOptions, cancel: &Cancel) -> Landing {
        let counties = CountyCodes::new(Vec::new());
        let mut found: Option<(Extent, usize)> = None;
        let done = open_layers(path, options, &counties, &cancel.0, &mut |progress| {
            let extents = progress.layers.iter().filter_map(|layer| layer.extent());
            let extent = extents.map(mercator::extent_from_mercator).reduce(Extent::union);
            let features = progress.layers.iter().map(|layer| layer.len()).sum();
            if let Some(extent) = extent {
                found = Some((extent, features));
                // That is enough to see where they lie.
                cancel.stop();
            }
        });
        match (found, done) {
            (Some((lands, features)), _) => Landing::At { lands, features },
            (None, Err(LayerError::AskCrs { candidates, .. })) => {
                candidates.first().map_or(Landing::Nowhere, |one| Landing::Perhaps(one.lands))
            }
            (None, Err(LayerError::NotThere { .. } | LayerError::NoCoordinates { .. }) | Ok(_)) => {
                Landing::Nowhere
            }
            (None, Err(reason)) => Landing::Failed(Message::new(reason)),
        }
    }

    /// Reports the first rows of a table, so that the user can choose its columns.
    pub fn show_table(&self, file: u64, path: &Path, cancel: &Cancel, report: &Report) {
        let counties = CountyCodes::new(Vec::new());
        let options = OpenOptions { columns: Columns::Shown, ..OpenOptions::default() };
        match open_layers(path, &options, &counties, &cancel.0, &mut |_| ()) {
            Err(LayerError::NoCoordinates { start, .. }) => {
                report(Action::AskColumns { file, start });
            }
            Err(reason) => report(Action::Notify(NoticeLevel::Problem, Message::new(reason))),
            // It is no table: there is nothing to choose.
            Ok(_) => {}
        }
    }
}

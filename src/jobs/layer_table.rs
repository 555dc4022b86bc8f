//! What the table of a layer asks for: its rows in order, the place of those selected, their text.

use std::sync::Arc;

use super::Report;
use crate::{
    app::{
        Action, Cancel, FitTarget, LayerKey, News, NoticeLevel,
        feature_rows::{NotCopied, tsv},
        feature_selection::RowOrder,
        layer_order::ordered,
        layer_table::{FieldSort, TableStep},
        open_layers::{Passed, Snapshot},
    },
    geo::mercator,
    layer::Bits,
};

/// Puts the rows of a layer that pass in order.
pub fn order(
    of: LayerKey,
    request: u64,
    data: &Snapshot,
    passed: Option<&Passed>,
    sort: Option<FieldSort>,
    cancel: &Cancel,
    report: &Report,
) {
    let passed = passed.map(|passed| passed.rows.as_slice());
    if let Some(rows) = ordered(&data.0, passed, sort, &cancel.0) {
        let step = TableStep::Ordered { request, rows: Arc::new(rows) };
        report(Action::LayerTable { of, step });
    }
}

/// Shows all of these rows on the map.
pub fn zoom_to(data: &Snapshot, rows: &[Bits], cancel: &Cancel, report: &Report) {
    match data.0.extent_of_rows(rows, &cancel.0) {
        Some(extent) => {
            report(Action::Fit(FitTarget::Close(mercator::extent_from_mercator(extent))));
        }
        None if cancel.is_stopped() => {}
        None => report(Action::Notify(NoticeLevel::Problem, News::NoPlace.into())),
    }
}

/// Makes text of the selected rows.
pub fn copy(
    data: &Snapshot,
    fields: &[usize],
    order: &RowOrder,
    selected: &[Bits],
    cancel: &Cancel,
    report: &Report,
) {
    match tsv(&data.0, fields, order, selected, &cancel.0) {
        Ok((text, rows)) => report(Action::CopyText { text, rows }),
        Err(NotCopied::Stopped) => {}
        Err(NotCopied::TooMany) => {
            report(Action::Notify(NoticeLevel::Problem, News::TooManyRows.into()));
        }
    }
}

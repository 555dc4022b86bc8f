//! Tables that are joined to layers: read, compared, joined.

use std::{path::Path, sync::Arc};

use super::Report;
use crate::{
    app::{
        Action, Cancel, Language, Message, NoticeLevel, Tell,
        layer_join::{JoinOrder, JoinSource, JoinStep, Joined, KeptJoin, ReadTable, SharedTable},
        open_layers::Snapshot,
    },
    layer::join::{self, Keys, PlainTable},
    store::{
        files::stamp,
        layers::{LayerError, plain_table::read_table},
    },
    tr,
};

/// A table that was joined and is not any more, and why.
#[derive(Debug)]
struct NotJoined {
    layer: String,
    reason: Message,
}

impl Tell for NotJoined {
    fn tell(&self, language: Language) -> String {
        let reason = self.reason.tell(language);
        tr!(language, "join.not_joined", layer = self.layer, reason = reason)
    }
}

/// The table has not the column any more, or the layer not the field.
#[derive(Debug)]
struct NoKey {
    field: String,
    column: String,
}

impl Tell for NoKey {
    fn tell(&self, language: Language) -> String {
        tr!(language, "join.no_key", field = self.field, column = self.column)
    }
}

/// The table has changed since it was joined.
#[derive(Debug)]
struct Changed {
    layer: String,
    table: String,
}

impl Tell for Changed {
    fn tell(&self, language: Language) -> String {
        tr!(language, "join.changed", layer = self.layer, table = self.table)
    }
}

/// Reads a table and proposes its keys: those that are remembered, where they are still there.
pub fn read(
    request: u64,
    own: &Snapshot,
    path: &Path,
    sheet: Option<&str>,
    kept: Option<&KeptJoin>,
    cancel: &Cancel,
    report: &Report,
) {
    let stamp = stamp(path);
    let read = match read_table(path, sheet, &cancel.0) {
        Err(LayerError::Cancelled) => return,
        Err(reason) => Err(Message::new(reason)),
        Ok(table) => {
            let known = kept.and_then(|kept| kept.keys(&own.0.fields, &table.fields));
            let keys = known.or_else(|| join::propose(&own.0, &table, &|| cancel.is_stopped()));
            Ok(ReadTable { table: SharedTable(Arc::new(table)), stamp, keys })
        }
    };
    if !cancel.is_stopped() {
        report(Action::Join(JoinStep::Read { request, read }));
    }
}

/// How they would meet.
pub fn meet(
    request: u64,
    own: &Snapshot,
    table: &PlainTable,
    keys: Keys,
    cancel: &Cancel,
    report: &Report,
) {
    if let Some(meeting) = join::meet(&own.0, table, keys, &|| cancel.is_stopped()) {
        report(Action::Join(JoinStep::Met { request, meeting: Arc::new(meeting) }));
    }
}

/// Joins, and tells what kept it from being joined, or that the table has changed.
pub fn join(order: JoinOrder, cancel: &Cancel, report: &Report) {
    let (of, request, layer) = (order.of, order.request, order.kept.layer.clone());
    match joined(order, cancel, report) {
        Ok(Some(joined)) => report(Action::Join(JoinStep::Joined(Box::new(joined)))),
        Ok(None) => report(Action::Join(JoinStep::Failed { of, request })),
        Err(reason) => {
            let message = Message::new(NotJoined { layer, reason });
            report(Action::Notify(NoticeLevel::Problem, message));
            report(Action::Join(JoinStep::Failed { of, request }));
        }
    }
}

/// The layer with its columns; `None` when it was told to stop.
fn joined(order: JoinOrder, cancel: &Cancel, report: &Report) -> Result<Option<Joined>, Message> {
    let JoinOrder { of, request, own, source, mut kept } = order;
    let (table, keys) = match source {
        JoinSource::Chosen(table, keys) => (table.0, keys),
        JoinSource::Kept => {
            let now = stamp(&kept.table);
            let table = match read_table(&kept.table, kept.sheet.as_deref(), &cancel.0) {
                Ok(table) => table,
                Err(LayerError::Cancelled) => return Ok(None),
                Err(reason) => return Err(Message::new(reason)),
            };
            let keys = kept.keys(&own.0.fields, &table.fields).ok_or_else(|| {
                Message::new(NoKey { field: kept.field.clone(), column: kept.column.clone() })
            })?;
            if kept.stamp.is_some() && kept.stamp != now {
                let name = kept.table.file_name().unwrap_or_default();
                let table = name.to_string_lossy().into_owned();
                let changed = Changed { layer: kept.layer.clone(), table };
                report(Action::Notify(NoticeLevel::Done, Message::new(changed)));
            }
            kept.stamp = now;
            (Arc::new(table), keys)
        }
    };
    let stop = || cancel.is_stopped();
    let Some(layer) = join::join(&own.0, &table, keys, &stop) else { return Ok(None) };
    let Some(meeting) = join::meet(&own.0, &table, keys, &stop) else { return Ok(None) };
    let (data, matched) = (Snapshot(Arc::new(layer)), meeting.matched);
    Ok(Some(Joined { of, request, own, data, kept, matched }))
}

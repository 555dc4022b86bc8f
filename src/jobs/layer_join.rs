//! Tables that are joined to layers: read, compared, joined.

use std::{path::Path, sync::Arc};

use super::Report;
use crate::{
    app::{
        Action, Cancel, Language, Message, NoticeLevel, Tell,
        layer_join::{
            JoinOrder, JoinSource, JoinStep, Joined, JoinedTable, KeptJoin, ReadTable, SharedTable,
        },
        open_layers::Snapshot,
    },
    layer::{
        join::{self, Keys, PlainTable},
        join_keys::propose,
    },
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
#[expect(clippy::too_many_arguments, reason = "what the order says, and how it is answered")]
pub fn read(
    request: u64,
    own: &Snapshot,
    (fields, own_fields): (usize, usize),
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
            let first = own.0.fields.get(..fields).unwrap_or(&own.0.fields);
            let known = kept.and_then(|kept| kept.keys(first, &table.fields));
            let stop = || cancel.is_stopped();
            // A key is sought among what earlier tables brought only where the file has none.
            let of = |fields: usize| Some(propose(&own.0, fields, &table, &stop)?.keys);
            let proposed = || of(own_fields.min(first.len())).or_else(|| of(first.len()));
            let keys = known.or_else(proposed);
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

/// Joins, and tells what kept a table from being joined, or that it has changed.
pub fn join(order: JoinOrder, cancel: &Cancel, report: &Report) {
    let (of, request) = (order.of, order.request);
    match joined(order, cancel, report) {
        Some(joined) if joined.is_edit || !joined.tables.is_empty() => {
            report(Action::Join(JoinStep::Joined(Box::new(joined))));
        }
        _ => report(Action::Join(JoinStep::Failed { of, request })),
    }
}

/// A layer with the tables that are remembered of it, as far as they can be joined; what cannot, or has
/// changed, is told. `None` when it was told to stop.
pub fn with_kept(
    own: Snapshot,
    kept: Vec<KeptJoin>,
    cancel: &Cancel,
    report: &Report,
) -> Option<Snapshot> {
    let tables = kept.into_iter().map(|kept| (JoinSource::Kept, kept)).collect();
    let order = JoinOrder { of: (0, 0), request: 0, own, tables, is_edit: false };
    joined(order, cancel, report).map(|joined| joined.data)
}

/// The layer with the columns of one table after the other; `None` when it was told to stop. What cannot
/// be joined is told and left out.
fn joined(order: JoinOrder, cancel: &Cancel, report: &Report) -> Option<Joined> {
    let JoinOrder { of, request, own, tables, is_edit } = order;
    let mut data = own.clone();
    let (mut done, mut kept) = (Vec::new(), Vec::new());
    for (source, one) in tables {
        match added(&data, source, one.clone(), cancel, report) {
            Ok(None) => return None,
            Ok(Some((next, table))) => {
                kept.push(table.kept.clone());
                done.push(table);
                data = next;
            }
            Err(reason) => {
                let message = Message::new(NotJoined { layer: one.layer.clone(), reason });
                report(Action::Notify(NoticeLevel::Problem, message));
                // A stick that is not there today may be tomorrow.
                if !is_edit {
                    kept.push(one);
                }
            }
        }
    }
    Some(Joined { of, request, own, data, tables: done, kept, is_edit })
}

/// The layer with the columns of one more table; `None` when it was told to stop.
fn added(
    layer: &Snapshot,
    source: JoinSource,
    mut kept: KeptJoin,
    cancel: &Cancel,
    report: &Report,
) -> Result<Option<(Snapshot, JoinedTable)>, Message> {
    let fields = &layer.0.fields;
    let keys_of = |kept: &KeptJoin, table: &PlainTable| {
        kept.keys(fields, &table.fields).ok_or_else(|| {
            Message::new(NoKey { field: kept.field.clone(), column: kept.column.clone() })
        })
    };
    let (table, keys) = match source {
        JoinSource::Chosen(table, keys) => (table.0, keys),
        JoinSource::Held(table) => {
            let keys = keys_of(&kept, &table.0)?;
            (table.0, keys)
        }
        JoinSource::Kept => {
            let now = stamp(&kept.table);
            let table = match read_table(&kept.table, kept.sheet.as_deref(), &cancel.0) {
                Ok(table) => table,
                Err(LayerError::Cancelled) => return Ok(None),
                Err(reason) => return Err(Message::new(reason)),
            };
            let keys = keys_of(&kept, &table)?;
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
    let Some(next) = join::join(&layer.0, &table, keys, &stop) else { return Ok(None) };
    let Some(meeting) = join::meet(&layer.0, &table, keys, &stop) else { return Ok(None) };
    let (matched, fields_before) = (meeting.matched, fields.len());
    let table = JoinedTable { kept, table: SharedTable(table), matched, fields_before };
    Ok(Some((Snapshot(Arc::new(next)), table)))
}

//! Records and the log in the file.

use std::{collections::BTreeMap, sync::Arc};

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::book::{By, Change, Deed, Entry, Table, Words};

/// Makes a change of a record; `false` where the file has something else than what it begins with.
pub fn make(file: &Connection, change: &Change, seq: u64) -> rusqlite::Result<bool> {
    let table = change.table.name();
    let key = change.key.as_str();
    let rows = match (change.before.as_deref(), change.after.as_deref()) {
        (None, None) => return Ok(true),
        (None, Some(after)) => file
            .prepare_cached(&format!(
                "INSERT INTO {table} (key, record, seq) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING"
            ))?
            .execute(params![key, after, number(seq)])?,
        (Some(before), Some(after)) => file
            .prepare_cached(&format!(
                "UPDATE {table} SET record = ?2, seq = ?3 WHERE key = ?1 AND record = ?4"
            ))?
            .execute(params![key, after, number(seq), before])?,
        (Some(before), None) => file
            .prepare_cached(&format!("DELETE FROM {table} WHERE key = ?1 AND record = ?2"))?
            .execute(params![key, before])?,
    };
    Ok(rows == 1)
}

/// Writes an entry of the log with its changes.
pub fn write(file: &Connection, entry: &Entry, changes: &[Change]) -> rusqlite::Result<()> {
    let (deed, of) = entry.deed.key();
    file.prepare_cached(
        "INSERT INTO jintu_log (seq, deed, of_seq, who, at, words_zh, words_en) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        number(entry.seq),
        deed,
        of.map(number),
        entry.by.who,
        entry.by.at,
        entry.words.zh,
        entry.words.en,
    ])?;
    let mut insert = file.prepare_cached(
        "INSERT INTO jintu_changes (seq, in_table, key, before, after) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for change in changes {
        insert.execute(params![
            number(entry.seq),
            change.table.name(),
            change.key,
            change.before.as_deref(),
            change.after.as_deref(),
        ])?;
    }
    Ok(())
}

/// The number of the last entry; 0 for an empty log.
pub fn last(file: &Connection) -> rusqlite::Result<u64> {
    let last: Option<i64> =
        file.query_row("SELECT max(seq) FROM jintu_log", [], |row| row.get(0))?;
    Ok(last.map_or(0, natural))
}

const ENTRY: &str = "SELECT seq, deed, of_seq, who, at, words_zh, words_en FROM jintu_log";

/// Every entry in order.
pub fn entries(file: &Connection) -> rusqlite::Result<Vec<Entry>> {
    file.prepare(&format!("{ENTRY} ORDER BY seq"))?.query_map([], read_entry)?.collect()
}

/// One entry.
pub fn entry(file: &Connection, seq: u64) -> rusqlite::Result<Option<Entry>> {
    file.query_row(&format!("{ENTRY} WHERE seq = ?1"), params![number(seq)], read_entry).optional()
}

fn read_entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let (deed, of): (String, Option<i64>) = (row.get(1)?, row.get(2)?);
    Ok(Entry {
        seq: natural(row.get(0)?),
        // A deed of a newer version is one that cannot be undone here.
        deed: Deed::from_key(&deed, of.map(natural)).unwrap_or(Deed::Made),
        by: By { who: row.get(3)?, at: row.get(4)? },
        words: Words { zh: row.get(5)?, en: row.get(6)? },
    })
}

/// What an entry changed. Tables of a newer version are passed over: a file that has them is only
/// read here.
pub fn changes(file: &Connection, seq: u64) -> rusqlite::Result<Vec<Change>> {
    let mut statement = file.prepare(
        "SELECT in_table, key, before, after FROM jintu_changes WHERE seq = ?1 \
         ORDER BY in_table, key",
    )?;
    let rows = statement.query_map(params![number(seq)], |row| read_change(row, 0))?;
    let all: Vec<Option<Change>> = rows.collect::<rusqlite::Result<_>>()?;
    Ok(all.into_iter().flatten().collect())
}

/// What happened to one record, in order, each with the number of its entry.
pub fn story(file: &Connection, table: Table, key: &str) -> rusqlite::Result<Vec<(u64, Change)>> {
    let mut statement = file.prepare(
        "SELECT in_table, key, before, after, seq FROM jintu_changes \
         WHERE in_table = ?1 AND key = ?2 ORDER BY seq",
    )?;
    let rows = statement.query_map(params![table.name(), key], |row| {
        Ok((natural(row.get(4)?), read_change(row, 0)?))
    })?;
    let all: Vec<(u64, Option<Change>)> = rows.collect::<rusqlite::Result<_>>()?;
    Ok(all.into_iter().filter_map(|(seq, change)| Some((seq, change?))).collect())
}

fn read_change(row: &Row<'_>, from: usize) -> rusqlite::Result<Option<Change>> {
    let table: String = row.get(from)?;
    let text = |at: usize| row.get::<_, Option<String>>(at).map(|text| text.map(Arc::from));
    let (key, before, after) = (row.get(from + 1)?, text(from + 2)?, text(from + 3)?);
    Ok(Table::from_name(&table).map(|table| Change { table, key, before, after }))
}

/// Records by table and key; `None` for those that are not there.
pub type Records = BTreeMap<(Table, String), Option<Arc<str>>>;

/// Records that were changed after an entry, each as it was right after it.
pub fn state_after(file: &Connection, seq: u64) -> rusqlite::Result<Records> {
    // The first change since then begins with what was there.
    let mut statement = file.prepare(
        "SELECT in_table, key, before, after, min(seq) FROM jintu_changes WHERE seq > ?1 \
         GROUP BY in_table, key",
    )?;
    let rows = statement.query_map(params![number(seq)], |row| read_change(row, 0))?;
    let all: Vec<Option<Change>> = rows.collect::<rusqlite::Result<_>>()?;
    let state = |change: Change| ((change.table, change.key), change.before);
    Ok(all.into_iter().flatten().map(state).collect())
}

/// Numbers of entries in the file; they never come near the end of either type.
fn number(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}

fn natural(seq: i64) -> u64 {
    u64::try_from(seq).unwrap_or(0)
}

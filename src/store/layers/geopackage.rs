//! `GeoPackage` (OGC 12-128r19): shapes first, so that the map is full soon, then attributes.

use std::{path::Path, sync::mpsc::sync_channel, thread};

use rusqlite::{Connection, OpenFlags, types::ValueRef};

use super::{LayerError, Placed, Sink, Source, Stated};
use crate::{
    geo::Crs,
    layer::{
        CHUNK_ROWS, Cause, Chunk, ChunkBuilder, FIRST_CHUNK_ROWS, Field, TableBuilder, Value, wkb,
    },
};

/// A table of features.
struct Features {
    table: String,
    title: String,
    column: String,
    epsg: i64,
    fields: Vec<String>,
}

/// Reads every table of features.
pub fn read(source: &Source<'_>, sink: &mut Sink<'_>) -> Result<(), LayerError> {
    let wrong = |reason: rusqlite::Error| source.damaged("GeoPackage", reason);
    let connection = open(source.path).map_err(wrong)?;
    let layers = layers(&connection).map_err(wrong)?;
    if layers.is_empty() {
        return Err(source.without_features("GeoPackage"));
    }
    let count = layers.len() as f32;
    for (i, layer) in layers.iter().enumerate() {
        sink.begin(&layer.title, layer.fields.iter().map(Field::named).collect());
        let unknown = || Stated::Unknown(format!("EPSG:{}", layer.epsg));
        let placed = sink.place(Crs::from_epsg(layer.epsg).map_or_else(unknown, Stated::Crs));
        sink.set_share((i as f32 + 0.1) / count);
        shapes(source, layer, placed, sink)?;
        sink.set_share((i as f32 + 0.6) / count);
        attributes(&connection, source, layer, sink)?;
        sink.close(true);
        sink.check()?;
    }
    Ok(())
}

fn open(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    // Read by mapping: a million small reads cost more than the rows.
    connection.execute_batch("PRAGMA mmap_size = 8589934592; PRAGMA cache_size = -16384;")?;
    Ok(connection)
}

fn layers(connection: &Connection) -> rusqlite::Result<Vec<Features>> {
    let mut ask = connection.prepare(
        "SELECT c.table_name, coalesce(nullif(c.identifier, ''), c.table_name), g.column_name, \
         coalesce(s.organization_coordsys_id, g.srs_id) \
         FROM gpkg_contents c JOIN gpkg_geometry_columns g ON g.table_name = c.table_name \
         LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id \
         WHERE c.data_type = 'features' ORDER BY c.table_name",
    )?;
    let rows = ask.query_map([], |row| {
        Ok(Features {
            table: row.get(0)?,
            title: row.get(1)?,
            column: row.get(2)?,
            epsg: row.get(3)?,
            fields: Vec::new(),
        })
    })?;
    let mut layers = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    for layer in &mut layers {
        let mut ask = connection.prepare("SELECT name FROM pragma_table_info(?1)")?;
        let names = ask.query_map([&layer.table], |row| row.get::<_, String>(0))?;
        let names = names.collect::<rusqlite::Result<Vec<_>>>()?;
        layer.fields = names.into_iter().filter(|name| *name != layer.column).collect();
    }
    Ok(layers)
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// One thread steps through the rows, this one takes the finished chunks and shows them.
fn shapes(
    source: &Source<'_>,
    layer: &Features,
    placed: Placed,
    sink: &mut Sink<'_>,
) -> Result<(), LayerError> {
    let wrong = |reason: rusqlite::Error| source.damaged("GeoPackage", reason);
    let path = source.path;
    let (send, receive) = sync_channel::<(Chunk, usize, usize)>(4);
    thread::scope(|scope| {
        let reader = scope.spawn(move || -> rusqlite::Result<()> {
            let connection = open(path)?;
            let sql = format!("SELECT {} FROM {}", quoted(&layer.column), quoted(&layer.table));
            let mut ask = connection.prepare(&sql)?;
            let mut rows = ask.query([])?;
            let place = |x, y| placed.at(x, y);
            let mut builder = ChunkBuilder::default();
            let (mut lost, mut broken, mut room) = (0, 0, FIRST_CHUNK_ROWS);
            while let Some(row) = rows.next()? {
                let blob = row.get_ref(0)?.as_blob().unwrap_or_default();
                broken += usize::from(blob_shape(blob, &place, &mut builder).is_err());
                lost += usize::from(!builder.end());
                if builder.len() >= room {
                    room = CHUNK_ROWS;
                    // The other side is gone only when the user has stopped the reading.
                    let told = (std::mem::take(&mut lost), std::mem::take(&mut broken));
                    if send.send((builder.finish(), told.0, told.1)).is_err() {
                        return Ok(());
                    }
                }
            }
            if !builder.is_empty() {
                let _ = send.send((builder.finish(), lost, broken));
            }
            Ok(())
        });
        for (chunk, lost, broken) in receive {
            sink.count(Cause::WithoutPlace, lost);
            sink.count(Cause::BrokenGeometry, broken);
            sink.add_chunk(chunk);
            if sink.is_cancelled() {
                break;
            }
        }
        sink.check()?;
        match reader.join() {
            Ok(done) => done.map_err(wrong),
            Err(_) => Err(LayerError::Broke(path.to_owned())),
        }
    })
}

/// A geometry with its `GeoPackage` header.
fn blob_shape(
    blob: &[u8],
    place: &dyn Fn(f64, f64) -> crate::units::LonLat,
    into: &mut ChunkBuilder,
) -> Result<(), wkb::Broken> {
    // No value is no geometry, and nothing broken.
    if blob.is_empty() {
        return Ok(());
    }
    let Some([b'G', b'P', _, flags]) = blob.first_chunk::<4>().copied() else {
        return Err(wkb::Broken);
    };
    // Bytes of the envelope by its kind, clause 2.1.3.1.1.
    let envelope = match flags >> 1 & 7 {
        0 => 0,
        1 => 32,
        2 | 3 => 48,
        4 => 64,
        _ => return Err(wkb::Broken),
    };
    wkb::read(blob.get(8 + envelope..).ok_or(wkb::Broken)?, place, into)
}

fn attributes(
    connection: &Connection,
    source: &Source<'_>,
    layer: &Features,
    sink: &mut Sink<'_>,
) -> Result<(), LayerError> {
    let wrong = |reason: rusqlite::Error| source.damaged("GeoPackage", reason);
    if layer.fields.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = layer.fields.iter().map(|name| quoted(name)).collect();
    let sql = format!("SELECT {} FROM {}", names.join(", "), quoted(&layer.table));
    let mut ask = connection.prepare(&sql).map_err(wrong)?;
    let mut rows = ask.query([]).map_err(wrong)?;
    let mut builder = TableBuilder::new(layer.fields.len());
    for size in sink.chunk_sizes() {
        for i in 0..size {
            let Some(row) = rows.next().map_err(wrong)? else { break };
            for field in 0..layer.fields.len() {
                builder.push(field, value(row.get_ref(field).map_err(wrong)?));
            }
            builder.end_row();
            if i % 4096 == 0 {
                sink.check()?;
            }
        }
        sink.add_table(builder.finish());
    }
    Ok(())
}

fn value(raw: ValueRef<'_>) -> Value<'_> {
    match raw {
        ValueRef::Integer(n) => Value::Integer(n),
        ValueRef::Real(n) => Value::Number(n),
        ValueRef::Text(text) => std::str::from_utf8(text).map_or(Value::Missing, Value::Text),
        ValueRef::Null | ValueRef::Blob(_) => Value::Missing,
    }
}

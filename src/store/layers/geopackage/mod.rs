//! `GeoPackage` (OGC 12-128r19): shapes first, so that the map is full soon, then attributes, both
//! in the order of the rows. Nothing beside the file is made or changed.

mod batch;
mod contents;
mod open;
mod rows;
mod supervised;
mod taken;

use std::sync::{Mutex, PoisonError};

use self::{batch::Told, contents::Features, open::Package, supervised::supervised, taken::Taken};
use super::{Axes, LayerError, Sink, Source};
use crate::layer::{Cause, Finding};

/// Reads every table of features.
///
/// # Errors
/// A file that is no `GeoPackage`, in which nothing can be read, or that changes meanwhile.
pub fn read(source: &Source<'_>, sink: &mut Sink<'_>) -> Result<(), LayerError> {
    let wrong = |reason: String| source.damaged("GeoPackage", reason);
    let mut package = Package::open(source, sink)?;
    let contents = supervised(&mut package.connection, sink, |connection, _| {
        contents::of(connection).map_err(|e| e.to_string())
    })?;
    let contents = contents.map_err(wrong)?;
    let asked = source.options.layer.as_deref();
    let wanted = |layer: &&Features| asked.is_none_or(|n| n == layer.title || n == layer.table);
    let layers: Vec<&Features> = contents.layers.iter().filter(wanted).collect();
    if let Some(name) = asked.filter(|_| layers.is_empty() && !contents.layers.is_empty()) {
        let names = contents.layers.iter().map(|layer| layer.title.clone());
        return Err(source.without_layer(name, names.collect()));
    }
    let mut left_out = contents.left_out;
    let count = layers.len().max(1) as f32;
    let mut good = 0;
    for (i, layer) in layers.into_iter().enumerate() {
        if let Err(reason) = read_layer(&mut package, layer, (i as f32, count), sink)? {
            left_out.push((layer.title.clone(), reason));
        } else {
            good += 1;
        }
    }
    package.unchanged(source)?;
    if good == 0 {
        let broken = left_out.into_iter().find(|(_, reason)| !contents::is_kind(reason));
        return Err(match broken {
            Some((name, reason)) => wrong(format!("{name}: {reason}")),
            None => source.without_features("GeoPackage"),
        });
    }
    for (name, reason) in left_out {
        let detail = format!("{name} ({reason})");
        sink.find(Finding { cause: Cause::LayerLeftOut, count: 1, detail });
    }
    sink.close(true);
    Ok(())
}

/// Reads a layer; the inner error tells why nothing of it can be read.
fn read_layer(
    package: &mut Package,
    layer: &Features,
    part: (f32, f32),
    sink: &mut Sink<'_>,
) -> Result<Result<(), String>, LayerError> {
    let checked = supervised(&mut package.connection, sink, |connection, _| {
        rows::prepared(connection, layer).map_err(|e| e.to_string())
    })?;
    let plan = match checked {
        Ok(plan) => plan,
        Err(reason) => return Ok(Err(reason)),
    };
    sink.begin(&layer.title, layer.fields.clone());
    let raw_extent = layer.extent;
    let placed = sink.place(layer.stated.clone());
    if Axes::of_extent(raw_extent).are_swapped() && !placed.0.crs.is_plane() {
        sink.find(Finding::of(Cause::Swapped, 0));
    }
    let bounds = package.bounds();
    // One at a time has it; the lock only lets it be handed from step to step.
    let taken = Mutex::new(Taken::new(layer, placed, part));
    let own = || taken.lock().unwrap_or_else(PoisonError::into_inner);
    let done = supervised(&mut package.connection, sink, |connection, teller| {
        let mut tell = |told: Told| {
            teller.tell(Box::new(move |sink| own().take(&told, sink)));
        };
        let fields = layer.fields.len();
        rows::read(connection, &plan, fields, bounds, &mut tell, &|| teller.beat())
    })?;
    own().tell_counts(sink);
    let told = sink.told();
    match done {
        Err(reason) if told == 0 => {
            sink.forget();
            Ok(Err(reason))
        }
        done => {
            if let Err(reason) = done {
                let detail = format!("{} ({reason})", layer.title);
                sink.find(Finding { cause: Cause::LayerLeftOut, count: 1, detail });
            }
            sink.close(true);
            sink.check()?;
            Ok(Ok(()))
        }
    }
}

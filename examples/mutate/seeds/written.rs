//! What the program's own writers make of a few features.

use std::{
    fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use jintu::{
    geo::Crs,
    layer::{CountyCodes, Layer},
    store::layers::{
        OpenOptions, open_layers,
        write::{Encoding, Outgoing, WriteOptions},
        write_layers,
    },
};

use super::text;
use crate::case::Case;

/// Points alone; and all kinds with holes and parts.
fn layers() -> Vec<Arc<Layer>> {
    text::geojson().iter().take(2).filter_map(read).collect()
}

fn read(case: &Case) -> Option<Arc<Layer>> {
    let folder = folder()?;
    let path = case.lay(&folder).ok()?;
    let mut layers = Vec::new();
    let (counties, cancel) = (CountyCodes::new(Vec::new()), AtomicBool::new(false));
    let options = OpenOptions::default();
    let told = open_layers(&path, &options, &counties, &cancel, &mut |p| layers = p.layers);
    let _ = fs::remove_dir_all(folder);
    told.ok().and_then(|_| layers.into_iter().next())
}

fn folder() -> Option<std::path::PathBuf> {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let name = format!("jintu-seeds-{}-{number}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    fs::create_dir_all(&folder).ok()?;
    Some(folder)
}

/// The files of a layer, those named first in front.
pub fn write(layer: &Layer, name: &str, crs: Option<Crs>, encoding: Encoding) -> Option<Case> {
    let folder = folder()?;
    let options = WriteOptions { crs, overwrite: true, encoding };
    let done = write_layers(&[Outgoing::all(layer)], &folder.join(name), &options);
    let mut files = Vec::new();
    let mut names: Vec<_> = fs::read_dir(&folder).ok()?.flatten().map(|e| e.path()).collect();
    names.sort_by_key(|path| (path.extension() != Path::new(name).extension(), path.clone()));
    for path in names {
        let own = path.file_name()?.to_string_lossy().into_owned();
        files.push((own, fs::read(path).ok()?));
    }
    let _ = fs::remove_dir_all(folder);
    done.ok().map(|_| Case { files, packed: None })
}

pub fn flatgeobuf() -> Vec<Case> {
    let write = |layer: Arc<Layer>| write(&layer, "a.fgb", None, Encoding::Utf8);
    layers().into_iter().filter_map(write).collect()
}

pub fn shapefile() -> Vec<Case> {
    let plane = Crs::from_key("gk3:38");
    let mut cases = Vec::new();
    for layer in layers() {
        cases.extend(write(&layer, "a.shp", None, Encoding::Gbk));
        cases.extend(write(&layer, "a.shp", plane, Encoding::Utf8));
    }
    // The writer makes a file of each kind: each can be opened.
    let mut others = Vec::new();
    for case in &cases {
        for (name, _) in case.files.iter().filter(|(name, _)| is_shp(name)).skip(1) {
            let stem = name.trim_end_matches("shp");
            let mut files: Vec<_> =
                case.files.iter().filter(|(own, _)| own.starts_with(stem)).cloned().collect();
            files.sort_by_key(|(own, _)| !is_shp(own));
            others.push(Case { files, packed: None });
        }
    }
    cases.extend(others);
    cases
}

pub fn shapefile_zip() -> Vec<Case> {
    shapefile().into_iter().map(|case| Case { packed: Some("a.zip"), ..case }).collect()
}

/// Geometries of the extended kinds, of both byte orders.
pub fn wkb() -> Vec<Case> {
    let number =
        |kind: u32, little: bool| if little { kind.to_le_bytes() } else { kind.to_be_bytes() };
    let real =
        |value: f64, little: bool| if little { value.to_le_bytes() } else { value.to_be_bytes() };
    let path = |out: &mut Vec<u8>, points: &[[f64; 2]], little: bool| {
        out.extend(number(u32::try_from(points.len()).unwrap_or(0), little));
        for value in points.iter().flatten() {
            out.extend(real(*value, little));
        }
    };
    let ring = [[112.0, 37.0], [113.0, 37.0], [113.0, 38.0], [112.0, 37.0]];
    let hole = [[112.5, 37.2], [112.6, 37.2], [112.6, 37.3], [112.5, 37.2]];
    let mut cases = Vec::new();
    for little in [true, false] {
        let begin = |kind: u32| {
            let mut out = vec![u8::from(little)];
            out.extend(number(kind, little));
            out
        };
        let mut point = begin(1);
        point.extend(real(112.5, little));
        point.extend(real(37.8, little));
        let mut line = begin(2);
        path(&mut line, &ring, little);
        let mut area = begin(3);
        area.extend(number(2, little));
        path(&mut area, &ring, little);
        path(&mut area, &hole, little);
        let mut arc = begin(8);
        path(&mut arc, &ring[..3], little);
        let mut compound = begin(9);
        compound.extend(number(2, little));
        compound.extend(&arc);
        compound.extend(&line);
        let mut curved = begin(10);
        curved.extend(number(2, little));
        curved.extend(&compound);
        curved.extend(&line);
        let mut all = begin(7);
        all.extend(number(5, little));
        for own in [&point, &line, &area, &compound, &curved] {
            all.extend(own);
        }
        for (kind, own) in [(4, &point), (5, &line), (6, &area), (11, &arc), (12, &curved)] {
            let mut many = begin(kind);
            many.extend(number(2, little));
            many.extend(own);
            many.extend(own);
            cases.push(Case::one("a.wkb", many));
        }
        for own in [point, line, area, arc, compound, curved, all] {
            cases.push(Case::one("a.wkb", own));
        }
    }
    cases
}

fn is_shp(name: &str) -> bool {
    std::path::Path::new(name).extension().is_some_and(|ending| ending == "shp")
}

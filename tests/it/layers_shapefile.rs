//! Shapefiles: shapes, tables, encodings, ZIP files, and what is broken.

#![allow(clippy::cast_possible_truncation, clippy::float_cmp, reason = "small numbers, made here")]

use std::{
    fmt::Write as _,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    sync::{Arc, atomic::AtomicBool},
};

use encoding_rs::GBK;
use jintu::{
    geo::{Crs, crs_wkt, gauss_kruger::Zone, mercator},
    layer::{Basis, Cause, CountyCodes, FieldKind, Finding, Kind, Layer, Part, Value},
    store::layers::{LayerError, OpenOptions, open_layers},
    units::LonLat,
};

/// An empty folder of its own.
fn folder(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("jintu-shp-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

fn open_with(path: &Path, options: &OpenOptions) -> Result<Vec<Arc<Layer>>, LayerError> {
    let (counties, cancel) = (CountyCodes::new(Vec::new()), AtomicBool::new(false));
    let mut layers = Vec::new();
    open_layers(path, options, &counties, &cancel, &mut |p| layers = p.layers)?;
    Ok(layers)
}

fn open(path: &Path) -> Result<Vec<Arc<Layer>>, LayerError> {
    open_with(path, &OpenOptions::default())
}

/// A set being made, as the specification says.
#[derive(Default)]
struct Set {
    kind: u32,
    shp: Vec<u8>,
    shx: Vec<u8>,
    records: u32,
}

impl Set {
    fn new(kind: u32) -> Self {
        Self { kind, ..Self::default() }
    }

    fn record(&mut self, content: &[u8]) {
        let at = 50 + self.shp.len() as u32 / 2;
        let words = content.len() as u32 / 2;
        self.records += 1;
        self.shx.extend([at.to_be_bytes(), words.to_be_bytes()].concat());
        self.shp.extend([self.records.to_be_bytes(), words.to_be_bytes()].concat());
        self.shp.extend(content);
    }

    fn null(&mut self) {
        self.record(&0_u32.to_le_bytes());
    }

    fn point(&mut self, x: f64, y: f64) {
        let mut content = self.kind.to_le_bytes().to_vec();
        content.extend([x.to_le_bytes(), y.to_le_bytes()].concat());
        if self.kind == 11 {
            content.extend([700.0_f64.to_le_bytes(), f64::MIN.to_le_bytes()].concat());
        }
        self.record(&content);
    }

    fn paths(&mut self, paths: &[&[[f64; 2]]]) {
        let count: usize = paths.iter().map(|path| path.len()).sum();
        let mut content = self.kind.to_le_bytes().to_vec();
        content.extend([0; 32]);
        content.extend((paths.len() as u32).to_le_bytes());
        content.extend((count as u32).to_le_bytes());
        let mut from = 0_u32;
        for path in paths {
            content.extend(from.to_le_bytes());
            from += path.len() as u32;
        }
        for [x, y] in paths.iter().copied().flatten() {
            content.extend([x.to_le_bytes(), y.to_le_bytes()].concat());
        }
        // Heights, with their range.
        if self.kind > 10 {
            content.extend(vec![0; 16 + count * 8]);
        }
        self.record(&content);
    }

    fn file(&self, body: &[u8], extent: [f64; 4]) -> Vec<u8> {
        let mut file = 9994_u32.to_be_bytes().to_vec();
        file.extend([0; 20]);
        file.extend((50 + body.len() as u32 / 2).to_be_bytes());
        file.extend([1000_u32.to_le_bytes(), self.kind.to_le_bytes()].concat());
        for side in extent {
            file.extend(side.to_le_bytes());
        }
        file.extend([0; 32]);
        file.extend(body);
        file
    }

    fn shp(&self) -> Vec<u8> {
        self.file(&self.shp, [0.0; 4])
    }

    fn shx(&self) -> Vec<u8> {
        self.file(&self.shx, [0.0; 4])
    }
}

/// A table: name, type, length, decimals of each field; cells as they stand.
fn dbf(language: u8, fields: &[(&[u8], u8, u8, u8)], rows: &[(u8, Vec<&[u8]>)]) -> Vec<u8> {
    let row: u16 = 1 + fields.iter().map(|field| u16::from(field.2)).sum::<u16>();
    let mut file = vec![3, 126, 11, 26];
    file.extend((rows.len() as u32).to_le_bytes());
    file.extend((33 + 32 * fields.len() as u16).to_le_bytes());
    file.extend(row.to_le_bytes());
    file.extend([0; 20]);
    file[29] = language;
    for (name, kind, length, decimals) in fields {
        let mut field = [0; 32];
        field[..name.len()].copy_from_slice(name);
        field[11] = *kind;
        field[16] = *length;
        field[17] = *decimals;
        file.extend(field);
    }
    file.push(0x0D);
    for (mark, cells) in rows {
        file.push(*mark);
        for (cell, (_, kind, length, _)) in cells.iter().zip(fields) {
            let blanks = vec![b' '; usize::from(*length) - cell.len()];
            let left = *kind == b'C';
            file.extend(if left { [*cell, &blanks].concat() } else { [&blanks, *cell].concat() });
        }
    }
    file.push(0x1A);
    file
}

fn gbk(text: &str) -> Vec<u8> {
    GBK.encode(text).0.into_owned()
}

fn values(layer: &Layer, row: usize) -> Vec<Value<'_>> {
    (0..layer.fields.len()).map(|field| layer.tables[0].value(row, field)).collect()
}

fn kinds(layer: &Layer) -> Vec<Kind> {
    (0..layer.len()).map(|i| layer.chunks[0].shapes.kind(i)).collect()
}

fn found(layer: &Layer, cause: Cause) -> Option<&Finding> {
    layer.findings.iter().find(|finding| finding.cause == cause)
}

fn place(layer: &Layer, position: usize) -> LonLat {
    mercator::to_lon_lat(layer.chunks[0].shapes.positions[position])
}

/// Points with a table of every type, in GBK without a word of it, a deleted row and a null shape.
fn points(folder: &Path) -> PathBuf {
    let mut set = Set::new(11);
    set.point(112.5, 37.8);
    set.point(112.6, 37.9);
    set.null();
    set.point(112.7, 37.7);
    let (name, alias) = (gbk("名称"), gbk("太原站"));
    let fields: [(&[u8], u8, u8, u8); 7] = [
        (&name, b'C', 20, 0),
        (b"CODE", b'N', 10, 0),
        (b"LONG", b'N', 20, 0),
        (b"AREA", b'N', 24, 15),
        (b"DAY", b'D', 8, 0),
        (b"OPEN", b'L', 1, 0),
        (b"VALUE", b'F', 19, 11),
    ];
    let rows: Vec<(u8, Vec<&[u8]>)> = vec![
        (
            b' ',
            vec![
                &alias,
                b"140105",
                b"11234567800033596097",
                b"112.548900000000003",
                b"20260131",
                b"T",
                b"1.23450000000e+005",
            ],
        ),
        (b'*', vec![b"gone", b"1", b"", b"", b"", b"F", b""]),
        (b' ', vec![b"", b"-7", b"42", b"0.5", b"        ", b"?", b"*******************"]),
        (b' ', vec![b"A", b"0", b"0", b"1.10", b"00000000", b"f", b"2.5"]),
    ];
    let path = folder.join("a.SHP");
    fs::write(&path, set.shp()).unwrap();
    fs::write(folder.join("a.shx"), set.shx()).unwrap();
    fs::write(folder.join("a.Dbf"), dbf(0x57, &fields, &rows)).unwrap();
    path
}

#[test]
fn points_have_their_values_exactly() {
    let folder = folder("points");
    let path = points(&folder);
    for opened in [path.clone(), folder.join("a.Dbf"), folder.join("a.shx")] {
        let layers = open(&opened).unwrap();
        let layer = &layers[0];
        assert_eq!((layers.len(), layer.name.as_str()), (1, "a"));
        assert_eq!(kinds(layer), [Kind::Point, Kind::None, Kind::Point]);
        let names: Vec<&str> = layer.fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names, ["名称", "CODE", "LONG", "AREA", "DAY", "OPEN", "VALUE", "Z"]);
        assert_eq!(
            values(layer, 0)[..7],
            [
                Value::Text("太原站"),
                Value::Integer(140_105),
                // Beyond what a whole number holds.
                Value::Text("11234567800033596097"),
                Value::Number(112.5489),
                Value::Text("2026-01-31"),
                Value::Bool(true),
                Value::Number(123_450.0),
            ]
        );
        let missing = Value::Missing;
        let second = values(layer, 1);
        assert_eq!(second[1], Value::Integer(-7));
        assert_eq!([second[0], second[4], second[5], second[6]], [missing; 4]);
        assert_eq!(
            values(layer, 2)[3..7],
            [Value::Number(1.1), missing, Value::Bool(false), Value::Number(2.5)]
        );
        // The height that each point has.
        let heights = [0, 1, 2].map(|row| values(layer, row)[7]);
        assert_eq!(heights, [Value::Number(700.0), missing, Value::Number(700.0)]);
        let kinds: Vec<FieldKind> = (0..7).map(|field| layer.kind_of(field)).collect();
        let keys: Vec<&str> = kinds.iter().map(|kind| kind.key()).collect();
        assert_eq!(keys, ["text", "integer", "text", "number", "date", "boolean", "number"]);
        assert_eq!(found(layer, Cause::DeletedRows).unwrap().count, 1);
        assert_eq!(found(layer, Cause::WithoutPlace).unwrap().count, 1);
        assert_eq!(found(layer, Cause::EncodingGuessed).unwrap().detail, "gb18030");
        assert!(found(layer, Cause::CountDiffers).is_none());
        let p = place(layer, 1);
        assert!((p.lon_deg - 112.7).abs() < 1e-9 && (p.lat_deg - 37.7).abs() < 1e-9);
    }
    fs::remove_dir_all(folder).unwrap();
}

/// One point with a name in some bytes.
fn named(folder: &Path, language: u8, name: &[u8], cpg: Option<&str>) -> String {
    let mut set = Set::new(1);
    set.point(112.5, 37.8);
    fs::write(folder.join("n.shp"), set.shp()).unwrap();
    fs::write(folder.join("n.dbf"), dbf(language, &[(b"N", b'C', 12, 0)], &[(b' ', vec![name])]))
        .unwrap();
    let label = folder.join("n.cpg");
    let _ = fs::remove_file(&label);
    if let Some(cpg) = cpg {
        fs::write(label, cpg).unwrap();
    }
    let layers = open(&folder.join("n.shp")).unwrap();
    let guessed = found(&layers[0], Cause::EncodingGuessed).map_or("", |f| f.detail.as_str());
    let bad = found(&layers[0], Cause::BadText).map_or(0, |f| f.count);
    format!("{} {guessed} {bad}", layers[0].tables[0].value(0, 0))
}

#[test]
fn words_are_read_in_their_encoding() {
    let folder = folder("words");
    let (utf8, gbk_name) = ("太原市".as_bytes(), gbk("太原市"));
    let read = |language, name: &[u8], cpg| named(&folder, language, name, cpg);
    assert_eq!(read(0, utf8, None), "太原市 UTF-8 0");
    assert_eq!(read(0, &gbk_name, None), "太原市 gb18030 0");
    // Each of these characters is UTF-8 too, by accident.
    assert_eq!(read(0, &gbk("太原站"), None), "太原站 gb18030 0");
    assert_eq!(read(0, "Café".as_bytes(), None), "Café UTF-8 0");
    assert_eq!(read(0x4D, &gbk_name, None), "太原市  0");
    assert_eq!(read(0, &gbk_name, Some("936")), "太原市  0");
    assert_eq!(read(0, &gbk_name, Some("GB2312\r\n")), "太原市  0");
    assert_eq!(read(0, utf8, Some("UTF-8")), "太原市  0");
    // The label is wrong: no word is valid in it.
    assert_eq!(read(0, &gbk_name, Some("UTF-8")), "太原市 gb18030 0");
    // A character cut by the end of its field does not make another encoding of it.
    assert_eq!(read(0, &"a太原市迎".as_bytes()[..12], None), "a太原市\u{fffd} UTF-8 1");
    assert_eq!(read(0x57, b"Caf\xE9", None), "Café windows-1252 0");
    assert_eq!(read(0, b"Caf\xE9", Some("ISO 88591")), "Café  0");
    fs::remove_dir_all(folder).unwrap();
}

const OUTER: [[f64; 2]; 5] =
    [[112.0, 37.0], [112.0, 38.0], [113.0, 38.0], [113.0, 37.0], [112.0, 37.0]];
const HOLE: [[f64; 2]; 5] =
    [[112.2, 37.2], [112.8, 37.2], [112.8, 37.8], [112.2, 37.8], [112.2, 37.2]];
const ISLAND: [[f64; 2]; 4] = [[112.4, 37.4], [112.5, 37.6], [112.6, 37.4], [112.4, 37.4]];

/// Positions as a file has them.
type PlanePath<'a> = &'a [[f64; 2]];

fn turned<const N: usize>(mut ring: [[f64; 2]; N]) -> [[f64; 2]; N] {
    ring.reverse();
    ring
}

/// What each part is, with how many positions.
fn parts(layer: &Layer) -> Vec<(Part, usize)> {
    let shapes = &layer.chunks[0].shapes;
    let role = |i| (shapes.role(0, i), shapes.part(i).len());
    (0..shapes.part_count()).map(role).collect()
}

#[test]
fn rings_are_nested_whichever_way_they_turn() {
    type Case<'a> = (&'a [PlanePath<'a>], &'a [(Part, usize)]);
    let folder = folder("rings");
    let (ring, hole) = ((Part::Ring, 4), (Part::Hole, 4));
    let cases: [Case<'_>; 5] = [
        (&[&OUTER, &HOLE, &ISLAND], &[ring, hole, (Part::Ring, 3)]),
        // The hole stands first.
        (&[&HOLE, &ISLAND, &OUTER], &[(Part::Ring, 3), ring, hole]),
        // All turn the same way.
        (&[&OUTER, &turned(HOLE)], &[ring, hole]),
        // All turn the wrong way.
        (&[&turned(OUTER), &turned(HOLE), &turned(ISLAND)], &[ring, hole, (Part::Ring, 3)]),
        (&[&turned(OUTER)], &[ring]),
    ];
    for (kind, (rings, expected)) in cases.into_iter().enumerate().map(|(i, c)| ([5, 15][i % 2], c))
    {
        let mut set = Set::new(kind);
        set.paths(rings);
        let path = folder.join("r.shp");
        fs::write(&path, set.shp()).unwrap();
        let layers = open(&path).unwrap();
        assert_eq!(kinds(&layers[0]), [Kind::Area]);
        assert_eq!(parts(&layers[0]), expected);
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn lines_have_all_their_parts() {
    let folder = folder("lines");
    let mut set = Set::new(13);
    set.paths(&[&OUTER[..2], &HOLE[..3]]);
    set.paths(&[]);
    let path = folder.join("l.shp");
    fs::write(&path, set.shp()).unwrap();
    let layers = open(&path).unwrap();
    assert_eq!(kinds(&layers[0]), [Kind::Line, Kind::None]);
    assert_eq!(parts(&layers[0]), [(Part::Line, 2), (Part::Line, 3)]);
    assert!(found(&layers[0], Cause::BrokenGeometry).is_none());
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_record_written_anew_at_the_end_keeps_its_row() {
    let folder = folder("anew");
    let mut set = Set::new(1);
    for x in [112.0, 112.1, 112.2] {
        set.point(x, 37.0);
    }
    // As GDAL does when a record grows: the index points behind all others.
    set.point(112.9, 37.0);
    let last = set.shx.split_off(24);
    set.shx[..8].copy_from_slice(&last);
    let names: [&[u8]; 3] = [b"first", b"second", b"third"];
    let rows: Vec<(u8, Vec<&[u8]>)> = names.iter().map(|name| (b' ', vec![*name])).collect();
    fs::write(folder.join("a.shp"), set.shp()).unwrap();
    fs::write(folder.join("a.shx"), set.shx()).unwrap();
    fs::write(folder.join("a.dbf"), dbf(0, &[(b"N", b'C', 9, 0)], &rows)).unwrap();
    let layers = open(&folder.join("a.shp")).unwrap();
    assert_eq!(layers[0].len(), 3);
    assert!((place(&layers[0], 0).lon_deg - 112.9).abs() < 1e-9);
    assert_eq!(layers[0].tables[0].value(0, 0), Value::Text("first"));
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn systems_come_from_the_prj_or_the_figures() {
    let folder = folder("systems");
    let zone = Zone::new(38).unwrap();
    let here = LonLat::new(112.5489, 37.8706);
    let [x, y] = Crs::gauss_kruger(zone).from_wgs84(here);
    let mut set = Set::new(1);
    set.point(x + 38_000_000.0, y);
    let path = folder.join("z.shp");
    let extent = [x + 38_000_000.0, y, x + 38_000_000.0, y];
    fs::write(&path, set.file(&set.shp, extent)).unwrap();
    let layers = open(&path).unwrap();
    assert_eq!(layers[0].reference.crs, Crs::from_epsg(4526).unwrap());
    assert_eq!(layers[0].reference.basis, Basis::Inferred);
    let p = place(&layers[0], 0);
    assert!((p.lon_deg - here.lon_deg).abs() < 1e-8 && (p.lat_deg - here.lat_deg).abs() < 1e-8);
    // A plane of nobody's: the figures tell it all the same.
    fs::write(folder.join("z.PRJ"), "LOCAL_CS[\"工程独立坐标系\"]").unwrap();
    let layers = open(&path).unwrap();
    assert_eq!(found(&layers[0], Cause::DatumAssumed).unwrap().detail, "EPSG:4526");
    // Without the zone they do not, and nobody is left with an empty map.
    let mut bare = Set::new(1);
    bare.point(x, y);
    fs::write(&path, bare.file(&bare.shp, [x, y, x, y])).unwrap();
    assert!(matches!(open(&path), Err(LayerError::AskCrs { .. })));
    fs::write(folder.join("z.PRJ"), Crs::from_epsg(4547).and_then(crs_wkt::to_esri).unwrap())
        .unwrap();
    let layers = open(&path).unwrap();
    assert_eq!(layers[0].reference.basis, Basis::Stated);
    assert!((place(&layers[0], 0).lon_deg - here.lon_deg).abs() < 1e-8);
    // Degrees in a system of nobody's.
    let mut degrees = Set::new(1);
    degrees.point(here.lon_deg, here.lat_deg);
    fs::write(&path, degrees.shp()).unwrap();
    fs::write(folder.join("z.PRJ"), "GEOGCS[\"GCS_自定\",DATUM[\"D_自定\"]]").unwrap();
    let layers = open(&path).unwrap();
    assert_eq!(found(&layers[0], Cause::UnknownDatum).unwrap().detail, "GCS_自定");
    fs::write(&path, bare.shp()).unwrap();
    let options = OpenOptions { crs: Some(Crs::gauss_kruger(zone)), ..OpenOptions::default() };
    let layers = open_with(&path, &options).unwrap();
    assert_eq!(layers[0].reference.basis, Basis::Given);
    assert!((place(&layers[0], 0).lat_deg - here.lat_deg).abs() < 1e-8);
    fs::remove_dir_all(folder).unwrap();
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (i, (name, bytes)) in files.iter().enumerate() {
        let packed = [zip::CompressionMethod::Deflated, zip::CompressionMethod::Stored];
        let options = zip::write::SimpleFileOptions::default().compression_method(packed[i % 2]);
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_zip_file_may_hold_several() {
    let folder = folder("zip");
    points(&folder);
    let mut areas = Set::new(5);
    areas.paths(&[&OUTER]);
    let read = |name| fs::read(folder.join(name)).unwrap();
    let (shp, table) = (read("a.SHP"), read("a.Dbf"));
    let zip = zipped(&[
        ("数据/a.SHP", &shp),
        ("数据/a.Dbf", &table),
        ("数据/b.shp", &areas.shp()),
        ("__MACOSX/数据/._a.shp", b"x"),
        ("read me.txt", b"x"),
        ("c.shp", b"no head"),
    ]);
    let path = folder.join("all.zip");
    fs::write(&path, zip).unwrap();
    let layers = open(&path).unwrap();
    let names: Vec<&str> = layers.iter().map(|layer| layer.name.as_str()).collect();
    assert_eq!(names, ["a", "b"]);
    assert_eq!(values(&layers[0], 0)[0], Value::Text("太原站"));
    assert_eq!(layers[0].len(), 3);
    assert!(found(&layers[1], Cause::LayerLeftOut).unwrap().detail.starts_with("c: "));
    // Two of one name are told apart.
    fs::write(&path, zipped(&[("东/a.shp", &shp), ("西/a.shp", &shp)])).unwrap();
    let names: Vec<String> = open(&path).unwrap().iter().map(|own| own.name.clone()).collect();
    assert_eq!(names, ["东/a", "西/a"]);
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn without_a_table_or_with_fewer_rows() {
    let folder = folder("rows");
    let mut set = Set::new(1);
    set.point(112.0, 37.0);
    set.point(112.1, 37.0);
    let path = folder.join("r.shp");
    fs::write(&path, set.shp()).unwrap();
    let layers = open(&path).unwrap();
    assert_eq!((layers[0].len(), layers[0].fields.len()), (2, 0));
    let one: Vec<(u8, Vec<&[u8]>)> = vec![(b' ', vec![b"x"])];
    fs::write(folder.join("r.dbf"), dbf(0, &[(b"N", b'C', 9, 0)], &one)).unwrap();
    let layers = open(&path).unwrap();
    assert_eq!(layers[0].len(), 2);
    assert_eq!(found(&layers[0], Cause::CountDiffers).unwrap().detail, ".shp 2, .dbf 1 (1)");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn damaged_files_end_with_an_answer_or_a_sentence() {
    let folder = folder("damaged");
    points(&folder);
    let mut areas = Set::new(5);
    areas.paths(&[&OUTER, &HOLE, &ISLAND]);
    let read = |name| fs::read(folder.join(name)).unwrap();
    let files = [("a.SHP", read("a.SHP")), ("a.shx", read("a.shx")), ("a.Dbf", read("a.Dbf"))];
    fs::write(folder.join("b.shp"), areas.shp()).unwrap();
    let zip = zipped(&[("a.shp", &files[0].1), ("a.dbf", &files[2].1)]);
    let whole = [files.as_slice(), &[("b.shp", areas.shp()), ("c.zip", zip)]].concat();
    let (mut tried, mut said) = (0, String::new());
    for (name, bytes) in &whole {
        let path = folder.join(name);
        let opened = if name.starts_with('a') { folder.join("a.SHP") } else { path.clone() };
        let mut attempt = |broken: &[u8]| {
            fs::write(&path, broken).unwrap();
            tried += 1;
            // A reader that panics says so; none may.
            match open(&opened) {
                Err(LayerError::Broke(_)) => panic!("{name}"),
                Err(e) => writeln!(said, "{e}").unwrap(),
                Ok(layers) => assert!(layers.iter().all(|layer| layer.len() < 100), "{name}"),
            }
        };
        for part in 0..50 {
            attempt(&bytes[..bytes.len() * part / 50]);
        }
        for bit in (0..bytes.len() * 8).step_by(3) {
            let mut broken = bytes.clone();
            broken[bit / 8] ^= 1 << (bit % 8);
            attempt(&broken);
        }
        fs::write(&path, bytes).unwrap();
    }
    assert!(tried > 3_000 && said.contains("Shapefile"), "{tried}");
    fs::remove_dir_all(folder).unwrap();
}

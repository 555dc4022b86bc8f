//! `FlatGeobuf`: values kept, lengths not believed, damage told.

use std::{
    fs,
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};

use flatgeobuf::{ColumnType, FgbCrs, FgbWriter, FgbWriterOptions, GeometryType};
use geozero::{ColumnValue, PropertyProcessor, wkb::Wkb};
use jintu::{
    geo::{Crs, mercator},
    layer::{Basis, Cause, FieldKind, Layer, Value},
    store::layers::LayerError,
};

use crate::layer_files::open;

struct Written(PathBuf);

impl Written {
    fn new(bytes: impl AsRef<[u8]>) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("jintu-fgb-{}-{number}.fgb", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::write(&path, bytes).unwrap();
        Self(path)
    }
}

impl Drop for Written {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn counted(layer: &Layer, cause: Cause) -> Vec<(String, usize)> {
    let of = layer.findings.iter().filter(|finding| finding.cause == cause);
    of.map(|finding| (finding.detail.clone(), finding.count)).collect()
}

fn file(count: u32, index: bool, crs: FgbCrs<'_>) -> Vec<u8> {
    let options = FgbWriterOptions { write_index: index, crs, ..Default::default() };
    let mut writer = FgbWriter::create_with_options("点", GeometryType::Point, options).unwrap();
    writer.add_column("编号", ColumnType::ULong, |_, _| {});
    writer.add_column("名称", ColumnType::String, |_, _| {});
    writer.add_column("值", ColumnType::Float, |_, _| {});
    writer.add_column("字节", ColumnType::Binary, |_, _| {});
    for i in 0..count {
        let mut wkb = b"\x01\x01\0\0\0".to_vec();
        wkb.extend((112.0 + f64::from(i) * 1e-3).to_le_bytes());
        wkb.extend(37.5_f64.to_le_bytes());
        let name = format!("项{i}");
        let number = u64::MAX - u64::from(i);
        writer
            .add_feature_geom(Wkb(wkb), |feature| {
                feature.property(0, "编号", &ColumnValue::ULong(number)).unwrap();
                feature.property(1, "名称", &ColumnValue::String(&name)).unwrap();
                feature.property(2, "值", &ColumnValue::Float(0.1)).unwrap();
                feature.property(3, "字节", &ColumnValue::Binary(&[1, 2])).unwrap();
            })
            .unwrap();
    }
    let mut bytes = Vec::new();
    writer.write(&mut bytes).unwrap();
    bytes
}

#[test]
fn values_and_system_are_kept() {
    for index in [false, true] {
        for count in [1, 2, 17, 40] {
            let written =
                Written::new(file(count, index, FgbCrs { code: 4490, ..Default::default() }));
            let layer = open(&written.0).unwrap().remove(0);
            assert_eq!(
                (layer.len(), layer.name.as_str()),
                (count as usize, "点"),
                "{index} {count}"
            );
            assert_eq!(layer.reference.crs, Crs::from_epsg(4490).unwrap());
            let shapes = &layer.chunks[0].shapes;
            for row in 0..layer.len() {
                // The index sorts them: each number goes with its place.
                let Value::Text(number) = layer.tables[0].value(row, 0) else { panic!("{row}") };
                let i = u32::try_from(u64::MAX - number.parse::<u64>().unwrap()).unwrap();
                let at = mercator::to_lon_lat(shapes.part(row)[0]);
                assert!((at.lon_deg - 112.0 - f64::from(i) * 1e-3).abs() < 1e-9);
                assert_eq!(layer.tables[0].value(row, 1), Value::Text(&format!("项{i}")));
                assert_eq!(layer.tables[0].value(row, 2).to_string(), "0.1");
            }
            assert_eq!((layer.kind_of(0), layer.kind_of(2)), (FieldKind::Text, FieldKind::Number));
            assert_eq!(counted(&layer, Cause::BytesField), [("字节".to_owned(), count as usize)]);
            assert!(counted(&layer, Cause::CountDiffers).is_empty());
            assert!(counted(&layer, Cause::BrokenRows).is_empty());
        }
    }
    let wkt =
        "PROJCS[\"x\",GEOGCS[\"y\",AUTHORITY[\"EPSG\",\"4490\"]],AUTHORITY[\"EPSG\",\"4526\"]]";
    let by_wkt = Written::new(file(1, false, FgbCrs { wkt: Some(wkt), ..Default::default() }));
    let reference = open(&by_wkt.0).unwrap()[0].reference;
    assert_eq!((reference.crs, reference.basis), (Crs::from_epsg(4526).unwrap(), Basis::Stated));
    let site = FgbCrs { wkt: Some("ENGCRS[\"site grid\"]"), ..Default::default() };
    let layer = open(&Written::new(file(1, false, site)).0).unwrap().remove(0);
    assert_eq!(counted(&layer, Cause::UnknownDatum), [("site grid".to_owned(), 0)]);
}

#[test]
fn a_cut_file_says_so_with_the_count_of_its_header() {
    let whole = file(40, true, FgbCrs::default());
    let (mut some, mut none) = (0, 0);
    for i in 0..50 {
        let written = Written::new(&whole[..whole.len() * i / 50]);
        match open(&written.0) {
            Ok(layers) => {
                some += 1;
                let layer = &layers[0];
                assert!(layer.len() < 40);
                let detail = format!("40 ≠ {}", layer.len());
                assert_eq!(counted(layer, Cause::CountDiffers), [(detail, 0)]);
            }
            Err(e) => {
                none += 1;
                assert!(e.to_string().contains(".fgb"), "{e}");
            }
        }
    }
    assert!(some > 10 && none > 10, "{some} {none}");
    // A length that no file has: it is not reserved.
    let mut long = file(3, false, FgbCrs::default());
    long.extend([0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3]);
    let layer = open(&Written::new(long).0).unwrap().remove(0);
    assert_eq!((layer.len(), counted(&layer, Cause::Truncated).len()), (3, 1));
}

#[test]
fn damage_never_ends_the_reader() {
    let whole = file(20, true, FgbCrs { code: 4326, ..Default::default() });
    let mut state = 3_u64;
    let mut random = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(state >> 40).unwrap()
    };
    for _ in 0..1_500 {
        let mut bytes = whole.clone();
        for _ in 0..=random() % 4 {
            let at = 8 + random() % (bytes.len() - 8);
            bytes[at] = u8::try_from(random() % 256).unwrap();
        }
        if let Err(e) = open(&Written::new(bytes).0) {
            assert!(!matches!(e, LayerError::Broke(_)), "{e}");
        }
    }
}

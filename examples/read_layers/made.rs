//! Files made for measuring: places over the city with six attributes, the same in every run.

use std::{
    error::Error,
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use jintu::{geo::Crs, units::LonLat};
use rusqlite::{Connection, params};
use rust_xlsxwriter::Workbook;

type Made = Result<usize, Box<dyn Error>>;

/// How many features the files get.
pub struct Counts {
    pub points: usize,
    /// Of spreadsheets.
    pub rows: usize,
    /// Of drawings.
    pub entities: usize,
}

/// A format, and what writes a file of it.
pub struct Format {
    pub extension: &'static str,
    pub write: fn(&Path, &Counts) -> Made,
}

pub const FORMATS: [Format; 6] = [
    Format { extension: "gpkg", write: |path, counts| geopackage(path, counts.points) },
    Format { extension: "shp", write: |path, counts| shapefile(path, counts.points) },
    Format { extension: "csv", write: |path, counts| csv(path, counts.points) },
    Format { extension: "xlsx", write: |path, counts| xlsx(path, counts.rows) },
    Format { extension: "geojson", write: |path, counts| geojson(path, counts.points) },
    Format { extension: "dxf", write: |path, counts| dxf(path, counts.entities) },
];

/// The files of which a file is one.
pub fn files_of(path: &Path) -> Vec<PathBuf> {
    let set: &[&str] = if path.extension().is_some_and(|own| own == "shp") {
        &["", "dbf", "shx", "prj", "cpg"]
    } else {
        &[""]
    };
    set.iter()
        .map(|end| if end.is_empty() { path.to_owned() } else { path.with_extension(end) })
        .filter(|file| file.is_file())
        .collect()
}

const NAMES: [&str; 6] = ["项目名称", "类别", "区县代码", "建成年", "投资亿元", "地址"];

/// A row.
struct Row {
    at: LonLat,
    name: String,
    kind: &'static str,
    county: &'static str,
    year: i64,
    invest: f64,
    address: String,
}

/// Uniform numbers from 0 to 1 (splitmix64, Steele and others 2014).
struct Random(u64);

impl Random {
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of it")]
    fn below(&mut self, count: usize) -> usize {
        (self.share() * count as f64) as usize
    }

    fn one_of(&mut self, words: &[&'static str]) -> &'static str {
        words[self.below(words.len())]
    }
}

fn rows(count: usize) -> impl Iterator<Item = Row> {
    const KINDS: [&str; 6] = ["公路", "铁路", "水利", "航空", "产业", "公共服务"];
    const COUNTIES: [&str; 5] = ["140105", "140106", "140107", "140108", "140109"];
    const PLACES: [&str; 5] = ["小店区", "迎泽区", "杏花岭区", "尖草坪区", "万柏林区"];
    const STREETS: [&str; 4] = ["长风街", "滨河东路", "建设路", "晋阳街"];
    let mut random = Random(7);
    (0..count).map(move |i| {
        // Seven decimals, as surveyors hand them over.
        let degrees = |from: f64, share: f64| ((from + share) * 1e7).round() / 1e7;
        let at = LonLat::new(degrees(111.5, random.share() * 1.7), degrees(37.4, random.share()));
        Row {
            at,
            name: format!("太原市第{i}号项目"),
            kind: random.one_of(&KINDS),
            county: random.one_of(&COUNTIES),
            year: 2020 + i64::try_from(random.below(16)).unwrap_or(0),
            invest: (random.share() * 5000.0).round() / 100.0,
            address: format!(
                "太原市{}{}{}号",
                random.one_of(&PLACES),
                random.one_of(&STREETS),
                random.below(900) + 1
            ),
        }
    })
}

const WGS84: &str = "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,\
298.257223563]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]";

fn geopackage(path: &Path, count: usize) -> Made {
    let mut file = Connection::open(path)?;
    file.execute_batch(&format!(
        "PRAGMA application_id = 1196444487; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
         CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, \
         organization TEXT, organization_coordsys_id INTEGER, definition TEXT, description TEXT);
         INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84', 4326, 'EPSG', 4326, '{WGS84}', '');
         CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, identifier TEXT, \
         description TEXT, last_change TEXT, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, \
         max_y DOUBLE, srs_id INTEGER);
         INSERT INTO gpkg_contents VALUES ('t', 'features', 't', '', '2026-01-01T00:00:00Z', \
         111.5, 37.4, 113.2, 38.4, 4326);
         CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, \
         geometry_type_name TEXT, srs_id INTEGER, z TINYINT, m TINYINT);
         INSERT INTO gpkg_geometry_columns VALUES ('t', 'geom', 'POINT', 4326, 0, 0);
         CREATE TABLE t (fid INTEGER PRIMARY KEY, geom BLOB, {} TEXT, {} TEXT, {} TEXT, \
         {} INTEGER, {} DOUBLE, {} TEXT);",
        NAMES[0], NAMES[1], NAMES[2], NAMES[3], NAMES[4], NAMES[5]
    ))?;
    let transaction = file.transaction()?;
    {
        let mut insert =
            transaction.prepare("INSERT INTO t VALUES (NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
        for row in rows(count) {
            let mut blob = b"GP\0\x01".to_vec();
            blob.extend(4326_i32.to_le_bytes());
            blob.extend([1, 1, 0, 0, 0]);
            blob.extend(row.at.lon_deg.to_le_bytes());
            blob.extend(row.at.lat_deg.to_le_bytes());
            insert.execute(params![
                blob,
                row.name,
                row.kind,
                row.county,
                row.year,
                row.invest,
                row.address
            ])?;
        }
    }
    transaction.commit()?;
    Ok(count)
}

fn shapefile(path: &Path, count: usize) -> Made {
    const LENGTHS: [u8; 6] = [40, 12, 6, 10, 12, 48];
    let head = |records: usize, record_bytes: usize| -> Result<Vec<u8>, Box<dyn Error>> {
        let words = u32::try_from(usize::midpoint(100, records * record_bytes))?;
        let mut head = vec![0; 100];
        head[..4].copy_from_slice(&9994_u32.to_be_bytes());
        head[24..28].copy_from_slice(&words.to_be_bytes());
        head[28..32].copy_from_slice(&1000_u32.to_le_bytes());
        head[32..36].copy_from_slice(&1_u32.to_le_bytes());
        for (i, side) in [111.5_f64, 37.4, 113.2, 38.4].into_iter().enumerate() {
            head[36 + 8 * i..44 + 8 * i].copy_from_slice(&side.to_le_bytes());
        }
        Ok(head)
    };
    let create = |end: &str| File::create(path.with_extension(end)).map(BufWriter::new);
    let (mut shapes, mut places, mut cells) = (create("shp")?, create("shx")?, create("dbf")?);
    shapes.write_all(&head(count, 28)?)?;
    places.write_all(&head(count, 8)?)?;
    std::fs::write(path.with_extension("prj"), WGS84)?;
    std::fs::write(path.with_extension("cpg"), "UTF-8")?;
    let row_bytes = 1 + LENGTHS.iter().map(|n| u16::from(*n)).sum::<u16>();
    let mut table = vec![3, 126, 1, 1];
    table.extend(u32::try_from(count)?.to_le_bytes());
    table.extend((32 + 32 * 6 + 1_u16).to_le_bytes());
    table.extend(row_bytes.to_le_bytes());
    table.resize(32, 0);
    for (i, length) in LENGTHS.into_iter().enumerate() {
        let short = ["项目", "类别", "区县", "建成年", "投资", "地址"];
        let mut field = short[i].as_bytes().to_vec();
        field.resize(11, 0);
        field.push(if i == 3 || i == 4 { b'N' } else { b'C' });
        field.resize(16, 0);
        field.extend([length, if i == 4 { 2 } else { 0 }]);
        field.resize(32, 0);
        table.extend(field);
    }
    table.push(0x0D);
    cells.write_all(&table)?;
    for (i, row) in rows(count).enumerate() {
        let place = u32::try_from(usize::midpoint(100, i * 28))?;
        places.write_all(&place.to_be_bytes())?;
        places.write_all(&10_u32.to_be_bytes())?;
        shapes.write_all(&u32::try_from(i + 1)?.to_be_bytes())?;
        shapes.write_all(&10_u32.to_be_bytes())?;
        shapes.write_all(&1_u32.to_le_bytes())?;
        shapes.write_all(&row.at.lon_deg.to_le_bytes())?;
        shapes.write_all(&row.at.lat_deg.to_le_bytes())?;
        cells.write_all(b" ")?;
        let numbers = [format!("{:>10}", row.year), format!("{:>12.2}", row.invest)];
        let values: [&str; 6] =
            [&row.name, row.kind, row.county, &numbers[0], &numbers[1], &row.address];
        for (value, length) in values.into_iter().zip(LENGTHS) {
            let mut cell = value.as_bytes().to_vec();
            cell.resize(usize::from(length), b' ');
            cells.write_all(&cell)?;
        }
    }
    cells.write_all(b"\x1A")?;
    shapes.flush()?;
    places.flush()?;
    cells.flush()?;
    Ok(count)
}

fn csv(path: &Path, count: usize) -> Made {
    let mut file = BufWriter::new(File::create(path)?);
    writeln!(file, "\u{FEFF}经度,纬度,{}", NAMES.join(","))?;
    for row in rows(count) {
        let Row { at, name, kind, county, year, invest, address } = row;
        let LonLat { lon_deg, lat_deg } = at;
        writeln!(file, "{lon_deg},{lat_deg},{name},{kind},{county},{year},{invest},{address}")?;
    }
    file.flush()?;
    Ok(count)
}

fn xlsx(path: &Path, count: usize) -> Made {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in (0_u16..).zip(["经度", "纬度"].into_iter().chain(NAMES)) {
        sheet.write(0, column, name)?;
    }
    for (i, row) in (1_u32..).zip(rows(count)) {
        sheet.write(i, 0, row.at.lon_deg)?;
        sheet.write(i, 1, row.at.lat_deg)?;
        sheet.write(i, 2, row.name)?;
        sheet.write(i, 3, row.kind)?;
        sheet.write(i, 4, row.county)?;
        sheet.write(i, 5, row.year)?;
        sheet.write(i, 6, row.invest)?;
        sheet.write(i, 7, row.address)?;
    }
    book.save(path)?;
    Ok(count)
}

fn geojson(path: &Path, count: usize) -> Made {
    let mut file = BufWriter::new(File::create(path)?);
    write!(file, "{{\"type\":\"FeatureCollection\",\"name\":\"t\",\"features\":[")?;
    for (i, row) in rows(count).enumerate() {
        let comma = if i == 0 { "" } else { "," };
        let LonLat { lon_deg, lat_deg } = row.at;
        write!(
            file,
            "{comma}\n{{\"type\":\"Feature\",\"properties\":{{\"{}\":\"{}\",\"{}\":\"{}\",\
             \"{}\":\"{}\",\"{}\":{},\"{}\":{},\"{}\":\"{}\"}},\"geometry\":{{\"type\":\"Point\",\
             \"coordinates\":[{lon_deg},{lat_deg}]}}}}",
            NAMES[0],
            row.name,
            NAMES[1],
            row.kind,
            NAMES[2],
            row.county,
            NAMES[3],
            row.year,
            NAMES[4],
            row.invest,
            NAMES[5],
            row.address
        )?;
    }
    write!(file, "\n]}}\n")?;
    file.flush()?;
    Ok(count)
}

/// A drawing in the third-degree zone 38 of CGCS2000, its eastings with the zone before them: four
/// parts of polylines of eight corners, two of lines, two of texts, a circle and a point.
fn dxf(path: &Path, count: usize) -> Made {
    let crs = Crs::from_epsg(4526).ok_or("a zone")?;
    let mut file = BufWriter::new(File::create(path)?);
    write!(
        file,
        "0\nSECTION\n2\nHEADER\n9\n$ACADVER\n1\nAC1021\n0\nENDSEC\n0\nSECTION\n2\nTABLES\n0\nTABLE\n\
         2\nLAYER\n"
    )?;
    let layers = ["公路", "铁路", "水利", "航空", "产业", "公共服务"];
    for (color, layer) in (1..).zip(layers) {
        write!(file, "0\nLAYER\n2\n{layer}\n70\n0\n62\n{color}\n6\nCONTINUOUS\n")?;
    }
    write!(file, "0\nENDTAB\n0\nENDSEC\n0\nSECTION\n2\nENTITIES\n")?;
    for (i, row) in rows(count).enumerate() {
        let [x, y] = crs.from_wgs84(row.at);
        let common = |kind: &str, class: &str| {
            format!("0\n{kind}\n5\n{:X}\n100\nAcDbEntity\n8\n{}\n100\n{class}\n", i + 256, row.kind)
        };
        match i % 10 {
            0..4 => {
                write!(file, "{}90\n8\n70\n1\n", common("LWPOLYLINE", "AcDbPolyline"))?;
                for corner in 0..8 {
                    let (sin, cos) = (f64::from(corner) * std::f64::consts::FRAC_PI_4).sin_cos();
                    write!(file, "10\n{:.4}\n20\n{:.4}\n", x + 40.0 * cos, y + 30.0 * sin)?;
                }
            }
            4 | 5 => {
                write!(
                    file,
                    "{}10\n{x:.4}\n20\n{y:.4}\n30\n0.0\n11\n{:.4}\n21\n{:.4}\n31\n0.0\n",
                    common("LINE", "AcDbLine"),
                    x + 120.0,
                    y - 35.0
                )?;
            }
            6 | 7 => {
                write!(
                    file,
                    "{}10\n{x:.4}\n20\n{y:.4}\n30\n0.0\n40\n2.5\n1\n{}\n",
                    common("TEXT", "AcDbText"),
                    row.name
                )?;
            }
            8 => write!(
                file,
                "{}10\n{x:.4}\n20\n{y:.4}\n30\n0.0\n40\n15.0\n",
                common("CIRCLE", "AcDbCircle")
            )?,
            _ => write!(file, "{}10\n{x:.4}\n20\n{y:.4}\n30\n0.0\n", common("POINT", "AcDbPoint"))?,
        }
    }
    write!(file, "0\nENDSEC\n0\nEOF\n")?;
    file.flush()?;
    Ok(count)
}

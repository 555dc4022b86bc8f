//! Large layers made for measuring: `GeoPackages` over the city, the same in every run.

use std::path::Path;

use rusqlite::{Connection, params};

/// What a layer holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    Points,
    /// Of ten positions.
    Lines,
    /// Of four corners.
    Areas,
}

/// Uniform numbers from 0 to 1 (splitmix64, Steele and others 2014).
pub struct Random(u64);

impl Random {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn between(&mut self, from: f64, to: f64) -> f64 {
        from + (to - from) * self.share()
    }
}

/// Writes a layer with five fields.
pub fn write(path: &Path, holds: Holds, count: usize) -> rusqlite::Result<()> {
    let mut file = Connection::open(path)?;
    file.execute_batch(
        "PRAGMA application_id = 1196444487; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
         CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, \
         organization TEXT, organization_coordsys_id INTEGER, definition TEXT, description TEXT);
         INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84', 4326, 'EPSG', 4326, 'GEOGCS[\"WGS 84\",\
         DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563]],PRIMEM[\"Greenwich\",0],\
         UNIT[\"degree\",0.0174532925199433]]', '');
         CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, identifier TEXT, \
         description TEXT, last_change TEXT, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, \
         max_y DOUBLE, srs_id INTEGER);
         INSERT INTO gpkg_contents VALUES ('t', 'features', 'measured', '', '2026-01-01T00:00:00Z', \
         111.5, 37.4, 113.2, 38.4, 4326);
         CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, \
         geometry_type_name TEXT, srs_id INTEGER, z TINYINT, m TINYINT);
         CREATE TABLE t (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT, kind TEXT, county TEXT, \
         year INTEGER, invest DOUBLE);",
    )?;
    let kind = match holds {
        Holds::Points => "POINT",
        Holds::Lines => "LINESTRING",
        Holds::Areas => "POLYGON",
    };
    file.execute("INSERT INTO gpkg_geometry_columns VALUES ('t', 'geom', ?1, 4326, 0, 0)", [kind])?;
    let mut random = Random::new(7);
    let transaction = file.transaction()?;
    {
        let mut insert =
            transaction.prepare("INSERT INTO t VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
        for i in 0..count {
            let blob = blob(holds, &mut random);
            let one_of = |words: [&'static str; 5], share: f64| words[(share * 5.0) as usize % 5];
            let (a, b, c) = (random.share(), random.share(), random.between(0.1, 50.0));
            insert.execute(params![
                i as i64 + 1,
                blob,
                format!("项目{i}"),
                one_of(["公路", "铁路", "水利", "航空", "产业"], a),
                one_of(["140105", "140106", "140107", "140108", "140109"], b),
                2020 + (i % 10) as i64,
                c
            ])?;
        }
    }
    transaction.commit()
}

fn blob(holds: Holds, random: &mut Random) -> Vec<u8> {
    let (mut x, mut y) = (random.between(111.5, 113.2), random.between(37.4, 38.4));
    let mut out = b"GP\0\x01".to_vec();
    out.extend(4326_i32.to_le_bytes());
    out.push(1);
    let number = |n: u32, out: &mut Vec<u8>| out.extend(n.to_le_bytes());
    let position = |x: f64, y: f64, out: &mut Vec<u8>| {
        out.extend(x.to_le_bytes());
        out.extend(y.to_le_bytes());
    };
    match holds {
        Holds::Points => {
            number(1, &mut out);
            position(x, y, &mut out);
        }
        Holds::Lines => {
            number(2, &mut out);
            number(10, &mut out);
            let mut heading = random.between(0.0, std::f64::consts::TAU);
            for _ in 0..10 {
                position(x, y, &mut out);
                heading += random.between(-0.6, 0.6);
                x += 0.002 * heading.cos();
                y += 0.002 * heading.sin();
            }
        }
        Holds::Areas => {
            number(3, &mut out);
            number(1, &mut out);
            number(5, &mut out);
            let side = 0.001;
            for (dx, dy) in [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side), (0.0, 0.0)] {
                position(x + dx, y + dy, &mut out);
            }
        }
    }
    out
}

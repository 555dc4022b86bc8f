//! 界址点 TXT, as the offices of natural resources take parcels in: a head, then for each parcel a
//! line of attributes and a line for each point, north before east, each ring closed by its first
//! point.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::Path,
};

use super::{Encoding, Job, Left, Outgoing, WriteError, gbk, outgoing::Row};
use crate::{
    geo::{Crs, Datum, TransverseMercator, ZoneWidth, mercator},
    layer::{Cause, Finding, Kind, Part, Value, geometry, name_fields},
    store::clock,
};

/// Writes the areas of one layer.
///
/// # Errors
/// No areas; a system that the head of the file cannot name: only zones of Gauss–Krüger can stand
/// there.
pub fn write(job: &Job<'_>, path: &Path) -> Result<Vec<Finding>, WriteError> {
    let own = job.only_layer()?;
    let mut left = Left::default();
    let is_area = |at: Row| {
        let chunk = own.layer.chunks.get(at.chunk);
        chunk.is_some_and(|chunk| chunk.shapes.kind(at.row) == Kind::Area)
    };
    if !own.unwatched().any(is_area) {
        return Err(WriteError::NoAreas { format: job.format });
    }
    let plane = if let Some(crs) = job.options.crs {
        Plane::of(crs).ok_or(WriteError::NoZone { format: job.format, crs })?
    } else {
        let crs = chosen(own);
        let plane = Plane::of(crs).ok_or(WriteError::NoZone { format: job.format, crs })?;
        left.count(Cause::ZoneChosen, &crs.key());
        plane
    };
    let file = File::create(path).map_err(|reason| job.unwritable(reason))?;
    let mut parcels = Parcels {
        own,
        plane,
        gbk: job.options.encoding == Encoding::Gbk,
        fields: fields(own, &mut left),
        left: &mut left,
        out: BufWriter::with_capacity(1 << 18, file),
    };
    parcels.all().map_err(|reason| job.unwritable(reason))?;
    Ok(left.told())
}

/// A zone, as the head of a file names it.
struct Plane {
    crs: Crs,
    datum: &'static str,
    width: ZoneWidth,
    zone: u8,
}

impl Plane {
    fn of(crs: Crs) -> Option<Self> {
        let Crs::TransverseMercator(plane) = crs else { return None };
        let (width, zone) = plane.gauss_kruger()?;
        let known = TransverseMercator::zone(plane.datum(), width, zone, plane.is_prefixed());
        let datum = match plane.datum() {
            Datum::Cgcs2000 => "2000国家大地坐标系",
            Datum::Xian1980 => "西安80坐标系",
            Datum::Beijing1954 => "北京54坐标系",
            _ => return None,
        };
        (known == Some(plane)).then_some(Self { crs, datum, width, zone })
    }
}

/// The system that the layer came in where it is a zone, else the 3° zone around its areas, with the
/// number of the zone before the easting.
fn chosen(own: &Outgoing<'_>) -> Crs {
    let read = own.layer.reference.crs;
    if Plane::of(read).is_some() {
        return read;
    }
    let mut around: Option<[f64; 2]> = None;
    for at in own.unwatched() {
        let Some(chunk) = own.layer.chunks.get(at.chunk) else { continue };
        for part in chunk.shapes.parts_of(at.row) {
            for p in chunk.shapes.part(part) {
                let [west, east] = around.get_or_insert([p.x, p.x]);
                (*west, *east) = (west.min(p.x), east.max(p.x));
            }
        }
    }
    let zone = around.and_then(|[west, east]| {
        let middle = crate::units::Mercator { x: f64::midpoint(west, east), y: 0.5 };
        let zone = (mercator::to_lon_lat(middle).lon_deg / 3.0).round();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a zone or none"
        )]
        let zone = if (1.0..=120.0).contains(&zone) { zone as u8 } else { 0 };
        TransverseMercator::zone(Datum::Cgcs2000, ZoneWidth::Three, zone, true)
    });
    zone.map_or(Crs::WGS84, Crs::TransverseMercator)
}

/// What a parcel's line tells behind the number of its points: the field of each place, in order.
struct Fields {
    area: Option<usize>,
    number: Option<usize>,
    name: Option<usize>,
    sheet: Option<usize>,
    usage: Option<usize>,
    code: Option<usize>,
    /// Those that counties add, read as `#9` and so on.
    more: Vec<Option<usize>>,
}

fn fields(own: &Outgoing<'_>, left: &mut Left) -> Fields {
    let all = &own.layer.fields;
    let named = |names: &[&str]| {
        names.iter().find_map(|name| all.iter().position(|field| field.name.trim() == *name))
    };
    let more = |number: usize| named(&[&format!("#{number}")]);
    let count = (9..=64).filter(|number| more(*number).is_some()).max().unwrap_or(8);
    let found = Fields {
        area: named(&["面积(公顷)"]),
        number: named(&["编号", "地块编号", "宗地编号"]),
        name: named(&["地块名称"]).or_else(|| name_fields(all).next()),
        sheet: named(&["图幅号"]),
        usage: named(&["用途", "地块用途"]),
        code: named(&["地类编码"]),
        more: (9..=count).map(more).collect(),
    };
    let told: Vec<usize> =
        [found.area, found.number, found.name, found.sheet, found.usage, found.code]
            .into_iter()
            .chain(found.more.iter().copied())
            .flatten()
            .collect();
    for (i, field) in all.iter().enumerate() {
        // What the shape itself says.
        let is_made = matches!(field.name.as_str(), "点数" | "图形类型");
        if !told.contains(&i) && !is_made {
            left.name(Cause::ValuesLeftOut, &field.name);
        }
    }
    found
}

struct Parcels<'a, W: Write> {
    own: &'a Outgoing<'a>,
    plane: Plane,
    gbk: bool,
    fields: Fields,
    left: &'a mut Left,
    out: W,
}

impl<W: Write> Parcels<'_, W> {
    fn all(&mut self) -> io::Result<()> {
        self.head()?;
        for at in self.own.rows() {
            let Some(chunk) = self.own.layer.chunks.get(at.chunk) else { continue };
            if chunk.shapes.kind(at.row) == Kind::Area {
                self.parcel(at)?;
            } else {
                let kind = geometry::of_feature(&chunk.shapes, at.row);
                match kind {
                    Some(kind) => self.left.count(Cause::TypeNotWritten, kind),
                    None => self.left.count(Cause::WithoutShape, ""),
                }
            }
        }
        self.out.flush()
    }

    fn head(&mut self) -> io::Result<()> {
        let now = clock::now();
        let width = if self.plane.width == ZoneWidth::Three { 3 } else { 6 };
        let head = format!(
            "[属性描述]\n格式版本号=1.01版本\n数据产生单位=\n数据产生日期={:04}-{:02}-{:02}\n\
             坐标系={}\n几度分带={width}\n投影类型=高斯克吕格\n计量单位=米\n带号={}\n精度=0.0001\n\
             转换参数=,,,,,,\n[地块坐标]\n",
            now.year, now.month, now.day, self.plane.datum, self.plane.zone
        );
        for line in head.lines() {
            self.line(line)?;
        }
        Ok(())
    }

    fn line(&mut self, line: &str) -> io::Result<()> {
        if self.gbk {
            let (bytes, lost) = gbk::encode(line);
            if lost {
                self.left.count(Cause::SignsReplaced, "GBK");
            }
            self.out.write_all(&bytes)?;
        } else {
            self.out.write_all(line.as_bytes())?;
        }
        self.out.write_all(b"\r\n")
    }

    fn parcel(&mut self, at: Row) -> io::Result<()> {
        let parts = self.own.parts(at, self.plane.crs);
        let rings: Vec<&(Part, Vec<[f64; 2]>)> =
            parts.iter().filter(|(part, _)| part.is_closed()).collect();
        let points: usize = rings.iter().map(|(_, ring)| ring.len() + 1).sum();
        let area: f64 = rings
            .iter()
            .map(|(part, ring)| if *part == Part::Hole { -area_m2(ring) } else { area_m2(ring) })
            .sum();
        let area = match self.cell(at, self.fields.area) {
            told if told.is_empty() => format!("{:.4}", area.max(0.0) / 10_000.0),
            told => told,
        };
        let mut cells = vec![points.to_string(), area];
        for field in [self.fields.number, self.fields.name] {
            cells.push(self.cell(at, field));
        }
        cells.push("面".to_owned());
        for field in [self.fields.sheet, self.fields.usage, self.fields.code] {
            cells.push(self.cell(at, field));
        }
        for i in 0..self.fields.more.len() {
            let field = self.fields.more.get(i).copied().flatten();
            cells.push(self.cell(at, field));
        }
        self.line(&format!("{},@", cells.join(",")))?;
        let mut first = 1;
        for (number, (_, ring)) in (1..).zip(&rings) {
            let closing = ring.first().map(|at| (0, at));
            for (i, [east, north]) in ring.iter().enumerate().chain(closing) {
                let point = first + i;
                self.line(&format!("J{point},{number},{north:.4},{east:.4}"))?;
            }
            first += ring.len();
        }
        Ok(())
    }

    /// A value without the signs that part cells and parcels.
    fn cell(&mut self, at: Row, field: Option<usize>) -> String {
        let text = match field.map(|field| self.own.value(at, field)) {
            None | Some(Value::Missing) => return String::new(),
            Some(value) => value.to_string(),
        };
        let sound = |c: char| !matches!(c, ',' | '，' | '@' | '＠') && !c.is_control();
        let plain = text.trim();
        if plain.len() == text.len() && plain.chars().all(sound) {
            return text;
        }
        self.left.count(Cause::SignsReplaced, ", @");
        plain
            .chars()
            .map(|c| {
                if sound(c) {
                    c
                } else if c.is_control() {
                    ' '
                } else {
                    '、'
                }
            })
            .collect()
    }
}

/// What a ring encloses, square metres of its plane.
fn area_m2(ring: &[[f64; 2]]) -> f64 {
    let Some(&[x0, y0]) = ring.first() else { return 0.0 };
    let next = ring.iter().cycle().skip(1);
    let cross =
        |(a, b): (&[f64; 2], &[f64; 2])| (a[0] - x0) * (b[1] - y0) - (b[0] - x0) * (a[1] - y0);
    ring.iter().zip(next).map(cross).sum::<f64>().abs() / 2.0
}

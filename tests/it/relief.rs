//! The shaded relief: where it lies, what it tells, and what a damaged file does.

use jintu::{
    basemap::{Basemap, Relief, ReliefGrid, style::relief_tone},
    geo::{MercatorExtent, mercator},
    store,
    style::{MapPalette, Mode, Rgba},
    units::{Extent, LonLat},
};

fn relief() -> Relief {
    Relief::open(store::RELIEF).unwrap()
}

fn around(west_deg: f64, south_deg: f64, east_deg: f64, north_deg: f64) -> MercatorExtent {
    mercator::extent_to_mercator(Extent { west_deg, south_deg, east_deg, north_deg })
}

fn spread(grid: &ReliefGrid) -> f32 {
    let mean = grid.light.iter().sum::<f32>() / grid.light.len() as f32;
    let squares: f32 = grid.light.iter().map(|l| (l - mean).powi(2)).sum();
    (squares / grid.light.len() as f32).sqrt()
}

/// The basin of Taiyuan and the plain of Hebei are level, the Lüliang and the Taihang are not.
#[test]
fn mountains_are_rough_and_basins_are_not() {
    let relief = relief();
    let roughness = |extent| spread(&relief.grid(11.0, &extent).unwrap());
    let basin = roughness(around(112.40, 37.45, 112.60, 37.65));
    let plain = roughness(around(115.2, 37.6, 115.6, 38.0));
    let luliang = roughness(around(111.4, 37.7, 111.7, 38.0));
    let taihang = roughness(around(113.5, 37.6, 113.8, 37.9));
    for (name, mountains) in [("Lüliang", luliang), ("Taihang", taihang)] {
        for (flat, level) in [("Taiyuan", basin), ("Hebei", plain)] {
            assert!(mountains > 4.0 * level, "{name} {mountains}, {flat} {level}");
        }
    }
    let grid = relief.grid(11.0, &around(115.2, 37.6, 115.6, 38.0)).unwrap();
    let mean = grid.light.iter().sum::<f32>() / grid.light.len() as f32;
    assert!(mean.abs() < 0.02, "level ground has light {mean}");
}

/// The west side of a valley that runs south faces east, away from the light in the north-west; its
/// east side faces the light. The Yellow River between 柳林 and 吴堡 runs south at 110.7° E: the
/// border of the two provinces, from another source.
#[test]
fn slopes_face_the_right_way_where_the_yellow_river_runs() {
    let relief = relief();
    // (latitude, longitude of the river) from 天地图's provincial border.
    let mut sides = [0.0_f32; 2];
    for feature in river_positions() {
        for (side, away) in [(0, -0.012), (1, 0.012)] {
            let p = LonLat::new(feature.lon_deg + away, feature.lat_deg);
            let d = 0.0004;
            let near = around(p.lon_deg - d, p.lat_deg - d, p.lon_deg + d, p.lat_deg + d);
            let grid = relief.grid(14.0, &near).unwrap();
            sides[side] += grid.light.iter().sum::<f32>() / grid.light.len() as f32;
        }
    }
    assert!(sides[1] > sides[0] + 0.5, "west {} east {}", sides[0], sides[1]);
}

/// Where the western edge of 140…'s counties runs along the river: every position of the seeds'
/// borders that is the westernmost of its latitude between 36.9 and 38.4° N.
fn river_positions() -> Vec<LonLat> {
    let catalogue = crate::real::catalogue();
    let mut found = Vec::new();
    let mut lat_deg = 37.35;
    while lat_deg < 38.4 {
        let west = catalogue
            .counties
            .iter()
            .filter(|county| county.code.starts_with("14"))
            .flat_map(|county| county.polygon.iter().flat_map(|part| part.exterior().coords()))
            .filter(|c| (c.y - lat_deg).abs() < 0.01)
            .map(|c| c.x)
            .fold(f64::INFINITY, f64::min);
        if west.is_finite() {
            found.push(LonLat::new(west, lat_deg));
        }
        lat_deg += 0.02;
    }
    assert!(found.len() > 30, "{}", found.len());
    found
}

#[test]
fn points_stay_in_the_world_while_the_map_pans_and_lie_as_close_as_the_eye_needs() {
    let relief = relief();
    for zoom in [5.0, 7.5, 9.0, 10.3, 12.0, 15.0] {
        let one = relief.grid(zoom, &around(112.0, 37.5, 112.3, 37.7)).unwrap();
        let other = relief.grid(zoom, &around(112.07, 37.53, 112.37, 37.73)).unwrap();
        assert!((one.step - other.step).abs() < 1e-15);
        let apart = (other.first.x - one.first.x) / one.step;
        assert!((apart - apart.round()).abs() < 1e-6, "{apart} at {zoom}");
        // The same place has the same light in both.
        let down = ((other.first.y - one.first.y) / one.step).round();
        #[expect(clippy::cast_possible_truncation, reason = "a few points")]
        let (dx, dy) = (apart.round() as isize, down as isize);
        let at = |grid: &ReliefGrid, column: isize, row: isize| -> Option<f32> {
            let (column, row) = (usize::try_from(column).ok()?, usize::try_from(row).ok()?);
            (column < grid.columns && row < grid.rows)
                .then(|| grid.light[row * grid.columns + column])
        };
        let mut same = 0;
        for row in (0..other.rows.cast_signed()).step_by(3) {
            for column in (0..other.columns.cast_signed()).step_by(3) {
                if let (Some(a), Some(b)) =
                    (at(&one, column + dx, row + dy), at(&other, column, row))
                {
                    assert!((a - b).abs() < 1e-5);
                    same += 1;
                }
            }
        }
        assert!(same > 0 || zoom < 9.0);
        let apart_pt = one.step * 256.0 * zoom.exp2();
        assert!((3.4..=14.1).contains(&apart_pt), "{apart_pt} pt at {zoom}");
        assert_eq!(one.light.len(), one.columns * one.rows);
    }
    assert!(relief.grid(9.0, &around(10.0, 50.0, 11.0, 51.0)).is_none());
}

#[test]
fn its_tones_are_quiet_and_level_ground_has_none() {
    for mode in [Mode::Light, Mode::Dark] {
        let palette = MapPalette::of(mode);
        for zoom in [6.0, 9.5, 12.0, 16.0] {
            assert_eq!(relief_tone(0.0, zoom, palette).3, 0);
            for light in [-0.7_f32, -0.2, 0.1, 0.29] {
                let Rgba(_, _, _, alpha) = relief_tone(light, zoom, palette);
                assert!(alpha <= 108, "{alpha}");
            }
        }
        assert!(relief_tone(-0.2, 10.0, palette).3 > relief_tone(-0.2, 15.5, palette).3);
    }
}

#[test]
fn a_damaged_file_is_an_error() {
    for length in [0, 7, 40, 300, store::RELIEF.len() / 2] {
        assert!(Relief::open(&store::RELIEF[..length]).is_err(), "{length} bytes");
    }
    // A picture that says nothing of where it lies.
    assert!(Relief::open(store::ICON).is_err());
    let mut nowhere = store::RELIEF.to_vec();
    let at = nowhere.windows(12).position(|w| w == b"First-column").unwrap();
    nowhere[at] = b'X';
    assert!(Relief::open(&nowhere).is_err());
}

#[test]
fn the_embedded_basemap_has_its_relief_and_gives_it_up() {
    let basemap = store::basemap().unwrap();
    assert!(basemap.relief().is_some());
    assert!(basemap.with_relief(None).relief().is_none());
    assert!(Basemap::open(store::BASEMAP).unwrap().relief().is_none());
}

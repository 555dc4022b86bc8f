//! Painting the bundled basemap.

use jintu::{
    basemap::Basemap,
    geo::Datum,
    raster::new_pixmap,
    scene::draw::Viewport,
    units::{LonLat, Mercator},
};

use super::{asset, color, light, mercator, paint_basemap, rasterise_tile};

#[test]
fn the_bundled_basemap_knows_its_city() {
    let basemap = asset();
    assert!(basemap.extent().contains(LonLat::new(112.55, 37.87)));
    assert!(!basemap.attribution().is_empty());
    // 娄烦, 古交 and 阳曲 lie in Taiyuan, 文水 and 盂县 do not; 29° N is outside the archive.
    let palette = light();
    let probes = [
        (111.80, 38.00, palette.city),
        (112.10, 37.95, palette.city),
        (112.80, 38.12, palette.city),
        (112.00, 37.40, palette.ground),
        (113.30, 38.10, palette.ground),
        (112.00, 29.00, palette.ground),
    ];
    for (lon, lat, expected) in probes {
        let viewport = Viewport {
            center: mercator(lon, lat),
            zoom: 10.0,
            width_pt: 64.0,
            height_pt: 64.0,
            datum: Datum::Wgs84,
        };
        let mut pixmap = new_pixmap(64, 64).unwrap();
        paint_basemap(&mut pixmap, &viewport, 1.0, &basemap, palette).unwrap();
        let hits = (0..64 * 64).filter(|i| color(&pixmap, i % 64, i / 64) == expected).count();
        assert!(hits > 64 * 64 * 7 / 10, "{lon} {lat}: {hits} of 4096 pixels");
    }
}

#[test]
fn four_tiles_make_the_same_picture_as_one() {
    let basemap = asset();
    let tilings = [
        (7_u8, 256_u32, 1.0_f32),
        (9, 512, 2.0),
        (10, 512, 1.0),
        (11, 256, 1.0),
        (12, 256, 1.0),
        (13, 256, 1.0),
    ];
    // The city's heart, and borders of each level: 清徐 and 文水, 娄烦 and 方山, 吴堡 and 柳林.
    for (lon, lat) in [(112.53, 37.80), (112.20, 37.52), (111.53, 37.99), (110.70, 37.50)] {
        for (z, side, scale) in tilings {
            let worst = worst_difference(&basemap, mercator(lon, lat), z, side, scale);
            // Fills are sampled at 16 points a pixel: one of them may fall on the other side.
            assert!(worst <= 6, "{lon} {lat} zoom {z}: a pixel differs by {worst}");
        }
    }
}

/// Between four tiles around a position and one picture of them all: the largest difference of
/// any channel of any pixel.
fn worst_difference(basemap: &Basemap, c: Mercator, z: u8, side: u32, scale: f32) -> u8 {
    let tiles = f64::from(z).exp2();
    let (x, y) = ((c.x * tiles) as u32, (c.y * tiles) as u32);
    let mut whole = new_pixmap(2 * side, 2 * side).unwrap();
    let side_pt = side as f32 / scale;
    let viewport = Viewport {
        center: Mercator { x: f64::from(x + 1) / tiles, y: f64::from(y + 1) / tiles },
        zoom: f64::from(z) + f64::from(side_pt / 256.0).log2(),
        width_pt: 2.0 * side_pt,
        height_pt: 2.0 * side_pt,
        datum: Datum::Wgs84,
    };
    paint_basemap(&mut whole, &viewport, scale, basemap, light()).unwrap();
    let mut worst = 0;
    for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
        let tile = rasterise_tile(basemap, light(), (z, x + dx, y + dy), side, scale).unwrap();
        for row in 0..side {
            let from = (((row + dy * side) * 2 + dx) * side) as usize;
            let whole = &whole.pixels()[from..from + side as usize];
            let tile = &tile.pixels()[(row * side) as usize..][..side as usize];
            for (a, b) in tile.iter().zip(whole) {
                let red = a.red().abs_diff(b.red());
                let green = a.green().abs_diff(b.green());
                worst = worst.max(red).max(green).max(a.blue().abs_diff(b.blue()));
            }
        }
    }
    worst
}

#[test]
fn places_are_inside_the_view_once_each_and_by_rank() {
    let basemap = asset();
    let viewport = Viewport {
        center: mercator(112.5, 37.8),
        zoom: 9.0,
        width_pt: 1200.0,
        height_pt: 800.0,
        datum: Datum::Wgs84,
    };
    let places = basemap.names(&viewport).places;
    assert!(places.len() > 5);
    assert!(places.is_sorted_by_key(|p| p.rank));
    let mut seen: Vec<_> =
        places.iter().map(|p| (&p.name, p.at.x.to_bits(), p.at.y.to_bits())).collect();
    seen.sort_unstable();
    assert!(seen.windows(2).all(|pair| pair[0] != pair[1]));
    for place in &places {
        let [x, y] = viewport.to_pt(place.at);
        assert!((-1.0..=1201.0).contains(&x) && (-1.0..=801.0).contains(&y), "{:?}", place.name);
    }
}

/// The archive reaches farther at low zooms: beyond, the ancestors' lines are drawn.
#[test]
fn where_high_zooms_end_lower_ones_go_on() {
    let basemap = asset();
    // West of the plan's extent, within that of the country's neighbourhood; the river is there at
    // every zoom.
    for (lon, lat) in [(108.9, 34.35), (115.9, 36.6)] {
        for zoom in [8.0, 9.6, 11.0] {
            let center = mercator(lon, lat);
            let half = 900.0 / (256.0 * f64::exp2(zoom));
            let from = Mercator { x: center.x - half, y: center.y - half };
            let to = Mercator { x: center.x + half, y: center.y + half };
            let covers: Vec<_> = basemap.cover(zoom, from, to).map(Result::unwrap).collect();
            assert!(!covers.is_empty(), "{lon} {lat} {zoom}");
            for cover in covers {
                let up = cover.part.0 - cover.key.0;
                let ancestor = (cover.part.1 >> up, cover.part.2 >> up);
                assert_eq!(ancestor, (cover.key.1, cover.key.2));
            }
        }
    }
}

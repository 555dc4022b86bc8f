//! The country's counties: the embedded file, against what is published elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use geo::{Coord, LineString};
use jintu::{
    areas::{Areas, AreasError, Level},
    geo::{Alignment, CountyIndex, polygon},
    store::{AREAS, SEEDS},
    units::LonLat,
};

fn areas() -> Areas {
    Areas::read(AREAS).unwrap()
}

/// Numbers of a plain generator, the same on each run (Knuth's MMIX).
pub struct Dice(pub u64);

impl Dice {
    /// In `[low, high)`.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let share = (self.0 >> 11) as f64 / (1_u64 << 53) as f64;
        low + share * (high - low)
    }
}

#[test]
fn every_county_of_the_statistical_yearbook_is_there() {
    // 中国统计年鉴 2023, 1-1: units at county level at the end of 2022, by province.
    let yearbook = [
        ("11", 16),
        ("12", 16),
        ("13", 167),
        ("14", 117),
        ("15", 103),
        ("21", 100),
        ("22", 60),
        ("23", 121),
        ("31", 16),
        ("32", 95),
        ("33", 90),
        ("34", 104),
        ("35", 84),
        ("36", 100),
        ("37", 136),
        ("41", 157),
        ("42", 103),
        ("43", 122),
        ("44", 122),
        ("45", 111),
        ("46", 25),
        ("50", 38),
        ("51", 183),
        ("52", 88),
        ("53", 129),
        ("54", 74),
        ("61", 107),
        ("62", 86),
        ("63", 44),
        ("64", 22),
        ("65", 107),
    ];
    assert_eq!(yearbook.iter().map(|(_, n)| n).sum::<i32>(), 2843);
    // What the source draws beyond that list: prefectures without counties, tracts that are no
    // counties (大柴旦, 山丹马场), and a county founded in January 2023.
    let beyond: BTreeMap<&str, i32> =
        [("44", 2), ("46", 1), ("62", 4), ("63", 1), ("65", 1)].into_iter().collect();
    let areas = areas();
    for (province, published) in yearbook {
        let found = areas.counties().filter(|a| a.code.starts_with(province)).count();
        let expected = published + beyond.get(province).copied().unwrap_or(0);
        assert_eq!(i32::try_from(found).unwrap(), expected, "{province}");
    }
    for code in ["441900", "442000", "460400", "620200", "659012"] {
        assert_eq!(areas.area(code).unwrap().level, Level::County, "{code}");
    }
    assert_eq!(areas.all().filter(|a| a.level == Level::Province).count(), 34);
    // 333 prefectures in the yearbook, less four without counties.
    let prefectures = areas.all().filter(|a| a.level == Level::Prefecture).count();
    assert_eq!(prefectures, 333 - 4);
}

#[test]
fn units_know_what_they_belong_to() {
    let areas = areas();
    let line = |code: &str| -> Vec<String> {
        areas.line_of(code).iter().map(|area| area.name.zh.clone()).collect()
    };
    assert_eq!(line("330110"), ["浙江省", "杭州市", "余杭区"]);
    assert_eq!(line("429004"), ["湖北省", "仙桃市"]);
    assert_eq!(line("441900"), ["广东省", "东莞市"]);
    assert_eq!(line("110105"), ["北京市", "朝阳区"]);
    assert_eq!(line("469027"), ["海南省", "乐东黎族自治县"]);
    assert_eq!(line("999999"), Vec::<String>::new());
    let city = |code: &str| areas.city_over(code).map(|area| area.name.zh.clone());
    assert_eq!(city("330110").as_deref(), Some("杭州市"));
    assert_eq!(city("110105").as_deref(), Some("北京市"));
    assert_eq!(city("429004").as_deref(), Some("仙桃市"));
    let hangzhou: Vec<&str> = areas.counties_of("330100").map(|a| a.name.zh.as_str()).collect();
    let published = [
        "上城区",
        "拱墅区",
        "西湖区",
        "滨江区",
        "萧山区",
        "余杭区",
        "富阳区",
        "临安区",
        "临平区",
        "钱塘区",
        "桐庐县",
        "淳安县",
        "建德市",
    ];
    assert_eq!(hangzhou, published);
}

#[test]
fn names_find_their_units_and_all_of_one_name() {
    let areas = areas();
    let codes = |name: &str| -> Vec<String> {
        areas.named(name).iter().map(|area| area.code.clone()).collect()
    };
    assert_eq!(codes("桐庐县"), ["330122"]);
    assert_eq!(codes("朝阳区"), ["110105", "220104"]);
    assert_eq!(codes("鼓楼区"), ["320106", "320302", "350102", "410204"]);
    assert_eq!(codes("朝阳"), ["110105", "211300", "211321", "220104"]);
    let first = |text: &str| areas.search(text, 3).first().map(|(area, _)| area.name.zh.clone());
    assert_eq!(first("yuhang").as_deref(), Some("余杭区"));
    assert_eq!(first("hangzhou").as_deref(), Some("杭州市"));
    assert_eq!(first("临夏县").as_deref(), Some("临夏县"));
    assert!(areas.search("xihuqu", 50).iter().any(|(area, _)| area.code == "330106"));
    assert!(areas.search("没有这个地方", 3).is_empty());
}

/// Well-known places, WGS-84 as encyclopedias print them, and the county of their address.
const LANDMARKS: [(&str, f64, f64, &str); 18] = [
    ("天安门", 116.3914, 39.9075, "东城区"),
    ("西湖 三潭印月", 120.1395, 30.2385, "西湖区"),
    ("布达拉宫", 91.1172, 29.6578, "城关区"),
    ("广州塔", 113.3245, 23.1064, "海珠区"),
    ("东方明珠", 121.4952, 31.2418, "浦东新区"),
    ("大雁塔", 108.9594, 34.2198, "雁塔区"),
    ("橘子洲", 112.9580, 28.1870, "岳麓区"),
    ("黄鹤楼", 114.2970, 30.5465, "武昌区"),
    ("台北101", 121.5645, 25.0339, "台北市"),
    ("厦门植物园", 118.1050, 24.4520, "思明区"),
    ("三峡大坝", 111.0037, 30.8233, "夷陵区"),
    ("莫高窟", 94.8042, 40.0372, "敦煌市"),
    ("都江堰", 103.6110, 31.0020, "都江堰市"),
    ("曲阜孔庙", 116.9860, 35.5960, "曲阜市"),
    ("秦始皇兵马俑", 109.2785, 34.3846, "临潼区"),
    ("景德镇 昌江区政府一带", 117.1700, 29.2730, "昌江区"),
    ("漠河 北极村", 122.3600, 53.4800, "漠河市"),
    ("永兴岛", 112.3390, 16.8340, "西沙区"),
];

#[test]
fn landmarks_lie_in_the_county_of_their_address() {
    let areas = areas();
    for (name, lon, lat, county) in LANDMARKS {
        let found = areas.county_at(LonLat::new(lon, lat)).map(|area| area.name.zh.as_str());
        assert_eq!(found, Some(county), "{name}");
    }
    for (name, lon, lat) in
        [("东京", 139.69, 35.69), ("太平洋", 130.0, 20.0), ("河内", 105.85, 21.03)]
    {
        assert_eq!(areas.county_at(LonLat::new(lon, lat)), None, "{name}");
    }
    assert_eq!(areas.county_at(LonLat::new(f64::NAN, 30.0)), None);
}

#[test]
fn most_seats_lie_in_the_county_they_are_of() {
    let areas = areas();
    let with_seat = areas.counties().filter(|area| area.seat.is_some());
    let mut seats = 0;
    for area in with_seat {
        let at = areas.county_at(area.seat.unwrap()).map(|found| found.code.as_str());
        assert_eq!(at, Some(area.code.as_str()), "{}", area.name.zh);
        seats += 1;
    }
    assert!(seats >= 1900, "{seats}");
    // Labels stand inside, and every county has one.
    for area in areas.counties() {
        let at = areas.county_at(area.label_at.unwrap()).map(|found| found.code.as_str());
        assert_eq!(at, Some(area.code.as_str()), "{}", area.name.zh);
    }
}

#[test]
fn random_positions_have_one_county_and_another_algorithm_agrees() {
    let areas = areas();
    let codes: Vec<String> = areas.counties().map(|area| area.code.clone()).collect();
    let index = CountyIndex::new(areas.county_areas(codes.iter().map(String::as_str)).collect());
    let provinces: Vec<_> = areas
        .all()
        .filter(|area| area.level == Level::Province)
        .map(|area| (area.code.clone(), areas.polygon(&area.code)))
        .collect();
    let mut dice = Dice(11);
    let mut on_land = 0;
    for _ in 0..1500 {
        let p = LonLat::new(dice.between(73.4, 135.2), dice.between(17.9, 53.7));
        let found = areas.county_at(p).map(|area| area.code.as_str());
        assert_eq!(found, index.county_at(p), "{p:?}");
        let at = Coord::from(p);
        let owners: Vec<&str> = provinces
            .iter()
            .filter(|(_, area)| polygon::multi_contains(area, at))
            .map(|(code, _)| code.as_str())
            .collect();
        // No gap: what lies in a province lies in one of its counties, and the other way round.
        let province = found.and_then(|code| areas.line_of(code).first().map(|a| a.code.as_str()));
        assert_eq!(owners, province.into_iter().collect::<Vec<_>>(), "{p:?}");
        on_land += usize::from(found.is_some());
    }
    assert!(on_land > 550, "{on_land}");
}

#[test]
fn a_border_s_own_vertices_belong_to_one_county() {
    let areas = areas();
    let beside: BTreeSet<&str> = ["330110", "330113"].into_iter().collect();
    for code in beside {
        for vertex in areas.polygon(code).0.iter().flat_map(|part| part.exterior().0.clone()) {
            let near: Vec<_> = areas
                .within(jintu::units::Extent {
                    west_deg: vertex.x,
                    south_deg: vertex.y,
                    east_deg: vertex.x,
                    north_deg: vertex.y,
                })
                .into_iter()
                .collect();
            let owners = areas
                .county_areas(near.iter().map(String::as_str))
                .filter(|area| polygon::owns(&area.polygon, vertex))
                .count();
            assert_eq!(owners, 1, "{vertex:?}");
            assert!(areas.county_at(vertex.into()).is_some(), "{vertex:?}");
        }
    }
}

/// Square kilometres of a ring on the ellipsoid, by the authalic sphere (Snyder 1987, 3-11 and 3-12).
fn km2(ring: &LineString<f64>) -> f64 {
    let e2: f64 = 0.006_694_38;
    let e = e2.sqrt();
    let q = |lat: f64| {
        let s = lat.sin();
        (1.0 - e2) * (s / (1.0 - e2 * s * s) - ((1.0 - e * s) / (1.0 + e * s)).ln() / (2.0 * e))
    };
    let twice: f64 = ring
        .lines()
        .map(|line| {
            let middle = f64::midpoint(q(line.start.y.to_radians()), q(line.end.y.to_radians()));
            (line.end.x - line.start.x).to_radians() * middle
        })
        .sum();
    (twice * 6378.137_f64.powi(2) / 2.0).abs()
}

#[test]
fn areas_are_those_of_the_statistics() {
    // 北京统计年鉴, 土地面积, km².
    let published = [
        ("东城区", 41.86),
        ("西城区", 50.53),
        ("朝阳区", 455.08),
        ("丰台区", 305.80),
        ("石景山区", 84.32),
        ("海淀区", 430.73),
        ("门头沟区", 1450.70),
        ("房山区", 1989.54),
        ("通州区", 906.28),
        ("顺义区", 1019.89),
        ("昌平区", 1343.54),
        ("大兴区", 1036.32),
        ("怀柔区", 2122.62),
        ("平谷区", 950.13),
        ("密云区", 2229.45),
        ("延庆区", 1993.75),
    ];
    let areas = areas();
    let own: BTreeMap<&str, f64> = areas
        .counties_of("110000")
        .map(|area| {
            let parts = areas.polygon(&area.code);
            let sum = parts
                .0
                .iter()
                .map(|part| km2(part.exterior()) - part.interiors().iter().map(km2).sum::<f64>());
            (area.name.zh.as_str(), sum.sum())
        })
        .collect();
    assert_eq!(own.len(), published.len());
    for (name, km2) in published {
        let drawn = own[name];
        assert!((drawn - km2).abs() < km2 * 0.04, "{name}: {drawn:.1} drawn, {km2} published");
    }
    let whole = areas.polygon("110000");
    let sum: f64 = whole
        .0
        .iter()
        .map(|part| km2(part.exterior()) - part.interiors().iter().map(km2).sum::<f64>())
        .sum();
    assert!((sum - own.values().sum::<f64>()).abs() < 0.01, "joined {sum}");
    assert!((sum - 16_410.54).abs() < 16_410.54 * 0.005, "{sum}");
}

#[test]
fn the_seeds_own_city_has_the_seeds_borders() {
    let areas = areas();
    let (raw, errors) = jintu::catalogue::seed::read_features::<serde_json::Value>(
        "counties.geojson",
        SEEDS.counties,
    );
    assert!(errors.is_empty());
    let mut checked = 0;
    for feature in raw.iter().filter(|f| f.properties["in_city"] == true) {
        let code = feature.properties["code"].as_str().unwrap();
        let seed: BTreeSet<(i64, i64)> = vertices(&feature.geometry);
        let own: BTreeSet<(i64, i64)> = vertices(&areas.polygon(code).into());
        assert_eq!(seed, own, "{code}");
        checked += 1;
    }
    assert_eq!(checked, 10);
}

fn vertices(geometry: &geo::Geometry<f64>) -> BTreeSet<(i64, i64)> {
    use geo::CoordsIter;
    #[expect(clippy::cast_possible_truncation, reason = "degrees in steps of 1e-5")]
    let step = |deg: f64| (deg * 100_000.0).round() as i64;
    geometry.coords_iter().map(|c| (step(c.x), step(c.y))).collect()
}

#[test]
fn a_line_is_split_by_county_anywhere() {
    let areas = areas();
    // From 余杭 to 桐庐, by way of 临安 or 富阳.
    let line = LineString::from(vec![(119.98, 30.27), (119.95, 30.05), (119.69, 29.80)]);
    let line = Alignment::new(&line);
    let pieces = areas.along(&line);
    let codes: Vec<&str> = pieces.iter().filter_map(|piece| piece.code.as_deref()).collect();
    assert_eq!(codes, ["330110", "330111", "330122"]);
    let sum: f64 = pieces.iter().map(jintu::geo::CountyPiece::length_m).sum();
    assert!((sum - line.length_m()).abs() < 1e-6);
    for piece in &pieces {
        let middle = line.point_at(f64::midpoint(piece.from_m, piece.to_m));
        let at = areas.county_at(middle).map(|area| area.code.clone());
        assert_eq!(at, piece.code);
    }
}

#[test]
fn a_plan_s_unit_is_told_by_its_title() {
    let areas = areas();
    let told = [
        ("杭州市国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要", Some("330100")),
        ("太原市“十四五”融入国家区域发展战略规划", Some("140100")),
        ("广东省综合交通运输体系“十四五”发展规划", Some("440000")),
        ("浙江省杭州市余杭区水利发展规划", Some("330110")),
        ("长春市朝阳区国土空间总体规划（2021—2035年）", Some("220104")),
        ("桐庐县“十四五”重大项目规划", Some("330122")),
        ("吉林市综合交通规划", Some("220200")),
        ("吉林“十四五”铁路规划", Some("220000")),
        ("海南州能源发展规划", Some("632500")),
        ("阿坝州旅游规划", Some("513200")),
        ("景宁县乡村振兴规划", Some("331127")),
        ("东莞市重大建设项目计划", Some("441900")),
        ("内蒙古自治区矿产资源总体规划", Some("150000")),
        ("北京市海淀区分区规划", Some("110108")),
        ("关于印发深圳市海洋发展规划的通知", Some("440300")),
        ("朝阳区综合交通规划", None),
        ("鼓楼区重点项目计划", None),
        ("云溪市综合交通发展规划", None),
        ("综合交通发展规划", None),
        ("", None),
    ];
    for (title, code) in told {
        assert_eq!(areas.city_of(title), code, "{title}");
    }
    let codes = |title: &str| -> Vec<String> {
        areas.guess(title).candidates.iter().map(|area| area.code.clone()).collect()
    };
    assert_eq!(codes("朝阳区综合交通规划"), ["110105", "220104"]);
    assert_eq!(codes("云溪市综合交通发展规划"), Vec::<String>::new());
}

#[test]
fn a_plan_s_counties_are_its_own_and_those_of_the_cities_beside() {
    let areas = areas();
    let near = areas.counties_near("330100");
    let own: Vec<&str> =
        near.iter().filter(|(_, own)| *own).map(|(a, _)| a.code.as_str()).collect();
    assert_eq!(own.len(), 13);
    assert!(near.iter().take(13).all(|(_, own)| *own), "its own come first");
    let cities: BTreeSet<&str> = near
        .iter()
        .filter(|(_, own)| !*own)
        .filter_map(|(a, _)| areas.city_over(&a.code))
        .map(|city| city.name.zh.as_str())
        .collect();
    // The neighbours that an atlas shows.
    let published = ["嘉兴市", "绍兴市", "金华市", "衢州市", "湖州市", "黄山市", "宣城市"];
    assert_eq!(cities, published.into_iter().collect());
    let county = areas.counties_near("330122");
    assert_eq!(county.iter().filter(|(_, own)| *own).count(), 1);
    assert!(county.iter().any(|(a, own)| a.code == "330108" && !own), "the rest of 杭州");
    assert!(areas.counties_near("000000").is_empty());
}

#[test]
fn towns_lie_where_they_are_said_to_be() {
    let areas = areas();
    let found: Vec<_> = areas.towns().iter().filter(|town| town.name == "瑶琳镇").collect();
    assert!(found.iter().any(|town| town.county_code == "330122"), "瑶琳镇 of 桐庐");
    assert!(areas.towns().len() > 9000, "{}", areas.towns().len());
    for town in areas.towns().iter().step_by(97) {
        let at = areas.county_at(town.lon_lat).map(|area| area.code.as_str());
        assert_eq!(at, Some(town.county_code.as_str()), "{}", town.name);
    }
}

#[test]
fn a_broken_file_is_refused_and_never_panics() {
    assert!(AREAS.len() <= 2_000_000, "the asset has {} bytes", AREAS.len());
    assert_eq!(Areas::read(b"PK").unwrap_err(), AreasError::Foreign);
    for part in 0..50 {
        let cut = &AREAS[..AREAS.len() * part / 50];
        assert!(Areas::read(cut).is_err(), "cut at {part}/50");
    }
    let mut dice = Dice(5);
    for _ in 0..60 {
        let mut bytes = AREAS.to_vec();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a place in the file"
        )]
        let at = dice.between(0.0, bytes.len() as f64) as usize;
        bytes[at] ^= 1 << (at % 8);
        if let Ok(read) = Areas::read(&bytes) {
            // What a checksum let through still answers.
            read.county_at(LonLat::new(116.4, 39.9));
            read.polygon("110000");
        }
    }
}

const HANGZHOU: &str = "杭州市综合交通发展“十四五”规划
一、重点任务
专栏1 重点项目
1.瑶琳镇客运站工程。总投资2.5亿元，位于桐庐县瑶琳镇。
2.西湖区停车场工程。总投资1.2亿元。
3.余杭至安吉公路。全长30公里，起于余杭区，止于安吉县。
";

#[test]
fn a_plan_of_another_city_stands_on_that_city_s_counties_and_towns() {
    let lowered = jintu::catalogue::lower::lower_plan(HANGZHOU.as_bytes(), &SEEDS);
    let catalogue = &lowered.catalogue;
    let own: Vec<&str> =
        catalogue.counties.iter().filter(|c| c.in_city).map(|c| c.code.as_str()).collect();
    assert_eq!(own.len(), 13);
    assert!(catalogue.counties.iter().all(|c| !c.code.starts_with("1401")));
    let extent = catalogue.city_extent().unwrap();
    assert!(extent.contains(LonLat::new(120.15, 30.28)), "{extent:?}");
    let counties = |id: &str| -> Vec<String> {
        let project = catalogue.project(id).unwrap();
        project.counties.iter().map(|share| share.code.clone()).collect()
    };
    // Told by the town, and its county agrees.
    let station = catalogue.project("B1-01").unwrap();
    assert!(station.unlocated.is_none());
    let feature = catalogue.features.iter().find(|f| f.project_ids == ["B1-01"]).unwrap();
    assert_eq!(feature.accuracy, jintu::catalogue::Accuracy::Park);
    assert!(feature.basis.zh.contains("瑶琳镇"), "{}", feature.basis.zh);
    assert!(feature.sources.iter().any(|s| s.zh.contains("GeoNames")), "{:?}", feature.sources);
    assert_eq!(counties("B1-01"), ["330122"]);
    // 西湖区 is 杭州's here, not 南昌's; 安吉县 is a neighbour's.
    assert_eq!(counties("B1-02"), ["330106"]);
    assert_eq!(counties("B1-03"), ["330110", "330523"]);
    let none = LonLat::new(0.0, 0.0);
    assert!(catalogue.counties.iter().all(|c| c.label_at != none && !c.polygon.0.is_empty()));
}

#[test]
fn a_title_that_fits_several_places_is_told() {
    let text = HANGZHOU.replace("杭州市", "朝阳区");
    let lowered = jintu::catalogue::lower::lower_plan(text.as_bytes(), &SEEDS);
    let told: Vec<&str> = lowered
        .diagnostics
        .iter()
        .filter(|own| own.code == "city-ambiguous")
        .map(|own| own.message.zh.as_str())
        .collect();
    assert_eq!(told, ["标题没有说明是哪个地方的规划：北京市朝阳区、吉林省长春市朝阳区"]);
}

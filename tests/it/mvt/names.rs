//! Names as data.

use jintu::mvt::{Name, NameKind, Request, paint};

use super::{
    WHOLE, painted, style,
    tile::{Item, Tag, area, layer, line, point, square},
};

fn symbols(source_layer: &str, text: &str) -> String {
    format!(
        r#"{{"id": "n", "type": "symbol", "source-layer": "{source_layer}",
            "layout": {{"text-field": {text}, "text-size": 13}}}}"#
    )
}

fn close(name: &Name, at: [f64; 2]) -> bool {
    (name.at[0] - at[0]).abs() < 1e-9 && (name.at[1] - at[1]).abs() < 1e-9
}

#[test]
fn points_in_the_tile_have_names_and_those_in_its_buffer_do_not() {
    let tags = || vec![("name", Tag::Text("Paris")), ("class", Tag::Text("city"))];
    let items = [
        point([1024, 2048], tags()),
        point([-1, 2048], tags()),
        point([4096, 2048], tags()),
        point([0, 0], vec![("other", Tag::Text("nameless"))]),
    ];
    let request = Request { data: (2, 3, 1), shown: (2, 3, 1), ..WHOLE };
    let layers = style(&symbols("place", r#""{name}""#));
    let names = paint(&layer("place", &items), &request, &layers).expect("a picture").names;
    let [paris] = names.as_slice() else { panic!("{names:?}") };
    assert!(close(paris, [3.25 / 4.0, 1.5 / 4.0]), "{paris:?}");
    assert_eq!((paris.text.zh.as_str(), paris.text.en.as_str()), ("Paris", ""));
    assert_eq!((paris.kind, paris.rank, paris.size_pt), (NameKind::Place, 3, 13.0));
}

#[test]
fn a_part_of_a_tile_has_only_its_own_names() {
    let with = |at, name| point(at, vec![("name", Tag::Text(name))]);
    let tile = layer("place", &[with([1024, 1024], "nw"), with([3072, 3072], "se")]);
    let layers = style(&symbols("place", r#"["get", "name"]"#));
    let request = Request { data: (0, 0, 0), shown: (1, 1, 1), ..WHOLE };
    let names = paint(&tile, &request, &layers).expect("a picture").names;
    assert!(names.len() == 1 && names[0].text.zh == "se" && close(&names[0], [0.75, 0.75]));
}

#[test]
fn chinese_comes_first_where_any_name_will_do() {
    let item = || {
        point(
            [9, 9],
            vec![
                ("name", Tag::Text("München")),
                ("name:en", Tag::Text("Munich")),
                ("name:zh", Tag::Text("慕尼黑")),
                ("ele", Tag::Int(519)),
            ],
        )
    };
    let text = |field: &str| {
        let names = painted(&layer("place", &[item()]), &symbols("place", field)).names;
        assert_eq!(names[0].text.en, "Munich");
        names[0].text.zh.clone()
    };
    assert_eq!(text(r#""{name:latin}\n{name:nonlatin}""#), "慕尼黑");
    assert_eq!(text(r#"["coalesce", ["get", "name:en"], ["get", "name"]]"#), "慕尼黑");
    assert_eq!(text(r#"["format", ["get", "name"], {"font-scale": 2}]"#), "慕尼黑");
    assert_eq!(text(r#""{name:en} {ele} m""#), "Munich 519 m");
    assert_eq!(
        text(r#"["concat", ["upcase", ["get", "name"]], " ", ["get", "ele"]]"#),
        "MÜNCHEN 519"
    );
    assert_eq!(text(r#"{"stops": [[0, "{ele}"], [9, "{name}"]]}"#), "519");
}

#[test]
fn lines_and_areas_have_their_name_in_the_middle() {
    let name = || vec![("name", Tag::Text("N"))];
    let lines = layer("water_name", &[line(&[[0, 0], [1024, 0], [1024, 3072]], name())]);
    let names = painted(&lines, &symbols("water_name", r#""{name}""#)).names;
    assert!(close(&names[0], [0.25, 0.25]) && names[0].kind == NameKind::Water);
    let areas = layer("a", &[area([0, 0], [2048, 1024], name())]);
    let names = painted(&areas, &symbols("a", r#""{name}""#)).names;
    assert!(close(&names[0], [0.25, 0.125]) && names[0].kind == NameKind::Other);
    // In a ring the middle is a hole, so the name moves aside.
    let mut hole = square([1000, 1000], [3000, 3000]);
    hole.reverse();
    let parts = vec![square([0, 0], [4000, 4000]), hole];
    let ring = layer("a", &[Item { kind: 3, parts, tags: name() }]);
    let names = painted(&ring, &symbols("a", r#""{name}""#)).names;
    let x = names[0].at[0] * 4096.0;
    assert!((0.0..=1000.0).contains(&x) || (3000.0..=4000.0).contains(&x), "{x}");
}

#[test]
fn roads_without_a_name_have_their_number_once() {
    let tags = vec![("ref", Tag::Text("G5")), ("class", Tag::Text("motorway"))];
    let tile = layer("transportation_name", &[line(&[[0, 0], [4000, 0]], tags)]);
    let both = format!(
        "{},{}",
        symbols("transportation_name", r#""{name}""#),
        symbols("transportation_name", r#""{ref}""#)
    );
    let names = painted(&tile, &both).names;
    assert_eq!(names.len(), 1);
    let road = &names[0];
    assert_eq!((road.text.zh.as_str(), road.kind, road.rank), ("G5", NameKind::Road, 3));
}

#[test]
fn sort_key_orders_and_classes_rank() {
    let place = |name, class, rank| {
        let tags =
            vec![("name", Tag::Text(name)), ("class", Tag::Text(class)), ("rank", Tag::Int(rank))];
        point([9, 9], tags)
    };
    let mut items =
        vec![place("c", "hamlet", 30), place("a", "country", 1), place("b", "town", 20)];
    items.push(point(
        [8, 8],
        vec![("name", Tag::Text("d")), ("class", Tag::Text("city")), ("capital", Tag::Int(2))],
    ));
    let names = painted(
        &layer("place", &items),
        r#"{"id": "n", "type": "symbol", "source-layer": "place", "layout":
            {"text-field": "{name}", "symbol-sort-key": ["coalesce", ["get", "rank"], 99]}}"#,
    );
    let order: Vec<_> = names.names.iter().map(|n| (n.text.zh.as_str(), n.rank)).collect();
    assert_eq!(order, [("a", 1), ("b", 5), ("c", 9), ("d", 2)]);
}

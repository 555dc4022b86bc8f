//! Paper space: one list, painted by every output.

use std::sync::{Arc, OnceLock};

use jintu::{
    paper::{
        BoxPt, Canvas, DotsDrawing, Drawing, Ends, ImageDrawing, Item, PathDrawing, Pen, Pixels,
        RectDrawing, Step, Subject, TextDrawing, TextStyle, circle, paint,
    },
    style::Rgba,
};
use proptest::prelude::*;

pub const RED: Rgba = Rgba::hex(0xE0_10_10);
pub const BLUE: Rgba = Rgba::hex(0x10_20_D0);
pub const GREEN: Rgba = Rgba::hex(0x10_A0_30);

pub fn no_names(_: &Subject) -> Option<String> {
    None
}

/// Four pixels: red, green, blue, and one that is not there. Always the same ones.
pub fn pixels() -> Arc<Pixels> {
    static PIXELS: OnceLock<Arc<Pixels>> = OnceLock::new();
    let rgba = vec![255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 0, 0, 0, 0];
    PIXELS.get_or_init(|| Arc::new(Pixels { width_px: 2, height_px: 2, rgba })).clone()
}

pub fn image(place: BoxPt, part: [f32; 4]) -> ImageDrawing {
    ImageDrawing { place, pixels: pixels(), part, opacity: 1.0 }
}

/// Each kind of item at least once, on 400 × 300 points.
pub fn every_kind() -> Vec<Item> {
    let style = TextStyle::plain(20.0, RED);
    let curve = vec![
        Step::Move([20.0, 40.0]),
        Step::Curve([40.0, 0.0], [60.0, 80.0], [80.0, 40.0]),
        Step::Line([80.0, 60.0]),
        Step::Close,
    ];
    vec![
        Item::of(
            Subject::Basemap("ground"),
            RectDrawing::filled(BoxPt::new(0.0, 0.0, 400.0, 300.0), Rgba::hex(0xFF_FF_FF)),
        ),
        PathDrawing { steps: curve, fill: Some(GREEN), pen: Some(Pen::solid(2.0, BLUE)) }.into(),
        PathDrawing::line(
            &[[20.0, 100.0], [180.0, 100.0]],
            Pen::solid(4.0, RED.with_alpha(128)).dashed(vec![10.0, 5.0], 3.0),
        )
        .into(),
        RectDrawing::filled(BoxPt::new(200.0, 20.0, 60.0, 40.0), BLUE).rounded(8.0).into(),
        RectDrawing::framed(BoxPt::new(280.0, 20.0, 60.0, 40.0), Pen::solid(3.0, RED).square())
            .into(),
        DotsDrawing { centers_pt: vec![[30.0, 150.0]], discs: vec![(8.0, BLUE), (5.0, RED)] }
            .into(),
        Item::of(
            Subject::Layer("点 <&> \"图层\"".into()),
            DotsDrawing {
                centers_pt: (0..100).map(|i| [60.0 + 3.0 * i as f32, 150.0]).collect(),
                discs: vec![(2.0, BLUE), (1.0, GREEN.with_alpha(200))],
            },
        ),
        Item::of(
            Subject::Projects(vec!["B1-02".into(), "3.1.1".into()]),
            TextDrawing::left("太绥高铁", [20.0, 200.0], style.haloed(Rgba::hex(0xFF_FF_FF), 1.6)),
        ),
        Item::of(
            Subject::Labels,
            Drawing::Group(vec![
                TextDrawing::centered("清徐县\nQingxu", [200.0, 200.0], style.bold().tracked(0.2))
                    .into(),
                TextDrawing::right("AVTo 350 km/h <&>", [390.0, 200.0], style).into(),
            ]),
        ),
        Item::of(Subject::Tiles, image(BoxPt::new(20.0, 240.0, 40.0, 40.0), [0.0, 0.0, 1.0, 1.0])),
        image(BoxPt::new(80.0, 240.0, 40.0, 40.0), [0.5, 0.0, 0.5, 0.5]).into(),
        Item::of(
            Subject::Furniture("legend"),
            Drawing::Clip {
                to: BoxPt::new(200.0, 240.0, 50.0, 50.0),
                items: vec![
                    RectDrawing::filled(BoxPt::new(150.0, 200.0, 75.0, 75.0), RED).into(),
                    Item::clip(
                        BoxPt::new(240.0, 230.0, 50.0, 50.0),
                        vec![RectDrawing::filled(BoxPt::new(0.0, 0.0, 400.0, 300.0), GREEN).into()],
                    ),
                ],
            },
        ),
    ]
}

/// Writes down what is asked of it.
#[derive(Default)]
struct Journal(Vec<String>);

impl Canvas for Journal {
    fn path(&mut self, _: &PathDrawing) {
        self.0.push("path".into());
    }
    fn rect(&mut self, _: &RectDrawing) {
        self.0.push("rect".into());
    }
    fn dots(&mut self, _: &DotsDrawing) {
        self.0.push("dots".into());
    }
    fn text(&mut self, text: &TextDrawing) {
        self.0.push(text.text.clone());
    }
    fn image(&mut self, _: &ImageDrawing) {
        self.0.push("image".into());
    }
    fn begin_clip(&mut self, _: BoxPt) {
        self.0.push("(".into());
    }
    fn end_clip(&mut self) {
        self.0.push(")".into());
    }
    fn begin_group(&mut self, subject: Option<&Subject>) {
        self.0.push(subject.map_or("{".into(), |subject| format!("{{{subject:?}")));
    }
    fn end_group(&mut self) {
        self.0.push("}".into());
    }
}

#[test]
fn a_list_is_painted_in_its_order() {
    let text =
        |text: &str| Item::from(TextDrawing::left(text, [0.0; 2], TextStyle::plain(9.0, RED)));
    let mut journal = Journal::default();
    let group = Drawing::Group(vec![text("b"), text("c")]);
    let items = vec![
        text("a"),
        group.clone().into(),
        Item::of(Subject::Labels, group),
        Item::clip(
            BoxPt::default(),
            vec![text("d"), Item::of(Subject::Tiles, image(BoxPt::default(), [0.0; 4]))],
        ),
    ];
    paint(&items, &mut journal);
    let expected =
        ["a", "{", "b", "c", "}", "{Labels", "b", "c", "}", "(", "d", "{Tiles", "image", "}", ")"];
    assert_eq!(journal.0, expected);
}

#[test]
fn outlines_are_what_they_stand_for() {
    // A circle by four curves stays within a thousandth of its radius.
    let mut from = [0.0; 2];
    for step in circle([5.0, 7.0], 100.0) {
        match step {
            Step::Move(to) | Step::Line(to) => from = to,
            Step::Curve(a, b, to) => {
                for i in 0..=20 {
                    let (t, u) = (i as f32 / 20.0, 1.0 - i as f32 / 20.0);
                    let at = |k: usize| {
                        u * u * u * from[k]
                            + 3.0 * u * u * t * a[k]
                            + 3.0 * u * t * t * b[k]
                            + t * t * t * to[k]
                    };
                    let radius = (at(0) - 5.0).hypot(at(1) - 7.0);
                    assert!((radius - 100.0).abs() < 0.05, "{radius}");
                }
                from = to;
            }
            Step::Close => {}
        }
    }
    // Corners are never larger than half a side.
    let flat = RectDrawing::filled(BoxPt::new(0.0, 0.0, 30.0, 4.0), RED).rounded(9.0);
    assert!((flat.corner() - 2.0).abs() < f32::EPSILON);
}

#[test]
fn broken_lines_are_joined_where_they_are_copied() {
    let joined =
        |text: &str| TextDrawing::left(text, [0.0; 2], TextStyle::plain(9.0, RED)).in_one_line();
    assert_eq!(joined("汾河百公里\n示范区"), "汾河百公里示范区");
    assert_eq!(joined("Taiyuan–Suide\nRailway"), "Taiyuan–Suide Railway");
    assert_eq!(joined("G5\n高速"), "G5高速");
    assert_eq!(joined("K1+\n200"), "K1+200");
    assert_eq!(joined("one"), "one");
    let style = TextStyle::plain(9.0, RED);
    let spread = TextDrawing::spread(&["太", "忻", "G208"], vec![[0.0; 2]; 3], style);
    assert_eq!(spread.in_one_line(), "太忻G208");
}

#[test]
fn a_pattern_is_one_or_none() {
    let pen = |dash: &[f32], from| Pen::solid(1.0, RED).dashed(dash.to_vec(), from).pattern();
    assert_eq!(pen(&[3.0, 2.0], 1.0), Some((vec![3.0, 2.0], 1.0)));
    assert_eq!(pen(&[3.0, 2.0], 11.0), Some((vec![3.0, 2.0], 1.0)));
    assert_eq!(pen(&[3.0, 2.0], -1.0), Some((vec![3.0, 2.0], 4.0)));
    assert_eq!(pen(&[3.0, 2.0, 1.0], 7.0), Some((vec![3.0, 2.0, 1.0, 3.0, 2.0, 1.0], 7.0)));
    assert_eq!(pen(&[3.0, 2.0], f32::NAN), Some((vec![3.0, 2.0], 0.0)));
    for none in
        [&[][..], &[3.0], &[0.0, 0.0], &[-1.0, 3.0], &[f32::NAN, 1.0], &[f32::INFINITY, 1.0]]
    {
        assert_eq!(pen(none, 0.0), None, "{none:?}");
    }
}

/// Numbers that a list should not hold, beside usual ones.
pub fn wild() -> impl Strategy<Value = f32> {
    prop_oneof![
        6 => -50.0_f32..450.0,
        1 => Just(0.0),
        1 => prop_oneof![
            Just(f32::NAN),
            Just(f32::INFINITY),
            Just(f32::NEG_INFINITY),
            Just(1e30),
            Just(-1e30),
            Just(f32::MAX),
            Just(f32::MIN_POSITIVE),
        ],
    ]
}

fn tame() -> impl Strategy<Value = f32> {
    (-20.0_f32..420.0).prop_map(|v| (v * 4.0).round() / 4.0)
}

fn color() -> impl Strategy<Value = Rgba> {
    (any::<[u8; 3]>(), prop_oneof![3 => Just(255_u8), 1 => any::<u8>()])
        .prop_map(|([r, g, b], a)| Rgba(r, g, b, a))
}

fn pen(number: BoxedStrategy<f32>, round: bool) -> impl Strategy<Value = Pen> {
    let dash = prop::collection::vec(number.clone().prop_map(|v| v / 10.0), 0..5);
    (number.clone(), color(), dash, number, any::<bool>()).prop_map(
        move |(width, color, dash_pt, from, cut)| {
            let pen = Pen::solid(width.abs() / 20.0, color).dashed(dash_pt, from);
            match (round, cut) {
                (true, _) => pen,
                (false, true) => pen.square(),
                (false, false) => Pen { ends: Ends::Cut, ..pen },
            }
        },
    )
}

fn point(number: BoxedStrategy<f32>) -> impl Strategy<Value = [f32; 2]> {
    (number.clone(), number).prop_map(|(x, y)| [x, y])
}

fn steps(number: BoxedStrategy<f32>) -> impl Strategy<Value = Vec<Step>> {
    let point = point(number).boxed();
    let step = prop_oneof![
        2 => point.clone().prop_map(Step::Move),
        6 => point.clone().prop_map(Step::Line),
        2 => (point.clone(), point.clone(), point).prop_map(|(a, b, c)| Step::Curve(a, b, c)),
        1 => Just(Step::Close),
    ];
    prop::collection::vec(step, 0..12)
}

fn place(number: BoxedStrategy<f32>) -> impl Strategy<Value = BoxPt> {
    (number.clone(), number.clone(), number.clone(), number)
        .prop_map(|(x, y, w, h)| BoxPt::new(x, y, w / 2.0, h / 2.0))
}

/// Text that someone may want to break a file with.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just(
            "]]> <!-- &amp; <script>alert(1)</script> \" ' \u{0}\u{7}\u{1b}\u{FFFE}\u{FFFF}".into()
        ),
        Just("\u{301}\u{20DD}".into()),
        Just("👩‍👩‍👧🏽 \u{1F600}\u{10FFFD}".into()),
        Just(") Tj ET Q \\( \r\n (".into()),
        "[太原高铁AV1 é\n]{0,9}",
        "\\PC{0,12}",
    ]
}

/// Anything, at any numbers.
pub fn wild_item() -> impl Strategy<Value = Item> {
    let number = wild().boxed();
    let leaf = leaf(number.clone(), false);
    leaf.prop_recursive(3, 16, 4, move |inner| {
        let items = prop::collection::vec(inner, 0..4);
        prop_oneof![
            (place(number.clone()), items.clone()).prop_map(|(to, items)| Item::clip(to, items)),
            items.prop_map(|items| Item {
                drawing: Drawing::Group(items),
                subject: Some(Subject::Layer("\u{0}<图层>&\"".into())),
            }),
        ]
    })
}

/// Vector drawings without text that lie near the paper, drawn with round pens.
pub fn tame_item() -> impl Strategy<Value = Item> {
    leaf(tame().boxed(), true)
}

fn leaf(number: BoxedStrategy<f32>, vectors: bool) -> BoxedStrategy<Item> {
    let path = (
        steps(number.clone()),
        prop::option::of(color()),
        prop::option::of(pen(number.clone(), vectors)),
    )
        .prop_map(|(steps, fill, pen)| Item::from(PathDrawing { steps, fill, pen }));
    let rect = (
        place(number.clone()),
        number.clone(),
        prop::option::of(color()),
        prop::option::of(pen(number.clone(), vectors)),
    )
        .prop_map(|(place, corner, fill, pen)| {
            Item::from(RectDrawing { place, corner_pt: corner / 20.0, fill, pen })
        });
    let disc = (number.clone().prop_map(|v| v / 20.0), color());
    let dots =
        (prop::collection::vec(point(number.clone()), 0..80), prop::collection::vec(disc, 0..3))
            .prop_map(|(centers_pt, discs)| Item::from(DotsDrawing { centers_pt, discs }));
    if vectors {
        return prop_oneof![path, rect, dots].boxed();
    }
    let halo = prop::option::of((color(), number.clone()));
    let text = (
        text(),
        point(number.clone()),
        number.clone(),
        number.clone(),
        any::<bool>(),
        color(),
        halo,
    )
        .prop_map(|(text, at_pt, size, tracking, bold, color, halo)| {
            let style = TextStyle {
                size_pt: size / 10.0,
                bold,
                tracking_em: tracking / 500.0,
                color,
                halo: halo.map(|(color, reach)| (color, reach / 50.0)),
            };
            Item::of(
                Subject::Projects(vec!["<\u{1}>".into()]),
                TextDrawing::centered(text, at_pt, style),
            )
        });
    let share = number.clone().prop_map(|v| v / 400.0);
    let part = (share.clone(), share.clone(), share.clone(), share.clone());
    let broken = any::<bool>();
    let image =
        (place(number), part, share, broken).prop_map(|(place, (x, y, w, h), opacity, broken)| {
            let pixels = if broken {
                Arc::new(Pixels { width_px: 9, height_px: u32::MAX, rgba: vec![1; 8] })
            } else {
                pixels()
            };
            Item::from(ImageDrawing { place, pixels, part: [x, y, w, h], opacity })
        });
    prop_oneof![path, rect, dots, text, image].boxed()
}

//! Samples of marks, as a legend shows them: drawn as the map draws the marks themselves.

use crate::{
    basemap::layers::BaseLayer,
    font::Fonts,
    geo::plane::Rect,
    paper::{BoxPt, DotsDrawing, Item, PathDrawing, Pen, RectDrawing, TextDrawing, TextStyle},
    plot::{PIN_STEM_RADII, basemap_line, point_mark, polygon, stroke},
    scene::{Mark, Stroke, legend::Sample},
    style::{MapPalette, Marker, Rgba},
    units::Mercator,
};

/// What a legend shows beside a label.
#[derive(Debug, Clone, PartialEq)]
pub enum EntrySample {
    /// A mark of the plan's projects or of a layer.
    Mark(Sample),
    /// A layer of the basemap.
    Basemap(BaseLayer),
}

impl From<Sample> for EntrySample {
    fn from(mark: Sample) -> Self {
        Self::Mark(mark)
    }
}

/// At this zoom the basemap's lines are as firm as a sample has to be.
const SAMPLE_ZOOM: f64 = 10.0;
/// What an anchor's sample has instead of a count.
const ANY_COUNT: &str = "n";

/// A sample whose left end is at a point and whose middle is as high as it. Lines keep their
/// widths as far as they fit; the other marks fill the size.
pub fn sample(
    sample: &EntrySample,
    [left, middle]: [f32; 2],
    [width, height]: [f32; 2],
    palette: &MapPalette,
    fonts: &Fonts,
) -> Vec<Item> {
    let center = [left + width / 2.0, middle];
    let at = Mercator::default();
    let radius_pt = height * 0.417;
    let mark = match sample {
        EntrySample::Mark(mark) => mark,
        EntrySample::Basemap(layer) => {
            return basemap_sample(*layer, [left, middle], [width, height], palette);
        }
    };
    let mark = match *mark {
        Sample::Line(ref strokes) => return line([left, middle], [width, height], strokes),
        Sample::Area { fill, ref outline } => {
            return area(center, [width, height], fill, outline.as_ref(), palette);
        }
        Sample::AreaAndLine { fill, ref outline, line: ref stroke } => {
            let half = width / 2.0;
            let center = [left + half / 2.0, middle];
            let mut items = area(center, [half, height], fill, outline.as_ref(), palette);
            let strokes = std::slice::from_ref(stroke);
            items.extend(line([left + half, middle], [half, height], strokes));
            return items;
        }
        Sample::Anchor { color } => return anchor(center, radius_pt, [color, palette.panel]),
        Sample::Pin { glyph, color } => {
            let tip = middle + radius_pt * (PIN_STEM_RADII + 1.0) / 2.0;
            let ink = palette.panel;
            let pin = Mark::Pin { at, glyph, fill: color, ink, radius_pt, more: 0 };
            return point_mark(&pin, [center[0], tip], palette.panel, fonts);
        }
        Sample::Nothing => return Vec::new(),
        Sample::Dot { color, ring, marker: Marker::Circle } => {
            Mark::Dot { at, color, ring, radius_pt: height * 0.195 }
        }
        Sample::Dot { color, ring, marker } => {
            let shape = |radius: f32| polygon(&marker.corners(radius), center);
            let radius = height * 0.26;
            return vec![
                PathDrawing::filled(shape(radius + 1.0), ring).into(),
                PathDrawing::filled(shape(radius), color).into(),
            ];
        }
    };
    point_mark(&mark, center, palette.panel, fonts)
}

fn line([left, middle]: [f32; 2], [width, height]: [f32; 2], strokes: &[Stroke]) -> Vec<Item> {
    let reach = |stroke: &Stroke| stroke.ticks.map_or(stroke.width_pt, |ticks| ticks.length_pt);
    let widest = strokes.iter().map(reach).fold(0.0, f32::max);
    let fit = (height / widest.max(0.1)).min(1.0);
    let ends = [[left, middle], [left + width, middle]].map(|end| end.map(f64::from));
    // Nothing of it is out of sight.
    let visible = Rect::new(ends[0], ends[1]).grown(f64::from(height));
    let fitted = strokes.iter().map(|stroke| {
        let ticks = stroke.ticks.map(|mut ticks| {
            ticks.length_pt *= fit;
            // At least two bars, or the sample would not show what they are.
            ticks.spacing_pt = ticks.spacing_pt.min(width / 2.0);
            ticks
        });
        Stroke { width_pt: stroke.width_pt * fit, ticks, ..stroke.clone() }
    });
    fitted.flat_map(|one| stroke(&[ends.to_vec()], &one, &visible)).map(Item::from).collect()
}

fn area(
    [x, y]: [f32; 2],
    [width, height]: [f32; 2],
    fill: Rgba,
    outline: Option<&Stroke>,
    palette: &MapPalette,
) -> Vec<Item> {
    const CORNER_PT: f32 = 2.0;
    let [width, height] = [width * 0.8, height * 0.667];
    let place = BoxPt::new(x - width / 2.0, y - height / 2.0, width, height);
    let rect = RectDrawing::filled(place, palette.city).rounded(CORNER_PT);
    let pen = outline.map(|stroke| Pen::solid(2.0 * stroke.width_pt, stroke.color));
    // The rim reaches outwards only: what lies over it covers its inner half.
    vec![
        RectDrawing { pen, ..rect.clone() }.into(),
        rect.into(),
        RectDrawing::filled(place, fill).rounded(CORNER_PT).into(),
    ]
}

fn basemap_sample(
    layer: BaseLayer,
    [left, middle]: [f32; 2],
    [width, height]: [f32; 2],
    palette: &MapPalette,
) -> Vec<Item> {
    if layer.line_style().is_none() {
        let outline = Stroke::solid(0.75, palette.border_prefecture);
        let center = [left + width / 2.0, middle];
        return area(center, [width, height], layer.ink(palette), Some(&outline), palette);
    }
    let ends = [[left, middle], [left + width, middle]].map(|end| end.map(f64::from));
    basemap_line(layer, ends, SAMPLE_ZOOM, palette).into_iter().map(Item::from).collect()
}

/// A ring as the map has it, but for its count: it stands for any.
fn anchor(center: [f32; 2], radius_pt: f32, [color, ground]: [Rgba; 2]) -> Vec<Item> {
    let style = TextStyle::plain(radius_pt * 1.06, color).bold();
    vec![
        DotsDrawing {
            centers_pt: vec![center],
            discs: vec![(radius_pt, color), (radius_pt * 0.79, ground)],
        }
        .into(),
        TextDrawing::centered(ANY_COUNT, center, style).into(),
    ]
}

//! A map sheet: a page that carries a map with everything a printed map has to say.

use super::{
    arrangement::{Arrangement, PanelSide, arrange},
    block::Block,
    content::{SheetContent, SheetLook},
    graticule::{FrameLook, GRATICULE, framed},
    page::Page,
    scale::{
        METRES_PER_POINT, ScaleLength, graduated_length, scale_text, usual_denominator,
        viewport_of_scale,
    },
    scale_bar::{SCALE_BAR, graduated_bar},
};
use crate::{
    font::Fonts,
    geo::{
        Datum,
        mercator::{extent_to_mercator, metres_per_unit, to_lon_lat},
    },
    paper::{
        BoxPt, Drawing, Item, PathDrawing, Pen, Placing, RectDrawing, Subject, TextDrawing,
        TextStyle,
    },
    scene::draw::Viewport,
    units::{Extent, Mercator},
};

/// Why a sheet could not be made.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum SheetError {
    /// Frame, legend and notes leave no room for a map.
    #[error("{} × {} mm is too small for the sheet", page.width_mm, page.height_mm)]
    NoRoom { page: Page },
    /// The scale shows nothing, or more than the world.
    #[error("1:{denominator} cannot be drawn")]
    Scale { denominator: f64 },
}

/// What the map of a sheet is to show.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SheetMap {
    pub extent: Extent,
    /// N of 1:N at the extent's centre. Without it the extent is fitted and the scale rounded to a
    /// usual one that still holds it.
    pub denominator: Option<f64>,
    /// The datum that the map is drawn in.
    pub datum: Datum,
}

/// A sheet without its map: that is drawn for [`Self::viewport`] and handed to [`Self::with_map`].
#[derive(Debug, Clone, PartialEq)]
pub struct MapSheet {
    pub page: Page,
    /// Where the map lies on the page.
    pub map: BoxPt,
    /// What the map shows, in its own points: it is drawn smaller and then enlarged, so that its
    /// letters and lines suit the paper.
    pub viewport: Viewport,
    /// N of 1:N at the map's centre.
    pub denominator: f64,
    /// The bar, as long as it is on the page.
    pub bar: ScaleLength,
    /// What each piece of furniture covers.
    pub places: Vec<(&'static str, BoxPt)>,
    below: Vec<Item>,
    /// Its lines lie on the map.
    graticule: Item,
    above: Vec<Item>,
}

/// Share of the map's sides that an extent leaves free all around.
const AROUND: f32 = 0.02;
/// Zooms beyond these show nothing that the map has.
const ZOOMS: std::ops::RangeInclusive<f64> = 2.0..=22.0;

impl MapSheet {
    /// Arranges a sheet.
    ///
    /// # Errors
    /// Paper too small, or a scale that shows nothing.
    pub fn new(
        page: Page,
        asked: SheetMap,
        content: &SheetContent,
        look: &SheetLook,
        fonts: &Fonts,
    ) -> Result<Self, SheetError> {
        let SheetMap { extent, denominator, datum } = asked;
        let arranged = [PanelSide::Right, PanelSide::Bottom]
            .into_iter()
            .filter_map(|side| arrange(page, content, side, look, fonts));
        // The panel stands where it leaves the map the larger scale.
        let finest =
            arranged.min_by(|a, b| fitting(extent, a.map).total_cmp(&fitting(extent, b.map)));
        let arrangement = finest.ok_or(SheetError::NoRoom { page })?;
        let denominator =
            denominator.unwrap_or_else(|| usual_denominator(fitting(extent, arrangement.map)));
        let enlarged = arrangement.letters.map_enlarged;
        let size_pt = arrangement.map.size().map(|side| side / enlarged);
        let on_screen = denominator * f64::from(enlarged);
        let viewport = viewport_of_scale(center_of(extent), size_pt, on_screen);
        let viewport = Viewport { datum, ..viewport };
        let metres_per_point = denominator * METRES_PER_POINT;
        let room = arrangement.scale.width - arrangement.letters.small_pt * 4.0;
        match graduated_length(metres_per_point, room) {
            Some(bar) if ZOOMS.contains(&viewport.zoom) => {
                Ok(drawn(page, arrangement, viewport, denominator, bar, content, look, fonts))
            }
            _ => Err(SheetError::Scale { denominator }),
        }
    }

    /// The whole sheet; the map's items are in the points of [`Self::viewport`].
    pub fn with_map(self, map: Vec<Item>) -> Vec<Item> {
        let placing = Placing {
            enlarged: self.map.width / self.viewport.width_pt,
            moved_pt: [self.map.left, self.map.top],
        };
        let mut items = self.below;
        items.push(Item::clip(self.map, under_labels(placing.of(map), self.graticule)));
        items.extend(self.above);
        items
    }
}

/// The map with the graticule on its basemap and under everything else, as printed maps have it.
fn under_labels(mut map: Vec<Item>, graticule: Item) -> Vec<Item> {
    if let [Item { drawing: Drawing::Clip { items, .. }, .. }] = map.as_mut_slice() {
        let is_ground =
            |item: &Item| matches!(item.subject, Some(Subject::Basemap(_) | Subject::Tiles));
        let above = items.iter().rposition(is_ground).map_or(0, |last| last + 1);
        items.insert(above, graticule);
    } else {
        map.push(graticule);
    }
    map
}

/// The exact denominator at which an extent just fits into a map.
fn fitting(extent: Extent, map: BoxPt) -> f64 {
    let plane = extent_to_mercator(extent);
    let free = |side: f32| f64::from(side * (1.0 - 2.0 * AROUND));
    // A single point is shown with its surroundings.
    let span = |from: f64, to: f64| (to - from).max(2e-5);
    let units_per_point = (span(plane.min.x, plane.max.x) / free(map.width))
        .max(span(plane.min.y, plane.max.y) / free(map.height));
    units_per_point * metres_per_unit(to_lon_lat(center_of(extent)).lat_deg) / METRES_PER_POINT
}

fn center_of(extent: Extent) -> Mercator {
    let plane = extent_to_mercator(extent);
    Mercator {
        x: f64::midpoint(plane.min.x, plane.max.x),
        y: f64::midpoint(plane.min.y, plane.max.y),
    }
}

#[expect(clippy::too_many_arguments, reason = "the parts of one sheet, put together once")]
fn drawn(
    page: Page,
    arrangement: Arrangement,
    viewport: Viewport,
    denominator: f64,
    bar: ScaleLength,
    content: &SheetContent,
    look: &SheetLook,
    fonts: &Fonts,
) -> MapSheet {
    let Arrangement { letters, map, frame, panel, side, rule, scale, blocks } = arrangement;
    let palette = look.palette;
    let thin = Pen::solid(letters.thin_pt, palette.ink).square();
    let below = vec![RectDrawing::filled(page.place(), look.paper).into()];

    let graticule_look = FrameLook {
        letters_pt: letters.small_pt,
        line_pt: letters.thin_pt * 0.8,
        ink: palette.ink,
        line: palette.ink.faded(0.22),
    };
    let graticule = framed(&viewport, map, graticule_look, fonts);
    let lines = Item::of(Subject::Furniture(GRATICULE), graticule.lines);
    let mut above = vec![Item::of(Subject::Furniture(GRATICULE), graticule.ring)];

    let outer = Pen::solid(letters.frame_pt, palette.ink).square();
    let parted = match side {
        PanelSide::Right => [[panel.left, panel.top], [panel.left, panel.bottom()]],
        PanelSide::Bottom => [[panel.left, panel.top], [panel.right(), panel.top]],
    };
    let mut frames: Vec<Item> = vec![
        RectDrawing::framed(map, thin.clone()).into(),
        PathDrawing::line(&parted, thin.clone()).into(),
        RectDrawing::framed(frame, outer).into(),
    ];
    let hairline = Pen::solid(letters.thin_pt * 0.8, palette.hairline).cut();
    frames.push(PathDrawing::line(&rule, hairline).into());
    above.push(Item::of(Subject::Furniture("frame"), frames));

    let mut put = blocks;
    let text = format!("{}{}", content.scale, scale_text(denominator));
    put.extend(scale_blocks(
        text,
        bar,
        content,
        scale,
        letters.heading_pt,
        letters.small_pt,
        look,
        fonts,
    ));
    let places = put.iter().map(|(block, at)| (block.name, block.place(*at))).collect();
    above.extend(put.into_iter().map(|(block, at)| block.at(at)));
    MapSheet { page, map, viewport, denominator, bar, places, below, graticule: lines, above }
}

/// The scale in words over its bar, both in the middle of their room.
#[expect(clippy::too_many_arguments, reason = "as above")]
fn scale_blocks(
    text: String,
    bar: ScaleLength,
    content: &SheetContent,
    room: BoxPt,
    heading_pt: f32,
    small_pt: f32,
    look: &SheetLook,
    fonts: &Fonts,
) -> [(Block, [f32; 2]); 2] {
    let ink = look.palette.ink;
    let style = TextStyle::plain(heading_pt, ink).bold();
    let size_pt = [fonts.measure(&text, &style)[0], heading_pt * 1.3];
    let at = [size_pt[0] / 2.0, size_pt[1] / 2.0];
    let items = vec![TextDrawing::centered(text, at, style).into()];
    let words = Block { name: "scale", size_pt, items };
    let bar = graduated_bar(bar, &content.lengths, small_pt, ink, look.paper, fonts);
    debug_assert_eq!(bar.name, SCALE_BAR);
    let centred = |block: &Block| room.center()[0] - block.size_pt[0] / 2.0;
    let words_at = [centred(&words), room.top];
    let bar_at = [centred(&bar), room.bottom() - bar.size_pt[1]];
    [(words, words_at), (bar, bar_at)]
}

//! Drawing the map: window and command line give the same orders.

use std::{collections::HashMap, sync::Arc};

use super::{PictureTiles, Services, layers_in_picture::layers_in_picture};
use crate::{
    app::{
        Cancel, Dress, ExportFormat, Language, Message, News, credits,
        export::{DrawingForm, DrawingOrder, LayerOrder, MapPart},
    },
    catalogue::Catalogue,
    geo::mercator,
    layer::style::SEEN_FROM_AFAR,
    paper::{BoxPt, ImageDrawing, Pixels},
    plot::FeatureLayer,
    report::{
        drawing::{Drawing, DrawingError},
        map_content::{MapContent, MapExtras, Outside},
        map_sheet::SheetRequest,
        picture::PictureRequest,
    },
    scene::{Viewport, legend::LayerLook},
    sheet::Paper,
    store,
    tile::TilePicture,
    units::Extent,
};

/// A drawing as a file, and what of it is missing.
#[derive(Debug)]
pub struct Drawn {
    pub bytes: Vec<u8>,
    /// That tiles could not be had: how many, and why the last one could not.
    pub missing_tiles: Option<News>,
}

/// Why there is no drawing.
#[derive(Debug)]
pub enum NotDrawn {
    Drawing(DrawingError),
    /// What the user is told.
    Other(Message),
}

impl<E: Into<DrawingError>> From<E> for NotDrawn {
    fn from(error: E) -> Self {
        Self::Drawing(error.into())
    }
}

/// Draws the map as it is ordered.
///
/// # Errors
/// Paper without room, a scale or a size that cannot be, or a part of the program that is broken.
pub fn draw(
    order: &DrawingOrder,
    format: ExportFormat,
    catalogue: &Catalogue,
    language: Language,
    services: &Services,
    cancel: &Cancel,
) -> Result<Drawn, NotDrawn> {
    let other = |reason: Message| NotDrawn::Other(reason);
    let basemap = services.basemap.as_deref().ok_or_else(|| other(News::NoBasemap.into()))?;
    let flat = basemap.with_relief(None);
    let basemap = if order.relief { basemap } else { &flat };
    let part = order.part.ok_or_else(|| other(News::NoView.into()))?;
    let fonts = store::fonts().map_err(|e| other(e.into()))?;
    let outside = order.sources.first().map(|first| Outside {
        credit: credits::of_sources(&order.sources, &order.basemap_name, language),
        datum: first.datum,
    });
    let content = MapContent {
        catalogue,
        basemap,
        fonts: &fonts,
        shown: &order.shown,
        selected: &order.selected,
        filter: &order.filter,
        language,
        mode: order.mode,
        outside: outside.as_ref(),
        drawn_on: Some(store::clock::now()),
    };
    let drawer = Drawer { order, content, services, cancel };
    let (drawing, pixels_per_point, tiles) = match paper(&order.form, format) {
        Some(paper) => drawer.sheet(paper, part)?,
        None => drawer.picture(part)?,
    };
    let bytes = drawing.file(format, pixels_per_point, &fonts)?;
    let (count, gave_up) = (tiles.failed, tiles.gave_up);
    let missing_tiles = tiles.failure.map(|failure| News::TilesMissing { count, failure, gave_up });
    Ok(Drawn { bytes, missing_tiles })
}

/// The paper of a sheet; `None` for a picture. A PDF is always a sheet.
pub fn paper(form: &DrawingForm, format: ExportFormat) -> Option<Paper> {
    form.paper.or((format == ExportFormat::Pdf).then_some(Paper::A4))
}

struct Drawer<'a> {
    order: &'a DrawingOrder,
    content: MapContent<'a>,
    services: &'a Services,
    cancel: &'a Cancel,
}

/// A drawing, its pixels per point and the tiles in it.
type Made = (Drawing, f32, PictureTiles);

impl Drawer<'_> {
    /// The title that was asked for, on one line; an empty one is none.
    fn title(&self) -> Option<String> {
        let words: Vec<&str> = self.order.form.title.as_deref()?.split_whitespace().collect();
        (!words.is_empty()).then(|| words.join(" "))
    }

    fn picture(&self, part: MapPart) -> Result<Made, DrawingError> {
        let form = &self.order.form;
        let (size_pt, pixels_per_point) = form.size.of_picture();
        let title = self.title();
        let request = PictureRequest {
            content: self.content,
            size_pt,
            part,
            denominator: form.denominator,
            title: title.as_deref(),
        };
        let viewport = request.viewport();
        let mode = self.order.mode;
        let language = self.content.language;
        let layers =
            layers_in_picture(&self.order.layers, mode, language, &viewport, pixels_per_point);
        let tiles = self.tiles(&viewport, pixels_per_point);
        let images = images(&tiles);
        let extras = self.extras(&layers, &images, &tiles);
        let items = request.items(extras)?;
        Ok((self.drawing(items, size_pt, false), pixels_per_point, tiles))
    }

    fn extras<'b>(
        &'b self,
        layers: &'b [FeatureLayer],
        images: &'b [ImageDrawing],
        tiles: &'b PictureTiles,
    ) -> MapExtras<'b> {
        let figure = self.order.figure.as_ref();
        MapExtras { layers, tiles: images, names: tiles.names.as_ref(), figure }
    }

    fn sheet(&self, paper: Paper, part: MapPart) -> Result<Made, DrawingError> {
        let form = &self.order.form;
        let extent = extent_of(part);
        let page = paper.page(form.orientation, is_wide(extent));
        let mut looks = self.layer_looks(None);
        let title = self.title();
        let bare = SheetRequest {
            content: self.content,
            page,
            extent,
            denominator: form.denominator,
            title: title.as_deref(),
            review_number: form.review_number.as_deref(),
            layers: &[],
        };
        let mut sheet = SheetRequest { layers: &looks, ..bare }.arranged()?;
        // The scale is known only now; the legend tells of nothing that is not seen at it.
        let seen = self.layer_looks(Some(&sheet.viewport));
        if seen.len() < looks.len() {
            looks = seen;
            sheet = SheetRequest { layers: &looks, ..bare }.arranged()?;
        }
        let request = SheetRequest { layers: &looks, ..bare };
        let viewport = sheet.viewport;
        let size_pt = page.size_pt();
        let pixels_per_point = form.size.of_sheet(size_pt);
        // The map is drawn smaller and then enlarged.
        let detail = pixels_per_point * sheet.map.width / viewport.width_pt;
        let (mode, language) = (self.order.mode, self.content.language);
        let layers = layers_in_picture(&self.order.layers, mode, language, &viewport, detail);
        let tiles = self.tiles(&viewport, detail);
        let images = images(&tiles);
        let extras = self.extras(&layers, &images, &tiles);
        let items = request.items(sheet, extras)?;
        Ok((self.drawing(items, size_pt, true), pixels_per_point, tiles))
    }

    fn drawing(
        &self,
        items: Vec<crate::paper::Item>,
        size_pt: [f32; 2],
        is_sheet: bool,
    ) -> Drawing {
        let MapContent { catalogue, language, .. } = self.content;
        let title = self.title().unwrap_or_else(|| catalogue.title(language).to_owned());
        Drawing { items, size_pt, is_sheet, title, language: self.content.language }
    }

    /// Tiles that are about as fine as the picture's pixels.
    fn tiles(&self, viewport: &Viewport, pixels_per_point: f32) -> PictureTiles {
        /// Levels finer than on a screen: each makes four times as many tiles.
        const FINEST: f64 = 1.0;
        if self.order.sources.is_empty() {
            return PictureTiles::default();
        }
        let finer = f64::from(pixels_per_point).log2().round().clamp(0.0, FINEST);
        #[allow(clippy::cast_possible_truncation)] // 1 or 2
        let factor = finer.exp2() as f32;
        let closer = Viewport {
            zoom: viewport.zoom + finer,
            width_pt: viewport.width_pt * factor,
            height_pt: viewport.height_pt * factor,
            ..*viewport
        };
        let mut tiles = self.services.picture_tiles(&self.order.sources, &closer, self.cancel);
        for piece in &mut tiles.pieces {
            piece.place_pt = piece.place_pt.map(|side| side / factor);
        }
        tiles
    }

    /// What the legend tells of the layers, of those that are seen in a view where there is one.
    fn layer_looks(&self, view: Option<&Viewport>) -> Vec<LayerLook> {
        let (mode, language) = (self.order.mode, self.content.language);
        let is_seen = |dress: &Dress| view.is_none_or(|view| dress.is_seen(view));
        let layers = self.order.layers.iter().filter(|order| is_seen(&order.dress));
        let look = |LayerOrder { data, dress, .. }: &LayerOrder| {
            dress.legend_look(&data.0, mode, SEEN_FROM_AFAR, language)
        };
        layers.filter_map(look).collect()
    }
}

fn extent_of(part: MapPart) -> Extent {
    match part {
        MapPart::Extent(extent) => extent,
        MapPart::Viewport(viewport) => mercator::extent_from_mercator(viewport.extent()),
    }
}

/// Whether an extent is wider than high on the map.
fn is_wide(extent: Extent) -> bool {
    let plane = mercator::extent_to_mercator(extent);
    plane.max.x - plane.min.x >= plane.max.y - plane.min.y
}

/// Tiles as paper has them; pixels that several parts come from are shared.
fn images(tiles: &PictureTiles) -> Vec<ImageDrawing> {
    let mut known: HashMap<*const TilePicture, Arc<Pixels>> = HashMap::new();
    let image = |piece: &super::PlacedPicture| {
        let picture = &piece.picture;
        let pixels = known.entry(Arc::as_ptr(picture)).or_insert_with(|| {
            Arc::new(Pixels {
                width_px: picture.width_px,
                height_px: picture.height_px,
                rgba: picture.rgba.clone(),
            })
        });
        let [left, top, right, bottom] = piece.place_pt;
        ImageDrawing {
            place: BoxPt::new(left, top, right - left, bottom - top),
            pixels: pixels.clone(),
            part: piece.part,
            opacity: 1.0,
        }
    };
    tiles.pieces.iter().map(image).collect()
}

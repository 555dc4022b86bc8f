//! The map widget: walkers lays it out and projects it, the camera is ours, meshes are cached.

use std::sync::Arc;

use egui::{Pos2, Rect, Response, Shape, Ui};
use walkers::{Map, MapMemory, lon_lat};

use super::{
    accessible_names,
    cached_mesh::CachedMesh,
    camera::Camera,
    drawn,
    frame::MapFrame,
    furniture::{self, Seen},
    input::{self, BoxUse},
    labels, menu,
    package_tiles::{self, Coverage},
    paper_canvas::PaperCanvas,
    picked_feature,
    picture::MapPicture,
    pointer,
    reach::{WHOLE_PROVINCE, bounds},
    selected_features::SelectedFeatures,
    sketch::{self, Drawing},
    sketch_edit, slide_pointer,
    tiles::{DatumProjection, TileView},
    user_layers::UserLayers,
};
use crate::{
    app::{Action, FitTarget, State},
    basemap::Basemap,
    geo::mercator,
    scene::{
        self, BaseNames, Padding, Prepared, View, Viewport,
        base_labels::{base_labels, occupied_by_dots},
        county_labels::county_labels,
        labels::{Obstacles, place},
        line_grid::{Occupied, ground_lines, project_lines},
        network_labels::network_labels,
        project_labels::{occupied_by_marks, project_labels},
    },
    sheet::graticule::over_map,
    style::{MapPalette, Mode},
    theme::{Theme, color, paper_fonts},
    tile::TileLook,
};

/// The map's own memory.
pub struct MapView {
    memory: MapMemory,
    pub camera: Camera,
    pub(super) prepared: Arc<Prepared>,
    pub(super) basemap: Option<Arc<Basemap>>,
    pub(super) in_city: Vec<bool>,
    pub(super) base: Option<CachedMesh>,
    pub(super) over: Option<CachedMesh>,
    pub(super) shapes: Vec<scene::Shape>,
    pub(super) answered: u64,
    /// What the camera shows as long as nobody moves it by hand, and the window it was framed for.
    pub(super) following: Option<(FitTarget, egui::Vec2)>,
    box_from: Option<Pos2>,
    /// The vertex of a place that is being dragged.
    held: Option<usize>,
    /// When something was drawn by a click last: the click that follows at once is none of its own.
    drew_at: Option<f64>,
    /// Since when a click on a slide waits for whether it becomes a double click.
    click_waits: Option<f64>,
    widths: labels::Widths,
    /// What lay over the map when it was drawn last, in points from its corner.
    furniture: Vec<Occupied>,
    /// What the user chose; `None` leaves it to the room there is.
    pub legend_open: Option<bool>,
    /// Whether it was open when it was drawn last.
    pub(super) legend_shown: bool,
    /// The map as egui knows it.
    pub(super) id: Option<egui::Id>,
    pub(super) tiles: TileView,
    pub layers: UserLayers,
    pub selected: SelectedFeatures,
    pub(super) picture: MapPicture,
    /// The tiles of a package, while one is chosen.
    pub coverage: Option<Coverage>,
    reach: drawn::Reach,
    /// The view that the state was told last.
    settled: Option<Viewport>,
}

impl MapView {
    /// A map of the state's catalogue. Without a basemap the plain ground is drawn.
    pub fn new(state: &State, basemap: Option<Arc<Basemap>>) -> Self {
        let catalogue = &state.catalogue;
        let city = catalogue.city_extent().unwrap_or(WHOLE_PROVINCE);
        let all = catalogue.extent_of(catalogue.each_project()).map_or(city, |e| e.union(city));
        let viewport = scene::fit(city, [1280.0, 800.0], Padding::even(40.0));
        Self {
            memory: MapMemory::default(),
            camera: Camera::new(viewport, bounds(all)),
            prepared: Arc::new(Prepared::new(catalogue)),
            basemap,
            in_city: catalogue.counties.iter().map(|county| county.in_city).collect(),
            base: None,
            over: None,
            shapes: Vec::new(),
            answered: 0,
            following: None,
            box_from: None,
            held: None,
            drew_at: None,
            click_waits: None,
            widths: labels::Widths::default(),
            furniture: Vec::new(),
            legend_open: None,
            legend_shown: false,
            id: None,
            tiles: TileView::default(),
            layers: UserLayers::default(),
            selected: SelectedFeatures::default(),
            picture: MapPicture::default(),
            reach: drawn::Reach::default(),
            coverage: None,
            settled: None,
        }
    }

    /// Takes other projects. The camera stays where it is; how far it may go follows them.
    pub fn set_catalogue(&mut self, state: &State) {
        let catalogue = &state.catalogue;
        let city = catalogue.city_extent().unwrap_or(WHOLE_PROVINCE);
        let all = catalogue.extent_of(catalogue.each_project()).map_or(city, |e| e.union(city));
        self.camera.set_bounds(bounds(all));
        self.prepared = Arc::new(Prepared::new(catalogue));
        self.in_city = catalogue.counties.iter().map(|county| county.in_city).collect();
        self.base = None;
        self.over = None;
        self.shapes.clear();
    }

    /// Draws the map and says what the user did.
    pub fn show(&mut self, ui: &mut Ui, state: &State, frame: MapFrame) -> Vec<Action> {
        let mut actions = Vec::new();
        let rect = ui.available_rect_before_wrap();
        if self.picture.is_refused() {
            self.layers.on_gpu = false;
        }
        self.camera.resize(rect.width(), rect.height());
        self.camera.set_datum(state.basemaps.datum());
        self.tiles.set_sources(ui.ctx(), state.basemaps.sources());
        let window = ui.ctx().content_rect().size();
        self.answer(state, frame, window);
        self.follow(state, frame, window);
        // A machine that paints slowly shows fewer pictures of a flight, not a longer one.
        let dt = f64::from(ui.input(|i| i.stable_dt)).min(1.0);
        self.camera.advance(dt);
        self.sync_walkers();

        self.paint_ground(ui, rect, state);
        let response = self.lay_out(ui);
        self.tiles.finish();
        accessible_names::map(&response, state);

        ui.data_mut(|d| d.insert_temp(super::corner_id(), response.rect.min));
        self.hold_keyboard(ui, response.id);
        let viewport = self.camera.viewport;
        let grasped =
            sketch_edit::grasp(ui, &response, state, &viewport, &self.shapes, &mut actions);
        self.held = grasped.or(self.held);
        let holds = self.held.is_some();
        let mut pointed = input::handle(ui, &response, &mut self.camera, &mut self.box_from, holds);
        if pointed.moved_by_hand {
            self.following = None;
            if state.tour.is_some() {
                actions.push(Action::TourDetach);
            }
        }
        let theme = Theme::of(state.settings.mode);
        let viewport = self.camera.viewport;
        let drawing = Drawing::of(state, &response, &viewport, &pointed, self.held);
        if !response.dragged() && self.held.take().is_some() {
            actions.extend(drawing.as_ref().and_then(Drawing::let_go));
        }
        self.paint(ui, &response, state, frame);
        sketch::follow(ui, &mut self.drew_at, &mut pointed, drawing.is_some());
        let painter = ui.painter_at(response.rect);
        sketch::paint(&painter, response.rect.min, &viewport, state, drawing.as_ref());
        if state.tour.is_some() {
            let waiting = &mut self.click_waits;
            slide_pointer::act(ui, state, &mut self.camera, &pointed, waiting, &mut actions);
        } else if let Some(drawing) = &drawing {
            drawing.act(ui, &response, state, &viewport, &pointed, &mut actions);
        } else {
            let shapes = &self.shapes;
            pointer::act(ui, &response, state, shapes, &mut self.camera, &pointed, &mut actions);
        }
        input::paint_box(ui, &pointed, theme);
        let filters = |use_| use_ == BoxUse::Filter;
        if let Some((drawn, for_what)) =
            pointed.box_done.filter(|(_, use_)| state.tour.is_none() || !filters(*use_))
        {
            let extent = self.extent_of(drawn, rect);
            actions.push(match for_what {
                BoxUse::Zoom => Action::Fit(FitTarget::Extent(extent)),
                BoxUse::Filter => Action::SetBox(Some(extent)),
            });
        }
        menu::show(ui, &response, state, &self.camera, &mut actions);
        let attribution = self.basemap.as_deref().map_or("", Basemap::attribution);
        let drawing = drawing.as_ref();
        let seen = Seen { viewport: &self.camera.viewport, frame, attribution, drawing };
        let open = &mut self.legend_open;
        let used = furniture::show(ui, rect, state, seen, open, &mut actions);
        self.legend_shown = used.legend_shown;
        if self.furniture != used.covered {
            // Names move out of the way with the next frame.
            self.furniture = used.covered;
            ui.ctx().request_repaint();
        }
        if let Some(levels) = used.zoom {
            self.zoom_by(levels);
            ui.ctx().request_repaint();
        }

        let moving = self.camera.is_moving();
        if moving {
            ui.ctx().request_repaint();
        }
        // A hand that still holds the map has not chosen yet.
        let at_rest = !moving && !response.dragged();
        if at_rest && self.settled != Some(self.camera.viewport) {
            self.settled = Some(self.camera.viewport);
            actions.push(Action::CameraSettled(self.camera.viewport));
        }
        actions
    }

    /// Under the tiles: the ground and the embedded basemap, so that a missing tile is no hole.
    fn paint_ground(&mut self, ui: &Ui, rect: Rect, state: &State) {
        let painter = ui.painter_at(rect);
        let ppp = ui.ctx().pixels_per_point();
        let moving = self.camera.is_moving();
        self.layers.refresh(state, &self.camera.viewport, ppp, moving);
        let fine = state.settings.fine_tiles && ppp > 1.4;
        let look = TileLook { dark: state.settings.mode == Mode::Dark, dense: ppp > 1.2 };
        self.tiles.ask(&self.camera.viewport, fine, look);
        if !self.tiles.refresh_status(ui.input(|i| i.time)) {
            // What woke the window may be told only then.
            ui.ctx().request_repaint_after(std::time::Duration::from_millis(260));
        }
        if self.paints_picture() {
            self.paint_picture(&painter, rect, state, ppp);
            return;
        }
        painter.rect_filled(rect, 0.0, color(MapPalette::of(state.settings.mode).ground));
        if state.basemaps.with_embedded() {
            self.refresh_base(state, ppp);
            if let Some(base) = &mut self.base {
                // Under a clip of its own, as the layers above: egui then keeps it apart.
                let painter = painter.with_clip_rect(rect.shrink(0.01));
                painter.add(Shape::Mesh(base.placed(&self.camera.viewport, rect.min)));
            }
        }
        self.tiles.begin(&painter, &self.camera.viewport, rect);
    }

    /// walkers takes the room, projects and draws the tiles.
    fn lay_out(&mut self, ui: &mut Ui) -> Response {
        let center = mercator::to_lon_lat(self.camera.viewport.center);
        let projection = DatumProjection(self.camera.viewport.datum);
        let mut map = Map::new(
            None::<&mut dyn walkers::Tiles>,
            &mut self.memory,
            lon_lat(center.lon_deg, center.lat_deg),
        )
        .with_projection(&projection)
        .zoom_gesture(false)
        .panning(false)
        .drag_pan_buttons(egui::DragPanButtons::empty());
        if !self.layers.on_gpu {
            for layer in &mut self.tiles.layers {
                map = map.with_layer(layer, 1.0);
            }
        }
        map.show(ui, |_, _, _, _| ()).response
    }

    /// The arrows pan as long as the map has the keyboard: egui would hand it on to the next widget.
    fn hold_keyboard(&mut self, ui: &Ui, id: egui::Id) {
        self.id = Some(id);
        let arrows = egui::EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            ..egui::EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, arrows));
    }

    /// walkers projects and clips; centre and zoom are ours.
    fn sync_walkers(&mut self) {
        let center = mercator::to_lon_lat(self.camera.viewport.center);
        self.memory.center_at(lon_lat(center.lon_deg, center.lat_deg));
        // Our limits lie within those of walkers, so that this cannot be refused.
        let _ = self.memory.set_zoom(self.camera.viewport.zoom);
    }

    pub(super) fn view<'a>(&self, state: &'a State) -> View<'a> {
        let slide = state.slide_on_wall();
        let seen = slide.and_then(|slide| slide.seen.as_ref());
        View {
            shown: if slide.is_some() { &state.decks.passing } else { &state.shown },
            selected: slide.map_or(&state.selected, |slide| &slide.project_ids),
            hover: state.hover.as_deref(),
            counties: match (slide, seen) {
                (_, Some(seen)) => &seen.filter.counties,
                (Some(_), None) => &scene::NO_COUNTIES,
                (None, None) => &state.filter.counties,
            },
            mode: state.settings.mode,
            zoom: self.camera.viewport.zoom,
            language: state.settings.language,
            with_anchors: slide.is_none() || seen.is_some(),
            // What a filter lets pass is the subject, too.
            subject_only: slide.is_some_and(|slide| !slide.project_ids.is_empty())
                && seen.is_none_or(|seen| seen.filter.is_empty()),
        }
    }

    fn paint(&mut self, ui: &Ui, response: &Response, state: &State, frame: MapFrame) {
        let viewport = self.camera.viewport;
        let palette = MapPalette::of(state.settings.mode);
        let theme = Theme::of(state.settings.mode);
        let (painter, origin) = (ui.painter_at(response.rect), response.rect.min);
        let ppp = ui.ctx().pixels_per_point();
        if (state.settings.graticule || !state.basemaps.with_embedded())
            && let Some(fonts) = paper_fonts()
        {
            let lines = over_map(&viewport, frame.padding, palette, fonts);
            crate::paper::paint(&[lines], &mut PaperCanvas::new(painter.clone(), origin, fonts));
        }
        let in_picture = self.paints_picture();
        if !in_picture {
            let clipped = painter.with_clip_rect(response.rect.shrink(0.03));
            self.layers.paint(&clipped, response.rect, &viewport, ppp);
            self.refresh_over(state, ppp);
        }
        if let Some(over) = self.over.as_mut().filter(|_| !in_picture) {
            // Each mesh under a clip of its own: egui then keeps them apart, and does not copy one
            // again and again while it adds the others and the labels to it.
            let painter = painter.with_clip_rect(response.rect.shrink(0.02));
            painter.add(Shape::Mesh(over.placed(&viewport, origin)));
        }

        if let Some(own) = &self.coverage {
            package_tiles::paint(&painter, origin, &viewport, own, theme);
        }
        let moving = self.camera.is_moving();
        self.selected.show(&painter, response.rect, state, &viewport, moving);
        picked_feature::paint(&painter, origin, &viewport, state, theme);
        let view = self.view(state);
        for shape in &self.shapes {
            labels::point_mark(&painter, &viewport, origin, &shape.mark, theme);
        }
        // Slides are read from afar: labels grow with the screen.
        let factor = if frame.presenting { frame.label_factor(&viewport) } else { 1.0 };
        let mut requests =
            project_labels(&state.catalogue, &self.prepared, view, &viewport, factor);
        requests.extend(county_labels(&state.catalogue, &self.prepared, view, &viewport, factor));
        let named = self.base_names(state, &viewport);
        labels::town_dots(&painter, &named.places, view, &viewport, origin, palette);
        requests.extend(network_labels(&named.lines, view, &viewport, factor));
        requests.extend(self.layers.labels(state, &viewport, factor));
        let counties = &state.catalogue.counties;
        requests.extend(base_labels(&named.places, counties, view, &viewport, factor));
        let mut boxes = occupied_by_marks(&self.shapes, view, &viewport);
        boxes.extend(occupied_by_dots(&named.places, viewport.zoom, &viewport));
        boxes.extend(frame.covered(&viewport).into_iter().chain(self.furniture.iter().copied()));
        let outlines = drawn::outlines(&mut self.reach, state);
        let prepared = &self.prepared;
        let lines = project_lines(&state.catalogue, prepared, view, &viewport, &outlines);
        let ground = ground_lines(&named.courses, &viewport);
        let size = [viewport.width_pt, viewport.height_pt];
        let widths = std::cell::RefCell::new(&mut self.widths);
        let placed = place(requests, Obstacles { boxes, lines, ground }, size, &|line, style| {
            widths.borrow_mut().of(&painter, line, style)
        });
        labels::paint(&painter, origin, &placed);
        drawn::paint(&painter, origin, &viewport, &outlines, state, theme);
        accessible_names::pins(ui, response, state, &self.shapes, &viewport);
    }

    /// What the basemap names: a raster from outside has its names in its pixels.
    fn base_names(&mut self, state: &State, viewport: &Viewport) -> Arc<BaseNames> {
        if self.tiles.has_drawn() {
            if !self.layers.on_gpu && self.tiles.has_vector() {
                self.tiles.pieces(viewport);
            }
            return self.tiles.names.clone();
        }
        let basemap = self.basemap.as_ref().filter(|_| state.basemaps.with_embedded());
        basemap.map_or_else(Arc::default, |basemap| Arc::new(basemap.names(viewport)))
    }
}

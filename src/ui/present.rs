//! Presenting: the map fills the screen, words stand beside it or under it.

use std::sync::Arc;

use egui::{
    Align2, Area, Button, Color32, CursorIcon, Id, Mesh, Order, Rect, Role, Sense, Ui, WidgetInfo,
    pos2, vec2,
};

use crate::{
    app::{Action, State, command, tour::Tour},
    layer::style::SEEN_FROM_AFAR,
    map::{MapFrame, MapView, PaperCanvas, kept, own_layers, slide_credits},
    paper::{BoxPt, Item, paint},
    report::{legend::layers_legend, slide::slide_content},
    scene::Padding,
    sheet::{
        Legend,
        slide::{SlideContent, SlideLayout, slide},
        slide_legend::{SlideLegend, slide_legend},
    },
    style::Mode,
    theme::{self, Theme, paper_fonts},
    tr,
};

/// The pointer is hidden after this long without moving.
const HIDE_POINTER_S: f32 = 2.0;
/// The words of a slide give way to those of the next in this time.
const FADE_S: f64 = 0.25;
/// Height that the sizes of a question are for.
const DESIGN_HEIGHT: f32 = 1080.0;

/// Draws the slide over the whole window; `enlarged` is by how much the user wants it larger than
/// usual.
pub fn show(
    ui: &mut Ui,
    state: &State,
    map: &mut MapView,
    enlarged: f32,
    actions: &mut Vec<Action>,
) {
    let Some(tour) = state.tour else { return };
    let theme = Theme::of(state.settings.mode);
    let screen = ui.max_rect();
    let credits = slide_credits(state, map.attribution());
    let layout = laid_out(ui, state, tour, screen, enlarged, credits);
    let foot = layout.as_deref().map(|layout| {
        let BoxPt { left, top, width, height } = layout.credits_box;
        [left, top, left + width, top + height]
    });
    let padding = padding(layout.as_deref(), screen);
    let legend = layout.as_ref().and_then(|layout| own_legend(ui, state, screen, enlarged, layout));
    let laid = legend.as_ref().and_then(|legend| legend.1.as_ref());
    let covered = laid.map(|legend| legend.place.corners());
    let frame = MapFrame { padding, presenting: true, foot, legend: covered, enlarged };
    ui.scope_builder(egui::UiBuilder::new().max_rect(screen), |ui| {
        actions.extend(map.show(ui, state, frame));
    });
    if let Some(layout) = &layout {
        ground(ui, screen, layout, theme);
        words(ui, screen, layout, state.settings.reduce_motion);
    }
    if let (Some(laid), Some(legend)) = (laid, &legend) {
        put(ui, screen, std::slice::from_ref(&laid.item), 1.0);
        let BoxPt { left, top, width, height } = laid.place;
        let place = Rect::from_min_size(screen.min + vec2(left, top), vec2(width, height));
        let node = ui.interact(place, Id::unique("slide-legend"), Sense::hover());
        node.widget_info(|| WidgetInfo::labeled(Role::Label, true, told(&legend.0.0)));
    }
    if let Some(white) = tour.blank {
        let fill = if white { Theme::white() } else { Theme::black() };
        ui.painter().rect_filled(screen, 0.0, fill);
    }
    // Also over a blank screen: whoever presses a key has to see what it did.
    chrome(ui, state, tour, screen, theme, actions);
    let still = ui.input(|i| i.pointer.time_since_last_movement());
    if still > HIDE_POINTER_S {
        ui.ctx().set_cursor_icon(CursorIcon::None);
    } else {
        let wait = std::time::Duration::from_secs_f32(HIDE_POINTER_S - still + 0.05);
        ui.ctx().request_repaint_after(wait);
    }
}

/// What the words leave of the wall.
fn padding(layout: Option<&SlideLayout>, screen: Rect) -> Padding {
    let Some(layout) = layout else { return Padding::default() };
    let (top, bottom) = (screen.height() * 0.03, screen.height() * 0.05);
    if layout.is_tall {
        Padding { top, bottom: layout.words_box.height, ..Padding::default() }
    } else {
        Padding { left: layout.words_box.width, top, right: 0.0, bottom }
    }
}

/// A layout with what it was made for.
type Kept = Arc<(LayoutKey, Arc<SlideLayout>)>;

/// What a layout was made for.
type LayoutKey = (SlideContent, [u32; 3], Mode);

/// The slide's words in their places: made once, not in every frame.
fn laid_out(
    ui: &Ui,
    state: &State,
    tour: Tour,
    screen: Rect,
    enlarged: f32,
    credits: String,
) -> Option<Arc<SlideLayout>> {
    let (language, mode) = (state.settings.language, state.settings.mode);
    let content =
        slide_content(&state.catalogue, &state.decks.shown, tour.slide, language, mode, credits)?;
    let size = [screen.width(), screen.height(), enlarged];
    let made_for: LayoutKey = (content, size.map(f32::to_bits), mode);
    let kept = Id::unique("slide-layout");
    let known = ui.data(|d| d.get_temp::<Kept>(kept)).filter(|known| known.0 == made_for);
    if let Some(known) = known {
        return Some(known.1.clone());
    }
    let palette = Theme::of(mode).map;
    let size_pt = [screen.width(), screen.height()];
    let layout = Arc::new(slide(&made_for.0, size_pt, enlarged, palette, paper_fonts()?));
    ui.data_mut(|d| d.insert_temp::<Kept>(kept, Arc::new((made_for, layout.clone()))));
    Some(layout)
}

/// What a slide's legend was made for: what it tells, the wall, and where the words stand.
type LegendKey = (Legend, [u32; 3], Mode, [BoxPt; 2]);

/// The legend of the user's layers as far as they are seen where the map rests; made once, not in
/// every frame.
fn own_legend(
    ui: &Ui,
    state: &State,
    screen: Rect,
    enlarged: f32,
    layout: &SlideLayout,
) -> Option<Arc<(LegendKey, Option<SlideLegend>)>> {
    let (language, mode) = (state.settings.language, state.settings.mode);
    let (viewport, fonts) = (state.viewport?, paper_fonts()?);
    let legend = layers_legend(&own_layers(state, &viewport, SEEN_FROM_AFAR), language);
    let size_pt = [screen.width(), screen.height()];
    let wall = [size_pt[0], size_pt[1], enlarged].map(f32::to_bits);
    let key: LegendKey = (legend, wall, mode, [layout.words_box, layout.credits_box]);
    Some(kept(ui, "slide-legend-laid-out", key, |(legend, ..)| {
        let left_out = |n: usize| tr!(language, "legend.more", n = n);
        let palette = Theme::of(mode).map;
        slide_legend(legend, size_pt, layout, enlarged, &left_out, palette, fonts)
    }))
}

/// What a legend says, for those who cannot see it.
fn told(legend: &Legend) -> String {
    let entries = legend.groups.iter().flat_map(|group| &group.entries);
    entries.map(|entry| entry.label.as_str()).collect::<Vec<_>>().join(" · ")
}

/// From opaque under the words to nothing over the subject.
fn ground(ui: &Ui, screen: Rect, layout: &SlideLayout, theme: Theme) {
    let mut mesh = Mesh::default();
    let words = layout.words_box;
    let stops: &[(f32, u8)] = if layout.is_tall {
        &[(-0.10, 0), (0.06, 225), (0.16, 250), (1.0, 250)]
    } else {
        &[(0.0, 250), (0.62, 242), (1.0, 170), (1.28, 0)]
    };
    for (i, (at, alpha)) in stops.iter().enumerate() {
        let ink: Color32 = theme.slide_ground(*alpha);
        let ends = if layout.is_tall {
            let y = screen.top() + words.top + words.height * at;
            [pos2(screen.left(), y), pos2(screen.right(), y)]
        } else {
            let x = screen.left() + words.width * at;
            [pos2(x, screen.top()), pos2(x, screen.bottom())]
        };
        for end in ends {
            mesh.colored_vertex(end, ink);
        }
        if let Some(first) = u32::try_from(i).ok().filter(|i| *i > 0).map(|i| i * 2 - 2) {
            mesh.add_triangle(first, first + 1, first + 2);
            mesh.add_triangle(first + 1, first + 3, first + 2);
        }
    }
    ui.painter().add(egui::Shape::mesh(mesh));
}

/// The words on the wall, and those that they replace.
#[derive(Clone)]
struct OnWall {
    now: Arc<SlideLayout>,
    before: Option<Arc<SlideLayout>>,
    since_s: f64,
}

/// Paints the words; those of another slide give way to them.
fn words(ui: &Ui, screen: Rect, layout: &Arc<SlideLayout>, at_once: bool) {
    let now_s = ui.input(|i| i.time);
    let kept = Id::unique("slide-words");
    let known = ui.data(|d| d.get_temp::<OnWall>(kept));
    let mut wall = known.unwrap_or_else(|| OnWall {
        now: layout.clone(),
        before: None,
        since_s: f64::NEG_INFINITY,
    });
    if !Arc::ptr_eq(&wall.now, layout) {
        // Another size of the wall is no other slide: it is there at once.
        let same_wall = wall.now.words_box == layout.words_box;
        let before = (same_wall && wall.now.words != layout.words).then_some(wall.now);
        wall = OnWall { now: layout.clone(), before, since_s: now_s };
    }
    #[expect(clippy::cast_possible_truncation, reason = "a share")]
    let share = (((now_s - wall.since_s) / FADE_S) as f32).clamp(0.0, 1.0);
    let share = if at_once || wall.before.is_none() { 1.0 } else { share };
    if share < 1.0 {
        ui.ctx().request_repaint();
    } else {
        wall.before = None;
    }
    if let Some(before) = &wall.before {
        put(ui, screen, &before.words, 1.0 - share);
    }
    put(ui, screen, &layout.words, share);
    put(ui, screen, &layout.foot, 1.0);
    ui.data_mut(|d| d.insert_temp(kept, wall));
}

fn put(ui: &Ui, screen: Rect, items: &[Item], opacity: f32) {
    let Some(fonts) = paper_fonts() else { return };
    let mut painter = ui.painter_at(screen);
    painter.multiply_opacity(opacity);
    paint(items, &mut PaperCanvas::new(painter, screen.min, fonts));
}

/// The question whether to leave, a number that is being typed, and the way back after the map was
/// moved by hand.
fn chrome(
    ui: &Ui,
    state: &State,
    tour: Tour,
    screen: Rect,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    let now_s = ui.input(|i| i.time);
    let wait_until = |until_s: f64| {
        let left = std::time::Duration::from_secs_f64((until_s - now_s).max(0.0) + 0.02);
        ui.ctx().request_repaint_after(left);
    };
    let scale = (screen.height().min(screen.width()) / DESIGN_HEIGHT).max(0.5);
    let chip = |words: &str| {
        let text = theme::text(words, 27.0 * scale, true).color(theme.on_accent());
        let size = vec2(52.0, 28.0) * scale;
        Button::new(text)
            .fill(theme.accent())
            .corner_radius(10.0 * scale)
            .min_size(size)
            .wrap_mode(egui::TextWrapMode::Extend)
    };
    let area = Area::new(Id::unique("slide-chip")).order(Order::Foreground).fade_in(false);
    let place = vec2(0.0, 0.07 * screen.height());
    let area = area.anchor(Align2::CENTER_TOP, place);
    if let Some(until_s) = tour.leave_until_s.filter(|until| now_s <= *until) {
        wait_until(until_s);
        ui.painter().rect_filled(screen, 0.0, theme.shade());
        area.show(ui.ctx(), |ui| {
            if ui.add(chip(&tr!(language, "tour.leave"))).clicked() {
                actions.push(Action::TourLeave { now_s });
            }
        });
    } else if let Some(number) = tour.typed(now_s) {
        wait_until(tour.typed.map_or(now_s, |typed| typed.until_s));
        area.show(ui.ctx(), |ui| {
            if ui.add(chip(&tr!(language, "tour.typed", n = number))).clicked() {
                actions.push(Action::TourEnter { now_s });
            }
        });
    } else if tour.detached && tour.blank.is_none() {
        let key = command::first_key("return-to-slide");
        area.show(ui.ctx(), |ui| {
            if ui.add(chip(&tr!(language, "tour.back", n = tour.slide + 1, key = key))).clicked() {
                actions.push(Action::TourReturn);
            }
        });
    }
}

//! What stands on the map: scale bar, credits, zoom buttons, legend.

use egui::{Area, Id, Margin, Order, Rect, Sense, Ui, pos2, vec2};

use super::{
    frame::MapFrame,
    kept::{LaidOut, kept},
    legend,
    panel::panel,
    sketch::Drawing,
    sketch_panel, tool_signs,
};
use crate::{
    app::{
        Action, State,
        command::{self, Effect},
        credits,
    },
    font::Fonts,
    report::picture::length_words,
    scene::{Viewport, line_grid::Occupied},
    sheet::{
        Ground,
        scale::{metres_per_point, scale_length},
        scale_bar::tick_bar,
        title,
    },
    style::{MapPalette, Mode},
    theme::{self, Theme, size},
    tr,
};

const BUTTON: f32 = 34.0;
/// Air between two of them.
const AIR: f32 = 14.0;
/// A part of the map with a side shorter than this shows nothing but the map.
const LEAST: f32 = 110.0;
/// Below this width there is no room for the open legend beside the panel of a drawing.
const CROWDED: f32 = 620.0;
/// Height of two lines of credits, which are never too many.
const LINES: f32 = 33.0;
/// Longest scale bar.
const BAR: f32 = 130.0;

/// What the furniture is told of the map.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    pub viewport: &'a Viewport,
    pub frame: MapFrame,
    /// Whom the embedded basemap is owed to.
    pub attribution: &'a str,
    /// What is being drawn.
    pub drawing: Option<&'a Drawing<'a>>,
}

/// What the user did with the furniture.
#[derive(Debug, Clone, Default)]
pub struct Used {
    /// Whether the legend is open.
    pub legend_shown: bool,
    /// Levels to zoom by.
    pub zoom: Option<f64>,
    /// What lies over the map, in points from its corner.
    pub covered: Vec<Occupied>,
}

/// Puts everything into the part of the map that panels leave free.
pub fn show(
    ui: &Ui,
    map: Rect,
    state: &State,
    seen: Seen<'_>,
    legend_open: &mut Option<bool>,
    actions: &mut Vec<Action>,
) -> Used {
    let padding = seen.frame.padding;
    let free = Rect::from_min_max(
        map.min + vec2(padding.left, padding.top),
        map.max - vec2(padding.right, padding.bottom),
    );
    let mut used = Used::default();
    if seen.frame.presenting || free.width() < LEAST || free.height() < LEAST {
        ui.data_mut(|d| d.remove::<Rect>(super::free_id()));
        return used;
    }
    let theme = Theme::of(state.settings.mode);
    if let Some(fonts) = theme::paper_fonts() {
        let credits = credits(ui, free, state, seen, fonts);
        let bar = scale_bar(ui, free, credits.top() - 8.0, state, seen, fonts);
        let inner = Rect::from_min_max(
            free.min + vec2(AIR, LEGEND_HEAD),
            pos2(free.right() - BUTTON - 2.0 * AIR, bar.top() - AIR),
        );
        ui.data_mut(|d| d.insert_temp(super::free_id(), inner));
        let above =
            Rect::from_min_max(free.min, pos2(free.right(), free.bottom() - column(free) - AIR));
        // Beside the panel of a drawing a narrow map has no room for the legend.
        let mut closed = Some(false);
        let is_crowded = seen.drawing.is_some() && free.width() < CROWDED;
        let open = if is_crowded { &mut closed } else { legend_open };
        let legend = legend::show(ui, above, state, seen.viewport, fonts, open);
        used.legend_shown = legend.is_open;
        used.covered.extend([credits, bar, legend.place].map(|place| boxed(place, map)));
    }
    if let Some(drawing) = seen.drawing {
        let place = sketch_panel::show(ui, free, state, drawing, actions);
        used.covered.push(boxed(place, map));
    }
    if let Some((zoom, place)) = buttons(ui, free, state, theme, actions) {
        used.zoom = zoom;
        used.covered.push(boxed(place, map));
    }
    used
}

/// A place on the screen as one on the map, in whole points: what trembles must not move names.
fn boxed(place: Rect, map: Rect) -> Occupied {
    let (min, max) = (place.min - map.min, place.max - map.min);
    [min.x.floor(), min.y.floor(), max.x.ceil(), max.y.ceil()]
}

/// Whom the map owes what, and that it has no review number.
pub fn credit_line(state: &State, attribution: &str) -> String {
    let language = state.settings.language;
    let basemaps = &state.basemaps;
    let basemap = if basemaps.sources().is_empty() {
        credits::of_embedded(attribution, !state.settings.flat_ground, language)
    } else {
        let name = basemaps.chosen.name.get(language);
        of_both(state, attribution, name)
    };
    format!("{basemap} · {}", tr!(language, "credits.source"))
}

/// The owners alone, where the whole line would cover much of a small map; that is told on hovering.
fn short_credits(state: &State) -> String {
    let language = state.settings.language;
    let sources = state.basemaps.sources();
    let mut parts = Vec::new();
    if !sources.is_empty() {
        parts.push(credits::owners(sources, state.basemaps.chosen.name.get(language), language));
    }
    let key = if state.settings.flat_ground { "credits.short" } else { "credits.short_relief" };
    parts.push(tr!(language, key));
    let number = sources.iter().find_map(|source| source.review_number.as_deref());
    parts.push(number.map_or_else(
        || tr!(language, "credits.short_review"),
        |number| tr!(language, "credits.review", number = number),
    ));
    parts.join(" · ")
}

fn of_both(state: &State, attribution: &str, name: &str) -> String {
    let language = state.settings.language;
    let outside = credits::of_sources(state.basemaps.sources(), name, language);
    credits::of_both(&outside, attribution, !state.settings.flat_ground, language)
}

/// The same on a slide: strangers read it. A basemap from outside without an owner is not called by
/// the name of the machine that it comes from.
pub fn slide_credits(state: &State, attribution: &str) -> String {
    let language = state.settings.language;
    if state.basemaps.sources().is_empty() {
        return credit_line(state, attribution);
    }
    let credits = of_both(state, attribution, &tr!(language, "credits.outside"));
    format!("{credits} · {}", tr!(language, "credits.source"))
}

/// Puts the credits at the bottom left and says where they stand.
fn credits(ui: &Ui, free: Rect, state: &State, seen: Seen<'_>, fonts: &Fonts) -> Rect {
    /// Credits take no larger part of the map's height.
    const MOST_SHARE: f32 = 0.12;
    let whole = credit_line(state, seen.attribution);
    let beside = free.width() - BUTTON - 3.0 * AIR;
    let width = (free.width() - 144.0).max(beside.min(240.0));
    let made_for = |line: String| (line, width.to_bits(), state.settings.mode);
    let laid_out = |(line, _, mode): &(String, u32, Mode)| {
        let palette = MapPalette::of(*mode);
        let block = title::credits(std::slice::from_ref(line), width, palette, fonts);
        let ground = Ground { fill: palette.panel.with_alpha(232), corner_pt: 3.0, rim: None };
        LaidOut::new(block.padded([6.0, 1.0]).grounded(&ground))
    };
    let mut known = kept(ui, "map-credits", made_for(whole.clone()), laid_out);
    let is_short = known.1.size_pt[1] > (MOST_SHARE * free.height()).max(LINES);
    if is_short {
        known = kept(ui, "map-credits-short", made_for(short_credits(state)), laid_out);
    }
    let made = &known.1;
    let corner = pos2(free.left() + 6.0, free.bottom() - made.size_pt[1] - 5.0);
    let place = made.put(ui.painter_at(free), corner, fonts);
    if is_short {
        let id = Id::unique("map-credits-whole");
        ui.interact(place, id, Sense::hover()).on_hover_text(theme::text(
            &whole,
            size::SMALL,
            false,
        ));
    }
    place
}

/// Puts the scale bar at the left, above a height, and says where it stands.
fn scale_bar(
    ui: &Ui,
    free: Rect,
    bottom: f32,
    state: &State,
    seen: Seen<'_>,
    fonts: &Fonts,
) -> Rect {
    let bar = metres_per_point(seen.viewport).and_then(|metres| scale_length(metres, BAR));
    let Some(bar) = bar else {
        return Rect::from_min_size(pos2(free.left() + 14.0, bottom), vec2(0.0, 0.0));
    };
    let made_for = (bar, state.settings.language, state.settings.mode);
    let known = kept(ui, "map-scale-bar", made_for, |&(bar, language, mode)| {
        let palette = MapPalette::of(mode);
        let about = tr!(language, "scale.about");
        let casing = Some(palette.panel);
        LaidOut::new(tick_bar(bar, &about, &length_words(), casing, palette, fonts))
    });
    let made = &known.1;
    let corner = pos2(free.left() + 14.0, bottom - made.size_pt[1]);
    made.put(ui.painter_at(free), corner, fonts)
}

/// Signs that no font has are painted.
const BUTTONS: [(&str, &str); 5] =
    [("", "measure"), ("", "draw-filter"), ("+", "zoom-in"), ("−", "zoom-out"), ("⌂", "fit-city")];
/// Room under the buttons, for the last line of the credits.
const UNDER: f32 = 26.0;
/// Room that the head of the legend takes above them.
const LEGEND_HEAD: f32 = 56.0;

/// Room for a few rows of the legend.
const LEGEND_ROWS: f32 = 90.0;

/// Which of the buttons have room: all, those that move, those that zoom, or none. Keys do the same.
fn fitting(free: Rect) -> &'static [(&'static str, &'static str)] {
    let room = free.height() - UNDER - LEGEND_HEAD;
    let fits = |n: usize, air: f32| n as f32 * BUTTON + air <= room;
    let shown = if fits(BUTTONS.len(), LEGEND_ROWS) {
        0..BUTTONS.len()
    } else if fits(3, 0.0) {
        2..5
    } else if fits(2, 0.0) {
        2..4
    } else {
        0..0
    };
    BUTTONS.get(shown).unwrap_or_default()
}

/// Height of the buttons and of what is under them.
fn column(free: Rect) -> f32 {
    fitting(free).len() as f32 * BUTTON + UNDER
}

fn buttons(
    ui: &Ui,
    free: Rect,
    state: &State,
    theme: Theme,
    actions: &mut Vec<Action>,
) -> Option<(Option<f64>, Rect)> {
    let language = state.settings.language;
    let shown = fitting(free);
    if shown.is_empty() {
        return None;
    }
    let corner = pos2(free.right() - BUTTON - 14.0, free.bottom() - column(free));
    let area = Area::new(Id::unique("map-buttons")).order(Order::Middle).fade_in(false);
    let mut zoom = None;
    let shown = area.fixed_pos(corner).show(ui.ctx(), |ui| {
        panel(theme).inner_margin(Margin::same(0)).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
            for (sign, id) in shown {
                let is_on = command::named(id).is_some_and(|command| command.is_on(state));
                let fill = if is_on { theme.accent() } else { egui::Color32::TRANSPARENT };
                let button = egui::Button::new(theme::text(*sign, 18.0, false))
                    .fill(fill)
                    .min_size(vec2(BUTTON, BUTTON));
                let response = ui.add(button);
                let name = command::name(id, language);
                if sign.is_empty() {
                    let ink = if is_on { theme.on_accent() } else { theme.ink() };
                    tool_signs::paint(ui.painter(), response.rect, id, ink);
                    response.widget_info(|| {
                        egui::WidgetInfo::selected(egui::Role::Button, true, is_on, name.clone())
                    });
                } else {
                    response.widget_info(|| {
                        egui::WidgetInfo::labeled(egui::Role::Button, true, name.clone())
                    });
                }
                if response.on_hover_text(command::hint(id, language)).clicked() {
                    let asked = command::press(id, state);
                    actions.extend(asked.actions);
                    for effect in asked.effects {
                        if let Effect::Zoom(levels) = effect {
                            zoom = Some(levels);
                        }
                    }
                }
            }
        });
    });
    Some((zoom, shown.response.rect))
}

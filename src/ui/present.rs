//! Presenting: the map fills the screen, words stand on the left third.

use egui::{Align2, Color32, CursorIcon, Mesh, Pos2, Rect, Ui, pos2, vec2};

use crate::{
    app::{Action, State, command, tour::Tour},
    catalogue::{Slide, SlideFigure},
    map::{MapFrame, MapView, credit_line},
    scene::{Padding, compose::kind_color},
    theme::{self, Theme, color},
    tr,
};

/// Height the sizes below are for.
const DESIGN_HEIGHT: f32 = 1080.0;
/// Share of the width that the words take.
const WORDS: f32 = 0.34;
/// The pointer is hidden after this long without moving.
const HIDE_POINTER_S: f32 = 2.0;

/// Draws the slide over the whole window.
pub fn show(ui: &mut Ui, state: &State, map: &mut MapView, actions: &mut Vec<Action>) {
    let Some(tour) = state.tour else { return };
    let Some(slide) = state.catalogue.slides.get(tour.slide) else { return };
    let theme = Theme::of(state.settings.mode);
    let screen = ui.max_rect();
    let scale = (screen.height() / DESIGN_HEIGHT).min(screen.width() / 1600.0).max(0.3);
    let words_width = screen.width() * WORDS;
    let frame = MapFrame {
        padding: Padding {
            left: words_width,
            top: screen.height() * 0.03,
            right: 0.0,
            bottom: screen.height() * 0.05,
        },
        presenting: true,
    };
    ui.scope_builder(egui::UiBuilder::new().max_rect(screen), |ui| {
        actions.extend(map.show(ui, state, frame));
    });
    ground(ui, screen, words_width, theme);
    let page = Page { ui, state, theme, scale, left: screen.left() + 0.05 * screen.width() };
    page.words(slide, screen, words_width);
    page.number(tour, screen);
    page.credits(&credit_line(state, map.attribution()), screen);
    chrome(ui, state, tour, screen, scale, theme);
    let still = ui.input(|i| i.pointer.time_since_last_movement());
    if still > HIDE_POINTER_S {
        ui.ctx().set_cursor_icon(CursorIcon::None);
    } else {
        let wait = std::time::Duration::from_secs_f32(HIDE_POINTER_S - still + 0.05);
        ui.ctx().request_repaint_after(wait);
    }
    if let Some(white) = tour.blank {
        let fill = if white { Theme::white() } else { Theme::black() };
        ui.painter().rect_filled(screen, 0.0, fill);
    }
}

/// From opaque under the words to nothing over the subject.
fn ground(ui: &Ui, screen: Rect, words_width: f32, theme: Theme) {
    let mut mesh = Mesh::default();
    let stops = [(0.0, 250), (0.62, 242), (1.0, 170), (1.28, 0)];
    for (i, (at, alpha)) in stops.into_iter().enumerate() {
        let x = screen.left() + words_width * at;
        let ink: Color32 = theme.slide_ground(alpha);
        mesh.colored_vertex(pos2(x, screen.top()), ink);
        mesh.colored_vertex(pos2(x, screen.bottom()), ink);
        if let Some(first) = u32::try_from(i).ok().filter(|i| *i > 0).map(|i| i * 2 - 2) {
            mesh.add_triangle(first, first + 1, first + 2);
            mesh.add_triangle(first + 1, first + 3, first + 2);
        }
    }
    ui.painter().add(egui::Shape::mesh(mesh));
}

struct Page<'a> {
    ui: &'a Ui,
    state: &'a State,
    theme: Theme,
    scale: f32,
    left: f32,
}

impl Page<'_> {
    fn text(
        &self,
        at: Pos2,
        words: &str,
        points: f32,
        bold: bool,
        ink: Color32,
        width: f32,
    ) -> f32 {
        let font = theme::font((points * self.scale * 2.0).round() / 2.0, bold);
        let galley = self.ui.painter().layout(words.to_owned(), font, ink, width);
        let height = galley.size().y;
        self.ui.painter().galley(at, galley, ink);
        height
    }

    fn words(&self, slide: &Slide, screen: Rect, words_width: f32) {
        let language = self.state.settings.language;
        let s = self.scale;
        let width = words_width - (self.left - screen.left());
        let mut y = screen.top() + 0.105 * screen.height();
        let bar = Rect::from_min_size(pos2(self.left, y), vec2(62.0 * s, 5.0 * s));
        self.ui.painter().rect_filled(bar, 2.0, self.theme.accent());
        y += 30.0 * s;
        let kicker = slide.kicker.get(language);
        y +=
            self.text(pos2(self.left, y), kicker, 26.0, false, self.theme.muted(), width) + 8.0 * s;
        let title = slide.title.get(language);
        let longest = title.lines().map(|l| l.chars().count()).max().unwrap_or(1) as f32;
        let em = if language.is_english() { 0.56 } else { 1.04 };
        let points = (width / s / (longest * em)).clamp(34.0, 64.0);
        y += self.text(pos2(self.left, y), title, points, true, self.theme.ink(), width * 1.1)
            + 18.0 * s;
        for figure in &slide.figures {
            y = self.figure(figure, y, width);
        }
        y += 10.0 * s;
        let caption = slide.caption.get(language);
        y +=
            self.text(pos2(self.left, y), caption, 27.0, false, self.theme.ink(), width) + 18.0 * s;
        self.strip(slide, y, width);
    }

    fn figure(&self, figure: &SlideFigure, y: f32, width: f32) -> f32 {
        let language = self.state.settings.language;
        let s = self.scale;
        let mut label = figure.label.get(language).to_owned();
        if figure.approx {
            label = format!("{label} · {}", tr!(language, "approx_word"));
        }
        let mut y =
            y + self.text(pos2(self.left, y), &label, 23.0, false, self.theme.muted(), width);
        let value = figure.value.get(language);
        let font = theme::font((82.0 * s * 2.0).round() / 2.0, true);
        let accent = self.theme.accent();
        let painter = self.ui.painter();
        let number = painter.layout_no_wrap(value.to_owned(), font, accent);
        let size = number.size();
        // The line box of 82 points has more air than a slide wants.
        let top = y - size.y * 0.13;
        painter.galley(pos2(self.left, top), number, accent);
        // Counts have no unit in English.
        let unit = figure.unit.only(language);
        let unit_at = pos2(self.left + size.x + 14.0 * s, top + size.y * 0.80);
        let font = theme::font((28.0 * s * 2.0).round() / 2.0, false);
        painter.text(unit_at, Align2::LEFT_BOTTOM, unit, font, self.theme.ink());
        y += size.y * 0.78 + 10.0 * s;
        y
    }

    /// Counties along the subject, as a strip with a line of words.
    fn strip(&self, slide: &Slide, y: f32, width: f32) {
        let catalogue = &self.state.catalogue;
        let lines: Vec<_> = slide
            .project_ids
            .iter()
            .filter_map(|id| catalogue.project(id))
            .filter(|p| p.length_km.is_some() && p.counties.len() > 1)
            .collect();
        let [project] = lines.as_slice() else { return };
        let Some(total) = project.length_km else { return };
        let s = self.scale;
        let own = kind_color(catalogue, &project.kind, self.state.settings.mode);
        let mut x = self.left;
        for (i, share) in project.counties.iter().enumerate() {
            #[expect(clippy::cast_possible_truncation, reason = "a share of the width")]
            let part = (share.length_km.unwrap_or(0.0) / total) as f32 * width * 0.92;
            let t = [0.0, 0.45, 0.2, 0.6, 0.3][i % 5];
            let ink = color(own.mix(self.theme.map.panel, t));
            let rect = Rect::from_min_size(pos2(x, y), vec2((part - 2.0).max(1.0), 10.0 * s));
            self.ui.painter().rect_filled(rect, 2.0, ink);
            x += part;
        }
        let km = format!("{total:.0}");
        let n = project.counties.iter().filter(|share| share.length_km.is_some()).count();
        let words = tr!(self.state.settings.language, "tour.passes", n = n, km = km);
        self.text(pos2(self.left, y + 18.0 * s), &words, 21.0, false, self.theme.muted(), width);
    }

    /// Always on the picture, also when it is photographed.
    fn credits(&self, words: &str, screen: Rect) {
        let font = theme::font(14.5 * self.scale, false);
        let width = screen.width() * 0.86;
        let galley = self.ui.painter().layout(words.to_owned(), font, self.theme.muted(), width);
        let at = pos2(self.left, screen.bottom() - 0.028 * screen.height() - galley.size().y);
        let ground = Rect::from_min_size(at, galley.size()).expand2(vec2(8.0, 4.0) * self.scale);
        let fill = self.theme.slide_ground(170);
        self.ui.painter().rect_filled(ground, 4.0, fill);
        self.ui.painter().galley(at, galley, self.theme.muted());
    }

    fn number(&self, tour: Tour, screen: Rect) {
        let all = self.state.catalogue.slides.len();
        let words = tr!(self.state.settings.language, "tour.of", n = tour.slide + 1, all = all);
        let at = screen.right_bottom() - vec2(0.03 * screen.width(), 0.028 * screen.height());
        let font = theme::font(20.0 * self.scale, false);
        self.ui.painter().text(at, Align2::RIGHT_BOTTOM, words, font, self.theme.muted());
    }
}

/// The question whether to leave, and the way back after the map was moved by hand.
fn chrome(ui: &Ui, state: &State, tour: Tour, screen: Rect, scale: f32, theme: Theme) {
    let language = state.settings.language;
    let now = ui.input(|i| i.time);
    let asks = tour.leave_until_s.filter(|until| now <= *until);
    let words = if let Some(until) = asks {
        let left = std::time::Duration::from_secs_f64((until - now).max(0.0) + 0.02);
        ui.ctx().request_repaint_after(left);
        Some(tr!(language, "tour.leave"))
    } else {
        tour.detached.then(|| {
            let key = command::first_key("return-to-slide");
            tr!(language, "tour.back", n = tour.slide + 1, key = key)
        })
    };
    let Some(words) = words else { return };
    if asks.is_some() {
        ui.painter().rect_filled(screen, 0.0, theme.shade());
    }
    let font = theme::font(26.0 * scale, true);
    let galley = ui.painter().layout_no_wrap(words, font, theme.on_accent());
    let middle = pos2(screen.center().x, screen.top() + 0.09 * screen.height());
    let rect = Align2::CENTER_CENTER.anchor_size(middle, galley.size());
    ui.painter().rect_filled(rect.expand2(vec2(26.0, 14.0) * scale), 10.0 * scale, theme.accent());
    ui.painter().galley(rect.min, galley, theme.on_accent());
}

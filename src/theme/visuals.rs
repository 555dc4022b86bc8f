//! egui's own widgets in our colours.

use egui::{
    Context, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, TextStyle, Visuals,
    style::WidgetVisuals, vec2,
};

use super::{Theme, size};
use crate::style::Mode;

/// Sets style and visuals for a mode.
pub fn apply(ctx: &Context, mode: Mode) {
    let theme = Theme::of(mode);
    ctx.set_theme(match mode {
        Mode::Light => egui::Theme::Light,
        Mode::Dark => egui::Theme::Dark,
    });
    ctx.all_styles_mut(|style| {
        style.visuals = visuals(mode, theme);
        style.text_styles = [
            (TextStyle::Small, size::SMALL),
            (TextStyle::Body, size::BODY),
            (TextStyle::Button, size::BODY),
            (TextStyle::Monospace, size::SMALL),
            (TextStyle::Heading, size::TITLE),
        ]
        .map(|(name, points)| (name, FontId::new(points, FontFamily::Proportional)))
        .into();
        style.spacing.item_spacing = vec2(8.0, 6.0);
        style.spacing.button_padding = vec2(10.0, 4.0);
        style.spacing.interact_size = vec2(28.0, 26.0);
        style.spacing.window_margin = Margin::same(16);
        style.spacing.scroll.floating = true;
        style.interaction.selectable_labels = false;
        style.interaction.tooltip_delay = 0.25;
        style.animation_time = 0.12;
    });
}

fn visuals(mode: Mode, theme: Theme) -> Visuals {
    let mut v = match mode {
        Mode::Light => Visuals::light(),
        Mode::Dark => Visuals::dark(),
    };
    let radius = CornerRadius::same(size::RADIUS);
    let widget = |fill, stroke, ink| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: stroke,
        corner_radius: radius,
        fg_stroke: Stroke::new(1.0, ink),
        expansion: 0.0,
    };
    let line = Stroke::new(1.0, theme.hairline());
    v.panel_fill = theme.panel();
    v.window_fill = theme.panel();
    v.window_stroke = line;
    v.window_corner_radius = CornerRadius::same(10);
    v.menu_corner_radius = CornerRadius::same(8);
    v.window_shadow = Shadow { offset: [0, 6], blur: 24, spread: 0, color: theme.shadow() };
    v.popup_shadow = Shadow { offset: [0, 3], blur: 12, spread: 0, color: theme.shadow() };
    v.extreme_bg_color = theme.chip();
    v.faint_bg_color = theme.chip();
    v.hyperlink_color = theme.accent();
    v.selection.bg_fill = theme.selection();
    v.selection.stroke = Stroke::new(1.0, theme.accent());
    v.widgets.noninteractive = widget(theme.panel(), line, theme.ink());
    v.widgets.inactive = widget(theme.chip(), Stroke::NONE, theme.ink());
    v.widgets.hovered = widget(theme.chip(), Stroke::new(1.0, theme.muted()), theme.ink());
    v.widgets.active = widget(theme.selection(), Stroke::new(1.0, theme.accent()), theme.ink());
    v.widgets.open = widget(theme.chip(), line, theme.ink());
    v
}

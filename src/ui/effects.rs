//! What commands ask of the window itself.

use egui::{Context, ViewportCommand, gui_zoom};

use super::{basemaps::Typed, plan_text::PlanText, top::Search};
use crate::{
    app::command::{Effect, Field, ScaleStep},
    map::MapView,
};

/// Does one of them.
pub fn carry_out(
    effect: Effect,
    ctx: &Context,
    map: &mut MapView,
    search: &mut Search,
    typed: &mut Typed,
    text: &mut PlanText,
) {
    match effect {
        Effect::Focus(Field::Search) => search.wanted = true,
        Effect::Focus(Field::PlanText) => text.find.wanted = true,
        Effect::Focus(field) => typed.wanted = Some(field),
        Effect::Pan([x, y]) => map.pan_by([x, y]),
        Effect::Zoom(levels) => map.zoom_by(levels),
        Effect::Copy(text) => ctx.copy_text(text),
        Effect::ToggleLegend => map.toggle_legend(),
        Effect::FullScreen => {
            let full = ctx.input(|i| i.viewport().fullscreen.unwrap_or(false));
            ctx.send_viewport_cmd(ViewportCommand::Fullscreen(!full));
        }
        Effect::Scale(ScaleStep::Up) => gui_zoom::zoom_in(ctx),
        Effect::Scale(ScaleStep::Down) => gui_zoom::zoom_out(ctx),
        Effect::Scale(ScaleStep::Back) => ctx.set_zoom_factor(1.0),
        Effect::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
    }
}

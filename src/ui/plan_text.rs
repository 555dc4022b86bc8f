//! The plan's text, readable: sentences that name projects are marked and can be clicked.

use egui::{Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use super::{
    paragraph::{Set, gap},
    plan_find::{Find, Marking},
    plan_layout::{Block, Marked, blocks, estimate, lay_out, named},
    plan_marks::Marks,
};
use crate::{
    app::{Action, ReviewStep, State},
    theme::{self, Theme, size},
    tr,
    units::TextRange,
};

/// Frames in which a place that was scrolled to is put right.
const FRAMES_TO_AIM: u8 = 24;

/// Paragraphs, prepared once, and what was scrolled to last.
pub struct PlanText {
    blocks: Vec<Block>,
    /// Whether each sentence names a project.
    named: Vec<bool>,
    answered: u64,
    /// Words that are being scrolled to, and in how many frames more that may be put right.
    aim: Option<(TextRange, u8)>,
    /// Heights of the paragraphs at a width, so that only what is seen is laid out.
    heights: Vec<f32>,
    width: f32,
    pub find: Find,
    marking: Marking,
}

impl PlanText {
    /// Marks the sentences anew after projects have changed; the text is the same.
    pub fn name_again(&mut self, state: &State) {
        self.named = named(state);
    }

    /// Splits the text of the state's plan.
    pub fn new(state: &State) -> Self {
        let plan = &state.catalogue.plan;
        let named = named(state);
        let blocks = blocks(plan);
        Self {
            blocks,
            named,
            answered: 0,
            aim: None,
            heights: Vec::new(),
            width: 0.0,
            find: Find::default(),
            marking: Marking::default(),
        }
    }

    /// The words that are chosen: those that were dragged over, else those that were found.
    pub fn chosen(&self) -> Option<TextRange> {
        self.marking.range().or_else(|| self.find.places().0)
    }

    /// Nothing is chosen any more.
    pub fn choose_nothing(&mut self) {
        self.marking.clear();
        self.find.close();
    }

    /// Draws the text into all of the ui, with what was recognised marked in it.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        state: &State,
        marks: &Marks,
        theme: Theme,
        actions: &mut Vec<Action>,
    ) {
        let margin = 20.0;
        let found = self.find.show(ui, state, theme);
        self.marking.copy(ui, state);
        let width = (ui.available_width() - 2.0 * margin - 8.0).max(120.0);
        let mut guessed = false;
        if (width - self.width).abs() > 0.5 || self.heights.len() != self.blocks.len() {
            guessed = true;
            self.width = width;
            self.heights = self.blocks.iter().map(|block| estimate(state, block, width)).collect();
        }
        let target = state.words.filter(|words| words.number != self.answered);
        if let Some(words) = target {
            self.answered = words.number;
        }
        if let Some(range) = found.or(target.map(|words| words.range)) {
            self.aim = Some((range, FRAMES_TO_AIM));
        }
        let scroll_to = self.aim.map(|(range, _)| self.top_of(range));
        let mut area = ScrollArea::vertical().id_salt("plan-text").auto_shrink(false);
        if let Some(top) = scroll_to {
            area = area.vertical_scroll_offset((top - 90.0).max(0.0));
        }
        let total: f32 = self.heights.iter().sum::<f32>() + 40.0;
        let shown = area.show_viewport(ui, |ui, seen| {
            ui.set_height(total);
            self.scroll_at_edge(ui);
            let origin = ui.min_rect().min;
            let mut y = 12.0;
            for i in 0..self.blocks.len() {
                let height = self.heights.get(i).copied().unwrap_or(0.0);
                if y + height > seen.min.y - 100.0 && y < seen.max.y + 100.0 {
                    let at = origin + vec2(margin, y);
                    let real = self.block(ui, i, at, (state, marks), theme, actions);
                    if let Some(known) =
                        self.heights.get_mut(i).filter(|h| (**h - real).abs() > 0.5)
                    {
                        *known = real;
                        guessed = true;
                        ui.ctx().request_repaint();
                    }
                }
                y += height;
            }
        });
        // A panel that has just opened changes its width, and heights are guesses until they are seen:
        // the place is aimed at for a while, unless the user goes elsewhere.
        let goes =
            ui.input(|i| i.pointer.any_down() || i.smooth_scroll_delta() != egui::Vec2::ZERO);
        self.aim = self.aim.filter(|_| !goes);
        self.aim = self.aim.and_then(|(range, left)| Some((range, left.checked_sub(1)?)));
        if guessed || self.aim.is_some() {
            ui.ctx().request_repaint();
        }
        self.recognised(ui, shown.inner_rect, total, marks, theme);
        self.marks(ui, shown.inner_rect, total, theme);
    }

    /// While words are selected, the pointer at an edge scrolls on: the faster, the farther it is out.
    fn scroll_at_edge(&self, ui: &Ui) {
        /// So near an edge, in points.
        const EDGE: f32 = 26.0;
        /// Points a second for each point beyond that.
        const SPEED: f32 = 14.0;
        let Some(pos) = ui.input(|i| i.pointer.interact_pos()).filter(|_| self.marking.is_held())
        else {
            return;
        };
        let seen = ui.clip_rect();
        let beyond =
            (pos.y - (seen.bottom() - EDGE)).max(0.0) - (seen.top() + EDGE - pos.y).max(0.0);
        if beyond != 0.0 {
            let seconds = ui.input(|i| i.stable_dt).min(0.1);
            let delta = vec2(0.0, -beyond.clamp(-80.0, 80.0) * SPEED * seconds);
            ui.scroll_with_delta_animation(delta, egui::style::ScrollAnimation::none());
            ui.ctx().request_repaint();
        }
    }

    /// Where what was recognised stands in the whole text, beside the scroll bar.
    fn recognised(&self, ui: &Ui, area: Rect, total: f32, marks: &Marks, theme: Theme) {
        let painter = ui.painter_at(area);
        let mut tops = Tops::new(&self.blocks, &self.heights);
        for item in marks.items() {
            let y = area.top() + tops.of(item.words) / total.max(1.0) * area.height();
            let right = area.right() - 1.0;
            painter.hline(right - 5.0..=right, y, egui::Stroke::new(1.5, theme.tone(item.tone)));
        }
    }

    /// Where the words that are looked for stand in the whole text, beside the scroll bar.
    fn marks(&self, ui: &Ui, area: Rect, total: f32, theme: Theme) {
        let (shown, places) = self.find.places();
        let painter = ui.painter_at(area);
        let mut last = f32::NEG_INFINITY;
        for place in places {
            let y = area.top() + self.top_of(*place) / total.max(1.0) * area.height();
            let is_shown = Some(*place) == shown;
            // Marks on one pixel are one.
            if y - last < 1.0 && !is_shown {
                continue;
            }
            last = y;
            let (width, ink) = if is_shown {
                (8.0, theme.accent())
            } else {
                (5.0, theme.accent().gamma_multiply(0.6))
            };
            let right = area.right() - 1.0;
            painter.hline(right - width..=right, y, egui::Stroke::new(2.0, ink));
        }
    }

    fn top_of(&self, range: TextRange) -> f32 {
        Tops::new(&self.blocks, &self.heights).of(range)
    }

    fn block(
        &mut self,
        ui: &mut Ui,
        index: usize,
        at: egui::Pos2,
        (state, marks): (&State, &Marks),
        theme: Theme,
        actions: &mut Vec<Action>,
    ) -> f32 {
        let Some(block) = self.blocks.get(index) else { return 0.0 };
        let inset = if block.set == Set::Box { 12.0 } else { 0.0 };
        let marked = Marked {
            named: &self.named,
            found: self.find.places(),
            chosen: self.marking.range(),
            marks,
        };
        let (job, spans) = lay_out(block, state, &marked, self.width - 2.0 * inset);
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        let at = at + vec2(inset, if block.set == Set::Chapter { 14.0 } else { 0.0 });
        let rect = Rect::from_min_size(at, galley.size());
        if block.set == Set::Box {
            let ground = rect.expand2(vec2(inset, 5.0)).with_max_x(rect.min.x + self.width - inset);
            ui.painter().rect_filled(ground, 0.0, theme.chip());
        }
        let id = ui.scope_id().with(("block", index));
        let response = ui.interact(rect, id, Sense::click_and_drag());
        let text = state.catalogue.plan.text.slice(block.range).to_owned();
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text.clone()));
        let (from, text_of) = (block.range.start, state.catalogue.plan.text.slice(block.range));
        let byte_at = |pos: egui::Pos2| {
            let index: usize = galley.cursor_from_pos(pos - at).index.into();
            from + text_of.char_indices().nth(index).map_or(text_of.len(), |(byte, _)| byte)
        };
        // Beyond the edge of what is seen a drag means its last line.
        let clip = ui.clip_rect();
        let inside = |pos: egui::Pos2| egui::pos2(pos.x, pos.y.clamp(clip.top(), clip.bottom()));
        let pointer = ui.input(|i| i.pointer.interact_pos()).map(inside);
        // The drag belongs to the paragraph where it began; each takes what lies on it.
        let over = pointer.filter(|pos| (rect.top()..rect.bottom()).contains(&pos.y));
        let dragging = ui.input(|i| i.pointer.primary_down() && i.pointer.is_decidedly_dragging());
        let marking = &mut self.marking;
        if response.drag_started() {
            let origin = ui.input(|i| i.pointer.press_origin());
            marking.begin(byte_at(origin.or(pointer).unwrap_or(at)));
        } else if response.clicked() {
            marking.clear();
        }
        let is_marking = marking.is_going_on(dragging);
        if let Some(pos) = pointer.filter(|_| response.clicked() && state.review.is_some()) {
            actions.push(Action::Review(ReviewStep::GoTo(byte_at(pos))));
        }
        if let Some(pos) = over.filter(|_| is_marking) {
            marking.go_on(byte_at(pos));
        }
        let sentence_at = |pos: egui::Pos2| {
            let cursor = galley.cursor_from_pos(pos - at);
            let index = cursor.index.into();
            spans.iter().find(|(_, chars)| chars.contains(&index)).map(|(sentence, _)| *sentence)
        };
        let under = response.hover_pos().and_then(sentence_at);
        let is_named = |s: &usize| self.named.get(*s).copied().unwrap_or(false);
        let leads = under.filter(|s| state.review.is_none() && is_named(s));
        if let Some(sentence) = leads {
            ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
            if response.clicked() {
                actions.push(Action::ClickSentence(sentence));
            }
            let n = state.catalogue.projects_in_sentence(sentence).len();
            let hint = tr!(state.settings.language, "text.sentence", n = n);
            response.on_hover_text_at_pointer(theme::text(hint, size::SMALL, false));
        }
        ui.painter().galley(at, galley.clone(), theme.ink());
        galley.size().y + gap(block.set)
    }
}

/// Where words stand from the top; asked for in the order of the text, it looks at each paragraph once.
struct Tops<'a> {
    blocks: &'a [Block],
    heights: &'a [f32],
    block: usize,
    y: f32,
}

impl<'a> Tops<'a> {
    const fn new(blocks: &'a [Block], heights: &'a [f32]) -> Self {
        Self { blocks, heights, block: 0, y: 12.0 }
    }

    fn of(&mut self, range: TextRange) -> f32 {
        while let (Some(block), Some(height)) =
            (self.blocks.get(self.block), self.heights.get(self.block))
        {
            if range.start < block.range.end {
                let length = (block.range.end - block.range.start).max(1) as f32;
                let into = range.start.saturating_sub(block.range.start) as f32 / length;
                return self.y + into * height;
            }
            self.y += height;
            self.block += 1;
        }
        self.y
    }
}

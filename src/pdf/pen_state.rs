//! What a page's content has set: it is told again only where it changes.

use pdf_writer::{
    Content,
    types::{LineCapStyle, LineJoinStyle},
};

use super::resources::Resources;
use crate::{
    paper::{Corners, Ends, Pen},
    style::Rgba,
};

/// Colours, line and transparency at one place of the content.
#[derive(Debug, Clone, PartialEq)]
pub struct PenState {
    fill: Option<[u8; 3]>,
    stroke: Option<[u8; 3]>,
    /// Opacity of fills and of strokes.
    alpha: [u8; 2],
    width: f32,
    cap: LineCapStyle,
    join: LineJoinStyle,
    dash: Option<(Vec<f32>, f32)>,
}

impl Default for PenState {
    /// As a page begins.
    fn default() -> Self {
        Self {
            fill: None,
            stroke: None,
            alpha: [255; 2],
            width: 1.0,
            cap: LineCapStyle::ButtCap,
            join: LineJoinStyle::MiterJoin,
            dash: None,
        }
    }
}

impl PenState {
    pub fn fill(&mut self, Rgba(r, g, b, a): Rgba, content: &mut Content, used: &mut Resources) {
        if self.fill != Some([r, g, b]) {
            let [r, g, b] = [r, g, b].map(channel);
            content.set_fill_rgb(r, g, b);
        }
        self.fill = Some([r, g, b]);
        self.opacity([a, self.alpha[1]], content, used);
    }

    pub fn pen(&mut self, pen: &Pen, content: &mut Content, used: &mut Resources) {
        let Rgba(r, g, b, a) = pen.color;
        if self.stroke != Some([r, g, b]) {
            let [r, g, b] = [r, g, b].map(channel);
            content.set_stroke_rgb(r, g, b);
        }
        self.stroke = Some([r, g, b]);
        self.opacity([self.alpha[0], a], content, used);
        let width = rounded(pen.width_pt);
        if self.width.total_cmp(&width).is_ne() {
            content.set_line_width(width);
            self.width = width;
        }
        let dash =
            pen.pattern().map(|(dash, from)| (dash.into_iter().map(rounded).collect(), from));
        // Dashes inside a line are cut.
        let cap = match pen.ends {
            Ends::Round if dash.is_none() => LineCapStyle::RoundCap,
            _ => LineCapStyle::ButtCap,
        };
        let join = match pen.corners {
            Corners::Round => LineJoinStyle::RoundJoin,
            Corners::Pointed => LineJoinStyle::MiterJoin,
        };
        if self.cap != cap {
            content.set_line_cap(cap);
            self.cap = cap;
        }
        if self.join != join {
            content.set_line_join(join);
            self.join = join;
        }
        if self.dash != dash {
            let (lengths, from) = dash.clone().unwrap_or_default();
            content.set_dash_pattern(lengths, rounded(from));
            self.dash = dash;
        }
    }

    /// Of what is painted as a whole.
    pub fn opacity(&mut self, alpha: [u8; 2], content: &mut Content, used: &mut Resources) {
        if self.alpha != alpha {
            content.set_parameters(used.opacity(alpha).to_name());
            self.alpha = alpha;
        }
    }
}

fn channel(v: u8) -> f32 {
    (f32::from(v) / 255.0 * 1000.0).round() / 1000.0
}

/// A hundredth of a point is four thousandths of a millimetre.
pub fn rounded(v: f32) -> f32 {
    (v * 100.0).round() / 100.0
}

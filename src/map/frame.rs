//! How the map is framed by what lies around and over it.

use crate::scene::{Padding, Viewport, line_grid::Occupied};

/// What the window does with the map.
#[derive(Debug, Clone, Copy, Default)]
pub struct MapFrame {
    /// What panels cover.
    pub padding: Padding,
    /// A slide: no furniture but the credits, larger labels.
    pub presenting: bool,
    /// The credits of a slide, which no name may run under, as left, top, right and bottom.
    pub foot: Option<Occupied>,
    /// The legend of a slide, likewise.
    pub legend: Option<Occupied>,
    /// What the user has asked for on slides, 1 for the usual size of letters.
    pub enlarged: f32,
}

/// How far the ground under a slide's words reaches beyond them with half its strength.
const SOFT_EDGE: f32 = 1.14;
/// The same above words that stand at the foot.
const SOFT_TOP: f32 = 1.05;

impl MapFrame {
    /// How much larger than at a desk the names on a slide's map are: they grow with the wall.
    pub fn label_factor(&self, viewport: &Viewport) -> f32 {
        // Names of counties then have a fiftieth of the wall's height.
        const DESK_HEIGHT_PT: f32 = 560.0;
        let side = viewport.height_pt.min(viewport.width_pt);
        (side / DESK_HEIGHT_PT * self.enlarged).clamp(0.8, 4.0)
    }

    /// Boxes under panels, where a label would not be read.
    pub fn covered(&self, viewport: &Viewport) -> Vec<Occupied> {
        let (w, h) = (viewport.width_pt, viewport.height_pt);
        let Padding { mut left, top, right, mut bottom } = self.padding;
        if self.presenting {
            // The ground under a slide's words ends softly; under half of it a name is hard to read.
            if left > 0.0 {
                left *= SOFT_EDGE;
            } else {
                bottom *= SOFT_TOP;
            }
        }
        [[0.0, 0.0, left, h], [w - right, 0.0, w, h], [0.0, 0.0, w, top], [0.0, h - bottom, w, h]]
            .into_iter()
            .chain(self.foot)
            .chain(self.legend)
            .filter(|b| b[2] > b[0] && b[3] > b[1])
            .collect()
    }
}

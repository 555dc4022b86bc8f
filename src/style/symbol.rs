//! How a layer of the user's is drawn, once mode and zoom are known.

use serde::{Deserialize, Serialize};

use super::Rgba;

/// The shape of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Marker {
    #[default]
    Circle,
    Square,
    Triangle,
    Diamond,
}

impl Marker {
    pub const ALL: [Self; 4] = [Self::Circle, Self::Square, Self::Triangle, Self::Diamond];

    /// Its name in the locale files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Circle => "circle",
            Self::Square => "square",
            Self::Triangle => "triangle",
            Self::Diamond => "diamond",
        }
    }

    /// How far the middles of its edges lie from its centre where a circle of the same area has
    /// radius one.
    #[must_use]
    pub const fn inner(self) -> f32 {
        match self {
            Self::Circle => 1.0,
            // √π / 2
            Self::Square | Self::Diamond => 0.886_227,
            // Half of √(4π / (3√3))
            Self::Triangle => 0.777_559,
        }
    }

    /// Its corners around its centre, y downwards; none for a circle.
    #[must_use]
    pub fn corners(self, radius: f32) -> Vec<[f32; 2]> {
        let inner = self.inner() * radius;
        match self {
            Self::Circle => Vec::new(),
            Self::Square => {
                vec![[-inner, -inner], [inner, -inner], [inner, inner], [-inner, inner]]
            }
            Self::Diamond => {
                let reach = inner * std::f32::consts::SQRT_2;
                vec![[0.0, -reach], [reach, 0.0], [0.0, reach], [-reach, 0.0]]
            }
            Self::Triangle => {
                let half = inner * 3.0_f32.sqrt();
                vec![[0.0, -2.0 * inner], [half, inner], [-half, inner]]
            }
        }
    }
}

/// A layer's look, resolved: colours with their alpha, sizes in points.
#[derive(Debug, Clone, PartialEq)]
pub struct SymbolLook {
    /// One for each class; the first for all where there are none.
    pub colors: Vec<Rgba>,
    /// How much of a colour the fill of areas has.
    pub fill_share: f32,
    /// Around areas; `None` for the colour of their class.
    pub outline: Option<Rgba>,
    /// Around points.
    pub casing: Rgba,
    pub casing_pt: f32,
    pub marker: Marker,
    pub point_radius_pt: f32,
    pub line_width_pt: f32,
}

/// What a segment's class carries when it is the edge of an area.
pub const EDGE: u8 = 0x80;
/// Most classes of a layer, those of other and of missing values among them.
pub const MOST_CLASSES: usize = 32;

impl SymbolLook {
    /// The width of a point's casing.
    pub const CASING_PT: f32 = 0.9;
    /// How much of a colour the fill of areas has, where nobody said.
    pub const FILL_SHARE: f32 = 0.25;

    /// One colour for everything.
    #[must_use]
    pub fn plain(color: Rgba, casing: Rgba, point_radius_pt: f32, line_width_pt: f32) -> Self {
        Self {
            colors: vec![color],
            fill_share: Self::FILL_SHARE,
            outline: None,
            casing,
            casing_pt: Self::CASING_PT,
            marker: Marker::Circle,
            point_radius_pt,
            line_width_pt,
        }
    }

    /// The colour of a class; that of the first where there is no such class.
    #[must_use]
    pub fn color(&self, class: u8) -> Rgba {
        let own = self.colors.get(usize::from(class & !EDGE)).or_else(|| self.colors.first());
        own.copied().unwrap_or(self.casing)
    }

    /// The colour of a segment of a class.
    #[must_use]
    pub fn stroke(&self, class: u8) -> Rgba {
        let edge = if class & EDGE == 0 { None } else { self.outline };
        edge.unwrap_or_else(|| self.color(class))
    }

    /// The fill of an area of a class.
    #[must_use]
    pub fn fill(&self, class: u8) -> Rgba {
        self.color(class).faded(self.fill_share)
    }

    /// The radius of a point inside its casing.
    #[must_use]
    pub fn core_pt(&self) -> f32 {
        (self.point_radius_pt - self.casing_pt).max(0.4)
    }
}

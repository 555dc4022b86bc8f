//! Sizes of paper.

use crate::paper::{BoxPt, PT_PER_MM};

/// A sheet's format.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Paper {
    A4,
    A3,
    A2,
    A1,
    A0,
    /// Any other, as wide and as high as it says.
    Other {
        width_mm: f32,
        height_mm: f32,
    },
}

/// Which way a sheet lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Orientation {
    Landscape,
    Portrait,
}

/// A sheet of paper.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Page {
    pub width_mm: f32,
    pub height_mm: f32,
}

impl Paper {
    /// The formats that have a name, from the smallest.
    pub const NAMED: [Self; 5] = [Self::A4, Self::A3, Self::A2, Self::A1, Self::A0];
    /// Shortest and longest side: a pocket's, and what a PDF can have (200 inches).
    pub const SIDES_MM: [f32; 2] = [100.0, 5000.0];

    /// Its name; empty for others.
    pub const fn name(self) -> &'static str {
        match self {
            Self::A4 => "A4",
            Self::A3 => "A3",
            Self::A2 => "A2",
            Self::A1 => "A1",
            Self::A0 => "A0",
            Self::Other { .. } => "",
        }
    }

    /// Reads a name such as `A3`, or a size such as `900x600mm`. `None` for what is neither, or
    /// beyond [`Self::SIDES_MM`].
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(named) = Self::NAMED.iter().find(|p| p.name().eq_ignore_ascii_case(text)) {
            return Some(*named);
        }
        let sides = text.get(..text.len().checked_sub(2)?)?;
        if !text.get(sides.len()..)?.eq_ignore_ascii_case("mm") {
            return None;
        }
        let (width, height) = sides.split_once(['x', 'X', '×', '*'])?;
        let [least, most] = Self::SIDES_MM;
        let millimetres = |text: &str| -> Option<f32> {
            let long: f32 = text.trim().trim_end_matches("mm").trim_end().parse().ok()?;
            (least..=most).contains(&long).then_some(long)
        };
        Some(Self::Other { width_mm: millimetres(width)?, height_mm: millimetres(height)? })
    }

    /// The sheet, lying as asked. Without being asked a named one lies as suits what is `wide` or
    /// not, and another as its size says.
    pub fn page(self, orientation: Option<Orientation>, wide: bool) -> Page {
        let (short, long) = match self {
            Self::A4 => (210.0, 297.0),
            Self::A3 => (297.0, 420.0),
            Self::A2 => (420.0, 594.0),
            Self::A1 => (594.0, 841.0),
            Self::A0 => (841.0, 1189.0),
            Self::Other { width_mm, height_mm } => match orientation {
                None => return Page { width_mm, height_mm },
                Some(_) => (width_mm.min(height_mm), width_mm.max(height_mm)),
            },
        };
        let suits = if wide { Orientation::Landscape } else { Orientation::Portrait };
        match orientation.unwrap_or(suits) {
            Orientation::Landscape => Page { width_mm: long, height_mm: short },
            Orientation::Portrait => Page { width_mm: short, height_mm: long },
        }
    }
}

impl Page {
    /// Width and height in points.
    pub fn size_pt(self) -> [f32; 2] {
        [self.width_mm * PT_PER_MM, self.height_mm * PT_PER_MM]
    }

    /// All of it.
    pub fn place(self) -> BoxPt {
        let [width, height] = self.size_pt();
        BoxPt::new(0.0, 0.0, width, height)
    }

    /// The shorter side.
    pub fn short_mm(self) -> f32 {
        self.width_mm.min(self.height_mm)
    }
}

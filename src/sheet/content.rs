//! What a sheet says, and in which colours.

use super::{legend::Legend, scale::LengthWords};
use crate::style::{MapPalette, Mode, Rgba};

/// What a sheet says, in the words of its language.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SheetContent {
    /// 图名.
    pub title: String,
    pub subtitle: String,
    /// 图例.
    pub legend: Legend,
    /// The letter of the north arrow.
    pub north: String,
    /// 比例尺: goes before the scale in words.
    pub scale: String,
    pub lengths: LengthWords,
    /// 坐标系, 数据日期, 资料来源: under the frame, each from a line of its own.
    pub notes: Vec<String>,
    /// 审图号.
    pub review: String,
}

/// Colours of a sheet.
#[derive(Debug, Clone, Copy)]
pub struct SheetLook {
    pub palette: &'static MapPalette,
    /// The page itself: white paper is not printed on.
    pub paper: Rgba,
}

impl SheetLook {
    /// The look of a mode.
    pub fn of(mode: Mode) -> Self {
        let palette = MapPalette::of(mode);
        let paper = match mode {
            Mode::Light => Rgba::hex(0xFF_FF_FF),
            Mode::Dark => palette.panel,
        };
        Self { palette, paper }
    }
}

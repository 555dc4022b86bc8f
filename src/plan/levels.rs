//! Which level of the outline a mark stands for: 一、 is a chapter, but not under 第一章.

use super::block::Block;
use super::numbering::Marker;

/// The marks of the chapters and sections above a paragraph, as far as they are open.
#[derive(Clone, Copy, Default)]
struct Open {
    /// 第一节.
    section: bool,
    /// 一、.
    listed: bool,
    /// (一), below one of the two.
    bracketed: bool,
}

/// Moves marks down a level where the document has larger ones above them: with 第一章 and 第一节,
/// 一、 numbers items; with 第一章 alone it numbers sections. In a document without 第一章 each mark
/// keeps its own level.
pub(super) fn settle(blocks: &mut [Block]) {
    let named = |b: &Block, word: &str| {
        b.text.starts_with('第') && b.text.get(..b.marker_len).is_some_and(|m| m.ends_with(word))
    };
    let chapter = |b: &Block| matches!(b.marker, Some(Marker::Chapter(_)));
    if !blocks.iter().any(|b| chapter(b) && b.text.starts_with('第')) {
        return;
    }
    // 第一篇 above 第一章 is a heading without a number of ours.
    let parts = blocks.iter().any(|b| named(b, "章"));
    let mut open = Open::default();
    for block in blocks.iter_mut() {
        let Some(mark) = block.marker else { continue };
        let ordinal = block.text.starts_with('第');
        block.marker = match mark {
            Marker::Chapter(_) if ordinal => {
                let above = parts && !named(block, "章");
                open = Open::default();
                if above { None } else { Some(mark) }
            }
            Marker::Section(_) if ordinal => {
                open = Open { section: true, ..Open::default() };
                Some(mark)
            }
            Marker::Chapter(n) => {
                open = Open { listed: true, bracketed: false, ..open };
                Some(if open.section { Marker::Item(n) } else { Marker::Section(n) })
            }
            Marker::Section(n) => {
                open.bracketed = open.section || open.listed;
                Some(match (open.section, open.listed) {
                    (false, false) => mark,
                    (true, true) => Marker::Paren(n),
                    _ => Marker::Item(n),
                })
            }
            Marker::Item(n) if open.bracketed || (open.section && open.listed) => {
                Some(Marker::Paren(n))
            }
            other => Some(other),
        };
        if block.marker.is_none() {
            block.marker_len = 0;
        }
    }
}

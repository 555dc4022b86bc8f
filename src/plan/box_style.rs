//! How the items and the groups of a box are marked.

use super::block::Block;
use super::numbering::Marker;

/// A kind of mark, whatever its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Chapter,
    Section,
    Item,
    Paren,
    Half,
    Circled,
    Letter,
    Named,
    Bullet,
    Dash,
    /// A line of its own.
    Plain,
}

impl Class {
    pub fn of(block: &Block) -> Self {
        match block.marker {
            Some(Marker::Chapter(_)) => Self::Chapter,
            Some(Marker::Section(_)) => Self::Section,
            Some(Marker::Item(_)) => Self::Item,
            Some(Marker::Paren(_)) => Self::Paren,
            Some(Marker::Half(_)) => Self::Half,
            Some(Marker::Circled(_)) => Self::Circled,
            Some(Marker::Letter(_)) => Self::Letter,
            Some(Marker::Named(_)) => Self::Named,
            Some(Marker::Bullet) => Self::Bullet,
            Some(Marker::Dash) => Self::Dash,
            Some(Marker::Box(..)) | None => Self::Plain,
        }
    }
}

/// The number that a mark states.
pub(super) fn stated(block: &Block) -> Option<u32> {
    match block.marker? {
        Marker::Chapter(n) | Marker::Section(n) | Marker::Item(n) => Some(n),
        other => other.listed(),
    }
}

/// The marks of a box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    pub item: Class,
    /// The mark of headings that group items.
    pub group: Option<Class>,
}

/// How many paragraphs after the title tell the style: there may be words before the first item.
const HEAD: usize = 3;
/// How far bullets may be away.
const FAR: usize = 40;

impl Style {
    /// Tells the style from the paragraphs that may belong to the box.
    pub fn of(inside: &[Block]) -> Self {
        let plain = Self { item: Class::Plain, group: None };
        let marked = inside.iter().take(HEAD).enumerate().find(|(_, b)| {
            !matches!(Class::of(b), Class::Plain) && stated(b).is_none_or(|n| n == 1)
                || matches!(Class::of(b), Class::Paren | Class::Half | Class::Circled)
        });
        let Some((at, first)) = marked else {
            // Numbers further down may belong to the running text; bullets seldom do.
            let bullets = inside.iter().take(FAR).any(|b| Class::of(b) == Class::Bullet);
            return if bullets { Self { item: Class::Bullet, ..plain } } else { plain };
        };
        let class = Class::of(first);
        let next = inside.get(at + 1).filter(|next| {
            let below = Class::of(next);
            below != class
                && below != Class::Plain
                && !matches!(below, Class::Chapter | Class::Section)
        });
        if is_bare(first)
            && let Some(next) = next
        {
            return Self { item: Class::of(next), group: Some(class) };
        }
        match class {
            // 一、 or (一) with lines of their own below, or the running text again.
            Class::Chapter | Class::Section if at == 0 && is_bare(first) => {
                let unmarked = inside.get(1).is_some_and(|b| b.marker.is_none());
                let again = inside.iter().take(FAR).skip(2).any(|b| Class::of(b) == class);
                if unmarked && again && !states_more(first) {
                    Self { item: Class::Plain, group: Some(class) }
                } else {
                    plain
                }
            }
            Class::Chapter | Class::Section => plain,
            item => Self { item, group: None },
        }
    }
}

/// A heading alone: nothing after it and no figure in it.
pub(super) fn is_bare(block: &Block) -> bool {
    !block.rest().contains(['。', '；', '，', '：', ':']) && block.text.chars().count() <= 30
}

fn states_more(block: &Block) -> bool {
    block.rest().contains(|c: char| c.is_ascii_digit())
}

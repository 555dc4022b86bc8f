//! How the features of a layer are told apart when what of them is drawn is chosen.

use std::sync::Arc;

use crate::layer::{
    Bits, Layer,
    style::Classes,
    visible::{Frame, RowClasses, Sizes, Visible, visible, visible_in_classes},
};

/// Classes that many hold. Two are equal when they are the same ones.
#[derive(Debug, Clone)]
pub struct SharedClasses(pub Arc<Classes>);

impl PartialEq for SharedClasses {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// How the features of a layer are told apart.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum ToldApart {
    /// All look the same.
    #[default]
    No,
    /// The edges of areas have a colour of their own.
    Edges,
    Classes(SharedClasses),
}

impl ToldApart {
    /// What is worth drawing.
    pub fn choose(
        &self,
        layer: &Layer,
        passed: Option<&[Bits]>,
        frame: &Frame,
        sizes: Sizes,
    ) -> Visible {
        let classes = match self {
            Self::No => return visible(layer, passed, frame, sizes),
            Self::Edges => RowClasses { rows: &[], rest: 0 },
            Self::Classes(SharedClasses(own)) => RowClasses { rows: &own.rows, rest: own.rest() },
        };
        visible_in_classes(layer, passed, classes, frame, sizes)
    }
}

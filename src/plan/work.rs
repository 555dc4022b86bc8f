//! A work that the running text names.

use serde::Serialize;

use super::figure::Figure;
use super::quantities::Quantity;
use crate::units::TextRange;

/// How sure it is that the words name one work of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Several works share the figure, or nothing but a list's mark tells.
    Low,
    /// A length or a size of its own, or money without a word for building.
    Middle,
    /// Built or listed by name, with money of its own.
    High,
}

impl Certainty {
    /// The certainty of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Low, Self::Middle, Self::High].into_iter().find(|own| own.as_str() == key)
    }

    /// The key used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Middle => "middle",
            Self::High => "high",
        }
    }
}

/// What told a work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// A verb of building stands before its name.
    Built,
    /// A list's mark stands before its name: 项目一：, ——, (1).
    Listed,
    /// Its name opens the clause that states its figures.
    Named,
    /// A line 项目名称： names it.
    Card,
}

impl Ground {
    /// The ground of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Built, Self::Listed, Self::Named, Self::Card]
            .into_iter()
            .find(|own| own.as_str() == key)
    }

    /// The key used in workbooks.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Built => "built",
            Self::Listed => "listed",
            Self::Named => "named",
            Self::Card => "card",
        }
    }
}

/// A work named in the running text: a proposal, until somebody has looked at it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Work {
    /// The number of its chapter and its place among the works of that chapter: `P-3-02`.
    pub id: String,
    /// Its name without the verb before it.
    pub name: String,
    pub name_range: TextRange,
    /// The words that are about it.
    pub range: TextRange,
    /// The outline node it stands in.
    pub node: usize,
    pub certainty: Certainty,
    pub ground: Ground,
    /// Its own figures, as indices into the plan's figures.
    pub figures: Vec<usize>,
}

/// Whether a figure says how large or dear one thing is.
pub(super) fn measures_a_work(figure: &Figure) -> bool {
    matches!(
        figure.quantity,
        Quantity::Investment
            | Quantity::Length
            | Quantity::Width
            | Quantity::Area
            | Quantity::FloorArea
            | Quantity::Capacity
    )
}

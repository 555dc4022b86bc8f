//! Why a reference system is not known.

/// Why a definition is not one of the systems that are known here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnknownCrs {
    #[error("no definition of a reference system")]
    NotReadable,
    /// Its own numbers, related to nothing.
    #[error("a local system: {0}")]
    Local(String),
    #[error("the datum is not known: {0}")]
    Datum(String),
    #[error("the projection is not known: {0}")]
    Projection(String),
    #[error("the unit is not known: {0}")]
    Unit(String),
    #[error("longitudes do not count from Greenwich: {0}")]
    PrimeMeridian(String),
    /// Missing, or not one that makes a plane.
    #[error("a parameter is missing or wrong: {0}")]
    Parameter(&'static str),
    #[error("the number is not known: {0}")]
    Code(String),
}

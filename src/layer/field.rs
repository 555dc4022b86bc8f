//! Fields of a layer: their names, and what their values are.

/// A field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub name: String,
    /// What the file declares its values to be; `None` where it declares nothing.
    pub declared: Option<FieldKind>,
}

impl Field {
    /// A field whose values say themselves what they are.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), declared: None }
    }

    /// A field that the file declares.
    pub fn declared(name: impl Into<String>, kind: FieldKind) -> Self {
        Self { name: name.into(), declared: Some(kind) }
    }
}

/// What the values of a field are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldKind {
    Bool,
    Integer,
    Number,
    /// A day as `2026-11-26`, kept as the file writes it.
    Date,
    /// A moment as `2026-11-26T08:00:00`, kept as the file writes it.
    DateTime,
    Text,
}

impl FieldKind {
    /// Its name in JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Bool => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Date => "date",
            Self::DateTime => "datetime",
            Self::Text => "text",
        }
    }

    /// Whether its values are numbers.
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Integer | Self::Number)
    }

    /// What holds the values of both without changing any.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Bool, Self::Bool) => Self::Bool,
            (Self::Integer, Self::Integer) => Self::Integer,
            (Self::Integer | Self::Number, Self::Integer | Self::Number) => Self::Number,
            (Self::Date, Self::Date) => Self::Date,
            (Self::DateTime, Self::DateTime) => Self::DateTime,
            _ => Self::Text,
        }
    }
}

/// Fields whose value is what a feature is called, the surest first.
const NAMES: [&str; 8] = ["名称", "项目名称", "name", "名字", "title", "label", "标注", "地块名称"];

/// The fields that may name a feature, the surest first.
pub fn name_fields(fields: &[Field]) -> impl Iterator<Item = usize> + '_ {
    NAMES.iter().filter_map(|wanted| {
        fields.iter().position(|field| field.name.trim().to_lowercase() == *wanted)
    })
}

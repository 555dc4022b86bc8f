//! The operators that take their arguments as values.

/// What an ordinary call does with its arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    Equal,
    Unequal,
    Less,
    AtMost,
    More,
    AtLeast,
    All,
    Any,
    Not,
    In,
    IndexOf,
    At,
    Slice,
    Split,
    Join,
    Length,
    GetKey,
    HasKey,
    Coalesce,
    /// The first argument that can be had: what older functions do with their default.
    OrElse,
    /// The first argument of that type.
    AsText,
    AsNumber,
    AsBool,
    AsObject,
    ToNumber,
    ToText,
    ToBool,
    ToColor,
    ToRgba,
    TypeOf,
    /// A list of its arguments.
    List,
    Concat,
    Upcase,
    Downcase,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Power,
    Min,
    Max,
    Abs,
    Floor,
    Ceil,
    Round,
    Root,
    Ln,
    Log2,
    Log10,
    Sin,
    Cos,
    Tan,
    Asin,
    Acos,
    Atan,
    Rgb,
    Rgba,
    IsSupportedScript,
    /// Has no value.
    Fail,
    Locale,
    /// Case, accents.
    Collator,
    /// The number, the least and the greatest count of decimals.
    NumberFormat,
}

const MANY: usize = usize::MAX;

/// The name of each operator in a style, with the least and the greatest number of arguments.
const OPERATORS: &[(&str, Op, usize, usize)] = &[
    ("==", Op::Equal, 2, 3),
    ("!=", Op::Unequal, 2, 3),
    ("<", Op::Less, 2, 3),
    ("<=", Op::AtMost, 2, 3),
    (">", Op::More, 2, 3),
    (">=", Op::AtLeast, 2, 3),
    ("all", Op::All, 0, MANY),
    ("any", Op::Any, 0, MANY),
    ("!", Op::Not, 1, 1),
    ("in", Op::In, 2, 2),
    ("index-of", Op::IndexOf, 2, 3),
    ("at", Op::At, 2, 2),
    ("slice", Op::Slice, 2, 3),
    ("split", Op::Split, 2, 2),
    ("join", Op::Join, 2, 2),
    ("length", Op::Length, 1, 1),
    ("get", Op::GetKey, 1, 2),
    ("has", Op::HasKey, 1, 2),
    ("coalesce", Op::Coalesce, 1, MANY),
    ("string", Op::AsText, 1, MANY),
    ("number", Op::AsNumber, 1, MANY),
    ("boolean", Op::AsBool, 1, MANY),
    ("object", Op::AsObject, 1, MANY),
    ("to-number", Op::ToNumber, 1, MANY),
    ("to-string", Op::ToText, 1, 1),
    ("to-boolean", Op::ToBool, 1, 1),
    ("to-color", Op::ToColor, 1, MANY),
    ("to-rgba", Op::ToRgba, 1, 1),
    ("typeof", Op::TypeOf, 1, 1),
    ("concat", Op::Concat, 0, MANY),
    ("upcase", Op::Upcase, 1, 1),
    ("downcase", Op::Downcase, 1, 1),
    ("+", Op::Add, 0, MANY),
    ("-", Op::Subtract, 1, 2),
    ("*", Op::Multiply, 0, MANY),
    ("/", Op::Divide, 2, 2),
    ("%", Op::Remainder, 2, 2),
    ("^", Op::Power, 2, 2),
    ("min", Op::Min, 1, MANY),
    ("max", Op::Max, 1, MANY),
    ("abs", Op::Abs, 1, 1),
    ("floor", Op::Floor, 1, 1),
    ("ceil", Op::Ceil, 1, 1),
    ("round", Op::Round, 1, 1),
    ("sqrt", Op::Root, 1, 1),
    ("ln", Op::Ln, 1, 1),
    ("log2", Op::Log2, 1, 1),
    ("log10", Op::Log10, 1, 1),
    ("sin", Op::Sin, 1, 1),
    ("cos", Op::Cos, 1, 1),
    ("tan", Op::Tan, 1, 1),
    ("asin", Op::Asin, 1, 1),
    ("acos", Op::Acos, 1, 1),
    ("atan", Op::Atan, 1, 1),
    ("rgb", Op::Rgb, 3, 3),
    ("rgba", Op::Rgba, 4, 4),
    ("is-supported-script", Op::IsSupportedScript, 1, 1),
    ("error", Op::Fail, 1, 1),
    ("resolved-locale", Op::Locale, 1, 1),
];

impl Op {
    /// The operator of this name, if it takes so many arguments.
    ///
    /// # Errors
    /// A name that nothing here has, or a wrong number of arguments: in words.
    pub fn named(name: &str, arguments: usize) -> Result<Self, String> {
        let (_, op, least, most) = OPERATORS
            .iter()
            .find(|(own, ..)| *own == name)
            .ok_or_else(|| format!("unknown operator \"{name}\""))?;
        if (*least..=*most).contains(&arguments) {
            Ok(*op)
        } else {
            Err(format!("\"{name}\" does not take {arguments} arguments"))
        }
    }
}

//! The fields of a project that can be set, in one list.

use crate::language::Bilingual;

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// A line of words; some must not be empty.
    Words {
        needed: bool,
    },
    /// Words of several lines.
    Text,
    /// When something is built.
    Period,
    /// A number that is not negative.
    Number,
    /// Yes or no.
    Flag,
    /// The key or the name of a kind.
    Kind,
    Status,
    /// Keys or names of cooperation regions.
    Regions,
    /// Codes or names of counties.
    Counties,
    /// Ids of headings of the plan.
    Tasks,
    /// Several names.
    Names,
}

/// A field by its name in JSON and on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    pub name: &'static str,
    pub kind: FieldKind,
    /// What it is called in the log.
    pub zh: &'static str,
    pub en: &'static str,
}

/// The list. The JSON shows every one; a new field is a row here, in `catalogue::lower` what it does,
/// and in `report::json` its name.
pub const FIELDS: [Field; 17] = [
    row("name", FieldKind::Words { needed: true }, "名称", "name"),
    row("name_en", FieldKind::Words { needed: false }, "英文名称", "English name"),
    row("short_name", FieldKind::Words { needed: true }, "简称", "short name"),
    row("short_name_en", FieldKind::Words { needed: false }, "英文简称", "short English name"),
    row("kind", FieldKind::Kind, "类别", "kind"),
    row("status", FieldKind::Status, "状态", "status"),
    row("regions", FieldKind::Regions, "合作方向", "regions"),
    row("counties", FieldKind::Counties, "县区", "counties"),
    row("tasks", FieldKind::Tasks, "任务", "tasks"),
    row("organisations", FieldKind::Names, "责任单位", "organisations"),
    row("investment_yi", FieldKind::Number, "总投资", "investment"),
    row("investment_approx", FieldKind::Flag, "投资约数", "investment about"),
    row("stated_length_km", FieldKind::Number, "长度", "length"),
    row("period", FieldKind::Period, "建设年限", "period"),
    row("note", FieldKind::Text, "备注", "note"),
    row("note_en", FieldKind::Text, "英文备注", "English note"),
    row("flagship", FieldKind::Flag, "重点", "flagship"),
];

const fn row(name: &'static str, kind: FieldKind, zh: &'static str, en: &'static str) -> Field {
    Field { name, kind, zh, en }
}

impl Field {
    /// The unit that its number is given and kept in, in the words of the log: in English, too, not in
    /// billions, because what is typed is kept as it is.
    pub fn unit(&self) -> Option<Bilingual> {
        match self.name {
            "investment_yi" => Some(Bilingual::new("亿元", "× 10⁸ yuan")),
            "stated_length_km" => Some(Bilingual::new("公里", "km")),
            _ => None,
        }
    }
}

/// The field of a name; the JSON's names of keys mean the same as those of values.
pub fn field(name: &str) -> Option<&'static Field> {
    let name = match name {
        "kind_key" => "kind",
        "region_keys" => "regions",
        other => other,
    };
    FIELDS.iter().find(|field| field.name == name)
}

//! Lines that name what they state: 建设规模：, 总投资：, 责任单位：.

/// The names of what project lists state line by line.
const FIELDS: &[&str] = &[
    "项目名称",
    "建设地点",
    "建设地址",
    "建设单位",
    "建设性质",
    "建设规模",
    "建设规模及内容",
    "建设内容",
    "建设内容及规模",
    "建设内容和规模",
    "主要建设内容",
    "建设年限",
    "建设期限",
    "建设工期",
    "建设周期",
    "建设期",
    "起止年限",
    "实施年限",
    "项目总投资",
    "总投资",
    "投资估算",
    "估算投资",
    "计划投资",
    "投资规模",
    "投资额",
    "资金来源",
    "责任单位",
    "牵头单位",
    "责任部门",
    "实施主体",
    "业主单位",
    "项目单位",
    "项目业主",
    "项目代码",
    "进展情况",
    "项目进展",
    "前期工作",
    "备注",
    "选址",
    "占地面积",
    "用地面积",
    "效益",
    "预期效益",
];

/// The name and the length of a field's head, its colon included.
pub(super) fn field(text: &str) -> Option<(&'static str, usize)> {
    let at = text.find([':', '：'])?;
    let name = text.get(..at)?;
    let sign = text.get(at..)?.chars().next()?.len_utf8();
    FIELDS.iter().find(|field| **field == name).map(|field| (*field, at + sign))
}

/// Whether a paragraph states a field.
pub(super) fn is_field(text: &str) -> bool {
    field(text).is_some()
}

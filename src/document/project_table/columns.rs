//! What columns mean, by the many ways in which their heads are written.

use super::words::{bare, plain};

/// What a column says of a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Meaning {
    /// 序号
    Number,
    Name,
    /// 建设性质: 新建, 续建, 改扩建.
    Character,
    County,
    Place,
    /// 建设规模及内容
    Content,
    /// 建设年限
    Period,
    Start,
    End,
    /// 总投资
    Investment,
    /// 年度计划投资
    YearInvestment,
    /// 累计完成投资
    DoneInvestment,
    Funding,
    /// 责任单位, 牵头单位, 项目单位.
    Organisation,
    /// People and their telephones.
    Person,
    /// 项目代码
    Code,
    /// 项目类别
    Kind,
    /// 形象进度
    Progress,
    Note,
}

impl Meaning {
    /// Where its name stands, below `table_column.` in the locale files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Name => "name",
            Self::Character => "character",
            Self::County => "county",
            Self::Place => "place",
            Self::Content => "content",
            Self::Period => "period",
            Self::Start => "start",
            Self::End => "end",
            Self::Investment => "investment",
            Self::YearInvestment => "year_investment",
            Self::DoneInvestment => "done_investment",
            Self::Funding => "funding",
            Self::Organisation => "organisation",
            Self::Person => "person",
            Self::Code => "code",
            Self::Kind => "kind",
            Self::Progress => "progress",
            Self::Note => "note",
        }
    }

    /// Whether only projects have it, and groups and sums do not.
    pub const fn is_detail(self) -> bool {
        matches!(
            self,
            Self::Character
                | Self::County
                | Self::Place
                | Self::Content
                | Self::Period
                | Self::Start
                | Self::End
                | Self::Funding
                | Self::Organisation
                | Self::Person
                | Self::Code
                | Self::Kind
                | Self::Progress
        )
    }

    /// Whether its cells hold sums of money.
    pub const fn is_money(self) -> bool {
        matches!(self, Self::Investment | Self::YearInvestment | Self::DoneInvestment)
    }

    /// Whether a table has one such column, and further ones mean something else.
    pub const fn is_single(self) -> bool {
        matches!(self, Self::Number | Self::Name | Self::Investment | Self::Start | Self::End)
    }
}

/// How heads of a meaning are written: whole, or with these words in them and without those.
struct Rule {
    meaning: Meaning,
    whole: &'static [&'static str],
    within: &'static [&'static str],
    without: &'static [&'static str],
}

const fn rule(
    meaning: Meaning,
    whole: &'static [&'static str],
    within: &'static [&'static str],
    without: &'static [&'static str],
) -> Rule {
    Rule { meaning, whole, within, without }
}

/// The first that fits is meant. English heads are in small letters.
const RULES: [Rule; 21] = [
    rule(
        Meaning::Person,
        &["电话", "手机", "contact"],
        &["联系人", "责任人", "负责人", "联系电话", "联系方式", "领导", "手机号"],
        &[],
    ),
    rule(
        Meaning::Code,
        &["代码", "编码", "项目编号", "项目代码", "赋码", "projectcode", "code"],
        &["项目代码", "统一代码", "投资代码", "项目编码", "在线审批"],
        &[],
    ),
    rule(
        Meaning::YearInvestment,
        &["annualinvestment"],
        &["年度投资", "年度计划", "年计划", "年投资", "当年投资", "本年", "年度完成", "年度安排"],
        &["累计", "已完成", "年底", "年末", "截至", "截止", "目标", "形象", "进度"],
    ),
    rule(Meaning::DoneInvestment, &[], &["累计", "已完成", "完成投资", "到位资金"], &["形象"]),
    rule(
        Meaning::Funding,
        &["funding"],
        &["资金来源", "资金筹措", "资金渠道", "资金筹集", "筹资", "融资", "资金构成"],
        &[],
    ),
    rule(
        Meaning::Investment,
        &["投资", "投资额", "金额", "估算", "总额", "计划投资", "totalinvestment", "investment"],
        &[
            "总投资",
            "投资总额",
            "投资总规模",
            "投资规模",
            "投资估算",
            "估算投资",
            "概算",
            "匡算",
            "投资额",
            "项目投资",
        ],
        &["其中", "主体", "单位", "来源"],
    ),
    rule(
        Meaning::Organisation,
        &["单位名称", "企业名称", "项目公司", "owner", "responsibleunit"],
        &[
            "责任单位",
            "项目单位",
            "建设单位",
            "业主",
            "实施单位",
            "实施主体",
            "责任部门",
            "主管部门",
            "责任主体",
            "承担单位",
            "项目法人",
            "主管单位",
            "牵头",
            "配合单位",
            "申报单位",
            "投资主体",
            "建设主体",
            "承建单位",
            "责任科室",
        ],
        &[],
    ),
    rule(
        Meaning::Period,
        &["工期", "年限", "period", "constructionperiod", "建设期"],
        &[
            "建设年限",
            "起止",
            "建设周期",
            "建设工期",
            "建设期限",
            "实施期限",
            "实施年限",
            "建设时间",
            "实施时间",
            "实施周期",
            "计划工期",
            "建设年份",
            "建设期",
            "开竣工",
            "开、竣工",
        ],
        &[],
    ),
    rule(
        Meaning::Start,
        &["起", "开工", "起始", "开始时间", "起始年", "start", "计划开工", "拟开工"],
        &["开工时间", "开工年", "开工日期", "开工月", "起始年", "起始时间"],
        &["竣工", "完工", "建成"],
    ),
    rule(
        Meaning::End,
        &["止", "竣工", "完工", "建成", "终止", "end", "计划竣工", "计划完工", "结束时间"],
        &[
            "竣工时间",
            "竣工年",
            "竣工日期",
            "完工时间",
            "完工年",
            "建成时间",
            "建成年",
            "投产时间",
            "投产年",
            "完成时间",
            "完成年",
            "完成时限",
        ],
        &["开工"],
    ),
    rule(
        Meaning::Name,
        &[
            "项目名称",
            "工程名称",
            "名称",
            "项目",
            "建设项目",
            "工程项目",
            "项目名",
            "重点项目",
            "重大项目",
            "重点工程",
            "重大工程",
            "project",
            "projectname",
            "name",
        ],
        &["项目名称", "工程名称", "项目工程名", "课题名称"],
        &["单位"],
    ),
    rule(
        Meaning::Content,
        &["内容", "规模", "概况", "content", "scope"],
        &[
            "建设内容",
            "建设规模",
            "主要内容",
            "规模及",
            "内容及",
            "项目内容",
            "工程内容",
            "项目概况",
            "工程概况",
            "主要建设",
            "建设概况",
            "项目简介",
            "工程规模",
            "建设任务",
        ],
        &[],
    ),
    rule(Meaning::Character, &["性质", "项目性质", "建设类型", "nature"], &["建设性质"], &[]),
    rule(
        Meaning::County,
        &["县", "区", "地区", "市县", "县别", "区域", "县域", "所在区域", "county"],
        &[
            "县区",
            "区县",
            "县市",
            "市县",
            "县(市",
            "所属区",
            "属地",
            "行政区",
            "辖区",
            "所在县",
            "所在区",
            "所在市",
            "乡镇",
        ],
        &[],
    ),
    rule(
        Meaning::Place,
        &["地点", "位置", "location", "place", "address"],
        &[
            "建设地点",
            "项目地点",
            "建设位置",
            "选址",
            "地址",
            "所在地",
            "实施地点",
            "建设区域",
            "落地",
            "起讫点",
            "项目位置",
        ],
        &[],
    ),
    rule(
        Meaning::Kind,
        &["类别", "行业", "领域", "类型", "分类", "项目属性", "kind", "category"],
        &["项目类别", "项目类型", "所属行业", "行业类别", "所属领域", "行业领域", "项目分类"],
        &[],
    ),
    rule(
        Meaning::Progress,
        &["状态", "status", "progress"],
        &["进展", "进度", "形象", "前期工作", "目标", "节点", "建设现状", "工作计划", "建设阶段"],
        &[],
    ),
    rule(Meaning::Note, &["说明", "注", "remarks", "note", "notes"], &["备注"], &[]),
    rule(Meaning::Number, &["序号", "序", "编号", "no", "no.", "№", "#"], &["序号"], &[]),
    // Words that are less telling than all above.
    rule(Meaning::Place, &[], &["地点", "位置"], &[]),
    rule(Meaning::Organisation, &[], &["责任", "主体"], &["内容", "目标"]),
];

/// What a head means; `None` where it is none that is known, or too long for a head.
pub fn meaning(head: &str) -> Option<Meaning> {
    const LONGEST: usize = 32;
    let own = plain(head).to_lowercase();
    if own.is_empty() || own.chars().count() > LONGEST {
        return None;
    }
    let short = bare(&own);
    // 开工 and 建成 in one head are a period.
    let both = own.contains("开工")
        && ["竣工", "完工", "建成", "投产"].iter().any(|end| own.contains(end));
    if (both || own.contains("开(竣)工")) && !own.contains("目标") {
        return Some(Meaning::Period);
    }
    let fits = |rule: &&Rule, text: &str| {
        rule.whole.contains(&text)
            || rule.within.iter().any(|word| text.contains(word))
                && !rule.without.iter().any(|word| own.contains(word))
    };
    let found = RULES.iter().find(|rule| fits(rule, &short));
    found.or_else(|| RULES.iter().find(|rule| fits(rule, &own))).map(|rule| rule.meaning)
}

/// Whether a head of names says that contents stand behind them.
pub fn has_content(head: &str) -> bool {
    let own = plain(head);
    ["内容", "规模", "概况"].iter().any(|word| own.contains(word))
}

//! The words around the name of a work: verbs of building before it, fillers behind it.

/// Verbs of building and what stands before them. Longer ones first where one starts another.
const VERBS: &[&str] = &[
    "新改扩建",
    "加快",
    "抓好",
    "做好",
    "改扩建",
    "新改建",
    "新建和改造",
    "新建",
    "新上",
    "改建",
    "扩建",
    "迁建",
    "续建",
    "重建",
    "复建",
    "改造提升",
    "升级改造",
    "提升改造",
    "改造",
    "提升",
    "建设",
    "建成",
    "打造",
    "实施",
    "推进",
    "推动",
    "启动",
    "开工",
    "完成",
    "开展",
    "谋划",
    "规划",
    "布局",
    "支持",
    "培育",
    "争取",
    "引进",
    "建好",
    "修建",
    "兴建",
    "筹建",
    "创建",
    "构建",
    "整治",
    "治理",
    "配套",
];

/// Words that may stand before a verb, or between two of them.
const ADVERBS: &[&str] = &[
    "积极",
    "稳步",
    "全力",
    "大力",
    "重点",
    "统筹",
    "适时",
    "计划",
    "继续",
    "组织",
    "配合",
    "有序",
    "深入",
    "持续",
    "全面",
    "加强",
    "抓紧",
    "尽快",
    "力争",
    "确保",
    "协调",
    "着力",
    "高标准",
    "高质量",
    "高水平",
    "同步",
    "逐步",
    "先后",
    "将",
    "拟",
    "要",
    "并",
    "还",
    "再",
    "以及",
    "包括",
    "主要",
    "其中",
    "即",
    "和",
    "与",
    "一批",
    "突出",
    "除此之外",
    "此外",
    "同时",
    "进一步",
    "县域内",
    "全县",
    "全市",
];

/// Words that a clause opens with where what follows is no work but a place or a means.
const ELSEWHERE: &[&str] = &[
    "依托",
    "围绕",
    "位于",
    "涉及",
    "起自",
    "起于",
    "始于",
    "经",
    "止于",
    "至",
    "到",
    "从",
    "自",
    "由",
    "通过",
    "按照",
    "根据",
    "衔接",
    "连接",
    "覆盖",
    "争创",
    "成为",
    "形成",
    "建成后",
    "达产后",
    "投产后",
    "完工后",
    "已建成",
    "累计",
    "截至",
    "目前",
    "现有",
    "已",
    "与",
    "为",
    "比",
    "较",
    "因",
    "若",
    "如",
    "库区",
    "线路",
    "工程",
    "项目总",
    "规划总",
];

/// What may stand between a name and its figures, or close the clause after a name.
const FILLERS: &[&str] = &[
    "前期工作",
    "前期",
    "工作",
    "等工程",
    "等项目",
    "等",
    "进度",
    "步伐",
    "各",
    "共",
    "计",
    "合计",
    "总计",
    "为",
    "约",
    "近",
    "超",
    "超过",
    "达",
    "达到",
    "不低于",
    "不少于",
    "不超过",
    "预计",
    "计划",
    "估算",
    "概算",
    "批复",
    "静态",
    "总",
    "投资",
    "总投资",
    "投资额",
    "固定资产投资",
    "全长",
    "总长",
    "长度",
    "长",
    "宽",
    "宽度",
    "线路长",
    "线路",
    "里程",
    "总里程",
    "装机容量",
    "总装机",
    "装机",
    "容量",
    "总库容",
    "库容",
    "规模",
    "总规模",
    "占地",
    "占地面积",
    "总占地",
    "用地",
    "用地面积",
    "规划面积",
    "面积",
    "总面积",
    "建筑面积",
    "总建筑面积",
    "年产",
    "年处理",
    "日处理",
    "设计",
    "规划",
    "新增",
    "由",
    "从",
    "的",
    "要",
    "将",
    "拟",
    "则",
    "，",
    "：",
    ":",
    "—",
    "、",
    "(",
    "“",
    "”",
    "一座",
    "一个",
    "一条",
    "一处",
    "一所",
    "一家",
    "两座",
    "1座",
    "1个",
    "1条",
    "1处",
    "1所",
    "2座",
    "2个",
    "2条",
    "突出",
    "需",
    "共需",
    "可",
];

/// The name of a clause without what stands before it, and whether a verb of building does.
pub(super) fn without_verbs(clause: &str) -> (&str, bool) {
    let mut rest = clause;
    let mut built = false;
    // 对X进行改造, 在X建设Y, 依托X打造Y.
    if let Some(after) = rest.strip_prefix('在').or_else(|| rest.strip_prefix('沿'))
        && let Some((at, verb)) = first_verb(after)
    {
        // 在凤凰山园区建设: the place stays where the object alone would say too little.
        rest = after.get(at + verb.len()..).unwrap_or_default();
        built = true;
    } else if let Some(after) = rest.strip_prefix('对') {
        rest = after;
        built = true;
    }
    loop {
        if let Some(verb) = longest_start(VERBS, rest) {
            rest = rest.get(verb.len()..).unwrap_or_default();
            built = true;
        } else if let Some(word) = longest_start(ADVERBS, rest) {
            rest = rest.get(word.len()..).unwrap_or_default();
        } else {
            return (rest, built);
        }
    }
}

/// Whether a clause opens with a verb of building, adverbs aside.
pub(super) fn opens_with_verb(clause: &str) -> bool {
    without_verbs(clause).1
}

/// Whether a clause is about a place or a means, so that it names no work.
pub(super) fn is_elsewhere(clause: &str) -> bool {
    ELSEWHERE.iter().any(|w| clause.starts_with(w))
}

/// Takes one filler off the end.
pub(super) fn without_filler(head: &str) -> Option<&str> {
    FILLERS
        .iter()
        .filter(|w| head.ends_with(**w))
        .max_by_key(|w| w.len())
        .and_then(|w| head.strip_suffix(w))
}

/// Whether a heading says that what follows exists already, is wanted, or is money and staff.
pub(super) fn is_about_no_works(title: &str) -> bool {
    const WORDS: &[&str] = &[
        "基础",
        "现状",
        "回顾",
        "成效",
        "成就",
        "形势",
        "问题",
        "背景",
        "条件",
        "目标",
        "总体要求",
        "总体思路",
        "指导思想",
        "原则",
        "保障措施",
        "保障机制",
        "组织保障",
        "实施保障",
        "规划保障",
        "要素保障",
        "制度保障",
        "法治保障",
        "强化保障",
        "加强保障",
        "健全保障",
        "完善保障",
        "投资匡算",
        "投资估算",
        "资金",
        "效益",
        "监测",
        "概况",
        "水情",
        "短板",
        "挑战",
        "机遇",
        "评估",
        "依据",
        "组织实施",
        "政策",
        "环境影响",
        "人才",
        "考核",
        "说明",
        "总则",
        "愿景",
        "展望",
    ];
    // 基础设施 and 基础教育 are built; 保障和改善民生 is no 保障措施.
    const BUILT: &[&str] = &["基础设施", "基础教育", "安全保障", "条件改善"];
    let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
    title == "保障" || !has(BUILT) && has(WORDS)
}

fn first_verb(text: &str) -> Option<(usize, &'static str)> {
    // The place is named in a few words.
    let near = text.char_indices().nth(20).map_or(text.len(), |(at, _)| at);
    let near = text.get(..near)?;
    text.char_indices()
        .take_while(|(at, _)| *at < near.len())
        .find_map(|(at, _)| Some((at, longest_start(VERBS, text.get(at..)?)?)))
}

fn longest_start(words: &[&'static str], text: &str) -> Option<&'static str> {
    words.iter().filter(|w| text.starts_with(**w)).max_by_key(|w| w.len()).copied()
}

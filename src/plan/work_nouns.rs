//! What plans call the things they build, and the words that alone name no single one.

use std::{collections::HashSet, sync::LazyLock};

type Words = LazyLock<HashSet<&'static str>>;

fn split(words: &'static str) -> HashSet<&'static str> {
    words.split_whitespace().collect()
}

/// Nouns of things that are built, and of undertakings. The name of a work ends in one.
static NOUNS: Words = Words::new(|| {
    split(
        "工程 项目 高速公路 公路 快速路 高速 大道 大街 国道 省道 县道 环线 干线 复线 \
     专线 旅游线 联络线 连接线 通道 环湖路 环路 路 街 大桥 特大桥 桥 隧道 立交 \
     互通 枢纽 客运站 火车站 汽车站 高铁站 货运站 首末站 换乘中心 停车场 站房 站 \
     铁路 高铁 轻轨 地铁 号线 机场 航站楼 港区 港 码头 作业区 航道 船闸 水库 \
     水厂 泵站 闸 堤防 防洪堤 大堤 干渠 支渠 渠 灌区 管网 管道 管廊 处理厂 \
     填埋场 发电厂 焚烧厂 电厂 电站 风电场 变电站 光伏 加氢站 加油站 气站 储备库 \
     基地 园区 产业园 工业园 科技园 物流园 示范园 加工园 孵化园 文化园 公园 园 \
     广场 景区 景点 度假区 旅游区 示范区 保税区 开发区 小镇 新城 新区 社区 小区 \
     医院 卫生院 疗养院 福利院 敬老院 养老院 学校 大学 学院 校区 院区 幼儿园 中学 \
     小学 高中 初中 职校 中心 大厦 大楼 综合体 会展馆 博物馆 图书馆 体育馆 文化馆 \
     科技馆 美术馆 展览馆 纪念馆 档案馆 体育场 剧院 市场 商场 商城 商业街 酒店 \
     宾馆 公寓 工厂 厂 车间 生产线 中试线 线 仓库 冷库 库 湿地 绿道 步道 栈道 \
     廊道 绿廊 索道 艺术村 度假村 村 牧场 农场 养殖场 林场 茶园 果园 实验室 \
     研究院 研究所 数据中心 营地 驿站 服务区 安置房 棚户区 口岸 厂房 古城 古镇 \
     片区 组团",
    )
});

/// What is done to a thing, said after its noun: 大道东延, 水库扩建, 景区提档升级.
static DONE: Words = Words::new(|| {
    split(
        "改扩建 新建 扩建 改建 改造 迁建 重建 续建 续建配套 扩容 扩能 扩区 扩园 提升 \
     升级 技改 东延 西延 南延 北延 延伸 延长 治理 整治 修复 加固 除险加固 开发 \
     搬迁 一期 二期 三期 四期 (一期) (二期) (三期) 建设 段 及配套 提档升级 \
     提质改造 提质升级 提质扩容 提质增效 \
     改造提升 综合治理 防洪治理 水环境治理 升级改造",
    )
});

/// Words before a noun that tell a sort, not a place or an owner. What is made of nothing else is
/// a programme: 农村公路, 老旧小区, 标准厂房.
static SORTS: Words = Words::new(|| {
    split(
        "四好农村路 四好农村 农村 农业 城乡 城市 城镇 城区 乡村 乡镇 县乡 村庄 县域 \
     县级 市级 省级 国家级 国家 国省 省市 重点 重大 大型 中型 小型 小微 中小 \
     大中小 规模化 标准化 标准 现代 现代化 智慧 智能 数字 数字化 信息化 绿色 生态 \
     低碳 清洁 新型 新能源 高标准 高效 高等级 普通 公共 公益 综合 配套 基础 \
     基础设施 设施 老旧 危旧 危 病险 低产 闲置 山洪 河道 河流 河湖 水系 水源 \
     水利 供水 排水 污水 雨水 雨污 垃圾 供热 供气 燃气 电力 通信 能源 电网 配电 \
     道路 公路 高速 铁路 交通 公交 客运 货运 物流 旅游 文化 体育 教育 医疗 卫生 \
     养老 康养 健康 保障性 安置 住房 产业 工业 科技 创新 创业 孵化 示范 试点 \
     特色 精品 骨干 主要 相关 一批 若干 部分 各类 新增 新 小 大 中 型 全县 \
     全市 全区 全镇 全域 我县 我市 本地 境内 沿线 片区 社区 小区 园区 校园 景区 \
     干线 支线 管网 灌溉 灌区 农田 高标准农田 水土流失 水土保持 造林 绿化 人居 \
     环境 养殖 种植 畜禽 生猪 粮食 冷链 仓储 充电 停车 路灯 5G 互联网 数据 \
     信息 公用 民生 惠民 便民 利民 专项 系列 建设 改造 提升 治理 整治 修复 保护 \
     开发 管理 服务 保障 安全 应急 防洪 防汛 抗旱 减灾 和 及 与 、 等 的 “ \
     ” ( ) 个 座 处 条 类 级 工程 项目 基地 中心 土地 用地 集中 分散 式 \
     化 区域 范围 内 外 上 下 共 总 年 亿元 以上 招商 引资 技术 技改 投资 \
     续建 新建 在建 储备 前期 公司 企业 设备 设施农业 水 电 路 气 村 镇 县 乡 \
     市 山塘 山坪塘 蓄水池 提灌站 渠系 渠道 堤防 河堤 桥梁 隧道 危桥 厂房 公厕 \
     厕所 供应 配送 储能 光伏 风电 火电 水电 电站 分布式 屋顶 人才 金融 商贸 \
     商业 住宅 地产",
    )
});

/// The length in bytes of the noun, and of what is done to it, that a name ends in.
pub(super) fn noun_len(name: &str) -> Option<usize> {
    let mut rest = name;
    let mut done = 0;
    while let Some(word) = longest(&DONE, rest) {
        rest = rest.strip_suffix(word)?;
        done += word.len();
        if done > 60 {
            break;
        }
    }
    if let Some(noun) = longest(&NOUNS, rest) {
        return Some(done + noun.len());
    }
    // 公路孝丰至杭垓段, 月滩河治理: the part of a line, and waters that are worked on.
    let near = rest.char_indices().rev().nth(12).map_or(0, |(at, _)| at);
    let near = rest.get(near..)?;
    let line = name.contains('段') && LINES.iter().any(|line| near.contains(line));
    let water = done > 0 && WATERS.iter().any(|water| rest.ends_with(water));
    (line || water).then_some(done)
}

const LINES: &[&str] =
    &["公路", "高速", "铁路", "国道", "省道", "县道", "线", "大道", "河", "江", "渠", "堤"];
const WATERS: &[&str] =
    &["河", "江", "湖", "沟", "溪", "流域", "河段", "海湾", "岸线", "矿山", "老城", "街区"];

/// Whether a name ends as names of works do.
pub(super) fn ends_in_noun(name: &str) -> bool {
    noun_len(name).is_some()
}

/// Whether a name says which one: more than sorts and nouns stands in it.
pub(super) fn is_specific(name: &str) -> bool {
    let Some(noun) = noun_len(name) else { return false };
    let mut rest = name.get(..name.len() - noun).unwrap_or_default();
    // 23座小型水库: a number of them.
    rest = rest.trim_start_matches(|c: char| {
        c.is_ascii_digit() || "一二三四五六七八九十百千万余多".contains(c)
    });
    loop {
        let shorter = longest(&SORTS, rest)
            .and_then(|word| rest.strip_suffix(word))
            // 临港 is a name, though 港 is a thing.
            .or_else(|| {
                let noun = longest(&NOUNS, rest).filter(|noun| noun.chars().count() > 1);
                noun.and_then(|word| rest.strip_suffix(word))
            });
        match shorter {
            Some(shorter) => rest = shorter,
            None => break,
        }
    }
    rest.chars().filter(|c| c.is_alphanumeric()).count() >= 2
}

/// No word of the lists has more characters.
const LONGEST: usize = 6;

/// The longest word of a list that a text ends in.
fn longest<'a>(words: &Words, text: &'a str) -> Option<&'a str> {
    let starts = text.char_indices().rev().take(LONGEST).map(|(at, _)| at);
    starts.filter_map(|at| text.get(at..)).filter(|end| words.contains(end)).last()
}

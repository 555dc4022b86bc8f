//! Broken, damaged and foreign input: findings with a place, and never a panic.
#![allow(clippy::expect_used, reason = "a test stops where the document lacks what it must have")]

use std::collections::HashSet;

use jintu::diagnostics::{Location, Severity};
use jintu::plan::{Encoding, NormalisedText, Parsed, parse};
use jintu::units::TextRange;
use proptest::prelude::{ProptestConfig, Strategy, any, prop, prop_assert, proptest};

use crate::plan::{FILE, codes};

/// What holds for the answer to any bytes; the first thing that does not, in words.
fn fault(bytes: &[u8]) -> Option<String> {
    let Parsed { plan, diagnostics } = parse(bytes);
    let text = &plan.text;
    let inside = |range: TextRange| -> bool {
        let span = text.source_span(range);
        range.start <= range.end
            && text.as_str().get(range.start..range.end).is_some()
            && span.start <= span.end
            && span.end <= bytes.len()
    };
    let nodes = plan.outline.nodes();
    let mut ranges: Vec<TextRange> = text.paragraphs().to_vec();
    ranges.extend(nodes.iter().flat_map(|n| [n.heading, n.range]));
    ranges.extend(plan.sentences.iter().map(|s| s.range));
    ranges.extend(plan.figures.iter().flat_map(|f| [f.range, f.value_range]));
    for plan_box in &plan.boxes {
        ranges.push(plan_box.range);
        ranges.extend(plan_box.groups.iter().map(|g| g.range));
        ranges.extend(plan_box.items.iter().flat_map(|i| [i.range, i.name_range]));
        if plan_box.items.iter().any(|i| !plan_box.range.contains(i.range)) {
            return Some("an item leaves its box".to_owned());
        }
    }
    if let Some(range) = ranges.into_iter().find(|r| !inside(*r)) {
        return Some(format!("{range:?} is outside"));
    }
    if !monotone(text) {
        return Some("source spans go back".to_owned());
    }
    for (i, node) in nodes.iter().enumerate() {
        let Some(parent) = node.parent else { continue };
        if parent >= i || !nodes[parent].range.contains(node.range) {
            return Some(format!("{} leaves its parent", node.id));
        }
    }
    let unique = |ids: Vec<&str>| ids.iter().collect::<HashSet<_>>().len() == ids.len();
    if !unique(nodes.iter().map(|n| n.id.as_str()).collect())
        || !unique(plan.sentences.iter().map(|s| s.id.as_str()).collect())
        || !unique(plan.boxes.iter().flat_map(|b| b.items.iter().map(|i| i.id.as_str())).collect())
    {
        return Some("an id is not unique".to_owned());
    }
    if plan.sentences.iter().any(|s| s.node >= nodes.len()) {
        return Some("a sentence without a node".to_owned());
    }
    if !plan.sentences.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start) {
        return Some("sentences overlap".to_owned());
    }
    for figure in &plan.figures {
        let in_sentence =
            plan.sentences.get(figure.sentence).is_some_and(|s| s.range.contains(figure.range));
        if !in_sentence || !figure.range.contains(figure.value_range) || !figure.value.is_finite() {
            return Some(format!("{figure:?}"));
        }
    }
    for diagnostic in &diagnostics {
        if let Location::Plan { span, line, column } = diagnostic.location
            && (span.start > span.end || span.end > bytes.len() || line == 0 || column == 0)
        {
            return Some(format!("{diagnostic:?}"));
        }
    }
    None
}

/// Source spans of successive characters never go back.
fn monotone(text: &NormalisedText) -> bool {
    let mut last = 0;
    text.as_str().char_indices().all(|(start, ch)| {
        let span = text.source_span(TextRange { start, end: start + ch.len_utf8() });
        let fine = span.start >= last && span.end >= span.start;
        last = span.end;
        fine
    })
}

#[test]
fn the_plan_cut_anywhere_is_still_read() {
    for len in (0..FILE.len()).step_by(97) {
        assert_eq!(fault(&FILE[..len]), None, "cut at {len}");
    }
    for from in (0..FILE.len()).step_by(997) {
        assert_eq!(fault(&FILE[from..]), None, "cut before {from}");
    }
}

/// Failing cases go to the message only, not into files.
fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

fn place() -> impl Strategy<Value = usize> {
    0..FILE.len()
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(fault(&bytes).is_none(), "{:?}", fault(&bytes));
    }

    #[test]
    fn any_plan_like_text_is_answered(
        parts in prop::collection::vec(prop::sample::select(vec![
            "一、", "二、", "(一)", "（二）", "1.", "2.", "(1)", "①", "专栏1", "专栏 2　", "●", "\n", "\n\n",
            "。", "，", "；", "、", "：", "(", ")", "“", "”", "总投资约", "投资", "年产", "长", "时速", "到", "至",
            "2025年", "410", "12.3", "1,200", "6—8", "万", "亿元", "公里", "平方米", "吨级", "千万", "余", "个", "%",
            "以上", "倍增", "指数", "年的", "建设太原南站", "项目", " ", "\u{3000}", "\u{C}", "ꎬ", "ꎮ", "Ａ", "km/h",
        ]), 0..60)
    ) {
        let text = parts.concat();
        prop_assert!(fault(text.as_bytes()).is_none(), "{:?}", fault(text.as_bytes()));
    }
}

proptest! {
    #![proptest_config(config(40))]

    #[test]
    fn a_damaged_plan_is_answered(
        cuts in prop::collection::vec((place(), 0usize..300, prop::collection::vec(any::<u8>(), 0..6)), 1..12)
    ) {
        let mut bytes = FILE.to_vec();
        for (at, len, with) in cuts {
            let from = at.min(bytes.len());
            let to = (from + len).min(bytes.len());
            bytes.splice(from..to, with);
        }
        prop_assert!(fault(&bytes).is_none(), "{:?}", fault(&bytes));
    }

    #[test]
    fn lines_in_any_order_are_answered(
        swaps in prop::collection::vec((0usize..1910, 0usize..1910), 1..200)
    ) {
        let source = String::from_utf8_lossy(FILE);
        let mut lines: Vec<&str> = source.lines().collect();
        for (a, b) in swaps {
            lines.swap(a, b);
        }
        let text = lines.join("\n");
        prop_assert!(fault(text.as_bytes()).is_none(), "{:?}", fault(text.as_bytes()));
    }
}

/// The severity, code and byte of the first finding.
fn first(bytes: &[u8]) -> (Severity, &'static str, usize, usize, usize) {
    let diagnostics = parse(bytes).diagnostics;
    let finding = diagnostics.first().expect("a finding");
    let Location::Plan { span, line, column } = finding.location else {
        unreachable!("the finding has no place")
    };
    (finding.severity, finding.code, span.start, line, column)
}

#[test]
fn what_is_no_text_is_an_error_with_a_place() {
    assert_eq!(first(b""), (Severity::Error, "plan-empty", 0, 1, 1));
    assert_eq!(first(" \n\u{3000}\n".as_bytes()), (Severity::Error, "plan-empty", 0, 1, 1));
    assert_eq!(first(b"%PDF-1.7\n%\xE2\xE3"), (Severity::Error, "plan-binary", 0, 1, 1));
    assert_eq!(first(b"PK\x03\x04\x14\x00"), (Severity::Error, "plan-binary", 0, 1, 1));
    let binary: Vec<u8> = [b'a', 0, 1, 2, 3].repeat(50);
    let (severity, code, at, ..) = first(&binary);
    assert_eq!((severity, code, at), (Severity::Error, "plan-binary", 1));
    let parsed = parse(&binary);
    assert_eq!(parsed.plan.encoding, Encoding::Unknown);
    assert!(parsed.plan.text.is_empty());
}

#[test]
fn broken_bytes_are_placed_and_the_rest_is_read() {
    let source = "滨河市交通规划\n一、目标\n到2030年，建成道路50公里。\n";
    let at = source.find("建成").expect("the words");
    let mut bytes = source.as_bytes().to_vec();
    bytes.splice(at..at, [0xE5, 0xBB]);
    let parsed = parse(&bytes);
    assert_eq!(codes(&parsed.diagnostics), ["bad-bytes"]);
    let Location::Plan { span, line, column } = parsed.diagnostics[0].location else {
        unreachable!("the finding has no place")
    };
    assert_eq!((span.start, span.end, line, column), (at, at + 2, 3, 8));
    assert_eq!(parsed.plan.figures.len(), 1);
    assert!((parsed.plan.figures[0].value - 50.0).abs() < 1e-12);
}

#[test]
fn a_flood_of_findings_is_cut_short() {
    let source = "滨河市规划\n一、目标\n建设道路。".repeat(3) + &"(未完\n".repeat(50);
    let parsed = parse(source.as_bytes());
    let same = codes(&parsed.diagnostics).iter().filter(|c| **c == "bracket-unclosed").count();
    assert_eq!(same, 21);
}

#[test]
fn faults_of_numbering_and_brackets_are_reported() {
    let plan = "\
滨河市产业规划
一、现状
发展良好。
三、任务
(一)产业(园区
专栏1 项目
1.钢厂。总投资30亿元。
3.水厂。总投资约40，年内开工。
专栏1 又一批
1.电厂。总投资5亿元。
专栏3 空的
四、保障
加强领导。
";
    let parsed = parse(plan.as_bytes());
    assert_eq!(
        codes(&parsed.diagnostics),
        [
            "heading-numbering",
            "bracket-unclosed",
            "box-item-numbering",
            "figure-unit",
            "box-numbering",
            "box-numbering",
            "box-empty",
        ]
    );
    assert!(parsed.diagnostics.iter().all(|d| d.severity == Severity::Warning));
    let lines: Vec<usize> = parsed
        .diagnostics
        .iter()
        .filter_map(|d| match d.location {
            Location::Plan { line, .. } => Some(line),
            _ => None,
        })
        .collect();
    assert_eq!(lines, [4, 5, 8, 8, 9, 11, 11]);
    let ids: Vec<&str> =
        parsed.plan.boxes.iter().flat_map(|b| b.items.iter().map(|i| i.id.as_str())).collect();
    assert_eq!(ids, ["B1-01", "B1-03", "B1~2-01"]);
}

#[test]
fn a_text_that_is_no_plan_says_so() {
    let parsed = parse("今天天气很好，我们去公园。\n".as_bytes());
    assert_eq!(codes(&parsed.diagnostics), ["outline-missing"]);
    assert_eq!(parsed.plan.outline.nodes().len(), 2);
    assert_eq!(parsed.plan.sentences[0].id, "0.p1-s1");
}

#[test]
fn figures_without_a_sign_between_them_take_their_time_each() {
    // Each looked back over all before it: twenty thousand took a minute.
    let start = std::time::Instant::now();
    let parsed = parse("2035年".repeat(20_000).as_bytes());
    assert_eq!(parsed.plan.text.len(), 20_000 * "2035年".len());
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

/// Texts of one line or of very many, in which everything looks like what it is not.
#[test]
fn the_same_over_and_over_is_read() {
    let bit = "新建南岭大桥，长2公里，总投资3亿元，其中一期1亿元；";
    let page = "一、任务\n(一)公路\n专栏1 重点项目\n1.南岭大桥。总投资3亿元。\n——北岭隧道，长4公里，投资5亿元；\n目录\n";
    for (what, part) in [
        ("one line", bit.to_owned()),
        ("no sign", "总投资3亿元".to_owned()),
        ("brackets", "(大桥3公里、".to_owned()),
        ("one verb", "新建".to_owned()),
        ("one filler", "等".to_owned()),
        ("lines", format!("{bit}\n")),
        ("pages", page.to_owned()),
        ("decimals", "1 总则\n1.1 公路\n1.2 铁路\n2 任务\n".to_owned()),
        ("boxes", "专栏\n".to_owned()),
        ("chapters", "一、任务\n".to_owned()),
    ] {
        let parsed = parse(part.repeat(20_000 / part.len()).as_bytes());
        assert!(!parsed.plan.text.is_empty(), "{what}");
    }
}

//! Box items and named works to projects: words, figures, tasks.

use std::sync::Arc;

use crate::{
    catalogue::{
        Accuracy, Fact, Investment, Project, ProjectOrigin, Status,
        seed::{AlsoSeed, ProjectSeed},
    },
    diagnostics::{Diagnostic, Location, Severity},
    language::Bilingual,
    plan::{Figure, NodeKind, Plan, PlanBox, Quantity},
    units::TextRange,
};

use super::guess;

/// Projects of the boxes: curated where a seed has the item's id and name, else told by the text.
pub fn from_boxes(plan: &Plan, seeds: &[ProjectSeed], out: &mut Vec<Diagnostic>) -> Vec<Project> {
    let mut projects = Vec::new();
    for plan_box in &plan.boxes {
        for item in &plan_box.items {
            let seed = seeds.iter().find(|s| s.id == item.id);
            let seed = seed.filter(|s| {
                let same = same_name(&s.name, &item.name);
                if !same {
                    out.push(Diagnostic::new(
                        Severity::Error,
                        "item-renamed",
                        format!("{}：种子中名为“{}”，规划中为“{}”", item.id, s.name, item.name),
                        format!(
                            "{}: the seeds call it “{}”, the plan “{}”",
                            item.id, s.name, item.name
                        ),
                        Location::Project { id: item.id.clone() },
                    ));
                }
                same
            });
            let mut project = seed.map_or_else(
                || guess::project(plan, plan_box, item),
                |s| curated(s, item.range, plan),
            );
            project.words = item.range;
            project.name.zh.clone_from(&item.name);
            project.facts =
                facts(plan, item.range, |f| f.item.as_deref() == Some(item.id.as_str()));
            project.tasks = box_tasks(plan, plan_box, seed);
            project.investment = stated_investment(figures_in(plan, item.range));
            projects.push(project);
        }
    }
    projects
}

/// Projects that only the running text names.
pub fn from_text(plan: &Plan, seeds: &[ProjectSeed], out: &mut Vec<Diagnostic>) -> Vec<Project> {
    let mut projects = Vec::new();
    for seed in seeds {
        let Some(anchor) = &seed.anchor else { continue };
        let Some(words) = find(plan, anchor, seed.occurrence.unwrap_or(1)) else {
            out.push(missing_anchor(&seed.id, anchor));
            continue;
        };
        let mut project = curated(seed, words, plan);
        project.tasks = task_at(plan, words).into_iter().collect();
        for also in &project.also {
            let task = task_at(plan, *also).filter(|task| !project.tasks.contains(task));
            project.tasks.extend(task);
        }
        project.facts = facts(plan, words, |f| f.item.is_none() && words.contains(f.range));
        project.investment = stated_investment(figures_in(plan, words));
        projects.push(project);
    }
    for seed in seeds {
        for also in &seed.also {
            let (phrase, occurrence) = also_anchor(also);
            if find(plan, phrase, occurrence).is_none() {
                out.push(missing_anchor(&seed.id, phrase));
            }
        }
    }
    projects
}

/// What the reader of plans proposes from the running text, each marked with its certainty.
pub fn from_works(plan: &Plan) -> Vec<Project> {
    plan.works
        .iter()
        .map(|work| {
            let mut project = guess::work(plan, work);
            let own = || work.figures.iter().filter_map(|at| plan.figures.get(*at));
            project.facts = own().map(|figure| fact(plan, figure)).collect();
            project.tasks = task_at(plan, work.range).into_iter().collect();
            project.investment = stated_investment(own());
            project
        })
        .collect()
}

/// Seeds count occurrences from 1, the text from 0.
fn find(plan: &Plan, phrase: &str, occurrence: usize) -> Option<TextRange> {
    plan.text.find(phrase, occurrence.checked_sub(1)?)
}

/// Punctuation and the closing 项目 differ between a heading and its name in a list.
fn same_name(a: &str, b: &str) -> bool {
    let plain = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    plain(a) == plain(b)
}

fn missing_anchor(id: &str, anchor: &str) -> Diagnostic {
    Diagnostic::new(
        Severity::Error,
        "anchor-missing",
        format!("{id}：规划中已没有“{anchor}”这句话"),
        format!("{id}: the plan no longer says “{anchor}”"),
        Location::Project { id: id.to_owned() },
    )
}

fn also_anchor(also: &AlsoSeed) -> (&str, usize) {
    match also {
        AlsoSeed::Phrase(phrase) => (phrase, 1),
        AlsoSeed::Anchor(anchor) => (&anchor.phrase, anchor.occurrence.unwrap_or(1)),
    }
}

fn curated(seed: &ProjectSeed, words: TextRange, plan: &Plan) -> Project {
    Project {
        id: seed.id.clone(),
        name: seed.name(),
        short_name: seed.short_name(),
        kind: seed.kind.clone(),
        status: if seed.planned { Status::Planned } else { Status::Done },
        regions: seed.regions.clone(),
        tasks: Vec::new(),
        counties: Vec::new(),
        investment: None,
        facts: Vec::new(),
        organisations: seed.organisations.clone(),
        words,
        also: seed
            .also
            .iter()
            .filter_map(|also| {
                let (phrase, occurrence) = also_anchor(also);
                find(plan, phrase, occurrence)
            })
            .collect(),
        accuracy: Accuracy::None,
        features: Vec::new(),
        length_km: None,
        beyond_km: None,
        stated_length_km: None,
        unlocated: None,
        updates: Vec::new(),
        rows: Arc::default(),
        note: seed.note(),
        period: None,
        origin: ProjectOrigin::Plan,
        certainty: None,
        ground: None,
        reviewed: None,
        marked: None,
        set: Vec::new(),
        related: Vec::new(),
        same_as: seed.same_as.clone(),
        flagship: seed.flagship,
    }
}

/// The figures whose numbers stand in a range; the plan has them in order.
pub(super) fn figures_in(plan: &Plan, range: TextRange) -> &[Figure] {
    let before = |end: usize| plan.figures.partition_point(|f| f.value_range.start < end);
    plan.figures.get(before(range.start)..before(range.end)).unwrap_or_default()
}

/// Figures of a range that pass the test, in order.
fn facts(plan: &Plan, range: TextRange, belongs: impl Fn(&Figure) -> bool) -> Vec<Fact> {
    let figures = figures_in(plan, range).iter();
    figures.filter(|figure| belongs(figure)).map(|figure| fact(plan, figure)).collect()
}

pub(super) fn fact(plan: &Plan, figure: &Figure) -> Fact {
    let text = plan.text.slice(figure.range).to_owned();
    let stated_value = plan.text.slice(figure.value_range).to_owned();
    Fact {
        quantity: figure.quantity,
        value: figure.value,
        value_max: figure.value_max,
        unit: figure.unit.clone(),
        subject: Bilingual::new(subject(&text, &stated_value, &figure.stated_unit), ""),
        stated_value,
        stated_unit: figure.stated_unit.clone(),
        approx: figure.approx,
        range: figure.range,
        text,
        span: plan.text.source_span(figure.range),
        by_hand: None,
    }
}

/// What a phrase measures: what follows its number and unit, such as 航站楼 of
/// 新建40万平方米的航站楼, else what stands before them, such as 正线全长.
fn subject<'a>(phrase: &'a str, value: &str, unit: &str) -> &'a str {
    const VERBS: [&str; 8] = ["主要建设", "新建", "建设", "投资", "拟建", "年产", "约", "内设"];
    let Some((before, rest)) = phrase.split_once(value).filter(|_| !value.is_empty()) else {
        return "";
    };
    let Some(after) = rest.strip_prefix(unit) else { return "" };
    let after = after.trim_start_matches('的').trim();
    if !after.is_empty() {
        return after;
    }
    let mut before = before.trim().trim_end_matches('约');
    while let Some(shorter) = VERBS.iter().find_map(|verb| before.strip_prefix(verb)) {
        before = shorter;
    }
    before
}

/// The total: the first investment that is no part of another sum.
pub(super) fn total<'a>(figures: impl IntoIterator<Item = &'a Figure>) -> Option<&'a Figure> {
    figures
        .into_iter()
        .find(|own| own.quantity == Quantity::Investment && own.unit == "亿元" && !own.part)
}

pub(super) fn stated_investment<'a>(
    figures: impl IntoIterator<Item = &'a Figure>,
) -> Option<Investment> {
    total(figures).map(|own| Investment { yi: own.value, approx: own.approx })
}

/// The heading a phrase stands under; plain paragraphs belong to the heading above them.
pub(super) fn task_at(plan: &Plan, words: TextRange) -> Option<String> {
    let mut node = plan.outline.node_at(words.start)?;
    loop {
        let here = plan.outline.nodes().get(node)?;
        if here.kind != NodeKind::Paragraph {
            return Some(here.id.clone());
        }
        node = here.parent?;
    }
}

/// A box serves the section it stands in; curation may name the item of that section.
fn box_tasks(plan: &Plan, plan_box: &PlanBox, seed: Option<&ProjectSeed>) -> Vec<String> {
    let hint = seed.and_then(|s| s.task_hint.clone()).filter(|id| plan.outline.get(id).is_some());
    let section = plan_box
        .section
        .and_then(|node| plan.outline.nodes().get(node))
        .map(|node| node.id.clone());
    let mut tasks: Vec<String> = hint.or(section).into_iter().collect();
    for also in seed.into_iter().flat_map(|s| &s.also) {
        let (phrase, occurrence) = also_anchor(also);
        let task = find(plan, phrase, occurrence).and_then(|range| task_at(plan, range));
        tasks.extend(task.filter(|task| !tasks.contains(task)));
    }
    tasks
}

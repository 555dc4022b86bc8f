//! The sheet of a newer text of the plan: what is new, gone or said otherwise, with both wordings, to
//! be taken over one by one.

use std::{collections::BTreeMap, ops::Range};

use egui::{
    Button, Color32, Label, Role, Ui, WidgetInfo,
    text::{LayoutJob, TextFormat},
};
use serde_json::Value;

use super::{
    sheet::{Part, Place, Sheet},
    widgets,
    workbook::moment,
};
use crate::{
    app::{Action, BookStep, Language, State},
    book::FactRecord,
    catalogue::{
        edit::field,
        revise::{Comparison, Decision, Difference, Reworded, What},
    },
    theme::{self, Theme, size},
    tr,
};

const WIDTH: f32 = 760.0;
/// More than anybody looks through at once; the others follow when these are decided.
const MOST_SHOWN: usize = 200;

/// Draws the sheet.
pub fn show(ui: &Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let Some(comparison) = state.workbook.revision.as_deref() else {
        actions.push(Action::CloseOverlay);
        return;
    };
    let decided = &*state.workbook.decided;
    let mut order: Vec<&Difference> = comparison.differences.iter().collect();
    // What is open first, each in its order.
    order.sort_by_key(|own| decided.contains_key(&own.key));
    let open = order.iter().filter(|own| !decided.contains_key(&own.key)).count();
    let title = tr!(language, "revise.title");
    let place = Place::Middle;
    let sheet = Sheet { id: "revision", title: &title, width: WIDTH, place, is_modal: true };
    let closed = sheet.show(ui, language, theme, |ui, part| match part {
        Part::Body => {
            lead(ui, comparison, language, theme);
            for own in order.iter().take(MOST_SHOWN) {
                widgets::rule(ui, theme);
                let sight = Sight { state, theme, decision: decided.get(&own.key) };
                sight.one(ui, own, actions);
            }
            if let Some(more) = order.len().checked_sub(MOST_SHOWN).filter(|more| *more > 0) {
                widgets::small_print(ui, &tr!(language, "revise.more", n = more), theme);
            }
        }
        Part::Foot => foot(ui, state, comparison, decided, open, theme, actions),
    });
    if closed {
        actions.push(Action::CloseOverlay);
    }
}

fn lead(ui: &mut Ui, comparison: &Comparison, language: Language, theme: Theme) {
    let name = &comparison.plan.name;
    let n = comparison.differences.len();
    let words = if n == 0 {
        tr!(language, "revise.all_same", name = name)
    } else {
        tr!(language, "revise.lead", name = name, n = n, same = comparison.same)
    };
    ui.add(Label::new(theme::text(words, size::BODY, false).color(theme.ink())).wrap());
    if comparison.is_of_another() {
        let words = tr!(language, "revise.other_plan", name = name);
        ui.add(Label::new(theme::text(words, size::BODY, true).color(theme.ink())).wrap());
    }
}

fn foot(
    ui: &mut Ui,
    state: &State,
    comparison: &Comparison,
    decided: &BTreeMap<String, Decision>,
    open: usize,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    widgets::rule(ui, theme);
    ui.horizontal_wrapped(|ui| {
        if open == 0 {
            widgets::small_print(ui, &tr!(language, "revise.none_open"), theme);
            return;
        }
        let button = ui.button(tr!(language, "revise.take_rest", n = open));
        if button.clicked() {
            let keys = comparison.differences.iter().map(|own| own.key.clone());
            let keys = keys.filter(|key| !decided.contains_key(key)).collect();
            actions.push(Action::Workbook(BookStep::Revise { keys, taken: true }));
        }
        widgets::small_print(ui, &tr!(language, "revise.rest", n = open), theme);
    });
}

/// How one difference is seen.
struct Sight<'a> {
    state: &'a State,
    theme: Theme,
    decision: Option<&'a Decision>,
}

impl Sight<'_> {
    fn one(&self, ui: &mut Ui, own: &Difference, actions: &mut Vec<Action>) {
        let (language, theme) = (self.state.settings.language, self.theme);
        let (kind, ink) = match own.what {
            What::New { .. } => (tr!(language, "revise.new"), theme.accent()),
            What::Gone { .. } => (tr!(language, "revise.gone"), theme.muted()),
            What::Changed(_) => (tr!(language, "revise.changed"), theme.ink()),
        };
        ui.horizontal_wrapped(|ui| {
            ui.label(theme::text(kind, size::SMALL, true).color(ink));
            let id = own.key.strip_prefix("new:").unwrap_or(&own.key);
            ui.label(theme::text(id, size::SMALL, false).color(theme.muted()));
            ui.label(theme::text(own.name.as_str(), size::BODY, true).color(theme.ink()));
        });
        match &own.what {
            What::New { words, .. } => self.wording(ui, "revise.newer", words, &[]),
            What::Gone { words } => self.wording(ui, "revise.older", words, &[]),
            What::Changed(reworded) => self.reworded(ui, reworded),
        }
        self.decide(ui, own, actions);
    }

    fn reworded(&self, ui: &mut Ui, own: &Reworded) {
        let (language, theme) = (self.state.settings.language, self.theme);
        let [older, newer] = &own.differing;
        self.wording(ui, "revise.older", &own.older, older);
        self.wording(ui, "revise.newer", &own.newer, newer);
        let values = own.values.iter().map(|change| {
            let name =
                field(change.field).map_or(change.field, |own| language.pick(own.zh, own.en));
            let yi = tr!(language, "form.yi");
            let unit = if change.field == "investment_yi" { yi.as_str() } else { "" };
            (name.to_owned(), value(&change.older, unit), value(&change.newer, unit))
        });
        let figures = own.figures.iter().map(|change| {
            let told = change.older.as_ref().or(change.newer.as_ref());
            let subject = told.map(|fact| language.pick(&fact.subject.zh, &fact.subject.en));
            let name = subject.filter(|words| !words.is_empty()).map(str::to_owned);
            let name = name.unwrap_or_else(|| tr!(language, "revise.figure"));
            (name, stated(change.older.as_ref()), stated(change.newer.as_ref()))
        });
        for (name, older, newer) in values.chain(figures) {
            let words = format!("{name}  {older} → {newer}");
            ui.add(Label::new(theme::text(words, size::SMALL, false).color(theme.ink())).wrap());
        }
    }

    /// A wording, with what the other does not have on a tinted ground.
    fn wording(&self, ui: &mut Ui, which: &str, words: &str, differing: &[Range<usize>]) {
        let (language, theme) = (self.state.settings.language, self.theme);
        let plain = |ink: Color32, ground: Color32| TextFormat {
            font_id: theme::font(size::BODY, false),
            color: ink,
            background: ground,
            ..TextFormat::default()
        };
        let own = match which {
            "revise.older" => tr!(language, "revise.older"),
            _ => tr!(language, "revise.newer"),
        };
        let mut job = LayoutJob::default();
        let head = TextFormat {
            font_id: theme::font(size::SMALL, false),
            ..plain(theme.muted(), Color32::TRANSPARENT)
        };
        job.append(&format!("{own}  "), 0.0, head);
        let mut at = 0;
        for range in differing {
            let before = words.get(at..range.start).unwrap_or_default();
            job.append(before, 0.0, plain(theme.ink(), Color32::TRANSPARENT));
            let other = words.get(range.clone()).unwrap_or_default();
            job.append(other, 0.0, plain(theme.ink(), theme.selection()));
            at = range.end;
        }
        let rest = words.get(at..).unwrap_or_default();
        job.append(rest, 0.0, plain(theme.ink(), Color32::TRANSPARENT));
        ui.add(Label::new(job).wrap());
    }

    fn decide(&self, ui: &mut Ui, own: &Difference, actions: &mut Vec<Action>) {
        let (language, theme) = (self.state.settings.language, self.theme);
        if let Some(decision) = self.decision {
            let word = if decision.taken {
                tr!(language, "revise.taken")
            } else {
                tr!(language, "revise.left")
            };
            let (who, at) = (&decision.mark.who, moment(&decision.mark.at));
            let words = tr!(language, "revise.by", decision = word, who = who, at = at);
            widgets::small_print(ui, &words, theme);
            return;
        }
        ui.horizontal_wrapped(|ui| {
            let words = theme::text(tr!(language, "revise.take"), size::BODY, true);
            let take = ui.add(Button::new(words.color(theme.on_accent())).fill(theme.accent()));
            let name = tr!(language, "revise.take_name", name = own.name);
            take.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
            let leave = ui.button(tr!(language, "revise.leave"));
            let name = tr!(language, "revise.leave_name", name = own.name);
            leave.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
            if take.clicked() || leave.clicked() {
                let (keys, taken) = (vec![own.key.clone()], take.clicked());
                actions.push(Action::Workbook(BookStep::Revise { keys, taken }));
            }
        });
    }
}

fn value(value: &Value, unit: &str) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("、")
        }
        // 410, not 410.0.
        Value::Number(number) => {
            let number = number.as_f64().unwrap_or_default();
            format!("{number} {unit}").trim_end().to_owned()
        }
        other => other.to_string(),
    }
}

/// A figure as its text has it.
fn stated(fact: Option<&FactRecord>) -> String {
    let plain = |fact: &FactRecord| format!("{}{}", fact.stated_value, fact.stated_unit);
    fact.map_or_else(|| "–".to_owned(), plain)
}

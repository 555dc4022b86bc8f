//! Notices and the log of messages, without a window.

use jintu::{
    app::command::{self, Call},
    app::{
        Action, FitTarget, Language, MOST_LOGGED, Message, Moment, News, NoticeLevel, Overlay,
        Settings, State, Tell, update,
    },
};

use crate::real::{catalogue, diagnostics};

fn desk() -> State {
    State::new(catalogue(), diagnostics().to_vec(), Settings::default())
}

fn act(state: &mut State, actions: impl IntoIterator<Item = Action>) {
    for action in actions {
        update(state, action);
    }
}

/// Something with words of its own in each language.
#[derive(Debug)]
pub struct Said(pub String, pub String);

impl Tell for Said {
    fn tell(&self, language: Language) -> String {
        language.pick(&self.0, &self.1).to_owned()
    }
}

pub fn problem(zh: &str, en: &str) -> Action {
    let said = Said(zh.to_owned(), en.to_owned());
    Action::Notify(NoticeLevel::Problem, Message::new(said))
}

const NOON: Moment = Moment { year: 2026, month: 3, day: 9, hour: 12, minute: 0, second: 7 };
const LATER: Moment = Moment { hour: 13, ..NOON };

#[test]
fn esc_closes_the_newest_notice_before_anything_else() {
    let mut state = desk();
    act(&mut state, [problem("一", "one"), problem("二", "two"), Action::OpenHelp]);
    let told = |state: &State| -> Vec<String> {
        state.notices.iter().map(|n| n.message.tell(Language::English)).collect()
    };
    assert_eq!(told(&state), ["one", "two"]);
    act(&mut state, [Action::Escape]);
    assert_eq!(told(&state), ["one"]);
    act(&mut state, [problem("三", "three"), Action::Escape, Action::Escape]);
    assert_eq!(told(&state), [""; 0]);
    assert_eq!(state.overlay, Overlay::Help, "until now nothing else was closed");
    act(&mut state, [Action::Escape]);
    assert_eq!(state.overlay, Overlay::None);
}

#[test]
fn the_log_keeps_what_was_told_with_its_time() {
    let mut state = desk();
    assert!(state.log.is_empty() && !state.log.lacks_time());
    act(&mut state, [problem("磁盘已满", "disk full"), problem("断网", "no network")]);
    assert!(state.log.lacks_time());
    act(&mut state, [Action::SetMessageTime(NOON)]);
    assert!(!state.log.lacks_time());
    act(
        &mut state,
        [
            Action::Notify(NoticeLevel::Done, News::KeyWorks.into()),
            Action::SetMessageTime(LATER),
            // The clock of now changes nothing about what was told.
            Action::SetMessageTime(NOON),
            Action::Escape,
            Action::Escape,
            Action::Escape,
        ],
    );
    assert!(state.notices.is_empty());
    let times: Vec<Option<Moment>> = state.log.iter().map(|logged| logged.at).collect();
    assert_eq!(times, [Some(NOON), Some(NOON), Some(LATER)]);
    assert_eq!(
        state.log.text(Language::Chinese),
        "2026-03-09 12:00:07  磁盘已满\n2026-03-09 12:00:07  断网\n2026-03-09 13:00:07  密钥可用。\n"
    );
    assert!(state.log.text(Language::English).starts_with("2026-03-09 12:00:07  disk full\n"));
    // A line stays a line.
    act(&mut state, [problem("上\n下", "above\nbelow")]);
    assert!(state.log.text(Language::English).ends_with("\nabove below\n"));
}

#[test]
fn the_log_forgets_the_oldest() {
    let mut state = desk();
    for i in 0..=MOST_LOGGED {
        act(&mut state, [problem(&i.to_string(), ""), Action::Escape]);
    }
    assert_eq!(state.log.len(), MOST_LOGGED);
    let first = state.log.iter().next().unwrap();
    assert_eq!(first.notice.message.tell(Language::Chinese), "1");
    // The clock reaches all of them at once.
    act(&mut state, [Action::SetMessageTime(NOON)]);
    assert!(state.log.iter().all(|logged| logged.at == Some(NOON)));
}

#[test]
fn a_tour_keeps_its_notices_for_afterwards() {
    let mut state = desk();
    act(&mut state, [Action::StartTour { slide: 0 }, problem("断网", "no network")]);
    act(
        &mut state,
        [
            Action::TourNext { now_s: 1.0 },
            Action::TourLeave { now_s: 2.0 },
            Action::TourLeave { now_s: 2.5 },
            Action::Fit(FitTarget::City),
        ],
    );
    assert!(state.tour.is_none());
    assert_eq!((state.notices.len(), state.log.len()), (1, 1));
}

#[test]
fn the_log_is_a_command() {
    let mut state = desk();
    let command = command::named("messages").unwrap();
    let asked = command.run(&state, Call { now_s: 0.0, choice: "" });
    act(&mut state, [problem("断网", "no network")]);
    act(&mut state, asked.actions);
    assert_eq!(state.overlay, Overlay::Messages);
    assert!(state.notices.is_empty(), "it is read in the log");
    act(&mut state, [Action::Escape]);
    assert_eq!(state.overlay, Overlay::None);
}

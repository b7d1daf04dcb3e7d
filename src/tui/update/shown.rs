//! Going to another tab, day, series or page.

use crate::domain::record::kind::Kind;
use crate::tui::effect::Effect;
use crate::tui::model::{Model, Notice};
use crate::tui::screens::Overlay;
use crate::tui::tab::Tab;

/// Shows another tab, day, series or page.
pub(super) fn show(model: &mut Model, effect: Effect) {
    match effect {
        Effect::ShowDay(day) => {
            // Esc in History returns to that tab; from History itself there is nothing to return to.
            model.came_from = Some(model.tab).filter(|tab| *tab != Tab::History);
            model.notice = None;
            model.tab = Tab::History;
            model.screens.show_day(day);
        }
        Effect::GoBack => {
            if let Some(tab) = model.came_from.take() {
                model.notice = None;
                model.tab = tab;
            }
        }
        Effect::StandOn(day) => model.screens.stand_on(model.tab, day, &model.shared),
        Effect::ShowSeries(slot, series) => {
            model.notice = None;
            model.tab = Tab::Trends;
            let Model {
                screens, shared, ..
            } = model;
            screens.show_series(slot, series, shared);
        }
        Effect::ShowHit { wanted, hit } => {
            model.notice = None;
            model.tab = Tab::History;
            let Model {
                screens, shared, ..
            } = model;
            screens.show_hit(wanted, hit, shared);
        }
        Effect::LookAt(filter) => {
            model.notice = None;
            model.screens.look_at(filter);
        }
        Effect::ShowTopic { topic, row } => {
            model.notice = None;
            if let Some(Overlay::Guide(pages)) = model.overlays.last_mut() {
                pages.show(topic, row);
            } else {
                model.tab = Tab::Guide;
                model.screens.show_topic(topic, row);
            }
        }
        Effect::ShowTab(tab) => {
            model.came_from = None;
            model.notice = None;
            model.overlays.clear();
            model.tab = tab;
            // A newcomer meets each tab with a line about it.
            let journal = &model.shared.journal;
            if journal.has_at_most_one_check_in()
                && journal.standing(Kind::Plan).is_empty()
                && let Some(about) = tab.about()
            {
                model.say(Notice::Said(about.to_owned()));
            }
        }
        _ => {}
    }
}

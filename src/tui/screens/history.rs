//! stand-in
use crate::tui::{
    effect::Effect,
    keys::{Binding, Screen},
    shared::Shared,
};
/// x
#[derive(Default)]
pub struct History;
impl Screen for History {
    type Msg = ();
    fn title(&self) -> &'static str {
        "History"
    }
    fn keys(&self) -> &'static [Binding<()>] {
        &[]
    }
    fn update(&mut self, _: (), _: &Shared) -> Vec<Effect> {
        vec![]
    }
    fn view(&self, _: &Shared, _: &mut ratatui::Frame, _: ratatui::layout::Rect) {}
}
impl History {
    /// x
    pub fn show(&mut self, _d: chrono::NaiveDate) {}
}

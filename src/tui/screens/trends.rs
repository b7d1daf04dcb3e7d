//! stand-in
use crate::tui::{
    effect::Effect,
    keys::{Binding, Screen},
    shared::Shared,
};
/// x
#[derive(Default)]
pub struct Trends;
impl Screen for Trends {
    type Msg = ();
    fn title(&self) -> &'static str {
        "Trends"
    }
    fn keys(&self) -> &'static [Binding<()>] {
        &[]
    }
    fn update(&mut self, _: (), _: &Shared) -> Vec<Effect> {
        vec![]
    }
    fn view(&self, _: &Shared, _: &mut ratatui::Frame, _: ratatui::layout::Rect) {}
}

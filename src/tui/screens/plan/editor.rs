//! Making a plan, or new terms for one: fields at the left, and what they come to at the right, reckoned at every key.
//!
//! Invariants: a field that only the person can fill starts empty; nothing begins before every step was shown; a plan that
//! is not saved changes nothing.

use crate::domain::dose;
use crate::domain::dose::product;
use crate::domain::dose::product::Product;
use crate::domain::entry::saved::TakeBack;
use crate::domain::id::{EntryId, IdSource};
use crate::domain::journal::change::Change;
use crate::domain::record::draft::Refusal;
use crate::domain::record::field::{Ask, Field};
use crate::domain::record::key;
use crate::domain::safety::before_cutting::NO_VALIDATED;
use crate::domain::taper::plan::Plan;
use crate::domain::taper::plan_action::PlanAction;
use crate::domain::taper::schedule::{Preview, preview};
use crate::domain::taper::sentences::StepRow;
use crate::domain::taper::terms::Terms;
use crate::domain::taper::terms_draft::{FIELDS, TermsDraft};
use crate::domain::taper::{plan_action, plans, sentences, terms_draft};
use crate::domain::text::words;
use crate::tui::effect::Effect;
use crate::tui::keys::input::{Key, digit_row};
use crate::tui::keys::{Binding, Screen, Typed};
use crate::tui::shared::Shared;
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::form_field::{FormField, words_in};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::list;
use crate::tui::widgets::list::Focus;
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::text::{clear, fit, pad, pad_left, put, width, wrap};
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::{Constraint, Layout, Rect};

/// The form.
pub struct Planner {
    /// The plan that gets new terms; `None`: a new one.
    of: Option<EntryId>,
    /// The ids of a new plan and of its version, made once.
    ids: (EntryId, EntryId),
    products: Vec<Product>,
    fields: Vec<FormField>,
    at: usize,
    /// The first step of the preview in sight.
    top: usize,
    problem: Option<String>,
}

/// What a person may mean on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// The next field.
    Next,
    /// The field before.
    Previous,
    /// The preview, further down.
    Down,
    /// The preview, further up.
    Up,
    /// Begin it.
    Save,
    /// Close; nothing is saved.
    Close,
}

const KEYS: &[Binding<Msg>] = &[
    Binding::footer(Key::ENTER, Msg::Save, "begin it so"),
    Binding::footer(Key::TAB, Msg::Next, "next field"),
    Binding::row("PgUp PgDn", Key::PAGE_DOWN, Msg::Down, "the steps"),
    Binding::footer(Key::ESC, Msg::Close, "close, nothing begins"),
    Binding::quiet(Key::PAGE_UP, Msg::Up, "the steps, back"),
    Binding::quiet(Key::ctrl('s'), Msg::Save, "begin it so"),
    Binding::quiet(Key::BACK_TAB, Msg::Previous, "field before"),
    Binding::quiet(Key::DOWN, Msg::Next, "next field"),
    Binding::quiet(Key::UP, Msg::Previous, "field before"),
];

/// From this width on the preview stands beside the fields.
const WIDE: u16 = 90;
/// Rows for the words about a field.
const FOOT: u16 = 2;
/// The preview keeps at least so many rows with its border.
const LEAST: u16 = 6;
/// And so many where there is hardly any room.
const LOWEST: u16 = 3;
/// Below this height of the preview its first sentence stands before the steps and the others after them.
const LOW: u16 = 16;
/// The column in which what was typed begins.
const VALUES: usize = 12;
/// The column of what a cut comes to.
const CUT: usize = 3;
/// By how many steps the preview moves.
const LEAF: usize = 5;

impl Planner {
    /// The form of a new plan, or of new terms for `of`, filled with those it has.
    pub(crate) fn new(of: Option<EntryId>, shared: &Shared, ids: &mut IdSource) -> Self {
        let journal = &shared.journal;
        let plan = of.and_then(|id| plans::plans(journal).into_iter().find(|plan| plan.id == id));
        let product = plan
            .as_ref()
            .and_then(|plan| product::by_code(journal, &plan.product));
        let draft = match (&plan, &product) {
            (Some(plan), Some(product)) => prefilled(plan, product, shared),
            _ => TermsDraft::default(),
        };
        // A plan stays with its product; a new one may be for any, those in use first.
        let products = product.map_or_else(|| offered(shared), |product| vec![product]);
        let at = shared.now.at;
        let mut planner = Self {
            of: plan.map(|plan| plan.id),
            ids: (ids.next(at), ids.next(at)),
            fields: FIELDS
                .iter()
                .map(|field| drawn(field, &products, &draft))
                .collect(),
            products,
            at: 0,
            top: 0,
            problem: None,
        };
        planner.name_units();
        planner
    }

    /// Has each field of an amount name the unit of the product.
    fn name_units(&mut self) {
        let chosen = self.fields.first().map_or(0, FormField::chosen);
        let Some(product) = self.products.get(chosen) else {
            return;
        };
        for (field, drawn) in FIELDS.iter().zip(&mut self.fields) {
            if field.ask == Ask::Amount {
                drawn.about = format!("In {}. {}", product.unit, field.about).into();
            }
        }
    }

    /// The id of what is written here.
    pub(crate) fn entry_id(&self) -> EntryId {
        self.ids.0
    }

    /// What stands in it, a line a field.
    pub(crate) fn words(&self) -> String {
        words_in("Taper plan", &self.fields)
    }

    /// The line about a field.
    #[cfg(test)]
    pub(crate) fn about(&self, at: usize) -> &str {
        &self.fields[at].about
    }

    /// What stands in the fields.
    fn draft(&self) -> TermsDraft {
        let mut draft = TermsDraft::default();
        for (field, drawn) in FIELDS.iter().zip(&self.fields) {
            let text = match field.code {
                key::PRODUCT => self
                    .products
                    .get(drawn.chosen())
                    .map_or_else(String::new, |product| product.code.clone()),
                _ => drawn.answer(field),
            };
            draft.set(field.code, text);
        }
        draft
    }

    /// The terms with their steps, or the first field that still needs an answer.
    fn reckoned(&self, shared: &Shared) -> Result<(Product, Terms, Preview), Refusal> {
        let (product, terms) = terms_draft::terms(&shared.journal, &self.draft(), &shared.now)?;
        let preview =
            preview(&terms).map_err(|why| Refusal::new(key::SHAPE_VALUE, why.to_string()))?;
        Ok((product, terms, preview))
    }

    fn save(&mut self, shared: &Shared) -> Vec<Effect> {
        let (product, terms, _) = match self.reckoned(shared) {
            Ok(reckoned) => reckoned,
            Err(refusal) => {
                let place = FIELDS.iter().position(|field| field.code == refusal.field);
                self.at = place.unwrap_or(self.at);
                self.problem = Some(words::sentence(&refusal.sentence));
                return Vec::new();
            }
        };
        let (journal, today) = (&shared.journal, shared.today());
        let done = match self.of {
            None => plan_action::begin(journal, &product, terms, today, self.ids),
            Some(id) => match plans::plans(journal).into_iter().find(|plan| plan.id == id) {
                Some(plan) => {
                    let action = PlanAction::Replan(terms);
                    plan_action::change(journal, &plan, &action, today, self.ids.1)
                }
                // A deletion or an undo can take the plan away while its form is open.
                None => Err("this plan is not in the journal any more".to_owned()),
            },
        };
        match done {
            Ok((change, notice)) => written(change, &notice),
            Err(why) => {
                self.problem = Some(words::sentence(&why));
                Vec::new()
            }
        }
    }
}

fn written(change: Change, notice: &str) -> Vec<Effect> {
    vec![Effect::Write {
        changes: vec![change],
        notice: TakeBack::Key.after(notice),
    }]
}

/// The terms of a plan, beginning with the amount of today.
fn prefilled(plan: &Plan, product: &Product, shared: &Shared) -> TermsDraft {
    let today = shared.today();
    let Some(version) = plan.version_on(today).or(plan.latest()) else {
        return TermsDraft::default();
    };
    let draft = TermsDraft::of(product, &version.terms);
    // A rate is entered anew: what it was stands in the versions.
    let draft = draft.with(key::SHAPE_VALUE, "").with(key::EVERY_DAYS, "");
    let seen = plans::asks_since(&shared.journal, plan, today).unwrap_or(today);
    match plan.target_on(seen) {
        Some(amount) => draft.with(key::START, amount.to_string()),
        None => draft,
    }
}

/// The products that have no plan yet, those used last first.
fn offered(shared: &Shared) -> Vec<Product> {
    let journal = &shared.journal;
    let mut products = dose::products_offered(journal);
    products.retain(|product| plans::plan_for(journal, &product.code, shared.today()).is_none());
    products
}

fn drawn(field: &Field, products: &[Product], draft: &TermsDraft) -> FormField {
    if field.code != key::PRODUCT {
        return FormField::of(field, draft.text(field.code));
    }
    let names = products.iter().map(|product| product.name.clone());
    FormField::choice(field.label, field.about, names.collect(), 0)
}

impl Screen for Planner {
    type Msg = Msg;

    fn title(&self) -> &'static str {
        match self.of {
            Some(_) => "New terms from today",
            None => "A new plan",
        }
    }

    fn keys(&self) -> &'static [Binding<Msg>] {
        KEYS
    }

    fn update(&mut self, msg: Msg, shared: &Shared) -> Vec<Effect> {
        let last = self.fields.len().saturating_sub(1);
        match msg {
            Msg::Next => self.at = (self.at + 1).min(last),
            Msg::Previous => self.at = self.at.saturating_sub(1),
            Msg::Down => {
                let steps = self.reckoned(shared).map_or(0, |(.., p)| p.steps.len());
                self.top = (self.top + LEAF).min(steps.saturating_sub(1));
            }
            Msg::Up => self.top = self.top.saturating_sub(LEAF),
            Msg::Save => return self.save(shared),
            Msg::Close => return vec![Effect::Close],
        }
        self.problem = None;
        Vec::new()
    }

    fn is_typing(&self) -> bool {
        true
    }

    fn typed(&mut self, key: KeyEvent, _shared: &Shared) -> Typed {
        let taken = self.fields.get_mut(self.at).map(|field| {
            let is_choice = field.is_choice();
            field.handle(if is_choice { digit_row(key) } else { key })
        });
        if taken != Some(true) {
            return Typed::Ignored;
        }
        self.problem = None;
        self.name_units();
        // Other terms have other steps, so the preview begins at the first again.
        self.top = 0;
        Typed::Taken(Vec::new())
    }

    fn paste(&mut self, text: &str, _shared: &Shared) -> Vec<Effect> {
        if let Some(field) = self.fields.get_mut(self.at) {
            field.paste(text);
        }
        Vec::new()
    }

    fn view(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        clear(frame.buffer_mut(), area);
        let (fields, preview) = if area.width >= WIDE {
            let [left, right] =
                Layout::horizontal([Constraint::Percentage(45), Constraint::Fill(1)]).areas(area);
            (left, right)
        } else {
            let fields = u16::try_from(self.fields.len()).unwrap_or(u16::MAX);
            let wanted = fields.saturating_add(FOOT + 2);
            let least = if area.height < LOW { LOWEST } else { LEAST };
            // On the lowest screens each side keeps something: the preview its least, the fields half.
            let most = area.height.saturating_sub(least).max(area.height / 2);
            let rows = wanted.min(most);
            let [top, below] =
                Layout::vertical([Constraint::Length(rows), Constraint::Fill(1)]).areas(area);
            (top, below)
        };
        self.draw_fields(shared, frame, fields);
        self.draw_preview(shared, frame, preview);
    }
}

impl Planner {
    fn draw_fields(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        let theme = shared.theme;
        let place = list::position(self.fields.len(), self.at);
        let inner = Panel::new(self.title())
            .fact(&place)
            .draw(area, frame.buffer_mut(), theme);
        let room = usize::from(inner.width);
        let field = self.fields.get(self.at);
        let day_end = shared.journal.settings.day_end;
        let reading = field.and_then(|field| field.reading(&shared.now, day_end));
        let about = reading.as_deref();
        let about = about.unwrap_or_else(|| field.map_or("", |field| &field.about));
        let mut foot: Vec<(String, Role)> = Vec::new();
        if let Some(problem) = &self.problem {
            let rows = wrap(problem, room, theme).into_iter();
            foot.extend(rows.map(|row| (row, Role::Warning)));
        } else {
            let rows = wrap(about, room, theme).into_iter();
            foot.extend(rows.map(|row| (row, Role::Faint)));
        }
        // Words about a field never take more than half: the fields are what is typed in.
        let foot_rows = u16::try_from(foot.len()).unwrap_or(0).min(inner.height / 2);
        let fields = u16::try_from(self.fields.len()).unwrap_or(u16::MAX);
        let rows = Rect {
            height: (inner.height - foot_rows).min(fields),
            ..inner
        };
        for (n, place) in list::rows(self.fields.len(), self.at, rows) {
            let Some(field) = self.fields.get(n) else {
                continue;
            };
            let is_here = n == self.at;
            let focus = Focus::on(is_here);
            let right = list::mark(focus, place, frame.buffer_mut(), theme);
            let role = if is_here { Role::Focus } else { Role::Text };
            let name = pad(field.name, VALUES, theme);
            put(frame.buffer_mut(), right, &name, theme.style(role), theme);
            let used = u16::try_from(VALUES + 1).unwrap_or(0).min(right.width);
            let value = Rect {
                x: right.x + used,
                width: right.width - used,
                ..right
            };
            if let Some(cursor) = field.draw(value, focus, frame.buffer_mut(), theme) {
                frame.set_cursor_position(cursor);
            }
        }
        let foot = clipped(foot, usize::from(foot_rows), room, theme);
        let air = u16::from(inner.height > rows.height + foot_rows);
        let below = (rows.bottom() + air..inner.bottom()).zip(&foot);
        for (y, (text, role)) in below {
            let row = Rect {
                y,
                height: 1,
                ..inner
            };
            put(frame.buffer_mut(), row, text, theme.style(*role), theme);
        }
    }

    fn draw_preview(&self, shared: &Shared, frame: &mut Frame, area: Rect) {
        let theme = shared.theme;
        let (lines, fact) = match self.reckoned(shared) {
            Ok((product, _, preview)) => {
                let notice = sentences::summary(&preview, &product).into_iter();
                let mut lines: Vec<(String, Role)> =
                    notice.map(|line| (line, Role::Text)).collect();
                let before = if area.height < LOW { 1 } else { lines.len() };
                let after = lines.split_off(before.min(lines.len()));
                if area.height >= LOW {
                    lines.push((String::new(), Role::Text));
                }
                // Where rows are few, further steps take the line of the summary.
                if self.top > 0 && area.height < LOW {
                    lines.clear();
                }
                let rows = sentences::step_rows(&preview, &product);
                lines.extend(steps(&rows, self.top, area, shared));
                lines.extend(after);
                (lines, list::position(rows.len(), self.top))
            }
            Err(refusal) => {
                let mut lines = vec![(NO_VALIDATED.to_owned(), Role::Text)];
                lines.push((String::new(), Role::Text));
                let needs = format!("To show the steps: {}.", refusal.sentence);
                lines.push((needs, Role::Faint));
                (lines, String::new())
            }
        };
        let inner = Panel::new("Every step, before it begins").fact(&fact).draw(
            area,
            frame.buffer_mut(),
            theme,
        );
        let room = usize::from(inner.width);
        let wrapped = lines.iter().flat_map(|(text, role)| {
            let rows = wrap(text, room, theme).into_iter();
            rows.map(|row| (row, *role)).collect::<Vec<_>>()
        });
        let mut wrapped: Vec<(String, Role)> = wrapped.collect();
        // Of the steps the border says which are in sight.
        if fact.is_empty() {
            wrapped = clipped(wrapped, usize::from(inner.height), room, theme);
        }
        for (y, (text, role)) in (inner.y..inner.bottom()).zip(wrapped) {
            let row = Rect {
                y,
                height: 1,
                ..inner
            };
            put(frame.buffer_mut(), row, &text, theme.style(role), theme);
        }
    }
}

/// The first `most` of the rows; where words go on below, the last one says so.
fn clipped(
    mut rows: Vec<(String, Role)>,
    most: usize,
    room: usize,
    theme: Theme,
) -> Vec<(String, Role)> {
    if rows.len() > most {
        let rest = rows.split_off(most);
        if let Some((last, _)) = rows.last_mut() {
            let rest = rest.iter().map(|(text, _)| text.as_str());
            let whole: Vec<&str> = std::iter::once(last.as_str()).chain(rest).collect();
            *last = fit(&whole.join(" "), room, theme);
        }
    }
    rows
}

/// The steps from `top` on as rows of a table.
fn steps(rows: &[StepRow], top: usize, area: Rect, shared: &Shared) -> Vec<(String, Role)> {
    let is_wide = area.width >= 58;
    let cells = |row: &StepRow| -> Vec<String> {
        let mut cells = vec![
            row.step.clone(),
            row.begins.clone(),
            row.amount.clone(),
            row.cut.clone(),
        ];
        if is_wide {
            cells.push(row.parts.clone());
        }
        cells.push(row.mark.to_owned());
        cells
    };
    let table: Vec<Vec<String>> = rows.iter().map(cells).collect();
    let columns = table.first().map_or(0, Vec::len);
    let widest = |n: usize| table.iter().map(|row| width(&row[n])).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(widest).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).enumerate();
        let cells: Vec<String> = cells
            .filter(|(_, (_, room))| **room > 0)
            .map(|(n, (cell, room))| match n {
                // Numbers end in one column.
                0 | CUT => pad_left(cell, *room, shared.theme),
                _ => pad(cell, *room, shared.theme),
            })
            .collect();
        cells.join("  ").trim_end().to_owned()
    };
    table
        .iter()
        .skip(top)
        .map(|row| (line(row), Role::Text))
        .collect()
}

//! Draws the Plan screen.
//!
//! Invariant: lines without room are counted or a key away, never cut in silence; the limits of any plan are said above it.

use super::rows;
use super::rows::{Page, Row, Seen, Table};
use crate::domain::dose;
use crate::domain::dose::{product, sentences};
use crate::domain::safety::before_cutting::{NO_VALIDATED, NO_VALIDATED_SHORT, SAFETY};
use crate::domain::taper::after_cut;
use crate::domain::taper::plan::Plan;
use crate::domain::taper::plans;
use crate::domain::taper::sentences as taper_sentences;
use crate::domain::taper::staircase::staircase;
use crate::domain::text::words;
use crate::domain::time::span::Span;
use crate::tui::readout::Line;
use crate::tui::shared::Shared;
use crate::tui::theme::{Glyph, Role};
use crate::tui::widgets::chart::AxisLabel;
use crate::tui::widgets::columns::scale::end_for;
use crate::tui::widgets::columns::{Column, ColumnChart, Ink, Standing};
use crate::tui::widgets::frame::Frame;
use crate::tui::widgets::list;
use crate::tui::widgets::list::Focus;
use crate::tui::widgets::panel::Panel;
use crate::tui::widgets::text::{pad, put, width, wrap};
use chrono::{Days, NaiveDate};
use ratatui::layout::{Constraint, Layout, Rect};

/// What is in sight.
pub(super) struct View<'a> {
    /// The plan, and which of how many.
    pub(super) plan: Option<(&'a Plan, usize, usize)>,
    pub(super) page: Page,
    /// Its words.
    pub(super) words: &'a Words,
    /// The rows of its page; `None` for a plan whose product is gone.
    pub(super) table: Option<&'a Table>,
    /// The focused row; `None`: the one of today.
    pub(super) at: Option<usize>,
    /// How many pages of the words were read.
    pub(super) read_on: usize,
}

/// The words beside the table, whatever room there is for them.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// What the product of the plan is called.
    name: String,
    /// Where the plan stands, what it comes from, and what no plan can know.
    about: Vec<Line>,
    /// How many of these a low screen has.
    first: usize,
    /// The doses, and the last days of the plan's product.
    doses: Vec<Line>,
    versions: Vec<Line>,
    has_cuts: bool,
}

impl Words {
    /// What there is to say about the plan in sight.
    pub(super) fn of(plan: Option<&Plan>, shared: &Shared) -> Self {
        let mut doses = doses(shared);
        let Some(plan) = plan else {
            return Self {
                doses,
                ..Self::default()
            };
        };
        doses.extend(last_days(plan, shared));
        let mut about = status(plan, shared);
        let first = about.len();
        about.extend(terms(plan, shared));
        let versions = rows::table(Page::Versions, plan, shared);
        let versions = versions.into_iter().flat_map(|table| table.rows);
        Self {
            name: name(plan, shared),
            about,
            first,
            doses,
            versions: versions
                .map(|row| (row.cells.join(" "), Role::Text))
                .collect(),
            has_cuts: !after_cut::products(&shared.journal, shared.today()).is_empty(),
        }
    }

    fn about(&self, is_low: bool) -> &[Line] {
        let lines = if is_low { self.first } else { self.about.len() };
        self.about.get(..lines).unwrap_or_default()
    }
}

/// From this width on there are two columns.
const WIDE: u16 = 100;
/// From this height on there is a chart.
const TALL: u16 = 24;
/// Rows of the chart with its border.
const CHART: u16 = 8;
/// Cells for the numbers of its axis.
const GUTTER: u16 = 5;
/// Days of the chart before today.
const BEFORE: u64 = 41;
/// Days of the chart after today: what is planned next.
const AFTER: u64 = 14;
/// Below this width of a table its columns stand closer.
const NARROW: u16 = 44;
/// The table keeps at least so many rows with its border.
const LEAST: u16 = 6;
/// And so many where there is hardly any room.
const LOWEST: u16 = 4;
/// Below this height only where the plan stands is said above the table.
const LOW: u16 = 13;

/// Draws it, and tells where things stand.
pub(super) fn draw(view: &View<'_>, shared: &Shared, frame: &mut Frame, area: Rect) -> Seen {
    let doses = view.words.doses.as_slice();
    let Some((plan, at, all)) = view.plan else {
        return without_plan(view, shared, doses, frame, area);
    };
    let about = view.words.about(area.height < LOW);
    let name = view.words.name.as_str();
    let fact = keys_of(plan, (at, all), area, (name, shared));
    if area.width >= WIDE {
        let [left, right] =
            Layout::horizontal([Constraint::Percentage(56), Constraint::Fill(1)]).areas(area);
        // However long the words about the plan are, the table keeps half the column.
        let rows = height(about, left, shared).min(left.height / 2);
        let [top, table] =
            Layout::vertical([Constraint::Length(rows), Constraint::Fill(1)]).areas(left);
        lines(view, shared, frame, top, (name, &fact), about);
        let chart = if right.height >= TALL {
            right.height / 2
        } else {
            CHART
        };
        let [chart, below] =
            Layout::vertical([Constraint::Length(chart), Constraint::Fill(1)]).areas(right);
        stairs(plan, shared, frame, chart);
        lines(view, shared, frame, below, ("Doses", ""), doses);
        let table = with_versions(view, shared, frame, table);
        return Seen {
            rows: page(view, shared, frame, table),
            has_doses: true,
        };
    }
    let least = if area.height < LOW { LOWEST } else { LEAST };
    let most = area.height.saturating_sub(least).max(area.height / 2);
    let rows = height(about, area, shared).min(most);
    let [top, rest] = Layout::vertical([Constraint::Length(rows), Constraint::Fill(1)]).areas(area);
    lines(view, shared, frame, top, (name, &fact), about);
    let table = if rest.height >= CHART + LEAST {
        let [chart, table] =
            Layout::vertical([Constraint::Length(CHART), Constraint::Fill(1)]).areas(rest);
        stairs(plan, shared, frame, chart);
        table
    } else {
        rest
    };
    let rows = if view.page == Page::Doses {
        lines(view, shared, frame, table, ("Doses", "v: steps"), doses);
        table
    } else {
        page(view, shared, frame, table)
    };
    Seen {
        rows,
        has_doses: false,
    }
}

/// Where the table leaves room, the versions stand under it; answers the room of the table.
fn with_versions(view: &View<'_>, shared: &Shared, frame: &mut Frame, area: Rect) -> Rect {
    let versions = view.words.versions.as_slice();
    let wanted = height(versions, area, shared);
    let own = view.table.map_or(0, |table| table.rows.len());
    let own = u16::try_from(own).unwrap_or(u16::MAX);
    let free = area.height.saturating_sub(own.saturating_add(4));
    // The versions take free rows, or a third at most: the steps come first.
    if view.page == Page::Versions || versions.is_empty() || wanted > free.max(area.height / 3) {
        return area;
    }
    let [table, below] =
        Layout::vertical([Constraint::Fill(1), Constraint::Length(wanted)]).areas(area);
    lines(
        view,
        shared,
        frame,
        below,
        (Page::Versions.title(), ""),
        versions,
    );
    table
}

/// Before the first plan: what to know first, how one begins, and the doses.
fn without_plan(
    view: &View<'_>,
    shared: &Shared,
    doses: &[Line],
    frame: &mut Frame,
    area: Rect,
) -> Seen {
    let mut words: Vec<Line> = vec![(NO_VALIDATED.to_owned(), Role::Text)];
    words.push((String::new(), Role::Text));
    if shared.has_shown_safety {
        let line = "What to know before cutting down was shown at the beginning; i reads about it.";
        words.push((line.to_owned(), Role::Text));
    } else {
        words.extend(SAFETY.iter().map(|line| ((*line).to_owned(), Role::Text)));
    }
    words.push((String::new(), Role::Text));
    let how = "n begins a plan. Its pace is empty until you enter one, and it is shown step by step before it begins.";
    words.push((how.to_owned(), Role::Faint));
    let (words_area, doses_area) = if area.width >= WIDE {
        let [left, right] =
            Layout::horizontal([Constraint::Percentage(56), Constraint::Fill(1)]).areas(area);
        (left, right)
    } else {
        let rows = height(doses, area, shared);
        let rows = rows.min(area.height / 3);
        let [top, below] =
            Layout::vertical([Constraint::Fill(1), Constraint::Length(rows)]).areas(area);
        (top, below)
    };
    lines(view, shared, frame, words_area, ("No plan", ""), &words);
    lines(view, shared, frame, doses_area, ("Doses", ""), doses);
    // No row has the focus here; a screen reader follows the cursor to the words.
    frame.set_cursor_position((words_area.x, words_area.y));
    Seen {
        rows: Rect::default(),
        has_doses: true,
    }
}

fn name(plan: &Plan, shared: &Shared) -> String {
    let product = product::by_code(&shared.journal, &plan.product);
    product.map_or_else(|| plan.product.clone(), |product| product.name)
}

/// Where the plan stands.
fn status(plan: &Plan, shared: &Shared) -> Vec<Line> {
    let (journal, today) = (&shared.journal, shared.today());
    let asks = plans::asks_since(journal, plan, today).is_some();
    let first = if asks { Role::Warning } else { Role::Title };
    let status = taper_sentences::status(journal, plan, today);
    let mut about: Vec<Line> = status
        .into_iter()
        .enumerate()
        .map(|(n, line)| (line, if n == 0 { first } else { Role::Text }))
        .collect();
    if asks {
        let keys = "g goes on as it stands, h holds it where it was, s takes one step back.";
        about.push((keys.to_owned(), Role::Text));
    }
    about
}

/// What the plan comes from, and what no plan can know.
fn terms(plan: &Plan, shared: &Shared) -> Vec<Line> {
    let (journal, today) = (&shared.journal, shared.today());
    let mut about = Vec::new();
    let product = product::by_code(journal, &plan.product);
    let version = plan.version_on(today).or(plan.latest());
    if let (Some(product), Some(version)) = (product, version) {
        let terms = taper_sentences::terms_text(&version.terms, &product);
        about.push((format!("Your terms: {terms}."), Role::Faint));
    }
    about.push((NO_VALIDATED_SHORT.to_owned(), Role::Faint));
    about
}

fn doses(shared: &Shared) -> Vec<Line> {
    let summary = sentences::sentences(&shared.journal, &shared.now);
    summary.into_iter().map(|line| (line, Role::Text)).collect()
}

/// The last seven days of the plan's product: what was used, beside the plan.
fn last_days(plan: &Plan, shared: &Shared) -> Vec<Line> {
    let (journal, today, theme) = (&shared.journal, shared.today(), shared.theme);
    let Some(product) = product::by_code(journal, &plan.product) else {
        return Vec::new();
    };
    let span = Span::ending(today, 7);
    let days = span.days().map(|day| {
        let used = dose::used_on(journal, &product, day).map(|used| product.text(used));
        let plan = plan.target_on(day).map(|plan| product.text(plan));
        (day, used, plan)
    });
    let days: Vec<_> = days.collect();
    if days.iter().all(|(_, used, _)| used.is_none()) {
        return Vec::new();
    }
    let blank = theme.glyph(Glyph::Blank);
    let rows = days.iter().map(|(day, used, plan)| {
        let day = pad(&words::short_day(*day), 12, theme);
        let used = pad(used.as_deref().unwrap_or(blank), 10, theme);
        let plan = plan.as_ref().map(|plan| format!("plan {plan}"));
        let row = format!("{day}{used}{}", plan.unwrap_or_default());
        (row.trim_end().to_owned(), Role::Text)
    });
    let head = format!("{}, last 7 days", product.name);
    [(String::new(), Role::Text), (head, Role::Title)]
        .into_iter()
        .chain(rows)
        .collect()
}

fn wrapped(lines: &[Line], area: Rect, shared: &Shared) -> Vec<Line> {
    let room = usize::from(Panel::new("").inner(area).width);
    let rows = |(text, role): &Line| -> Vec<Line> {
        let rows = wrap(text, room, shared.theme).into_iter();
        rows.map(|row| (row, *role)).collect()
    };
    lines.iter().flat_map(rows).collect()
}

/// Rows that `lines` take in a panel as wide as `area`.
fn height(lines: &[Line], area: Rect, shared: &Shared) -> u16 {
    let rows = wrapped(lines, area, shared).len();
    u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(2)
}

/// Lines in a panel, a page of them at a time; those behind it are counted, with the key that reads on.
fn lines(
    view: &View<'_>,
    shared: &Shared,
    frame: &mut Frame,
    area: Rect,
    (title, fact): (&str, &str),
    lines: &[Line],
) {
    if area.is_empty() {
        return;
    }
    let theme = shared.theme;
    let inner = Panel::new(title)
        .fact(fact)
        .draw(area, frame.buffer_mut(), theme);
    let mut rows = wrapped(lines, area, shared);
    let room = usize::from(inner.height);
    if rows.len() > room && room > 0 {
        let page = (room - 1).max(1);
        let pages = rows.len().div_ceil(page);
        rows.drain(..view.read_on % pages * page);
        let left = rows.len().saturating_sub(page);
        rows.truncate(page);
        // With a single row the words stand alone.
        if room > 1 {
            rows.resize(page, (String::new(), Role::Text));
            let more = match left {
                0 => "Space: from the beginning".to_owned(),
                left => format!("{} more: Space", words::count(left, "line", "lines")),
            };
            rows.push((more, Role::Faint));
        }
    }
    for (y, (text, role)) in (inner.y..inner.bottom()).zip(rows) {
        let row = Rect {
            y,
            height: 1,
            ..inner
        };
        put(frame.buffer_mut(), row, &text, theme.style(role), theme);
    }
}

/// What was used as columns and the plan as a line, up to what is planned next: the chart that stands in Trends too.
fn stairs(plan: &Plan, shared: &Shared, frame: &mut Frame, area: Rect) {
    let (journal, today, theme) = (&shared.journal, shared.today(), shared.theme);
    let Some(product) = product::by_code(journal, &plan.product) else {
        return;
    };
    let title = format!("{} a day", product.unit);
    let (used, line) = (theme.glyph(Glyph::Column), theme.glyph(Glyph::Middle7));
    let fact = format!("{used} used  {line} plan");
    let buf = frame.buffer_mut();
    let inner = Panel::new(&title).fact(&fact).draw(area, buf, theme);
    // The sign in the colour of its columns.
    for x in area.left()..area.right() {
        if buf[(x, area.y)].symbol() == used {
            buf[(x, area.y)].set_style(theme.style(Role::SeriesB));
        }
    }
    let span = latest(chart_span(plan, today), inner.width.saturating_sub(GUTTER));
    let stairs = shared.kept((product, span), |shared, (product, span)| {
        staircase(&shared.journal, product, *span, shared.today())
    });
    let columns: Vec<Column> = stairs
        .numbers()
        .map(|(plan, used)| Column {
            standing: used.map_or(Standing::Ahead, Standing::Value),
            number: used.map_or_else(String::new, |used| used.to_string()),
            middle: plan,
            ..Column::default()
        })
        .collect();
    let Some(highest) = ColumnChart::highest(&columns) else {
        let row = Rect { height: 1, ..inner };
        let none = "Nothing to draw here yet.";
        put(buf, row, none, theme.style(Role::Faint), theme);
        return;
    };
    let at = |day: NaiveDate| usize::try_from((day - span.from).num_days()).ok();
    let label = |day: NaiveDate, text: String| {
        let day = at(day).filter(|at| *at < columns.len())?;
        Some(AxisLabel { day, text })
    };
    let weeks = span.days().step_by(7).skip(1);
    let labels: Vec<AxisLabel> = [
        label(today, "today".to_owned()),
        label(span.from, words::short_day(span.from)),
        label(span.to, words::short_day(span.to)),
    ]
    .into_iter()
    // Where words compete, the first ones stay.
    .chain(weeks.map(|day| label(day, day.format("%-d %b").to_string())))
    .flatten()
    .collect();
    let chart = ColumnChart {
        gutter: GUTTER,
        labels: &labels,
        cursor: at(today).filter(|at| *at < columns.len()),
        ink: Ink::Second,
        ..ColumnChart::new(end_for(stairs.top_here(), highest), &columns)
    };
    chart.draw(inner, buf, theme);
}

/// The last days of `span`, a cell for each.
fn latest(span: Span, room: u16) -> Span {
    let earliest = span
        .to
        .checked_sub_days(Days::new(u64::from(room.max(1)) - 1));
    Span {
        from: span.from.max(earliest.unwrap_or(span.from)),
        ..span
    }
}

/// At most six weeks up to today and the two weeks after it; for an ended plan, the six weeks up to its end.
fn chart_span(plan: &Plan, today: NaiveDate) -> Span {
    let ended = plan.has_ended_by(today);
    let last = plan.latest().map_or(today, |version| version.made);
    let now = if ended { last } else { today };
    let earliest = now.checked_sub_days(Days::new(BEFORE)).unwrap_or(now);
    let from = plan.begins().unwrap_or(now).min(now).max(earliest);
    let to = if ended {
        now
    } else {
        now.checked_add_days(Days::new(AFTER)).unwrap_or(now)
    };
    Span { from, to }
}

/// In the border of the plan: how to end it, and how to reach the others. The fewer words where there is less room.
fn keys_of(
    plan: &Plan,
    (at, all): (usize, usize),
    area: Rect,
    (name, shared): (&str, &Shared),
) -> String {
    let (dot, this) = (shared.theme.glyph(Glyph::Middle), at + 1);
    let is_over = plan.has_ended_by(shared.today());
    let forms = match (is_over, all > 1) {
        (true, false) => Vec::new(),
        (true, true) => vec![
            format!("p next plan {dot} {this} of {all}"),
            format!("{this} of {all}"),
        ],
        (false, false) => vec!["e ends the plan".to_owned()],
        (false, true) => vec![
            format!("e ends the plan {dot} p next plan {dot} {this} of {all}"),
            format!("e end {dot} p next {dot} {this} of {all}"),
            format!("{this} of {all}"),
        ],
    };
    let column = if area.width >= WIDE {
        usize::from(area.width) * 56 / 100
    } else {
        usize::from(area.width)
    };
    let room = column.saturating_sub(width(name) + 10);
    let fitting = forms.into_iter().find(|form| width(form) <= room);
    fitting.unwrap_or_default()
}

/// The key to the days around a cut, where there is one to look at and room for it.
fn around_cuts(area: Rect, words: &Words) -> Option<&'static str> {
    (area.width >= 56 && words.has_cuts).then_some("C days around a cut")
}

/// The table of the page; answers where its rows stand.
fn page(view: &View<'_>, shared: &Shared, frame: &mut Frame, area: Rect) -> Rect {
    let theme = shared.theme;
    let Some(table) = view.table else {
        return Rect::default();
    };
    let at = view
        .at
        .unwrap_or(table.now)
        .min(table.rows.len().saturating_sub(1));
    let place = list::position(table.rows.len(), at);
    let around = around_cuts(area, view.words);
    let middle = theme.glyph(Glyph::Middle);
    let fact = around.map_or_else(|| place.clone(), |key| format!("{key} {middle} {place}"));
    let inner = Panel::new(view.page.title())
        .fact(&fact)
        .draw(area, frame.buffer_mut(), theme);
    let gap = if inner.width < NARROW { 1 } else { 2 };
    let widths = columns(table, inner, gap);
    let head_rows = u16::from(!table.head.is_empty() && inner.height > 2);
    if head_rows == 1 {
        let head: Vec<String> = table.head.iter().map(|head| (*head).to_owned()).collect();
        let text = format!("  {}", joined(&head, &widths, gap, shared));
        let row = Rect { height: 1, ..inner };
        put(
            frame.buffer_mut(),
            row,
            &text,
            theme.style(Role::Faint),
            theme,
        );
    }
    let rows = Rect {
        y: inner.y + head_rows,
        height: inner.height - head_rows,
        ..inner
    };
    for (n, place) in list::rows(table.rows.len(), at, rows) {
        let Some(row) = table.rows.get(n) else {
            continue;
        };
        let is_here = n == at;
        let focus = Focus::on(is_here);
        let right = list::mark(focus, place, frame.buffer_mut(), theme);
        let role = match (is_here, n == table.now, row.is_ahead) {
            (true, ..) => Role::Focus,
            (_, true, _) => Role::Accent,
            (.., true) => Role::Faint,
            _ => Role::Text,
        };
        let text = text(row, &widths, gap, shared);
        put(frame.buffer_mut(), right, &text, theme.style(role), theme);
        if is_here {
            frame.set_cursor_position((place.x, place.y));
        }
    }
    rows
}

fn text(row: &Row, widths: &[usize], gap: usize, shared: &Shared) -> String {
    if widths.is_empty() {
        return row.cells.join(" ");
    }
    joined(&row.cells, widths, gap, shared)
}

fn joined(cells: &[String], widths: &[usize], gap: usize, shared: &Shared) -> String {
    let cells = cells.iter().zip(widths);
    let cells: Vec<String> = cells
        .map(|(cell, room)| pad(cell, *room, shared.theme))
        .collect();
    cells.join(&" ".repeat(gap))
}

/// How wide each column is; those at the end that have no room are left out.
fn columns(table: &Table, area: Rect, gap: usize) -> Vec<usize> {
    let of = |n: usize| {
        let cells = table.rows.iter().filter_map(|row| row.cells.get(n));
        let widest = cells.map(|cell| width(cell)).max().unwrap_or(0);
        widest.max(table.head.get(n).map_or(0, |head| width(head)))
    };
    let mut left = usize::from(area.width).saturating_sub(2);
    let mut widths = Vec::new();
    for n in 0..table.head.len() {
        let wanted = of(n);
        // A cut number would be another number, so a column without room goes whole.
        if wanted > left {
            break;
        }
        widths.push(wanted);
        left = left.saturating_sub(wanted + gap);
    }
    widths
}

//! A drawing as text, for the tests of the widgets.
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Draws into a screen of `width` × `height` and returns it as lines without the blanks at their ends.
pub(crate) fn picture(width: u16, height: u16, draw: impl FnOnce(Rect, &mut Buffer)) -> String {
    let area = Rect::new(0, 0, width, height);
    let mut buf = Buffer::empty(area);
    draw(area, &mut buf);
    as_text(&buf)
}

/// Returns a buffer as lines without the blanks at their ends.
pub(crate) fn as_text(buf: &Buffer) -> String {
    let mut rows = Vec::new();
    for y in buf.area.top()..buf.area.bottom() {
        let row: String = (buf.area.left()..buf.area.right())
            .map(|x| buf[(x, y)].symbol())
            .collect();
        rows.push(row.trim_end().to_owned());
    }
    rows.join("\n")
}

#pragma once

class QScrollArea;
class QWidget;

namespace ringbook::ui {

/// The content in a frame that scrolls up and down where it does not fit, and never sideways.
QScrollArea *scrolling(QWidget *content);

} // namespace ringbook::ui

#pragma once

class QScrollArea;
class QString;
class QWidget;

namespace ringbook::ui {

/// The content in a frame that scrolls up and down where it does not fit, and never sideways. The bar stands
/// over the content's trailing padding.
QScrollArea *scrolling(QWidget *content);

/// A page's list under its title and a line about it.
QWidget *listColumn(const QString &title, QWidget *summary, QWidget *list);

} // namespace ringbook::ui
